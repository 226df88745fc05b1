//! Taking pictures from readers at once, one or many, by hand or because their term is over; and giving one back.

use base::{Fault, Instant, No, Refusal, Refusals};
use serde_json::json;
use store::{Db, Tx, params};

use super::{
    Picture, PictureId, note, one_in,
    rights::Why,
    sql::{LAPSED_PICTURES, PULL_PICTURE, REPLACE_PULL, RESTORE_PICTURE},
    tell,
    uses::{self, Use},
    word,
};
use crate::{
    By,
    story::{limits, rules::at_most},
    task::{self, Kind, Raised},
};

/// Pictures that one act pulls.
pub const MAX_PULLED: usize = 200;
/// Lapsed pictures looked at in one round; the next round has the others.
const MAX_LAPSED: u32 = 200;
/// Who takes off what has lapsed, in the history.
const BY_TERM: &str = "Dateline";

/// What a pull did.
#[derive(Clone, Debug, Default)]
pub struct Pulled {
    /// Pictures that were taken from readers.
    pub pulled: Vec<PictureId>,
    /// Pictures that were already.
    pub already: Vec<PictureId>,
    /// The places readers see that they stood in, a task for the desk each.
    pub taken_off: Vec<(PictureId, Use)>,
}

/// Takes pictures from readers: no page shows them, and their files answer that they are gone. Originals are kept.
///
/// # Errors
/// Refused without a reason, for more than [`MAX_PULLED`], and with `picture-unknown` for an id that is none; then
/// nothing is pulled.
pub async fn pull(
    db: &Db,
    ids: &[PictureId],
    reason: &str,
    (by, now): (&By, Instant),
) -> Result<Pulled, No> {
    refuse(ids, reason)?;
    let mut tx = db.begin().await?;
    let mut done = Pulled::default();
    for id in ids {
        match one_in(&mut tx, *id).await {
            Ok(_) => {}
            Err(No::Absent) => {
                return Err(Refusal::on("ids", "picture-unknown")
                    .with("name", id)
                    .into());
            }
            Err(no) => return Err(no),
        }
        let row = params![*id, reason.trim(), by.staff, &by.name, now];
        let was_lapsed = tx.write(&REPLACE_PULL, row).await? > 0;
        let taken = take_off(&mut tx, *id, (Why::Pulled, reason.trim()), (by, now)).await?;
        match taken {
            Some(places) => {
                done.pulled.push(*id);
                let of = |place| (*id, place);
                done.taken_off.extend(places.into_iter().map(of));
            }
            None if was_lapsed => done.pulled.push(*id),
            None => done.already.push(*id),
        }
    }
    tx.commit().await?;
    Ok(done)
}

/// Gives a picture back to readers, and to the stories that still name it.
///
/// # Errors
/// [`No::Absent`] where there is no such picture; `picture-lapsed` while its term is over: then the term is what is
/// to be changed.
pub async fn restore(db: &Db, id: PictureId, (by, now): (&By, Instant)) -> Result<Picture, No> {
    let mut tx = db.begin().await?;
    let picture = one_in(&mut tx, id).await?;
    let Some(pull) = &picture.pull else {
        return Ok(picture);
    };
    if picture.lapses_at.is_some_and(|ends| ends <= now) {
        return Err(uses::lapsed("rights_end", &picture).into());
    }
    let told = json!({"reason": pull.reason});
    tx.write(&RESTORE_PICTURE, params![id]).await?;
    note(&mut tx, (id, "restored"), told, by, now).await?;
    task::settle::of_picture(&mut tx, id, (by, now)).await?;
    tell(&mut tx, id, now).await?;
    let picture = one_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(picture)
}

/// Takes from readers what has lapsed, and answers how many pictures that were; what stood where is listed with each.
///
/// # Errors
/// Faults only.
pub async fn pull_lapsed(db: &Db, now: Instant) -> Result<usize, Fault> {
    let lapsed = db.read(&LAPSED_PICTURES, params![now, MAX_LAPSED]).await?;
    let by = By::machine(BY_TERM);
    let mut taken = 0;
    for row in &lapsed {
        let id: PictureId = row.get("id")?;
        let mut tx = db.begin().await?;
        let places = take_off(&mut tx, id, (Why::Lapsed, "term"), (&by, now)).await?;
        tx.commit().await?;
        let Some(places) = places else { continue };
        taken += 1;
        let count = places.len();
        tracing::warn!(picture = %id, places = count, "the term of picture {id} is over: taken from readers, and off {count} places, a task for the desk each");
    }
    Ok(taken)
}

/// Writes the row; nothing where there is one already.
async fn take_off(
    tx: &mut Tx,
    id: PictureId,
    (why, reason): (Why, &str),
    (by, now): (&By, Instant),
) -> Result<Option<Vec<Use>>, Fault> {
    let row = params![id, word(&why), reason, by.staff, &by.name, now];
    if tx.write(&PULL_PICTURE, row).await? == 0 {
        return Ok(None);
    }
    let places = uses::uses_in(tx, id).await?;
    let mut seen = None;
    for used in &places {
        // A picture that leads a story and stands in its text as well is one thing to look at.
        if seen.replace(&used.place) == Some(&used.place) {
            continue;
        }
        let raised = Raised {
            kind: Kind::PictureTakenOff,
            picture: id,
            place: &used.place,
            path: &used.path,
            title: &used.title,
            why,
        };
        task::raise(tx, &raised, now).await?;
    }
    let told = json!({"why": why, "reason": reason, "places": places.len()});
    note(tx, (id, "pulled"), told, by, now).await?;
    tell(tx, id, now).await?;
    Ok(Some(places))
}

fn refuse(ids: &[PictureId], reason: &str) -> Result<(), Refusals> {
    let mut no = Vec::new();
    if reason.trim().is_empty() {
        no.push(Refusal::on("reason", "missing"));
    }
    at_most(&mut no, "reason", Some(reason), limits::NOTE);
    if ids.is_empty() {
        no.push(Refusal::on("ids", "missing"));
    }
    if ids.len() > MAX_PULLED {
        let many = Refusal::on("ids", "too-many").with("limit", MAX_PULLED);
        no.push(many.with("given", ids.len()));
    }
    Refusals::none_of(no)
}
