//! Shutting somebody out at once, and letting them in again.

use base::{Fault, Instant, No};
use store::{Db, Tx, params};

use super::{Staff, sql, staff_from};

/// Shuts out whoever signs in with this address: every session ends with this act, and none opens
/// until they are let in again. Answers whom, and how many sessions ended.
///
/// The tokens they made at the desk end as well, for good. A token made on the machine itself belongs
/// to nobody: [`super::api_token::all`] lists them.
///
/// # Errors
/// [`No::Absent`] when nobody has this address.
pub async fn suspend(db: &Db, email: &str, now: Instant) -> Result<(Staff, u64), No> {
    let mut tx = db.begin().await?;
    let staff = by_email(&mut tx, email).await?.ok_or(No::Absent)?;
    tx.write(&sql::SUSPEND, params![staff.id, now]).await?;
    tx.write(&sql::DROP_INVITATION_OF, params![staff.id])
        .await?;
    tx.write(&sql::REVOKE_TOKENS_OF, params![staff.id, now])
        .await?;
    let ended = tx.write(&sql::END_SESSIONS_OF, params![staff.id]).await?;
    tx.commit().await?;
    Ok((staff, ended))
}

/// Lets somebody in again who was shut out, with the password and codes they had.
///
/// # Errors
/// [`No::Absent`] when nobody with this address was shut out.
pub async fn restore(db: &Db, email: &str) -> Result<Staff, No> {
    let mut tx = db.begin().await?;
    let staff = by_email(&mut tx, email).await?.ok_or(No::Absent)?;
    if tx.write(&sql::RESTORE, params![staff.id]).await? == 0 {
        return Err(No::Absent);
    }
    tx.commit().await?;
    Ok(staff)
}

async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Staff>, Fault> {
    let email = email.trim().to_lowercase();
    let row = tx.read_one(&sql::STAFF_BY_EMAIL, params![email]).await?;
    row.as_ref().map(staff_from).transpose()
}
