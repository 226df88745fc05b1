//! Keeping strokes: from here on they outlive everything.

use base::{Fault, Instant, No};
use newsroom::{
    By,
    story::{StoryId, read, rules},
};
use store::{Db, params};
use uuid::Uuid;

use crate::{
    open::kept_from,
    sql::{INSERT_STROKE, MANUSCRIPT, NUMBER, PROGRESS, STROKES_AFTER},
};

/// A stroke with the hand that made it.
#[derive(Clone, Debug)]
pub struct Made {
    /// The stroke.
    pub bytes: Vec<u8>,
    /// Whose it is.
    pub by: By,
}

/// Keeps strokes of one manuscript, all or none. Answers the number of the last.
///
/// # Errors
/// [`No::Absent`] when the story is gone or its manuscript has another epoch; `not-your-story` or
/// `no-longer-a-draft` when one of the hands may not change it ([`rules::refuse_foreign`]).
pub async fn append(
    db: &Db,
    (id, epoch): (StoryId, Uuid),
    strokes: &[Made],
    now: Instant,
) -> Result<u32, No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    for made in strokes {
        rules::refuse_foreign(&story, &made.by)?;
    }
    let count = strokes.len() as u32;
    let row = tx.read_one(&NUMBER, params![id, epoch, count]).await?;
    let last: u32 = row.ok_or(No::Absent)?.get("strokes")?;
    for (number, made) in (last + 1 - count..).zip(strokes) {
        let by = &made.by;
        let row = params![id, number, made.bytes.clone(), by.staff, &by.name, now];
        tx.write(&INSERT_STROKE, row).await?;
    }
    tx.commit().await?;
    Ok(last)
}

/// What came behind a number: from another process that writes in the same database, or laid in by a seal.
#[derive(Debug, Default)]
pub struct Since {
    /// The strokes, each taken more than once without harm.
    pub strokes: Vec<Vec<u8>>,
    /// The number of the last.
    pub number: u32,
}

/// What somebody lacks who knows the strokes up to `number`; nothing when the manuscript is gone.
///
/// # Errors
/// When the database is unavailable.
pub async fn since(db: &Db, id: StoryId, number: u32) -> Result<Since, Fault> {
    let Some(row) = db.read_one(&MANUSCRIPT, params![id]).await? else {
        return Ok(Since {
            strokes: Vec::new(),
            number,
        });
    };
    let kept = kept_from(&row)?;
    let mut since = Since {
        strokes: Vec::new(),
        number,
    };
    if kept.grounded > number {
        since = Since {
            strokes: vec![kept.ground],
            number: kept.grounded,
        };
    }
    for row in db.read(&STROKES_AFTER, params![id, since.number]).await? {
        since.strokes.push(row.get("bytes")?);
        since.number = row.get("number")?;
    }
    Ok(since)
}

/// How far a manuscript is, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of the newest stroke.
    pub strokes: u32,
    /// Whether there are strokes that no revision holds.
    pub is_unsealed: bool,
    /// The revision it agrees with.
    pub revision: u32,
}

/// Looks how far it is; none when nobody has opened it.
///
/// # Errors
/// When the database is unavailable.
pub async fn progress(db: &Db, id: StoryId) -> Result<Option<Progress>, Fault> {
    let Some(row) = db.read_one(&PROGRESS, params![id]).await? else {
        return Ok(None);
    };
    let strokes = row.get("strokes")?;
    let sealed: u32 = row.get("sealed")?;
    Ok(Some(Progress {
        strokes,
        is_unsealed: strokes > sealed,
        revision: row.get("revision")?,
    }))
}
