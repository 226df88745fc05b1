//! Rules as tables, acts as short scenes on both engines.

use base::{Document, Id, Instant, No, Refusals};
use jiff::{ToSpan, tz::TimeZone};
use serde_json::{Value, json};
use store::{Db, testing::on_both};

use super::{
    Change, NoteClass, State, Story,
    correct::{Correction, correct},
    draft::draft,
    list::{self, Filter},
    publish::{Customs, publish, publish_due},
    read,
    revise::{Save, revise},
    take_in::{Arrival, Import, Standing, Taken, take_in},
    withdraw::{Notice, withdraw},
    *,
};
use crate::{
    By, MIGRATIONS,
    reading::{Elsewhere, elsewhere},
    section::{self, Section},
};

fn noon() -> Instant {
    "1970-04-13T18:00:00Z".parse().unwrap()
}

fn ada() -> By {
    By {
        staff: None,
        name: "Ada Quill".into(),
        role: None,
    }
}

fn change(json: Value) -> Change {
    match json {
        Value::Object(map) => Change(map),
        other => panic!("{other} is no change"),
    }
}

async fn a_section(db: &Db) -> Id<Section> {
    let mut tx = db.begin().await.unwrap();
    let section = Section {
        id: Id::fresh(),
        slug: "space".parse().unwrap(),
        name: "Space".into(),
        description: String::new(),
        language: base::Language::english(),
        access: Access::Metered,
        position: 1,
        version: 1,
    };
    let id = section::put(&mut tx, &section).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn a_story(db: &Db, headline: &str) -> Story {
    let section = a_section(db).await;
    let body = Document::of_paragraphs(["One.", "Two.", "Three."]);
    let fields = json!({"headline": headline, "section_id": section, "body": body});
    draft(db, &change(fields), &ada(), noon()).await.unwrap()
}

async fn a_public_story(db: &Db, headline: &str) -> Story {
    let story = a_story(db, headline).await;
    publish(db, &Customs::default(), story.id, None, (&ada(), noon()))
        .await
        .unwrap()
}

#[track_caller]
fn refused(answer: Result<Story, No>) -> Refusals {
    match answer {
        Err(No::Refused(refusals)) => refusals,
        other => panic!("expected a refusal, not {other:?}"),
    }
}

#[test]
fn v_38_each_limit_is_kept_and_the_refusal_names_field_and_rule() {
    #[track_caller]
    fn check(fields: Value, field: &str, key: &str) {
        let fields = change(fields).over(&Fields::default()).unwrap();
        let refusals = rules::refusals(&fields);
        let found = refusals
            .iter()
            .any(|no| no.field.as_deref() == Some(field) && no.key == key);
        assert!(found, "{refusals:?}");
    }
    for limit in &limits::LIMITS {
        let long = "x".repeat(limit.most + 1);
        let many = vec!["x"; limit.most + 1];
        match limit.field {
            "dateline.place" => check(
                json!({"dateline": {"place": long}}),
                limit.field,
                "too-long",
            ),
            "embargo.reason" => {
                let embargo = json!({"until": noon(), "reason": long});
                check(json!({"embargo": embargo}), limit.field, "too-long");
            }
            "comments.reason" => check(
                json!({"comments": {"reason": long}}),
                limit.field,
                "too-long",
            ),
            "bylines.name" => check(
                json!({"bylines": [{"name": long}]}),
                "bylines[0].name",
                "too-long",
            ),
            "bylines.role" => {
                check(
                    json!({"bylines": [{"name": "x", "role": long}]}),
                    "bylines[0].role",
                    "too-long",
                );
            }
            "topics.name" => check(json!({"topics": [long]}), "topics[0]", "too-long"),
            "bylines" => {
                let bylines: Vec<_> = many.iter().map(|name| json!({"name": name})).collect();
                check(json!({"bylines": bylines}), limit.field, "too-many");
            }
            "related" => {
                let related: Vec<_> = many.iter().map(|_| StoryId::fresh()).collect();
                check(json!({"related": related}), limit.field, "too-many");
            }
            field if limit.unit == limits::Unit::Entries => {
                check(json!({field: many}), field, "too-many");
            }
            field => check(json!({field: long}), field, "too-long"),
        }
    }
    check(json!({"urgency": 0}), "urgency", "out-of-range");
    check(json!({"urgency": 10}), "urgency", "out-of-range");
    check(json!({"people": [" "]}), "people[0]", "missing");
}

#[test]
fn v_62_a_change_names_what_it_does_not_know() {
    #[track_caller]
    fn check(fields: Value, field: &str, key: &str) {
        let refusals = change(fields).over(&Fields::default()).unwrap_err();
        let first = refusals.iter().next().unwrap();
        assert_eq!((first.field.as_deref(), first.key), (Some(field), key));
    }
    check(json!({"role": "owner"}), "role", "unknown-field");
    check(json!({"headline": 7}), "headline", "wrong-type");
    check(
        json!({"body": {"type": "doc", "content": [{"type": "script"}]}}),
        "body.content[0].type",
        "not-a-choice",
    );
    check(json!({"slug": "../x"}), "slug", "not-a-slug");
    check(json!({"language": "<b>"}), "language", "not-a-language");
    check(json!({"urgency": "5"}), "urgency", "wrong-type");
    check(json!({"access": "members"}), "access", "not-a-choice");
    let kept = change(json!({"deck": null})).over(&Fields {
        deck: Some("x".into()),
        ..Fields::default()
    });
    assert_eq!(kept.unwrap().deck, None);
}

#[test]
fn an_unfit_story_hears_every_reason_at_once() {
    let mut story = Story {
        id: Id::fresh(),
        kind: Kind::Story,
        revision: 1,
        begun_by: BegunBy {
            staff: None,
            name: "Ada Quill".into(),
        },
        fields: Fields::default(),
        desk_state: DeskState::Draft,
        publication: None,
        withdrawal: None,
        due_at: None,
        notes: Vec::new(),
        created_at: noon(),
        updated_at: noon(),
    };
    story.fields.embargo = Some(Embargo {
        until: noon() + 1.hour(),
        reason: None,
    });
    let keys: Vec<_> = rules::refusals_to_publish(&story, noon())
        .iter()
        .map(|no| no.key)
        .collect();
    assert_eq!(keys, ["no-headline", "no-body", "no-section", "embargoed"]);
    story.fields.scheduled_for = Some(noon() + 2.hours());
    assert!(
        !rules::refusals_to_publish(&story, noon())
            .iter()
            .any(|no| no.key == "embargoed")
    );
}

#[tokio::test]
async fn a_story_is_written_published_and_listed() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_public_story(&db, "Bridge reopens").await;
        assert_eq!(story.state(), State::Published);
        let public = story.publication.unwrap();
        assert_eq!(public.path, "/1970/04/bridge-reopens");
        let all = list::stories(
            &db,
            &Filter {
                limit: 10,
                ..Filter::default()
            },
        )
        .await
        .unwrap();
        assert_eq!((all.len(), all[0].state), (1, State::Published));
        let drafts = Filter {
            state: Some(State::Draft),
            limit: 10,
            ..Filter::default()
        };
        assert_eq!(list::stories(&db, &drafts).await.unwrap().len(), 0);
        let named = Filter {
            query: Some("REOPENS".into()),
            limit: 10,
            ..Filter::default()
        };
        assert_eq!(list::stories(&db, &named).await.unwrap().len(), 1);
        let after = Filter {
            after: Some((all[0].updated_at, all[0].id)),
            limit: 10,
            ..Filter::default()
        };
        assert_eq!(list::stories(&db, &after).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn two_editors_at_once_lose_no_word() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_story(&db, "Bridge").await;
        let first = change(json!({"headline": "Bridge reopens"}));
        let second = change(json!({"headline": "Bridge stays shut"}));
        let save = |change| Save {
            upon: 1,
            change,
            why: None,
        };
        revise(&db, story.id, &save(&first), &ada(), noon())
            .await
            .unwrap();
        let answer = revise(&db, story.id, &save(&second), &ada(), noon()).await;
        assert!(refused(answer).has("somebody-saved-first"));
        let now = read::story(&db, story.id).await.unwrap().unwrap();
        assert_eq!(
            (now.fields.headline.as_str(), now.revision),
            ("Bridge reopens", 2)
        );
        let before = read::fields_of_revision(&db, story.id, 1)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(before.headline, "Bridge");
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_a_revision_a_note_and_a_new_page_or_nothing() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_public_story(&db, "Four freed").await;
        let fields = change(json!({"headline": "Five freed"}));
        let save = Save {
            upon: 1,
            change: &fields,
            why: None,
        };
        let mut correction = Correction {
            save,
            class: NoteClass::Correction,
            words: " ",
        };
        let later = noon() + 1.hour();
        let who = ada();
        let answer = correct(
            &db,
            &Customs::default(),
            story.id,
            &correction,
            (&who, later),
        )
        .await;
        assert!(refused(answer).has("missing"));

        correction.words = "An earlier version said four people were freed. It was five.";
        let story = correct(
            &db,
            &Customs::default(),
            story.id,
            &correction,
            (&who, later),
        )
        .await
        .unwrap();
        assert_eq!((story.notes.len(), story.revision), (1, 2));
        let public = story.publication.unwrap();
        assert_eq!((public.revision, public.changed_at), (2, later));
        // The address held the error and stays: changing it is a choice of its own.
        assert_eq!(public.path, "/1970/04/four-freed");
        assert_eq!(list::corrections(&db, 10, 0).await.unwrap().1, 1);
    })
    .await;
}

