//! Pictures that somebody asks for by address: who asked, and what became of it. Fetching is a job, because one
//! request is too short for it.

use base::{Fault, Id, Instant, No, Refusal};
use jiff::SignedDuration;
use serde_json::Value;
use store::{Db, Row, jobs, params};
use uuid::Uuid;

use super::{
    FETCH, PictureId,
    sql::{DELETE_FETCHES, END_FETCH, FETCH_BY_ID, FETCHES_OF, INSERT_FETCH},
};
use crate::By;

/// How long it can be asked what became of one.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Fetches that one hand may have under way.
pub const MAX_AT_ONCE: u32 = 20;

/// A picture asked for by address.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetch {
    /// Its id.
    pub id: Id<Fetch>,
    /// Where the picture lies.
    pub address: String,
    /// The account that asked; nobody else is told.
    pub begun_by: Uuid,
    /// Who it is brought by.
    pub by: By,
    /// What came of it; nothing while it is under way.
    pub end: Option<End>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// It is a picture of ours now.
    Brought(PictureId),
    /// Why not: the refusal's key, and what it says of the case.
    Refused(Value),
}

/// Asks for the picture at this address.
///
/// # Errors
/// `too-many-fetches` with [`MAX_AT_ONCE`] under way.
pub async fn begin(
    db: &Db,
    address: &str,
    by: &By,
    (begun_by, now): (Uuid, Instant),
) -> Result<Fetch, No> {
    let mut tx = db.begin().await?;
    let others = tx.read_one(&FETCHES_OF, params![begun_by]).await?;
    let others: u32 = others.map_or(Ok(0), |row| row.get("fetches"))?;
    if others >= MAX_AT_ONCE {
        return Err(Refusal::of("too-many-fetches")
            .with("limit", MAX_AT_ONCE)
            .into());
    }
    let fetch = Fetch {
        id: Id::fresh(),
        address: address.into(),
        begun_by,
        by: by.clone(),
        end: None,
    };
    let row = params![fetch.id, address, begun_by, by.staff, &by.name, now];
    tx.write(&INSERT_FETCH, row).await?;
    let job = jobs::NewJob {
        kind: FETCH,
        key: Some(fetch.id.to_string()),
        payload: serde_json::json!({"fetch": fetch.id}),
        run_at: now,
    };
    jobs::enqueue(&mut tx, job, now).await?;
    tx.commit().await?;
    Ok(fetch)
}

/// The fetch of this id.
pub async fn one(db: &Db, id: Id<Fetch>) -> Result<Option<Fetch>, Fault> {
    let row = db.read_one(&FETCH_BY_ID, params![id]).await?;
    row.as_ref().map(fetch_from).transpose()
}

/// Notes what became of it.
pub async fn end(db: &Db, id: Id<Fetch>, end: &End) -> Result<(), Fault> {
    let (picture, refusal) = match end {
        End::Brought(id) => (Some(*id), None),
        End::Refused(why) => (None, Some(why.clone())),
    };
    let mut tx = db.begin().await?;
    tx.write(&END_FETCH, params![id, picture, refusal]).await?;
    tx.commit().await
}

/// Forgets those asked for longer ago than [`KEPT`].
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Fault> {
    let before = now.saturating_sub(KEPT).unwrap_or(now);
    let mut tx = db.begin().await?;
    tx.write(&DELETE_FETCHES, params![before]).await?;
    tx.commit().await
}

fn fetch_from(row: &Row) -> Result<Fetch, Fault> {
    let picture: Option<PictureId> = row.get("picture_id")?;
    let refusal: Option<Value> = row.get("refusal")?;
    Ok(Fetch {
        id: row.get("id")?,
        address: row.get("address")?,
        begun_by: row.get("begun_by")?,
        by: By {
            staff: row.get("staff_id")?,
            name: row.get("begun_by_name")?,
            role: None,
        },
        end: picture
            .map(End::Brought)
            .or_else(|| refusal.map(End::Refused)),
    })
}
