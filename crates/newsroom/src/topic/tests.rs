//! Renaming a topic: its stories stay together, and both addresses lead to them.

use base::{Document, Instant, Language, No};
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Db, testing::on_both};

use super::{public, rename::rename, search};
use crate::{
    By, MIGRATIONS,
    edition::Keeper,
    reading::{Elsewhere, elsewhere},
    section::{Particulars, begin::begin},
    story::{
        Access, Change,
        draft::draft,
        publish::{Customs, publish},
    },
};

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

async fn a_story_about(db: &Db, headline: &str, topic: &str) {
    let by = By::machine("Ada Quill");
    let particulars = Particulars {
        name: headline.into(),
        description: String::new(),
        language: Language::english(),
        access: Access::Metered,
    };
    let section = begin(db, None, particulars, &by, noon()).await.unwrap();
    let body = Document::of_paragraphs(["It is open."]);
    let fields = json!({
        "headline": headline, "section_id": section.id, "topics": [topic], "body": body,
    });
    let change = Change(fields.as_object().unwrap().clone());
    let story = draft(db, &change, &by, noon()).await.unwrap();
    let done = publish(db, &Customs::default(), story.id, None, (&by, noon())).await;
    done.unwrap();
}

#[tokio::test]
async fn a_renamed_topic_keeps_its_page_and_takes_in_stories_of_its_new_name() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        a_story_about(&db, "One", "Brigdes").await;
        a_story_about(&db, "Two", "Ships").await;
        let keeper = Keeper::load(db.clone(), TimeZone::UTC).await.unwrap();
        let (slug, ships) = ("brigdes".parse().unwrap(), "ships".parse().unwrap());
        let edition = keeper.current();
        let named = async |name: &str, upon| {
            rename(&db, &edition, (&slug, upon), name, (&by, noon())).await
        };
        let refused = |done: Result<_, No>, key: &str| {
            assert!(matches!(done, Err(No::Refused(no)) if no.has(key)), "{key}");
        };
        refused(named(" ", 0).await, "missing");
        refused(named("!", 0).await, "not-a-slug");
        refused(named("Ships", 0).await, "topic-name-taken");
        refused(named("Bridges", 1).await, "somebody-changed-first");
        assert_eq!(named("Bridges", 0).await.unwrap().version, 1);
        a_story_about(&db, "Three", "Bridges").await;
        keeper.reload().await.unwrap();

        let edition = keeper.current();
        let bridges = public(&edition, &slug).unwrap();
        assert_eq!((bridges.name.as_str(), bridges.stories), ("Bridges", 2));
        let names: Vec<_> = search(&edition, "").into_iter().map(|it| it.slug).collect();
        assert_eq!(names, [slug, ships]);
        let led = elsewhere(&db, "/topic/bridges").await.unwrap();
        assert!(matches!(led, Some(Elsewhere::MovedTo(to)) if to == "/topic/brigdes"));
    })
    .await;
}

#[tokio::test]
async fn an_edition_lists_its_stories_anew_when_names_lead_elsewhere() {
    on_both(&[MIGRATIONS], async |db| {
        a_story_about(&db, "One", "Brigdes").await;
        let keeper = Keeper::load(db.clone(), TimeZone::UTC).await.unwrap();
        let slug = "brigdes".parse().unwrap();
        let by = By::machine("Ada Quill");
        let before = keeper.current().number;
        let edition = keeper.current();
        let done = rename(&db, &edition, (&slug, 0), "Bridges", (&by, noon())).await;
        done.unwrap();
        keeper.refresh_furniture().await.unwrap();
        let edition = keeper.current();
        assert_eq!((edition.number, edition.len()), (before + 1, 1));
        assert_eq!(edition.topic_called("Bridges"), Some(slug.clone()));
        assert_eq!(public(&edition, &slug).unwrap().name, "Bridges");
    })
    .await;
}