#[tokio::test]
async fn a_changed_address_leads_on_and_a_namesake_gets_a_number() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_public_story(&db, "Four freed").await;
        let fields = change(json!({"slug": "five-freed"}));
        let save = Save {
            upon: 1,
            change: &fields,
            why: None,
        };
        revise(&db, story.id, &save, &ada(), noon()).await.unwrap();
        let moved = publish(&db, &Customs::default(), story.id, None, (&ada(), noon()))
            .await
            .unwrap();
        assert_eq!(moved.publication.unwrap().path, "/1970/04/five-freed");
        let old = elsewhere(&db, "/1970/04/four-freed").await.unwrap();
        assert_eq!(old, Some(Elsewhere::MovedTo("/1970/04/five-freed".into())));
        let namesake = a_public_story(&db, "Four freed").await;
        assert_eq!(namesake.publication.unwrap().path, "/1970/04/four-freed-2");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_story_leaves_its_notice_and_cannot_come_back() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_public_story(&db, "Bridge falls").await;
        let empty = Notice {
            reason: "",
            ..Notice::default()
        };
        let answer = withdraw(&db, story.id, &empty, &ada(), noon()).await;
        assert!(refused(answer).has("missing"));
        let notice = Notice {
            reason: "It did not fall.",
            note: Some("The picture desk rang at six."),
            ..Notice::default()
        };
        let passed = Notice {
            upon: Some(7),
            ..notice.clone()
        };
        let answer = withdraw(&db, story.id, &passed, &ada(), noon()).await;
        assert!(refused(answer).has("somebody-saved-first"));
        let gone = withdraw(&db, story.id, &notice, &ada(), noon())
            .await
            .unwrap();
        assert_eq!(gone.state(), State::Withdrawn);
        let note = gone.withdrawal.unwrap().note;
        assert_eq!(note.as_deref(), Some("The picture desk rang at six."));
        match elsewhere(&db, "/1970/04/bridge-falls").await.unwrap() {
            Some(Elsewhere::Withdrawn(notice)) => assert_eq!(notice.reason, "It did not fall."),
            other => panic!("{other:?}"),
        }
        let again = publish(&db, &Customs::default(), story.id, None, (&ada(), noon())).await;
        assert!(refused(again).has("withdrawn"));
        assert!(check::complaints(&db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_story_goes_out_once_and_not_before_its_hour() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_story(&db, "Launch").await;
        let hour = noon() + 2.hours();
        let fields = change(json!({"scheduled_for": hour}));
        let save = Save {
            upon: 1,
            change: &fields,
            why: None,
        };
        revise(&db, story.id, &save, &ada(), noon()).await.unwrap();
        let waiting = publish(&db, &Customs::default(), story.id, None, (&ada(), noon()))
            .await
            .unwrap();
        assert_eq!(
            (waiting.state(), waiting.due_at),
            (State::Scheduled, Some(hour))
        );
        let customs = Customs::default();
        assert_eq!(
            publish_due(&db, &customs, hour - 1.second()).await.unwrap(),
            0
        );
        assert_eq!(publish_due(&db, &customs, hour).await.unwrap(), 1);
        assert_eq!(publish_due(&db, &customs, hour).await.unwrap(), 0);
        assert!(
            read::story(&db, story.id)
                .await
                .unwrap()
                .unwrap()
                .is_public()
        );
    })
    .await;
}

