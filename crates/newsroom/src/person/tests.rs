//! People, added and changed: their page stays found under every name they had.

use base::{Id, Instant, No};
use serde_json::json;
use store::testing::on_both;

use super::{Particulars, add::add, change::change, one, remove::remove, search};
use crate::{
    By, MIGRATIONS, alias,
    reading::{Elsewhere, elsewhere},
    story::{Change, draft::draft},
};

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

fn called(name: &str) -> Particulars {
    Particulars {
        name: name.into(),
        role: Some(" ".into()),
        bio: Some("Writes about water.".into()),
    }
}

#[track_caller]
fn refused<T>(done: Result<T, No>, key: &str) {
    assert!(matches!(done, Err(No::Refused(no)) if no.has(key)), "{key}");
}

#[tokio::test]
async fn a_person_who_is_renamed_or_moved_is_found_under_every_name_they_had() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        let cora = add(&db, None, called(" Cora Smith "), &by, noon())
            .await
            .unwrap();
        assert_eq!(
            (cora.slug.as_str(), cora.role.as_deref()),
            ("cora-smith", None)
        );
        refused(
            add(&db, None, called("Cora Smith"), &by, noon()).await,
            "person-address-taken",
        );
        refused(add(&db, None, called("!"), &by, noon()).await, "not-a-slug");
        refused(add(&db, None, called(" "), &by, noon()).await, "missing");

        let set = async |upon, slug: Option<&str>, name| {
            let slug = slug.map(|slug| slug.parse().unwrap());
            change(&db, (cora.id, upon), slug, called(name), (&by, noon())).await
        };
        let renamed = set(1, None, "Cora Jones").await.unwrap();
        assert_eq!((renamed.version, renamed.slug.as_str()), (2, "cora-smith"));
        refused(set(1, None, "Cora").await, "somebody-changed-first");
        let moved = set(2, Some("cora-jones"), "Cora Jones").await.unwrap();
        assert_eq!(one(&db, cora.id).await.unwrap(), Some(moved));
        let led = elsewhere(&db, "/author/cora-smith").await.unwrap();
        assert!(matches!(led, Some(Elsewhere::MovedTo(to)) if to == "/author/cora-jones"));
        let aliases = alias::all(&db).await.unwrap().people;
        let names = aliases.into_iter().map(|(from, to)| format!("{from} {to}"));
        assert_eq!(names.collect::<Vec<_>>(), ["cora-smith cora-jones"]);
    })
    .await;
}

#[tokio::test]
async fn people_are_listed_by_name_and_stay_while_a_story_names_them() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        for name in ["Bo", "Al", "Cy"] {
            add(&db, None, called(name), &by, noon()).await.unwrap();
        }
        let first = search(&db, "", None, 2).await.unwrap();
        let last = &first[1];
        let rest = search(&db, "", Some((&last.name, last.id)), 2)
            .await
            .unwrap();
        let names: Vec<_> = first
            .iter()
            .chain(&rest)
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(names, ["Al", "Bo", "Cy"]);

        let bylines = json!({"bylines": [{"person_id": last.id, "name": "Bo"}]});
        let fields = Change(bylines.as_object().unwrap().clone());
        draft(&db, &fields, &by, noon()).await.unwrap();
        refused(
            remove(&db, last.id, &by, noon()).await,
            "person-has-stories",
        );
        remove(&db, first[0].id, &by, noon()).await.unwrap();
        let gone = remove(&db, first[0].id, &by, noon()).await;
        assert!(matches!(gone, Err(No::Absent)));
        let nowhere = change(&db, (Id::fresh(), 1), None, called("Di"), (&by, noon())).await;
        assert!(matches!(nowhere, Err(No::Absent)));
    })
    .await;
}
