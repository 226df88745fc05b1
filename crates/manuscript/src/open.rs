//! Opening the manuscript of a story: what its rows hold, laid out from the newest revision the first time.

use base::{Fault, Instant, No, no::Doing};
use newsroom::story::{StoryId, read};
use store::{Db, Row, params};
use uuid::Uuid;

use crate::{
    Text,
    sql::{LAY_OUT, MANUSCRIPT, STROKES_AFTER},
};

/// A manuscript as its rows have it.
pub struct Opened {
    /// Its text.
    pub text: Text,
    /// Changes when the text is begun anew; strokes made upon another epoch do not belong to it.
    pub epoch: Uuid,
    /// The number of the newest stroke in it.
    pub strokes: u32,
    /// Whether strokes were taken that no revision holds.
    pub is_unsealed: bool,
    /// The revision it agrees with.
    pub revision: u32,
}

/// What a manuscript's row says.
pub(crate) struct Kept {
    pub(crate) epoch: Uuid,
    pub(crate) ground: Vec<u8>,
    pub(crate) grounded: u32,
    pub(crate) strokes: u32,
    pub(crate) sealed: u32,
    pub(crate) revision: u32,
}

/// Opens it.
///
/// # Errors
/// [`No::Absent`] when there is no such story.
pub async fn open(db: &Db, id: StoryId, now: Instant) -> Result<Opened, No> {
    let kept = match kept(db, id).await? {
        Some(kept) => kept,
        None => {
            lay_out(db, id, now).await?;
            let laid_out = kept(db, id).await?;
            laid_out.ok_or_else(|| Fault::new("a manuscript was laid out and is not there"))?
        }
    };
    let rows = db.read(&STROKES_AFTER, params![id, kept.grounded]).await?;
    let newest = rows
        .last()
        .map_or(Ok(kept.grounded), |row| row.get("number"))?;
    let text = text_of(&kept, &rows)?;
    Ok(Opened {
        text,
        epoch: kept.epoch,
        strokes: newest,
        is_unsealed: newest > kept.sealed,
        revision: kept.revision,
    })
}

async fn kept(db: &Db, id: StoryId) -> Result<Option<Kept>, Fault> {
    let row = db.read_one(&MANUSCRIPT, params![id]).await?;
    row.as_ref().map(kept_from).transpose()
}

/// The first opening. Two at once lay out one.
async fn lay_out(db: &Db, id: StoryId, now: Instant) -> Result<(), No> {
    let mut tx = db.begin().await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    let ground = Text::of(&story.fields.body).whole();
    let row = params![id, Uuid::now_v7(), ground, story.revision, now];
    tx.write(&LAY_OUT, row).await?;
    Ok(tx.commit().await?)
}

/// The text of the ground and the strokes behind it.
pub(crate) fn text_of(kept: &Kept, strokes: &[Row]) -> Result<Text, Fault> {
    let strokes: Vec<Vec<u8>> = strokes
        .iter()
        .map(|row| row.get("bytes"))
        .collect::<Result<_, _>>()?;
    Text::load(&kept.ground, strokes.iter().map(Vec::as_slice)).doing("reading a manuscript")
}

pub(crate) fn kept_from(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        epoch: row.get("epoch")?,
        ground: row.get("ground")?,
        grounded: row.get("grounded")?,
        strokes: row.get("strokes")?,
        sealed: row.get("sealed")?,
        revision: row.get("revision")?,
    })
}
