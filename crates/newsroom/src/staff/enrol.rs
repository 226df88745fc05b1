//! Coming in: the first owner by the token `dateline init` prints, others by an invitation.

use base::{Fault, Id, Instant, No, Refusal, Refusals};
use jiff::ToSpan;
use store::{Db, Row, Tx, params};

use super::{
    Role, Staff, Token,
    code::{SECRET_BYTES, base32, otpauth_url, step_of},
    password, secret, sql, staff_from,
};
use crate::story::{limits::NAME, rules::at_most, word};

/// Hours an invitation is good.
pub const INVITATION_HOURS: i64 = 72;
/// Bytes of an address (RFC 5321 section 4.5.3.1).
pub const MAX_EMAIL: usize = 254;

/// What somebody gives to come in.
#[derive(Clone, Debug)]
pub struct Enrolment<'a> {
    /// The one-time token.
    pub token: &'a Token,
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
}

/// What they need to set up their codes.
#[derive(Clone, Debug)]
pub struct Begun {
    /// For the authenticator app.
    pub otpauth_url: String,
    /// The same secret, to type.
    pub secret: String,
}

/// Makes an invitation. The token is shown once.
pub async fn invite(tx: &mut Tx, role: Role, now: Instant) -> Result<Token, Fault> {
    let token = Token::fresh()?;
    let expires = now.saturating_add(INVITATION_HOURS.hours()).unwrap_or(now);
    tx.write(
        &sql::INSERT_INVITATION,
        params![token.hash(), word(&role), expires],
    )
    .await?;
    Ok(token)
}

/// Takes name, address and password, and answers the secret for the codes. Nobody is in yet.
///
/// # Errors
/// Refused for a token that is unknown or expired, and for every field that is wrong.
pub async fn begin(
    db: &Db,
    newsroom: &str,
    enrolment: &Enrolment<'_>,
    now: Instant,
) -> Result<Begun, No> {
    Refusals::none_of(refusals(enrolment))?;
    let hash = password::hash(enrolment.password).await?;
    let code_secret: [u8; SECRET_BYTES] = secret::chance()?;
    let mut tx = db.begin().await?;
    let invitation = open_invitation(&mut tx, enrolment.token, now).await?;
    let email = enrolment.email.trim().to_lowercase();
    let name = enrolment.name.trim();
    let secret = code_secret.to_vec();
    match invitation.get::<Option<Id<Staff>>>("staff_id")? {
        Some(id) => {
            tx.write(
                &sql::REPLACE_UNCONFIRMED,
                params![id, name, &email, hash, secret],
            )
            .await?;
        }
        None => {
            refuse_known(&mut tx, &email).await?;
            let id = Id::<Staff>::fresh();
            let role: String = invitation.get("role")?;
            tx.write(
                &sql::INSERT_STAFF,
                params![id, name, &email, role, hash, secret, false, now],
            )
            .await?;
            tx.write(&sql::BIND_INVITATION, params![enrolment.token.hash(), id])
                .await?;
        }
    }
    tx.commit().await?;
    Ok(Begun {
        otpauth_url: otpauth_url(newsroom, &email, &code_secret),
        secret: base32(&code_secret),
    })
}

/// Takes the first code, and with it lets them in. The token is spent.
///
/// # Errors
/// Refused for a token that is unknown, expired or not yet begun, and for a wrong code.
pub async fn confirm(db: &Db, token: &Token, code: &str, now: Instant) -> Result<Staff, No> {
    let mut tx = db.begin().await?;
    let invitation = open_invitation(&mut tx, token, now).await?;
    let Some(id) = invitation.get::<Option<Id<Staff>>>("staff_id")? else {
        return Err(Refusal::on("token", "expired-token").into());
    };
    let row = tx
        .read_one(&sql::STAFF_TO_CONFIRM, params![id])
        .await?
        .ok_or(No::Absent)?;
    let secret: Vec<u8> = row.get("code_secret")?;
    let Some(step) = step_of(&secret, code, now, row.get("last_code_step")?) else {
        return Err(Refusal::on("code", "wrong-code").into());
    };
    tx.write(&sql::USE_CODE, params![id, step, true]).await?;
    tx.write(&sql::USE_INVITATION, params![token.hash()])
        .await?;
    tx.commit().await?;
    Ok(staff_from(&row)?)
}

/// Forgets invitations that ran out, and whoever began to come in by one and never showed a code:
/// their address is free again. Answers how many invitations.
pub async fn sweep(db: &Db, now: Instant) -> Result<u64, Fault> {
    let mut tx = db.begin().await?;
    let swept = tx.write(&sql::SWEEP_INVITATIONS, params![now]).await?;
    tx.write(&sql::SWEEP_UNCONFIRMED, params![]).await?;
    tx.commit().await?;
    Ok(swept)
}

async fn open_invitation(tx: &mut Tx, token: &Token, now: Instant) -> Result<Row, No> {
    let row = tx.read_one(&sql::INVITATION, params![token.hash()]).await?;
    let open = |row: &Row| row.get::<Instant>("expires_at").is_ok_and(|end| end > now);
    row.filter(open)
        .ok_or_else(|| Refusal::on("token", "expired-token").into())
}

async fn refuse_known(tx: &mut Tx, email: &str) -> Result<(), No> {
    match tx.read_one(&sql::STAFF_BY_EMAIL, params![email]).await? {
        Some(_) => Err(Refusal::on("email", "already-staff").into()),
        None => Ok(()),
    }
}

fn refusals(enrolment: &Enrolment<'_>) -> Vec<Refusal> {
    let mut no = Vec::new();
    if enrolment.name.trim().is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(enrolment.name), NAME);
    let email = enrolment.email.trim();
    let (mailbox, host) = email.rsplit_once('@').unwrap_or_default();
    if mailbox.is_empty() || host.is_empty() || email.contains(char::is_whitespace) {
        no.push(Refusal::on("email", "not-an-email"));
    }
    at_most(&mut no, "email", Some(email), MAX_EMAIL);
    no.extend(password::refusal(enrolment.password, email));
    no
}
