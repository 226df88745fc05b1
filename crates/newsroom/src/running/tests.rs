//! Running stories and their live entries: begun, changed, said, amended, taken down.

use base::{Document, Id, Instant, Language, No};
use serde_json::json;
use store::{Db, testing::on_both};

use super::{
    EntryStatus, Filter, LiveEntry, Particulars, RunningState, RunningStory,
    begin::begin,
    change::change,
    entry::{self, add::add, amend::amend, take_down::take_down},
    list, one,
    remove::remove,
    rules,
};
use crate::{
    By, MIGRATIONS,
    reading::{Elsewhere, elsewhere},
    story::{Change, draft::draft},
};

fn at(minute: i8) -> Instant {
    let noon: Instant = "2026-03-03T12:00:00Z".parse().unwrap();
    noon + jiff::SignedDuration::from_mins(minute.into())
}

fn ada() -> By {
    By::machine("Ada Quill")
}

fn called(name: &str) -> Particulars {
    Particulars {
        name: name.into(),
        label: name.into(),
        language: Language::english(),
        state: RunningState::Breaking,
        summary: vec!["The river rises.".into()],
    }
}

fn saying(words: &str) -> entry::Particulars {
    entry::Particulars {
        title: Some(words.into()),
        body: Document::of_paragraphs([words]),
        byline: None,
        key_event: true,
        pinned: true,
        status: EntryStatus::Reported,
    }
}

async fn a_running_story(db: &Db, name: &str, minute: i8) -> RunningStory {
    begin(db, None, called(name), &ada(), at(minute))
        .await
        .unwrap()
}

#[track_caller]
fn refused<T>(done: Result<T, No>, key: &str) {
    assert!(matches!(done, Err(No::Refused(no)) if no.has(key)), "{key}");
}

#[test]
fn a_running_story_is_refused_for_each_thing_that_is_wrong_with_it() {
    #[track_caller]
    fn check(wrong: impl FnOnce(&mut Particulars), refused: &[(&str, &str)]) {
        let mut particulars = called("The flood");
        wrong(&mut particulars);
        let no = rules::refusals(&particulars);
        let said = no
            .iter()
            .map(|no| (no.field.as_deref().unwrap_or_default(), no.key));
        assert_eq!(said.collect::<Vec<_>>(), refused);
    }
    check(|_| {}, &[]);
    check(|it| it.name = " ".into(), &[("name", "missing")]);
    check(|it| it.label = "x".repeat(61), &[("label", "too-long")]);
    check(
        |it| it.summary = vec!["a".into(); 13],
        &[("summary", "too-many")],
    );
    check(
        |it| it.summary = vec!["x".repeat(2_001)],
        &[("summary[0]", "too-long")],
    );
}

