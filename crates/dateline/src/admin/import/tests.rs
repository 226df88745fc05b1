//! What an import says: of what it cannot read, and at its end.

use std::fs;

use super::{answer::sums, *};

/// A folder that is gone when the test is over.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("import-{}", base::Id::<()>::fresh()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_is_not_there_or_of_another_kind_is_named_with_what_can_be_done() {
    #[track_caller]
    fn check(reading: Reading, said: &str) {
        let why = reading.looked_at().unwrap_err();
        assert!(
            why.contains(said) && why.contains(&reading.place()),
            "{why}"
        );
        assert!(why.ends_with("Nothing was imported."), "{why}");
    }
    let desk = Desk::new();
    let (nowhere, empty) = (desk.0.join("nowhere"), desk.file("empty.xml", ""));
    let file = desk.file("a.md", "# A");
    check(Reading::Wordpress(nowhere.clone()), "look at the spelling");
    check(Reading::Wordpress(desk.0.clone()), "is a folder");
    check(Reading::Ghost(empty, None), "is empty");
    check(Reading::Folder(nowhere), "look at the spelling");
    check(Reading::Folder(file), "is a file");
}

#[test]
fn an_archive_that_breaks_off_is_named_and_says_what_was_kept() {
    let lost = Unread::Broken(interchange::incoming::Broken {
        line: 0,
        item: None,
        why: "the disk gave up".into(),
    });
    let mut report = Report::default();
    let told = broken_off("herald.xml", &lost, &report);
    assert_eq!(told, "herald.xml: the disk gave up. Nothing was imported.");
    report.stories = 1;
    let told = broken_off("herald.xml", &lost, &report);
    assert!(told.contains("(1 story)"), "{told}");
}

#[test]
fn one_story_is_one_story() {
    let report = Report {
        stories: 1,
        pictures: 2,
        ..Report::default()
    };
    assert_eq!(
        sums(&report)[0],
        "New: 1 story, 0 drafts, 0 scheduled, 0 pages, 2 picture records."
    );
}
