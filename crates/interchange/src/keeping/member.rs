//! A member of a site elsewhere, kept until there is registration here. No reader, and never written to.

use base::{Fault, Instant};
use store::{Db, Tx, params};

use super::{comment::fingerprint, is_forgotten, plain, sql};
use crate::incoming::IncomingMember;

/// Keeps a member by their mail address, unless they asked to be forgotten; whether they are new or changed.
///
/// # Errors
/// A fault of the database.
pub async fn keep(tx: &mut Tx, member: &IncomingMember, now: Instant) -> Result<bool, Fault> {
    if is_forgotten(tx, &member.mail).await? {
        return Ok(false);
    }
    let labels = serde_json::json!(member.labels);
    let rest = serde_json::Value::Object(member.rest.clone());
    let (labels_said, rest_said) = (labels.to_string(), rest.to_string());
    let joined = member.joined.map(base::clock::to_micros);
    let seen = [
        member.name.as_str(),
        &member.note,
        &labels_said,
        if member.wants_mail { "1" } else { "0" },
        &joined.map(|at| at.to_string()).unwrap_or_default(),
        &rest_said,
    ];
    let written = tx.write(
        &sql::KEEP_MEMBER,
        params![
            plain(&member.mail),
            &member.name,
            &member.note,
            labels,
            member.wants_mail,
            joined,
            rest,
            fingerprint(&seen),
            now
        ],
    );
    Ok(written.await? > 0)
}

/// How many members are kept.
///
/// # Errors
/// A fault of the database.
pub async fn count(db: &Db) -> Result<u64, Fault> {
    let row = db.read_one(&sql::COUNT_MEMBERS, params![]).await?;
    row.map_or(Ok(0), |row| row.get("members"))
}
