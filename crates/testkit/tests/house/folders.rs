//! folders that others packed, an archive or a theme, name no file outside of themselves.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use base::{Fault, clock::SharedClock};
use dateline::house;
use serde_json::Value;
use testkit::{Newsroom, Program};

/// Stands in a file beside the folder.
const SECRET: &str = "canarysecret7q";

/// A folder in the system's own for such things; gone when the scene ends.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let name = format!("dateline-folder-{}", uuid::Uuid::now_v7().simple());
        let place = Self(std::env::temp_dir().join(name));
        place.writes(
            "outside/secret.md",
            &format!("---\ntitle: {SECRET}\n---\n\n{SECRET}\n"),
        );
        place.writes("outside/secret.html", SECRET);
        place.writes("outside/secret.css", SECRET);
        place
    }

    fn writes(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A link at `path` that leads to `to`, as written.
    fn links(&self, path: &str, to: impl AsRef<Path>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(to, path).unwrap();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What is left in the system's temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn holds_the_secret(folder: &Path) -> Option<PathBuf> {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = if path.is_dir() {
            holds_the_secret(&path)
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            testkit::canary::Canary::new(SECRET)
                .is_in(&bytes)
                .then_some(path)
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What an import ends with that left something out whole.
const LEFT_OUT: i32 = 3;

#[test]
fn a_27_an_import_follows_nothing_out_of_its_folder() {
    let place = Place::new();
    let secret = place.0.join("outside/secret.md");
    let above = "../".repeat(12);
    let named = secret.strip_prefix("/").unwrap().display().to_string();
    place.writes(
        "archive/good.md",
        "---\ntitle: Good\ndate: 2026-11-01\n---\n\nIt came in.\n",
    );
    place.writes(
        "archive/reaching.md",
        &format!(
            "---\ntitle: Reaching\ndate: 2026-11-01\nslug: ../../etc/passwd\nimage: {above}{named}\n\
             layout: {above}{named}\n---\n\n{{% include {above}{named} %}}\n\n\
             {{% include_relative ../outside/secret.md %}}\n\n{{{{< readfile \"{}\" >}}}}\n\n\
             ![a]({above}{named}) [b](file://{}) [c](../outside/secret.md)\n",
            secret.display(),
            secret.display()
        ),
    );
    place.links("archive/file.md", &secret);
    place.links("archive/near.md", "../outside/secret.md");
    place.links("archive/folder", "../outside");
    place.links("archive/authors/ann.yml", &secret);
    place.links("archive/itself", ".");
    place.links("archive/nowhere.md", "gone.md");
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let archive = place.0.join("archive");
    let archive = [archive.to_str().unwrap(), "--json"];
    let said = program.ends_with(LEFT_OUT, "import folder", &archive);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["stories"], 2, "{report}");
    assert_eq!(report["left_out"], 6, "{report}");
    let told = report["warnings"].to_string();
    for link in ["file.md", "near.md", "folder", "itself", "nowhere.md"] {
        assert!(
            told.contains(link),
            "{link} was passed by in silence: {told}"
        );
    }
    assert!(!said.contains(SECRET), "{said}");
    assert_eq!(holds_the_secret(program.folder()), None);
}

#[test]
fn an_import_says_by_its_exit_code_that_something_was_left_out() {
    let place = Place::new();
    place.writes("good/a.md", "# A\n\nIt came in.\n");
    place.writes("lame/a.md", "# A\n\nIt came in.\n");
    place.writes("lame/empty.html", "\n");
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let import = |code, folder: &str, report: &str| {
        let folder = place.0.join(folder);
        let report = place.0.join(report);
        let arguments = [
            folder.to_str().unwrap(),
            "--report",
            report.to_str().unwrap(),
        ];
        let said = program.ends_with(code, "import folder", &arguments);
        (said, fs::read_to_string(report).unwrap())
    };
    let (said, report) = import(0, "good", "good.json");
    assert!(said.contains("New: 0 stories, 1 draft,"), "{said}");
    assert!(report.contains("\"left_out\":0"), "{report}");
    let (said, report) = import(LEFT_OUT, "lame", "lame.json");
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("1 file or story left out whole") && last.ends_with("lame.json."),
        "{said}"
    );
    assert!(report.contains("\"left_out\":1"), "{report}");
}

async fn opens_with_theme(news: &Newsroom, theme: &Path) -> Result<(), Fault> {
    let mut settings = news.settings.borrow().clone();
    settings.theme = Some(theme.into());
    let clock: SharedClock = news.clock.clone();
    let opened = house::Newsroom::around(news.house().db, &settings, clock).await;
    opened.map(drop)
}

#[tokio::test]
async fn a_27_a_theme_that_leads_out_of_its_folder_is_refused() {
    let news = Newsroom::open().await;
    type Lay = fn(&Place);
    let cases: [(&str, Lay, bool); 7] = [
        ("a theme of its own", |_| {}, true),
        (
            "a link within the theme",
            |place| {
                place.writes("theme/parts/dark.css", "body { color: red }");
                place.links("theme/site.css", "parts/dark.css");
            },
            true,
        ),
        (
            "a template",
            |place| place.links("theme/templates/wall.html", "../../outside/secret.html"),
            false,
        ),
        (
            "a sheet",
            |place| place.links("theme/site.css", "../outside/secret.css"),
            false,
        ),
        (
            "a script by its whole name",
            |place| place.links("theme/site.js", place.0.join("outside/secret.css")),
            false,
        ),
        (
            "all templates",
            |place| {
                fs::remove_dir_all(place.0.join("theme/templates")).unwrap();
                place.links("theme/templates", "../outside");
            },
            false,
        ),
        (
            "the fonts",
            |place| {
                place.writes("outside/sans.woff2", SECRET);
                place.links("theme/fonts", "../outside");
            },
            false,
        ),
    ];
    for (name, lay, opens) in cases {
        let place = Place::new();
        place.writes("theme/templates/none.html", "Nothing.");
        lay(&place);
        let opened = opens_with_theme(&news, &place.0.join("theme")).await;
        assert_eq!(opened.is_ok(), opens, "{name}: {opened:?}");
        if let Err(fault) = opened {
            assert!(
                fault.chain().contains("leads out of the theme"),
                "{name}: {}",
                fault.chain()
            );
        }
    }
    // The theme's folder itself may be a link: the operator named it.
    let place = Place::new();
    place.writes("themes/one/templates/none.html", "Nothing.");
    place.links("theme", "themes/one");
    opens_with_theme(&news, &place.0.join("theme"))
        .await
        .unwrap();
    news.closes().await;
}
