//! Files that come in parts: what was begun by whom, and what became of it. The bytes that came are on the shelf, and how
//! many they are is read off there.

use base::{Fault, Id, Instant, No, Refusal};
use jiff::SignedDuration;
use store::{Db, Row, params};
use uuid::Uuid;

use super::{
    PictureId,
    sql::{DELETE_UPLOAD, END_UPLOAD, INSERT_UPLOAD, OLD_UPLOADS, UPLOAD_BY_ID, UPLOADS_OF},
};

/// How long an upload may take from when it was begun; then it is forgotten, with what had come.
pub const LASTS: SignedDuration = SignedDuration::from_hours(24);
/// Uploads that one hand may have on their way.
pub const MAX_AT_ONCE: u32 = 50;
/// Characters of a file's name.
pub const MAX_NAME: usize = 255;
/// Old uploads forgotten in one round.
const MAX_OLD: u32 = 500;

/// A file that comes in parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Its id, and that of what has come on the shelf.
    pub id: Id<Upload>,
    /// How many bytes it will have.
    pub length: u64,
    /// Its name.
    pub file_name: String,
    /// The account that began it; nobody else may go on.
    pub begun_by: Uuid,
    /// What it became.
    pub picture: Option<PictureId>,
}

/// Begins one.
///
/// # Errors
/// `picture-too-large` beyond `most` bytes, `picture-empty`, `too-many-uploads`.
pub async fn begin(
    db: &Db,
    (length, file_name): (u64, &str),
    most: u64,
    (begun_by, now): (Uuid, Instant),
) -> Result<Upload, No> {
    if length == 0 {
        return Err(Refusal::of("picture-empty").into());
    }
    if length > most {
        return Err(Refusal::on("length", "picture-too-large")
            .with("limit", most / 1_000_000)
            .into());
    }
    let mut tx = db.begin().await?;
    let others = tx.read_one(&UPLOADS_OF, params![begun_by]).await?;
    let others: u32 = others.map_or(Ok(0), |row| row.get("uploads"))?;
    if others >= MAX_AT_ONCE {
        return Err(Refusal::of("too-many-uploads")
            .with("limit", MAX_AT_ONCE)
            .into());
    }
    let upload = Upload {
        id: Id::fresh(),
        length,
        file_name: named(file_name),
        begun_by,
        picture: None,
    };
    let row = params![upload.id, length as i64, &upload.file_name, begun_by, now];
    tx.write(&INSERT_UPLOAD, row).await?;
    tx.commit().await?;
    Ok(upload)
}

/// The upload of this id.
pub async fn one(db: &Db, id: Id<Upload>) -> Result<Option<Upload>, Fault> {
    let row = db.read_one(&UPLOAD_BY_ID, params![id]).await?;
    let upload = |row: &Row| {
        Ok(Upload {
            id: row.get("id")?,
            length: row.get("length")?,
            file_name: row.get("file_name")?,
            begun_by: row.get("begun_by")?,
            picture: row.get("picture_id")?,
        })
    };
    row.as_ref().map(upload).transpose()
}

/// Notes what it became.
pub async fn end(db: &Db, id: Id<Upload>, picture: PictureId) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    tx.write(&END_UPLOAD, params![id, picture]).await?;
    tx.commit().await
}

/// Forgets one.
pub async fn forget(db: &Db, id: Id<Upload>) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    tx.write(&DELETE_UPLOAD, params![id]).await?;
    tx.commit().await
}

/// Forgets those that took too long, and answers their ids, whose bytes may go.
pub async fn forget_old(db: &Db, now: Instant) -> Result<Vec<Id<Upload>>, Fault> {
    let before = now.saturating_sub(LASTS).unwrap_or(now);
    let mut tx = db.begin().await?;
    let rows = tx.read(&OLD_UPLOADS, params![before, MAX_OLD]).await?;
    let mut old = Vec::new();
    for row in &rows {
        let id: Id<Upload> = row.get("id")?;
        tx.write(&DELETE_UPLOAD, params![id]).await?;
        old.push(id);
    }
    tx.commit().await?;
    Ok(old)
}

/// The last part of a name that came from outside, without what no name has; it is shown and offered to who saves a
/// file, and is never a path of ours.
pub fn named(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|sign| !is_odd(*sign))
        .take(MAX_NAME)
        .collect();
    let plain = plain.trim();
    if plain.is_empty() {
        "picture".into()
    } else {
        plain.into()
    }
}

/// Control characters, and those that turn the direction of what follows (V-71): `gpj.exe` would be read as another name.
fn is_odd(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