/// A story that comes in from elsewhere, standing so there.
fn from_afar(standing: Standing) -> Arrival {
    Arrival {
        source: "wordpress".into(),
        source_key: "https://example.org/?p=1".into(),
        kind: Kind::Story,
        fields: Fields {
            headline: "From afar".into(),
            ..Fields::default()
        },
        standing,
        old_addresses: vec!["/2011/From-Afar/".into(), "/?p=1".into()],
        notes: Vec::new(),
        kept: json!({"custom": 1}),
    }
}

async fn takes(db: &Db, arrival: &Arrival) -> Taken {
    let (zone, by) = (TimeZone::UTC, By::machine("Import"));
    let import = Import {
        zone: &zone,
        by: &by,
        now: noon(),
    };
    let mut tx = db.begin().await.unwrap();
    let taken = take_in(&mut tx, arrival, &import).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn a_story_that_came_in_waiting_still_waits_when_the_desk_has_saved_it() {
    on_both(&[MIGRATIONS], async |db| {
        let at = noon() + 2.hours();
        let mut arrival = from_afar(Standing::Scheduled { at });
        let Taken::New(id) = takes(&db, &arrival).await else {
            panic!("not new")
        };
        assert!(matches!(takes(&db, &arrival).await, Taken::Unchanged(_)));
        let fields = change(json!({"deck": "In other words."}));
        let save = Save {
            upon: 1,
            change: &fields,
            why: None,
        };
        let saved = revise(&db, id, &save, &ada(), noon()).await.unwrap();
        assert_eq!(
            (saved.due_at, saved.fields.scheduled_for),
            (Some(at), Some(at))
        );

        let later = noon() + 5.hours();
        arrival.standing = Standing::Scheduled { at: later };
        assert!(matches!(takes(&db, &arrival).await, Taken::Changed(_)));
        let story = read::story(&db, id).await.unwrap().unwrap();
        assert_eq!(
            (story.due_at, story.fields.scheduled_for),
            (Some(later), Some(later))
        );

        arrival.standing = Standing::Draft { at: noon() };
        takes(&db, &arrival).await;
        let story = read::story(&db, id).await.unwrap().unwrap();
        assert_eq!((story.state(), story.due_at), (State::Draft, None));
    })
    .await;
}

#[tokio::test]
async fn f_16_what_is_taken_in_twice_is_here_once() {
    on_both(&[MIGRATIONS], async |db| {
        let first_at = noon() - 1.hour();
        let mut arrival = from_afar(Standing::Published {
            first_at,
            changed_at: first_at,
        });
        let take = async |arrival: &Arrival| takes(&db, arrival).await;
        assert!(matches!(take(&arrival).await, Taken::New(_)));
        assert!(matches!(take(&arrival).await, Taken::Unchanged(_)));
        for old in ["/2011/From-Afar", "/2011/from-afar/", "/?p=1"] {
            let to = elsewhere(&db, old).await.unwrap();
            assert_eq!(
                to,
                Some(Elsewhere::MovedTo("/1970/04/from-afar".into())),
                "{old}"
            );
        }
        arrival.fields.headline = "From afar, corrected".into();
        let Taken::Changed(id) = take(&arrival).await else {
            panic!("not changed")
        };
        let story = read::story(&db, id).await.unwrap().unwrap();
        assert_eq!(
            (story.revision, story.publication.unwrap().revision),
            (2, 2)
        );
        assert_eq!(check::counts(&db).await.unwrap().stories, 1);
    })
    .await;
}

#[tokio::test]
async fn a_waiting_story_follows_its_hour_and_waits_no_more_without_one() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_story(&db, "Launch").await;
        let customs = Customs::default();
        let set = async |upon: u32, hour: Option<Instant>| {
            let fields = change(json!({"scheduled_for": hour}));
            let save = Save {
                upon,
                change: &fields,
                why: None,
            };
            revise(&db, story.id, &save, &ada(), noon()).await.unwrap()
        };
        set(1, Some(noon() + 3.hours())).await;
        publish(&db, &customs, story.id, None, (&ada(), noon()))
            .await
            .unwrap();
        let earlier = set(2, Some(noon() + 1.hour())).await;
        assert_eq!(earlier.due_at, Some(noon() + 1.hour()));
        let never = set(3, None).await;
        assert_eq!((never.state(), never.due_at), (State::Draft, None));
        let out = publish_due(&db, &customs, noon() + 4.hours())
            .await
            .unwrap();
        assert_eq!(out, 0);
    })
    .await;
}

