//! The acts as short scenes, on both engines: what was written is there, sealed when it is sealed, and nobody's
//! words go.

use base::{Document, Id, Instant, No};
use newsroom::{
    By,
    staff::Role,
    story::{
        Change, Story, StoryId,
        draft::draft,
        read,
        revise::{Save, revise},
    },
};
use serde_json::json;
use store::{Db, testing::on_both};

use crate::{
    Opened, Text,
    append::{Made, append, progress, since},
    open::open,
    seal::seal,
};

const MIGRATIONS: &[store::Migrations] = &[newsroom::MIGRATIONS, crate::MIGRATIONS];

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

fn ada() -> By {
    By::machine("Ada Quill")
}

fn change(fields: serde_json::Value) -> Change {
    let serde_json::Value::Object(fields) = fields else {
        panic!("{fields} is no change")
    };
    Change(fields)
}

async fn a_story(db: &Db, texts: &[&str]) -> Story {
    let body = Document::of_paragraphs(texts.iter().copied());
    let fields = json!({"headline": "The ferry", "body": body});
    draft(db, &change(fields), &ada(), noon()).await.unwrap()
}

/// A browser that has opened the text and makes it say something else.
fn says(opened: &Opened, texts: &[&str]) -> Made {
    let mut copy = Text::load(&opened.text.whole(), []).unwrap();
    let stroke = copy.lay(&Document::of_paragraphs(texts.iter().copied()));
    Made {
        bytes: stroke.expect("something else is said"),
        by: ada(),
    }
}

async fn writes(db: &Db, id: StoryId, texts: &[&str]) -> u32 {
    let opened = open(db, id, noon()).await.unwrap();
    let made = says(&opened, texts);
    append(db, (id, opened.epoch), &[made], noon())
        .await
        .unwrap()
}

async fn text(db: &Db, id: StoryId) -> String {
    open(db, id, noon())
        .await
        .unwrap()
        .text
        .document()
        .to_text()
}

async fn body(db: &Db, id: StoryId) -> (u32, String) {
    let story = read::story(db, id).await.unwrap().unwrap();
    (story.revision, story.fields.body.to_text())
}

#[tokio::test]
async fn a_manuscript_is_laid_out_once_from_its_story() {
    on_both(MIGRATIONS, async |db| {
        let story = a_story(&db, &["One.", "Two."]).await;
        let (first, second) = (
            open(&db, story.id, noon()).await,
            open(&db, story.id, noon()).await,
        );
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.text.document(), story.fields.body);
        assert_eq!(
            (first.epoch, first.text.whole()),
            (second.epoch, second.text.whole())
        );
        assert!(!first.is_unsealed);
        assert!(matches!(
            open(&db, Id::fresh(), noon()).await,
            Err(No::Absent)
        ));
    })
    .await;
}

#[tokio::test]
async fn what_was_written_is_there_and_becomes_a_revision_when_it_is_sealed() {
    on_both(MIGRATIONS, async |db| {
        let story = a_story(&db, &["One."]).await;
        assert_eq!(writes(&db, story.id, &["One.", "Two."]).await, 1);
        assert_eq!(writes(&db, story.id, &["One.", "Two.", "Three."]).await, 2);
        assert_eq!(text(&db, story.id).await, "One.\nTwo.\nThree.");
        assert_eq!(body(&db, story.id).await, (1, "One.".into()));
        assert!(progress(&db, story.id).await.unwrap().unwrap().is_unsealed);

        let sealed = seal(&db, story.id, None, Some("For the page"), noon())
            .await
            .unwrap();
        assert_eq!(sealed.story.revision, 2);
        assert_eq!(body(&db, story.id).await, (2, "One.\nTwo.\nThree.".into()));
        let history = read::revisions(&db, story.id, None, 1).await.unwrap();
        assert_eq!(
            (history[0].by.as_str(), history[0].why.as_deref()),
            ("Ada Quill", Some("For the page"))
        );

        // Nothing new makes no revision, and writing goes on where it was.
        seal(&db, story.id, None, None, noon()).await.unwrap();
        assert_eq!(body(&db, story.id).await.0, 2);
        assert_eq!(writes(&db, story.id, &["One.", "Four."]).await, 3);
        assert_eq!(text(&db, story.id).await, "One.\nFour.");
    })
    .await;
}

#[tokio::test]
async fn a_revision_made_elsewhere_is_followed_and_what_was_written_meanwhile_is_kept() {
    on_both(MIGRATIONS, async |db| {
        let story = a_story(&db, &["One.", "Two."]).await;
        writes(&db, story.id, &["One.", "Two, and a half."]).await;
        let theirs = change(json!({"body": Document::of_paragraphs(["One.", "Two.", "Three."])}));
        let save = Save {
            upon: 1,
            change: &theirs,
            why: None,
        };
        revise(&db, story.id, &save, &ada(), noon()).await.unwrap();

        let known = progress(&db, story.id).await.unwrap().unwrap().strokes;
        let sealed = seal(&db, story.id, None, None, noon()).await.unwrap();
        assert!(sealed.has_followed);
        let document = open(&db, story.id, noon()).await.unwrap().text.document();
        assert_eq!(
            document.to_text().lines().take(3).collect::<Vec<_>>(),
            ["One.", "Two.", "Three."]
        );
        assert!(
            serde_json::to_string(&document)
                .unwrap()
                .contains("Two, and a half.")
        );
        assert_eq!(sealed.story.fields.body, document);

        // Whoever was writing lacks that, and can have it.
        let news = since(&db, story.id, known).await.unwrap();
        assert!(!news.strokes.is_empty() && news.number > known);
    })
    .await;
}

#[tokio::test]
async fn another_field_saved_elsewhere_takes_no_word() {
    on_both(MIGRATIONS, async |db| {
        let story = a_story(&db, &["One."]).await;
        writes(&db, story.id, &["One.", "Two."]).await;
        let headline = change(json!({"headline": "The ferry is late"}));
        let save = Save {
            upon: 1,
            change: &headline,
            why: None,
        };
        revise(&db, story.id, &save, &ada(), noon()).await.unwrap();
        let sealed = seal(&db, story.id, None, None, noon()).await.unwrap();
        assert!(!sealed.has_followed);
        assert_eq!(sealed.story.fields.headline, "The ferry is late");
        assert_eq!(body(&db, story.id).await, (3, "One.\nTwo.".into()));
    })
    .await;
}

#[tokio::test]
async fn a_contributor_writes_in_drafts_of_their_own_alone() {
    on_both(MIGRATIONS, async |db| {
        let story = a_story(&db, &["One."]).await;
        let opened = open(&db, story.id, noon()).await.unwrap();
        let mut made = says(&opened, &["Mine."]);
        made.by = By {
            staff: Some(Id::fresh()),
            name: "Ben".into(),
            role: Some(Role::Contributor),
        };
        let at = (story.id, opened.epoch);
        let No::Refused(refusals) = append(&db, at, &[made], noon()).await.unwrap_err() else {
            panic!("it is refused")
        };
        assert!(refusals.has("not-your-story"));
        assert_eq!(text(&db, story.id).await, "One.");
        // Nor does anybody write into a text that was begun anew.
        let stale = append(
            &db,
            (story.id, uuid::Uuid::nil()),
            &[says(&opened, &["Two."])],
            noon(),
        )
        .await;
        assert!(matches!(stale, Err(No::Absent)));
    })
    .await;
}
