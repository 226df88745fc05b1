//! The rules as tables, the acts as short scenes on both engines.

use base::{Id, Instant, Language, No, Slug};
use serde_json::{Map, json};
use store::{Db, testing::on_both};

use super::{
    Particulars, Section, all,
    begin::begin,
    change::change,
    order::order,
    remove::remove,
    rules::{self, LONGEST_DESCRIPTION, LONGEST_NAME},
};
use crate::{
    By, MIGRATIONS,
    story::{
        Access, Change,
        draft::draft,
        publish::{Customs, publish},
        revise,
    },
};

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

fn called(name: &str) -> Particulars {
    Particulars {
        name: name.into(),
        description: String::new(),
        language: Language::english(),
        access: Access::Metered,
    }
}

async fn a_section(db: &Db, name: &str) -> Section {
    let by = By::machine("Ada Quill");
    begin(db, None, called(name), &by, noon()).await.unwrap()
}

fn refused_with<T>(done: Result<T, No>, key: &str) -> bool {
    matches!(done, Err(No::Refused(no)) if no.has(key))
}

#[test]
fn a_section_is_refused_for_each_thing_that_is_wrong_with_it() {
    #[track_caller]
    fn check(name: &str, description: &str, refused: &[(&str, &str)]) {
        let description = description.into();
        let no = rules::refusals(&Particulars {
            description,
            ..called(name)
        });
        let said: Vec<_> = no
            .iter()
            .map(|no| (no.field.as_deref().unwrap_or_default(), no.key))
            .collect();
        assert_eq!(said, refused);
    }
    check("City", "", &[]);
    check(" ", "", &[("name", "missing")]);
    check(&"x".repeat(LONGEST_NAME), "", &[]);
    check(&"x".repeat(LONGEST_NAME + 1), "", &[("name", "too-long")]);
    let long = "x".repeat(LONGEST_DESCRIPTION + 1);
    check("City", &long, &[("description", "too-long")]);
}

#[test]
fn a_section_with_stories_stays_and_so_does_the_only_one() {
    #[track_caller]
    fn check(stories: u32, sections: usize, refused: Option<&str>) {
        let no = rules::refuse_to_remove(stories, sections);
        assert_eq!(
            no.err().map(|no| no.key),
            refused,
            "{stories} of {sections}"
        );
    }
    check(0, 2, None);
    check(1, 2, Some("section-has-stories"));
    check(7, 1, Some("section-has-stories"));
    check(0, 1, Some("last-section"));
}

#[test]
fn the_navigation_has_an_end() {
    assert!(rules::refuse_one_more(rules::MAX_SECTIONS - 1).is_ok());
    let no = rules::refuse_one_more(rules::MAX_SECTIONS).unwrap_err();
    assert_eq!(no.key, "too-many");
}

#[tokio::test]
async fn sections_are_begun_changed_and_ordered() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        let (city, sea) = (a_section(&db, " City ").await, a_section(&db, "Sea").await);
        assert_eq!((city.slug.as_str(), city.name.as_str()), ("city", "City"));
        assert!(city.position < sea.position);
        let taken = begin(&db, None, called("City!"), &by, noon()).await;
        assert!(refused_with(taken, "section-address-taken"));
        let unnamed = begin(&db, None, called("!"), &by, noon()).await;
        assert!(refused_with(unnamed, "not-a-slug"));
        let elsewhere: Slug = "town".parse().unwrap();
        let town = begin(&db, Some(elsewhere), called("City"), &by, noon())
            .await
            .unwrap();
        assert_eq!(town.slug.as_str(), "town");

        let wanted = Particulars {
            access: Access::Open,
            ..called("The city")
        };
        let changed = change(&db, (city.id, 1), wanted.clone(), &by, noon())
            .await
            .unwrap();
        assert_eq!((changed.version, changed.access), (2, Access::Open));
        assert_eq!(changed.slug, city.slug, "its address stays");
        let same = change(&db, (city.id, 2), wanted, &by, noon())
            .await
            .unwrap();
        assert_eq!(same.version, 2);
        let late = change(&db, (city.id, 1), called("Late"), &by, noon()).await;
        assert!(refused_with(late, "somebody-changed-first"));
        let nowhere = change(&db, (Id::fresh(), 1), called("X"), &by, noon()).await;
        assert!(matches!(nowhere, Err(No::Absent)));

        let wanted = [town.id, sea.id, city.id];
        order(&db, &wanted, &by, noon()).await.unwrap();
        let ids: Vec<_> = all(&db).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(ids, wanted);
        for odd in [&wanted[..2], &[town.id, sea.id, sea.id], &[]] {
            let refused = order(&db, odd, &by, noon()).await;
            assert!(refused_with(refused, "not-every-section"), "{odd:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_section_goes_when_the_last_story_has_left_it_for_readers_too() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        let (city, sea) = (a_section(&db, "City").await, a_section(&db, "Sea").await);
        let fields = json!({
            "headline": "The bridge reopens", "section_id": sea.id,
            "body": {"type": "doc", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "It is open."}]},
            ]},
        });
        let fields = fields.as_object().unwrap().clone();
        let story = draft(&db, &Change(fields), &by, noon()).await.unwrap();
        let customs = Customs::default();
        publish(&db, &customs, story.id, Some(1), (&by, noon()))
            .await
            .unwrap();
        let has = remove(&db, sea.id, &by, noon()).await;
        assert!(matches!(&has, Err(No::Refused(no)) if no.has("section-has-stories")));

        let moved = Change(Map::from_iter([("section_id".into(), json!(city.id))]));
        let save = revise::Save {
            upon: 1,
            change: &moved,
            why: None,
        };
        revise::revise(&db, story.id, &save, &by, noon())
            .await
            .unwrap();
        let still = remove(&db, sea.id, &by, noon()).await;
        assert!(
            refused_with(still, "section-has-stories"),
            "readers still find it there"
        );
        publish(&db, &customs, story.id, Some(2), (&by, noon()))
            .await
            .unwrap();
        remove(&db, sea.id, &by, noon()).await.unwrap();
        assert_eq!(all(&db).await.unwrap().len(), 1);
        let gone = remove(&db, sea.id, &by, noon()).await;
        assert!(matches!(gone, Err(No::Absent)));
        let last = remove(&db, city.id, &by, noon()).await;
        assert!(refused_with(last, "section-has-stories"));
    })
    .await;
}