#[tokio::test]
async fn what_goes_out_is_the_revision_that_was_meant_or_nothing() {
    on_both(&[MIGRATIONS], async |db| {
        let story = a_story(&db, "Bridge opens").await;
        let save = Save {
            upon: 1,
            change: &change(json!({"headline": "Bridge closes"})),
            why: None,
        };
        revise(&db, story.id, &save, &ada(), noon()).await.unwrap();
        let hand = (&ada(), noon());
        let late = publish(&db, &Customs::default(), story.id, Some(1), hand).await;
        assert!(refused(late).has("somebody-saved-first"));
        let out = publish(&db, &Customs::default(), story.id, Some(2), hand).await;
        assert_eq!(out.unwrap().publication.unwrap().revision, 2);
    })
    .await;
}

#[tokio::test]
async fn a_contributor_changes_drafts_of_their_own_and_nothing_else() {
    use crate::staff::{Role, Staff};
    let somebody = |role| By {
        staff: Some(Id::<Staff>::fresh()),
        name: format!("{role:?}"),
        role: Some(role),
    };
    let (cora, cleo) = (somebody(Role::Contributor), somebody(Role::Contributor));
    let (rita, wire) = (somebody(Role::Reporter), By::machine("wire"));
    on_both(&[MIGRATIONS], async |db| {
        let section = a_section(&db).await;
        let body = Document::of_paragraphs(["One."]);
        let fields = change(json!({"headline": "A", "section_id": section, "body": body}));
        let hers = draft(&db, &fields, &cora, noon()).await.unwrap();
        let wires = draft(&db, &fields, &wire, noon()).await.unwrap();
        assert_eq!(hers.begun_by.staff, cora.staff);
        assert_eq!(hers.begun_by.name, "Contributor");
        let said = |story: &Story, by: &By| match rules::refuse_foreign(story, by) {
            Ok(()) => "may",
            Err(refusal) => refusal.key,
        };
        let check = |story: &Story, said_to: [&str; 4]| {
            let each = [&cora, &cleo, &rita, &wire].map(|by| said(story, by));
            assert_eq!(each, said_to);
        };
        check(&hers, ["may", "not-your-story", "may", "may"]);
        check(&wires, ["not-your-story", "not-your-story", "may", "may"]);
        let filed = revise::move_on_desk(&db, hers.id, DeskState::Filed, noon()).await;
        let too_late = ["no-longer-a-draft", "not-your-story", "may", "may"];
        check(&filed.unwrap(), too_late);
        let by = (&ada(), noon());
        let out = publish(&db, &Customs::default(), hers.id, None, by).await;
        check(&out.unwrap(), too_late);
        let save = Save {
            upon: 1,
            change: &change(json!({"deck": "B"})),
            why: None,
        };
        let refusal = refused(revise(&db, wires.id, &save, &cora, noon()).await);
        assert!(refusal.has("not-your-story"));
        revise(&db, wires.id, &save, &rita, noon()).await.unwrap();
    })
    .await;
}