#[tokio::test]
async fn a_running_story_begins_changes_and_moves_and_its_old_address_leads_on() {
    on_both(&[MIGRATIONS], async |db| {
        let flood = a_running_story(&db, "The flood", 0).await;
        assert_eq!(flood.slug.as_str(), "the-flood");
        refused(
            begin(&db, None, called("The flood"), &ada(), at(0)).await,
            "running-address-taken",
        );
        let set = async |upon, slug: Option<&str>| {
            let slug = slug.map(|slug| slug.parse().unwrap());
            let moved = Particulars {
                state: RunningState::Closed,
                ..called("The great flood")
            };
            change(&db, (flood.id, upon), slug, moved, (&ada(), at(1))).await
        };
        let changed = set(1, Some("great-flood")).await.unwrap();
        assert_eq!(one(&db, flood.id).await.unwrap(), Some(changed));
        refused(set(1, None).await, "somebody-changed-first");
        let led = elsewhere(&db, "/running/the-flood").await.unwrap();
        assert!(matches!(led, Some(Elsewhere::MovedTo(to)) if to == "/running/great-flood"));
        set(2, Some("the-flood")).await.unwrap();
        assert!(
            elsewhere(&db, "/running/the-flood")
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn running_stories_are_listed_by_last_change_and_go_only_when_unused() {
    on_both(&[MIGRATIONS], async |db| {
        let flood = a_running_story(&db, "The flood", 0).await;
        let strike = a_running_story(&db, "The strike", 1).await;
        let entry = add(&db, flood.id, saying("It rises"), &ada(), at(2))
            .await
            .unwrap();
        let page = async |after| {
            let filter = Filter {
                after,
                limit: 1,
                state: Some(RunningState::Breaking),
                ..Filter::default()
            };
            list(&db, &filter).await.unwrap()
        };
        let first = page(None).await;
        let second = page(Some((first[0].updated_at, first[0].id))).await;
        assert_eq!((first[0].id, second[0].id), (flood.id, strike.id));

        refused(
            remove(&db, flood.id, &ada(), at(3)).await,
            "running-story-in-use",
        );
        let fields = json!({"running_story_id": strike.id});
        let fields = Change(fields.as_object().unwrap().clone());
        draft(&db, &fields, &ada(), at(3)).await.unwrap();
        refused(
            remove(&db, strike.id, &ada(), at(3)).await,
            "running-story-in-use",
        );
        let unused = a_running_story(&db, "The fair", 4).await;
        super::safety::turn(&db, unused.id, true, &ada(), at(4))
            .await
            .unwrap();
        remove(&db, unused.id, &ada(), at(5)).await.unwrap();
        assert_eq!(one(&db, unused.id).await.unwrap(), None);
        assert_eq!(entry.version, 1);
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_said_amended_and_taken_down_with_its_words_kept_out_of_sight() {
    on_both(&[MIGRATIONS], async |db| {
        let flood = a_running_story(&db, "The flood", 0).await;
        let entry = add(&db, flood.id, saying("It rises"), &ada(), at(1))
            .await
            .unwrap();
        let nothing = entry::Particulars {
            title: None,
            body: Document::default(),
            ..saying("")
        };
        refused(add(&db, flood.id, nothing, &ada(), at(1)).await, "no-body");
        let gone = entry::Particulars {
            status: EntryStatus::Withdrawn,
            ..saying("x")
        };
        refused(
            add(&db, flood.id, gone, &ada(), at(1)).await,
            "not-a-choice",
        );
        let nowhere = add(&db, Id::fresh(), saying("x"), &ada(), at(1)).await;
        assert!(matches!(nowhere, Err(No::Absent)));

        let falls = entry::Particulars {
            status: EntryStatus::Confirmed,
            ..saying("It falls")
        };
        let put = async |upon| {
            amend(
                &db,
                (flood.id, entry.id, upon),
                falls.clone(),
                (&ada(), at(2)),
            )
            .await
        };
        assert_eq!(put(1).await.unwrap().version, 2);
        refused(put(1).await, "somebody-changed-first");
        let down = async |id: Id<LiveEntry>| {
            take_down(&db, (flood.id, id), Some("It never did."), (&ada(), at(3))).await
        };
        let taken = down(entry.id).await.unwrap();
        assert_eq!(taken.body, Document::of_paragraphs(["It never did."]));
        assert_eq!(
            (taken.title.as_deref(), taken.key_event, taken.pinned),
            (None, false, false)
        );
        assert_eq!(down(entry.id).await.unwrap(), taken);
        assert_eq!(
            entry::one(&db, flood.id, entry.id).await.unwrap(),
            Some(taken)
        );
        refused(put(3).await, "entry-taken-down");
        assert!(matches!(down(Id::fresh()).await, Err(No::Absent)));
    })
    .await;
}

#[tokio::test]
async fn entries_are_listed_page_by_page_and_by_what_is_asked() {
    on_both(&[MIGRATIONS], async |db| {
        let flood = a_running_story(&db, "The flood", 0).await;
        let say = async |words, key_event| {
            let said = entry::Particulars {
                key_event,
                ..saying(words)
            };
            add(&db, flood.id, said, &ada(), at(1)).await.unwrap()
        };
        let (one, two, three) = (
            say("1", true).await,
            say("2", false).await,
            say("3", true).await,
        );
        let page = async |filter: entry::Filter| {
            let filter = entry::Filter { limit: 2, ..filter };
            let listed = entry::list(&db, flood.id, &filter).await.unwrap();
            listed.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
        };
        assert_eq!(page(entry::Filter::default()).await, [three.id, two.id]);
        let behind = entry::Filter {
            after: Some((two.at, two.id)),
            ..Default::default()
        };
        assert_eq!(page(behind).await, [one.id]);
        let keys = entry::Filter {
            key_event: Some(true),
            ..Default::default()
        };
        assert_eq!(page(keys).await, [three.id, one.id]);
        let status = Some(EntryStatus::Disputed);
        let disputed = entry::Filter {
            status,
            ..Default::default()
        };
        assert_eq!(page(disputed).await, []);
    })
    .await;
}
