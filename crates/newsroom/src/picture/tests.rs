//! Rules as tables, acts as short scenes on both engines. Files are only named here, by hashes of words.

use base::document::{Format, Print, Shape};
use jiff::{ToSpan, tz::TimeZone};
use serde_json::json;
use store::testing::on_both;

use super::{
    album::{Album, Served, served},
    amend::amend,
    fields::Told,
    lay::lay,
    list::{Filter, pictures},
    pull::{pull, pull_lapsed, restore},
    refocus::refocus,
    sweep::{REPLACED_KEPT, forget_replaced, is_named},
    take_in::{Arrival, take_in},
    *,
};
use crate::{
    MIGRATIONS,
    staff::Role,
    story::{
        Change, StoryId,
        draft::draft,
        publish::{Customs, publish},
    },
};

fn noon() -> Instant {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn ada() -> By {
    By {
        staff: None,
        name: "Ada Quill".into(),
        role: None,
    }
}

fn print_of(words: &str) -> Print {
    Print {
        shape: Shape::Whole,
        format: Format::Jpeg,
        width: 640,
        height: 480,
        bytes: 100,
        hash: Hash::of(words.as_bytes()).as_bytes().try_into().unwrap(),
    }
}

fn prints_of(words: &str) -> Prints {
    Prints {
        colour: "#102030".into(),
        all: vec![print_of(words)],
        ..Prints::default()
    }
}

async fn given(db: &Db, name: &str, fields: Fields) -> Picture {
    let arrival = Arrival {
        original: Hash::of(name.as_bytes()),
        file: File {
            name: format!("{name}.jpg"),
            kind: "jpeg".into(),
            bytes: 10,
            width: 4_000,
            height: 3_000,
        },
        said: json!({}),
        fields,
        remarks: Vec::new(),
        prints: prints_of(&format!("first print of {name}")),
    };
    let taken = take_in(db, &TimeZone::UTC, arrival, (&ada(), noon())).await;
    taken.unwrap().0
}

fn credited(credit: &str) -> Fields {
    Fields {
        credit: Some(credit.into()),
        ..Fields::default()
    }
}

/// A draft led by this picture, with nothing else against it.
async fn a_story_with(db: &Db, id: PictureId) -> StoryId {
    let fields = json!({
        "headline": "The bridge reopens",
        "lead_picture": {"id": id, "src": "/media/x.jpg", "alt": "A bridge"},
    });
    let serde_json::Value::Object(fields) = fields else {
        unreachable!("an object")
    };
    let change = Change(fields);
    let story = draft(db, &change, &ada(), noon()).await.unwrap();
    story.id
}

async fn keys_against(
    db: &Db,
    story: StoryId,
    customs: &Customs,
    now: Instant,
) -> Vec<&'static str> {
    match publish(db, customs, story, None, (&ada(), now)).await {
        Err(No::Refused(refusals)) => refusals.iter().map(|no| no.key).collect(),
        other => panic!("a story without a section goes nowhere: {other:?}"),
    }
}

#[test]
fn a_term_lasts_through_the_day_month_or_year_that_is_told() {
    #[track_caller]
    fn check(told: &str, ends: Option<&str>) {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let ended = Told::of(told).and_then(|told| told.ends(&zone));
        assert_eq!(ended, ends.map(|at| at.parse().unwrap()), "{told}");
    }
    check("2027-01-31", Some("2027-01-31T23:00:00Z"));
    check("2027-02", Some("2027-02-28T23:00:00Z"));
    check("2027", Some("2027-12-31T23:00:00Z"));
    check("2027-01-31T10:00:00+01:00", Some("2027-01-31T23:00:00Z"));
    for wrong in [
        "",
        "soon",
        "2027-02-30",
        "27-01-31",
        "2027-01-31Tnoon",
        "2027-01-31T10:00:00+1",
    ] {
        check(wrong, None);
    }
}

