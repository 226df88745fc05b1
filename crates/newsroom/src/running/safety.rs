//! The public-safety switch of a running story: while it is on, all its stories are open to everybody.

use base::{Id, Instant, No};
use store::{Db, params};

use super::{
    RunningStory, running_from,
    sql::{INSERT_TURN, RUNNING_BY_ID, TURN_SAFETY},
};
use crate::{By, opener::Opener};

/// Turns the switch of a running story on or off, and writes down who did. The meter and the wall
/// are gone from all its stories with the next edition, at once. Turning it where it stands
/// already changes nothing.
///
/// # Errors
/// [`No::Absent`] when there is no such running story.
pub async fn turn(
    db: &Db,
    id: Id<RunningStory>,
    open: bool,
    by: &By,
    now: Instant,
) -> Result<RunningStory, No> {
    let mut tx = db.begin().await?;
    let row = tx.read_one(&RUNNING_BY_ID, params![id]).await?;
    let mut running = row.as_ref().map(running_from).ok_or(No::Absent)??;
    if running.public_safety_open == open {
        return Ok(running);
    }
    tx.write(&TURN_SAFETY, params![id, open]).await?;
    let turn = Id::<Turn>::fresh();
    let row = params![turn, id, open, by.staff, &by.name, now];
    tx.write(&INSERT_TURN, row).await?;
    Opener::Running(id).tell(&mut tx, now).await?;
    tx.commit().await?;
    running.public_safety_open = open;
    Ok(running)
}

/// One turn of the switch, in its history.
enum Turn {}

#[cfg(test)]
mod tests {
    use base::Language;
    use store::testing::on_both;

    use super::*;
    use crate::{
        MIGRATIONS,
        running::{RunningState, all, put},
    };

    fn noon() -> Instant {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    #[tokio::test]
    async fn a_running_story_is_opened_for_everybodys_safety_and_closed_again() {
        on_both(&[MIGRATIONS], async |db| {
            let flood = RunningStory {
                id: Id::fresh(),
                slug: "the-flood".parse().unwrap(),
                name: "The flood".into(),
                label: "Flood".into(),
                language: Language::english(),
                state: RunningState::Breaking,
                summary: vec![],
                public_safety_open: false,
                reviewed_at: None,
                created_at: noon(),
                updated_at: noon(),
                version: 1,
            };
            let mut tx = db.begin().await.unwrap();
            let id = put(&mut tx, &flood).await.unwrap();
            tx.commit().await.unwrap();
            let by = By::machine("Ada Quill");
            for open in [true, true, false] {
                let told = turn(&db, id, open, &by, noon()).await.unwrap();
                assert_eq!(told.public_safety_open, open);
                assert_eq!(all(&db).await.unwrap(), [told]);
            }
            let nowhere = turn(&db, Id::fresh(), true, &by, noon()).await;
            assert!(matches!(nowhere, Err(No::Absent)));
        })
        .await;
    }
}
