//! What lands again, late, or is called off by its source.

use newsroom::story::{DeskState, State, list, read, take_in::CALLED_OFF};
use store::testing::on_both;

use super::*;
use crate::{
    incoming::{IncomingComment, IncomingSection, IncomingState, IncomingThreaded, Issue},
    keeping,
};

const TABLES: [store::Migrations; 3] =
    [store::MIGRATIONS, newsroom::MIGRATIONS, keeping::MIGRATIONS];

fn now() -> Instant {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

async fn lands(db: &Db, pieces: Vec<Incoming>) -> Report {
    let settings = Settings {
        source: "ninjs".into(),
        zone: TimeZone::UTC,
        language: Language::english(),
        now: now(),
    };
    let mut landing = Landing::begin(db.clone(), settings).await.unwrap();
    for piece in pieces {
        landing.take(piece).await.unwrap();
    }
    landing.end().await.unwrap()
}

fn wire(number: u64, headline: &str, state: IncomingState) -> Incoming {
    Incoming::Story(Box::new(IncomingStory {
        source_key: "urn:x:1".into(),
        headline: headline.into(),
        body: base::Document::of_paragraphs(["At noon."]),
        sections: vec!["city".into()],
        state,
        issue: Some(Issue {
            number: Some(number),
            at: None,
        }),
        ..IncomingStory::default()
    }))
}

fn city() -> Incoming {
    Incoming::Section(IncomingSection {
        key: "city".into(),
        slug: "city".into(),
        name: "City".into(),
        ..IncomingSection::default()
    })
}

async fn only(db: &Db) -> newsroom::story::Story {
    let filter = list::Filter {
        limit: 10,
        ..list::Filter::default()
    };
    let all = list::stories(db, &filter).await.unwrap();
    assert_eq!(all.len(), 1);
    read::story(db, all[0].id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_version_that_comes_late_changes_nothing() {
    on_both(&TABLES, async |db| {
        let draft = IncomingState::Draft;
        assert_eq!(lands(&db, vec![wire(2, "Second", draft)]).await.drafts, 1);
        let late = lands(&db, vec![wire(1, "First", draft)]).await;
        assert_eq!((late.changed, late.skipped), (0, 1));
        assert!(late.warnings[0].why.contains("later version"));
        assert_eq!(only(&db).await.fields.headline, "Second");
        let next = lands(&db, vec![wire(3, "Third", draft), wire(3, "Third", draft)]).await;
        assert_eq!((next.changed, next.unchanged), (1, 1));
        assert_eq!(only(&db).await.fields.headline, "Third");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_its_source_called_off_is_spiked_once() {
    on_both(&TABLES, async |db| {
        lands(&db, vec![wire(1, "A", IncomingState::Draft)]).await;
        let off = wire(2, "A", IncomingState::Canceled);
        assert_eq!(lands(&db, vec![off.clone()]).await.called_off, 1);
        assert_eq!(only(&db).await.desk_state, DeskState::Spiked);
        let again = lands(&db, vec![off]).await;
        assert_eq!((again.called_off, again.unchanged), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_public_story_that_its_source_called_off_is_withdrawn_with_a_notice() {
    on_both(&TABLES, async |db| {
        lands(
            &db,
            vec![city(), wire(1, "A", IncomingState::Published(now()))],
        )
        .await;
        assert_eq!(only(&db).await.state(), State::Published);
        lands(&db, vec![wire(2, "A", IncomingState::Canceled)]).await;
        let story = only(&db).await;
        assert_eq!(story.state(), State::Withdrawn);
        assert_eq!(story.withdrawal.unwrap().reason, CALLED_OFF);
    })
    .await;
}

#[tokio::test]
async fn an_embargo_of_the_source_holds_here() {
    on_both(&TABLES, async |db| {
        let Incoming::Story(mut story) = wire(1, "A", IncomingState::Draft) else {
            unreachable!("it is a story")
        };
        let until = "2026-11-23T12:00:00Z".parse().unwrap();
        story.embargo = Some(until);
        lands(&db, vec![city(), Incoming::Story(story)]).await;
        let story = only(&db).await;
        assert_eq!(story.fields.embargo.as_ref().unwrap().until, until);
        let no = newsroom::story::rules::refusals_to_publish(&story, now());
        assert!(
            no.iter().any(|refusal| refusal.key == "embargoed"),
            "{no:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_comment_finds_its_story_by_an_old_address_or_waits_for_it() {
    on_both(&TABLES, async |db| {
        let at = |address: &str| {
            Incoming::Comment(Box::new(IncomingThreaded {
                address: address.into(),
                comment: IncomingComment {
                    id: address.into(),
                    approved: "1".into(),
                    text: "Good".into(),
                    ..IncomingComment::default()
                },
                ..IncomingThreaded::default()
            }))
        };
        let both = || vec![at("/2019/bridge/"), at("/nowhere"), at("/nowhere")];
        let report = lands(&db, both()).await;
        assert_eq!((report.comments, report.comments_without_story), (2, 3));
        assert_eq!(report.warnings.len(), 2);
        let Incoming::Story(mut story) = wire(1, "A", IncomingState::Published(now())) else {
            unreachable!("it is a story")
        };
        story.old_addresses = vec!["/2019/Bridge".into()];
        lands(&db, vec![city(), Incoming::Story(story)]).await;
        assert_eq!(lands(&db, both()).await.comments, 1, "it found its story");
        assert_eq!(lands(&db, both()).await.comments, 0);
        let kept = keeping::comment::at(&db, "/2019/bridge/").await.unwrap();
        assert_eq!(kept[0].story, Some(only(&db).await.id));
    })
    .await;
}
