//! The rule as a table, the act as short scenes on both engines.

use std::collections::HashMap;

use base::{Id, Instant, No};
use serde_json::{Map, json};
use store::{Db, testing::on_both};

use super::{
    Slot, Weight,
    arrange::{Arrangement, arrange, refusals_to_arrange, take_in},
    front, slots,
};
use crate::{
    By, MIGRATIONS,
    story::{Change, Kind, State, StoryId, draft::draft},
};

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

fn slot(story_id: StoryId, weight: Weight) -> Slot {
    Slot { story_id, weight }
}

async fn a_draft(db: &Db, headline: &str) -> StoryId {
    let fields = Map::from_iter([("headline".to_string(), json!(headline))]);
    let by = By::machine("wire");
    draft(db, &Change(fields), &by, noon()).await.unwrap().id
}

#[test]
fn a_front_is_refused_for_each_thing_that_is_wrong_with_it() {
    let (one, other, page) = (Id::fresh(), Id::fresh(), Id::fresh());
    let kinds = HashMap::from([(one, Kind::Story), (other, Kind::Story), (page, Kind::Page)]);
    #[track_caller]
    fn check(kinds: &HashMap<StoryId, Kind>, slots: &[StoryId], refused: &[(&str, &str)]) {
        let slots: Vec<Slot> = slots.iter().map(|id| slot(*id, Weight::Plain)).collect();
        let no = refusals_to_arrange(&slots, kinds);
        let said: Vec<_> = no
            .iter()
            .map(|no| (no.field.as_deref().unwrap_or_default(), no.key))
            .collect();
        assert_eq!(said, refused);
    }
    check(&kinds, &[], &[]);
    check(&kinds, &[one, other], &[]);
    check(
        &kinds,
        &[one, other, one],
        &[("slots[2].story_id", "twice-on-the-front")],
    );
    check(
        &kinds,
        &[Id::fresh(), page],
        &[
            ("slots[0].story_id", "unknown-story"),
            ("slots[1].story_id", "not-for-the-front"),
        ],
    );
    let many: Vec<StoryId> = (0..41).map(|_| Id::fresh()).collect();
    let all = many.iter().map(|id| (*id, Kind::Story)).collect();
    check(&all, &many[..40], &[]);
    check(&all, &many, &[("slots", "too-many")]);
}

#[tokio::test]
async fn a_front_is_arranged_upon_the_version_that_was_looked_at() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        let (one, other) = (a_draft(&db, "One").await, a_draft(&db, "Other").await);
        let empty = front(&db).await.unwrap();
        assert_eq!((empty.version, empty.slots.len()), (0, 0));
        let wanted = [slot(other, Weight::Lead), slot(one, Weight::Brief)];
        let upon = |upon, slots| Arrangement { upon, slots };
        let first = arrange(&db, &upon(0, &wanted), &by, noon()).await.unwrap();
        assert_eq!(first.version, 1);
        assert_eq!(first.arranged.unwrap().by, "Ada Quill");
        assert_eq!(first.slots[0].story.fields.headline, "Other");
        assert_eq!(first.slots[0].story.state, State::Draft);
        assert_eq!(slots(&db).await.unwrap(), wanted);

        let again = arrange(&db, &upon(1, &wanted), &by, noon()).await.unwrap();
        assert_eq!(again.version, 1, "the same front is no new arrangement");

        let late = arrange(&db, &upon(0, &wanted[..1]), &by, noon()).await;
        assert!(matches!(late, Err(No::Refused(no)) if no.has("somebody-arranged-first")));
        let unknown = [slot(Id::fresh(), Weight::Lead)];
        let refused = arrange(&db, &upon(1, &unknown), &by, noon()).await;
        assert!(matches!(refused, Err(No::Refused(no)) if no.has("unknown-story")));
        assert_eq!(
            slots(&db).await.unwrap(),
            wanted,
            "what was refused changed nothing"
        );

        let bare = arrange(&db, &upon(1, &[]), &by, noon()).await.unwrap();
        assert_eq!((bare.version, bare.slots.len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn two_who_arrange_at_once_do_not_overwrite_each_other() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Ada Quill");
        let (one, other) = (a_draft(&db, "One").await, a_draft(&db, "Other").await);
        let (mine, theirs) = ([slot(one, Weight::Lead)], [slot(other, Weight::Lead)]);
        let upon = |slots| Arrangement { upon: 0, slots };
        let (mine, theirs) = (upon(&mine), upon(&theirs));
        let both = tokio::join!(
            arrange(&db, &mine, &by, noon()),
            arrange(&db, &theirs, &by, noon())
        );
        let [first, second] = [both.0.is_ok(), both.1.is_ok()];
        assert!(first != second, "one is done and one is refused");
        assert_eq!(front(&db).await.unwrap().version, 1);
    })
    .await;
}

#[tokio::test]
async fn an_archive_fills_a_front_only_while_nobody_has_arranged_it() {
    on_both(&[MIGRATIONS], async |db| {
        let by = By::machine("Import");
        let sticky = [slot(a_draft(&db, "Sticky").await, Weight::Lead)];
        for taken in [true, false] {
            let mut tx = db.begin().await.unwrap();
            let answer = take_in(&mut tx, &sticky, &by, noon()).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(answer, taken);
        }
        assert_eq!(slots(&db).await.unwrap(), sticky);
    })
    .await;
}
