//! Frames: HTML that a provider of embeds offers, kept by its hash and shown on another origin alone.
//!
//! A body names a frame by its hash and holds none of its HTML (docs/decisions/0025-frames.md), so that nothing that
//! is made of bodies can hand it on. A frame never changes and is never taken away: sealed revisions name it.

pub(crate) mod sql;

use base::{Document, Fault, Instant, No, Refusal};
use store::{Db, Tx, params, shelf::Hash};

use sql::{FRAME_BY_HASH, KEEP_FRAME, KNOWN_FRAME};

/// The longest HTML of a frame, in bytes. Players are a line; a whole message with its drawing takes some ten thousand.
pub const LONGEST: usize = 32 * 1024;

/// Keeps the HTML that is offered for the thing at `address`, and answers with the hash it is found by; nothing, and
/// nothing is kept, where it is longer than [`LONGEST`].
pub async fn keep(
    db: &Db,
    html: &str,
    address: &str,
    now: Instant,
) -> Result<Option<[u8; 32]>, Fault> {
    if html.len() > LONGEST {
        return Ok(None);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(Hash::of(html.as_bytes()).as_bytes());
    let mut tx = db.begin().await?;
    let row = params![hash, html, address, now];
    tx.write(&KEEP_FRAME, row).await?;
    tx.commit().await?;
    Ok(Some(hash))
}

/// The HTML of a frame; nothing where none is kept.
pub async fn html(db: &Db, hash: Hash) -> Result<Option<String>, Fault> {
    let row = db
        .read_one(&FRAME_BY_HASH, params![hash.as_bytes()])
        .await?;
    row.map(|row| row.get("html")).transpose()
}

/// Refuses a body that names a frame we do not have, by the first of them: readers would be offered an empty one.
pub(crate) async fn refuse_unknown(tx: &mut Tx, body: &Document) -> Result<(), No> {
    for (place, frame) in body.frames() {
        let known = tx.read_one(&KNOWN_FRAME, params![frame.hash]).await?;
        if known.is_none() {
            let field = format!("{place}.attrs.frame");
            return Err(Refusal::on(field, "unknown-frame").into());
        }
    }
    Ok(())
}