#[tokio::test]
async fn a_picture_is_found_by_words_credit_place_date_and_rights() {
    on_both(&[MIGRATIONS], async |db| {
        let mut bridge = credited("Ada Quill/dpa");
        bridge.caption = Some("The Bridge at night".into());
        bridge.place.city = Some("Hamburg".into());
        bridge.taken = Told::of("2026-11-20T14:03:00+01:00");
        given(&db, "bridge", bridge).await;
        let mut harbour = credited("Reuters");
        harbour.taken = Told::of("2025-06");
        harbour.rights_end = Told::of("2026-12-01");
        given(&db, "harbour", harbour).await;
        given(&db, "nobodys", Fields::default()).await;
        let check = async |filter: Filter, expected: &[&str]| {
            let limit = 50;
            let found = pictures(
                &db,
                &Filter {
                    limit,
                    ..filter.clone()
                },
                noon(),
            )
            .await
            .unwrap();
            let mut names: Vec<&str> = found.iter().map(|one| one.file.name.as_str()).collect();
            names.sort_unstable();
            assert_eq!(names, expected, "{filter:?}");
        };
        let some = |text: &str| Some(text.to_string());
        let all = Filter::default;
        check(all(), &["bridge.jpg", "harbour.jpg", "nobodys.jpg"]).await;
        check(
            Filter {
                query: some("BRIDGE"),
                ..all()
            },
            &["bridge.jpg"],
        )
        .await;
        check(
            Filter {
                query: some("nobodys.j"),
                ..all()
            },
            &["nobodys.jpg"],
        )
        .await;
        check(
            Filter {
                credit: some("dpa"),
                ..all()
            },
            &["bridge.jpg"],
        )
        .await;
        check(
            Filter {
                place: some("hamburg"),
                ..all()
            },
            &["bridge.jpg"],
        )
        .await;
        check(
            Filter {
                taken_from: some("2026"),
                ..all()
            },
            &["bridge.jpg"],
        )
        .await;
        check(
            Filter {
                taken_to: some("2025-12-31"),
                ..all()
            },
            &["harbour.jpg"],
        )
        .await;
        check(
            Filter {
                taken_to: some("2026-11-20"),
                ..all()
            },
            &["bridge.jpg", "harbour.jpg"],
        )
        .await;
        check(
            Filter {
                rights: Some(Rights::Lapsing),
                ..all()
            },
            &["harbour.jpg"],
        )
        .await;
        check(
            Filter {
                rights: Some(Rights::NoCredit),
                ..all()
            },
            &["nobodys.jpg"],
        )
        .await;
        check(
            Filter {
                rights: Some(Rights::Fine),
                ..all()
            },
            &["bridge.jpg"],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_the_library_follow_each_other_without_a_gap() {
    on_both(&[MIGRATIONS], async |db| {
        for name in ["one", "two", "three"] {
            given(&db, name, Fields::default()).await;
        }
        let mut seen = Vec::new();
        let mut filter = Filter {
            limit: 1,
            ..Filter::default()
        };
        while let Some(last) = pictures(&db, &filter, noon()).await.unwrap().pop() {
            filter.after = Some((last.uploaded_at, last.id));
            seen.push(last.file.name);
        }
        assert_eq!(seen, ["three.jpg", "two.jpg", "one.jpg"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_a_picture_is_changed_upon_the_version_that_was_looked_at() {
    on_both(&[MIGRATIONS], async |db| {
        let picture = given(&db, "bridge", Fields::default()).await;
        let say = async |upon, fields, by: &By| {
            amend(
                &db,
                &TimeZone::UTC,
                (picture.id, upon),
                fields,
                (by, noon()),
            )
            .await
        };
        let after = say(1, credited("  dpa "), &ada()).await.unwrap();
        assert_eq!(
            (after.version, after.fields.credit.as_deref()),
            (2, Some("dpa"))
        );
        assert_eq!(
            after.prints.credit.as_deref(),
            Some("dpa"),
            "uses without a credit show this"
        );
        let late = say(1, credited("afp"), &ada()).await;
        assert!(matches!(late, Err(No::Refused(no)) if no.has("somebody-changed-first")));
        let long = say(2, credited(&"x".repeat(501)), &ada()).await;
        assert!(matches!(long, Err(No::Refused(no)) if no.has("too-long")));
        let contributor = By {
            staff: Some(Id::fresh()),
            name: "Guest".into(),
            role: Some(Role::Contributor),
        };
        let foreign = say(2, credited("guest"), &contributor).await;
        assert!(matches!(foreign, Err(No::Refused(no)) if no.has("not-your-picture")));
        let focus = Focus { x: 1_001, y: 0 };
        let outside = refocus(&db, picture.id, focus, (&ada(), noon())).await;
        assert!(matches!(outside, Err(No::Refused(no)) if no.has("out-of-range")));
    })
    .await;
}

#[tokio::test]
async fn no_story_goes_out_with_a_picture_that_may_not_run_and_each_reason_is_named() {
    on_both(&[MIGRATIONS], async |db| {
        let (strict, lax) = (
            Customs::default(),
            Customs {
                credit_needed: false,
                ..Customs::default()
            },
        );
        let nobodys = given(&db, "nobodys", Fields::default()).await;
        let story = a_story_with(&db, nobodys.id).await;
        assert_eq!(
            keys_against(&db, story, &strict, noon()).await,
            ["no-section", "picture-no-credit"]
        );
        assert_eq!(keys_against(&db, story, &lax, noon()).await, ["no-section"]);

        let mut fields = credited("dpa");
        fields.rights_end = Told::of("2026-11-22");
        let lapsing = given(&db, "lapsing", fields).await;
        let story = a_story_with(&db, lapsing.id).await;
        assert_eq!(
            keys_against(&db, story, &strict, noon()).await,
            ["no-section"]
        );
        let tomorrow = noon() + 24.hours();
        assert_eq!(
            keys_against(&db, story, &strict, tomorrow).await,
            ["no-section", "picture-lapsed"]
        );

        let pulled = given(&db, "pulled", credited("dpa")).await;
        pull(&db, &[pulled.id], "The family asked.", (&ada(), noon()))
            .await
            .unwrap();
        let story = a_story_with(&db, pulled.id).await;
        assert_eq!(
            keys_against(&db, story, &strict, noon()).await,
            ["no-section", "picture-pulled"]
        );

        let story = a_story_with(&db, PictureId::fresh()).await;
        assert_eq!(
            keys_against(&db, story, &strict, noon()).await,
            ["no-section", "picture-unknown"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_pulled_picture_is_in_no_album_and_its_files_are_gone_until_it_is_given_back() {
    on_both(&[MIGRATIONS], async |db| {
        let (one, two) = (
            given(&db, "one", credited("dpa")).await,
            given(&db, "two", credited("dpa")).await,
        );
        let file = Hash::from_bytes(&one.prints.all[0].hash).unwrap();
        let is_shown = async |id| {
            let mut used = base::document::Picture {
                id: Some(id),
                ..Default::default()
            };
            Album::of(&db, [id], "/media/")
                .await
                .unwrap()
                .lay_in(&mut used)
        };
        assert!(is_shown(one.id).await);
        assert!(matches!(
            served(&db, file).await.unwrap(),
            Some(Served::Print { .. })
        ));
        assert_eq!(
            served(&db, one.original).await.unwrap(),
            None,
            "an original has no address"
        );

        let unknown = pull(&db, &[one.id, PictureId::fresh()], "No.", (&ada(), noon())).await;
        assert!(matches!(unknown, Err(No::Refused(no)) if no.has("picture-unknown")));
        assert!(is_shown(one.id).await, "all or none");

        let done = pull(
            &db,
            &[one.id, two.id],
            "The family asked.",
            (&ada(), noon()),
        )
        .await
        .unwrap();
        assert_eq!(done.pulled, [one.id, two.id]);
        let again = pull(&db, &[two.id], "Again.", (&ada(), noon()))
            .await
            .unwrap();
        assert_eq!(again.already, [two.id]);
        assert!(!is_shown(one.id).await);
        assert_eq!(served(&db, file).await.unwrap(), Some(Served::Pulled));

        let back = restore(&db, one.id, (&ada(), noon())).await.unwrap();
        assert_eq!(back.rights(noon()), Rights::Fine);
        assert!(is_shown(one.id).await);
    })
    .await;
}

#[tokio::test]
async fn what_lapses_is_taken_from_readers_and_comes_back_with_a_longer_term() {
    on_both(&[MIGRATIONS], async |db| {
        let mut fields = credited("dpa");
        fields.rights_end = Told::of("2026-11-22");
        let picture = given(&db, "lapsing", fields.clone()).await;
        assert_eq!(pull_lapsed(&db, noon()).await.unwrap(), 0);
        let tomorrow = noon() + 24.hours();
        assert_eq!(pull_lapsed(&db, tomorrow).await.unwrap(), 1);
        assert_eq!(
            pull_lapsed(&db, tomorrow).await.unwrap(),
            0,
            "once is enough"
        );
        let lapsed = one(&db, picture.id).await.unwrap().unwrap();
        assert_eq!(lapsed.rights(tomorrow), Rights::Lapsed);
        let by_hand = restore(&db, picture.id, (&ada(), tomorrow)).await;
        assert!(matches!(by_hand, Err(No::Refused(no)) if no.has("picture-lapsed")));
        fields.rights_end = Told::of("2030");
        let hand = (&ada(), tomorrow);
        let longer = amend(
            &db,
            &TimeZone::UTC,
            (picture.id, lapsed.version),
            fields,
            hand,
        )
        .await;
        assert_eq!(longer.unwrap().pull, None);
    })
    .await;
}

#[tokio::test]
async fn replaced_files_are_served_for_a_while_and_then_nobody_names_them() {
    on_both(&[MIGRATIONS], async |db| {
        let picture = given(&db, "one", credited("dpa")).await;
        let old = Hash::from_bytes(&picture.prints.all[0].hash).unwrap();
        let upon = (picture.id, picture.printed);
        let anew = || prints_of("second print");
        let state = (State::Ready, noon());
        assert!(lay(&db, upon, anew(), &[], state).await.unwrap());
        assert!(
            !lay(&db, upon, anew(), &[], state).await.unwrap(),
            "others were laid meanwhile"
        );
        assert!(matches!(
            served(&db, old).await.unwrap(),
            Some(Served::Print { .. })
        ));
        assert_eq!(forget_replaced(&db, noon() + 1.hour()).await.unwrap(), 0);
        let later = noon() + REPLACED_KEPT + 1.second();
        assert_eq!(forget_replaced(&db, later).await.unwrap(), 1);
        assert!(!is_named(&db, old).await.unwrap());
        assert!(
            is_named(&db, picture.original).await.unwrap(),
            "originals stay"
        );
        assert!(is_named(&db, Hash::of(b"second print")).await.unwrap());
    })
    .await;
}

#[test]
fn v_71_a_name_from_outside_is_shown_and_is_no_path() {
    #[track_caller]
    fn check(raw: &str, named: &str) {
        assert_eq!(upload::named(raw), named);
    }
    check("DSC_0042.JPG", "DSC_0042.JPG");
    check("../../etc/passwd", "passwd");
    check("C:\\photos\\a.jpg", "a.jpg");
    check("a\r\nb\0.jpg", "ab.jpg");
    check("a\u{202E}gpj.exe", "agpj.exe");
    check("  ", "picture");
    check(&"x".repeat(300), &"x".repeat(255));
}
