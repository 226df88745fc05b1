//! Passwords: long ones, kept as Argon2id (OWASP: 19 MiB, two passes, one lane).

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use base::{Fault, Refusal};

/// Characters a password of staff has at least; length is what makes one strong.
pub const MIN_PASSWORD: usize = 12;
/// Characters it has at most: room for any sentence, and a bound on the work of hashing.
pub const MAX_PASSWORD: usize = 256;
/// Memory in KiB, passes and lanes (OWASP Password Storage, Argon2id).
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// How many passwords are hashed at once: each takes 19 MiB, and readers come first (F-17).
const AT_ONCE: usize = 1;

static HASHING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(AT_ONCE);

/// What is wrong with a password, if anything.
pub(super) fn refusal(password: &str, email: &str) -> Option<Refusal> {
    let long = password.chars().count();
    if long < MIN_PASSWORD {
        return Some(Refusal::on("password", "too-short").with("limit", MIN_PASSWORD));
    }
    if long > MAX_PASSWORD {
        return Some(Refusal::on("password", "too-long").with("limit", MAX_PASSWORD));
    }
    let lower = password.to_lowercase();
    let mailbox = email.split('@').next().unwrap_or_default().to_lowercase();
    let one_letter = lower.chars().all(|ch| lower.starts_with(ch));
    if one_letter || lower == email.to_lowercase() || (mailbox.len() > 3 && lower == mailbox) {
        return Some(Refusal::on("password", "easily-guessed"));
    }
    None
}

/// Hashes a password, a few at a time, away from the readers' threads.
pub(super) async fn hash(password: &str) -> Result<String, Fault> {
    let password = password.to_string();
    apart(move || {
        let salt: [u8; 16] = super::secret::chance()?;
        let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string())
            .map_err(|error| Fault::while_("hashing a password", error.to_string()))
    })
    .await
}

/// Whether this is the password. `None` stands for nobody's, and takes as long to find wrong.
pub(super) async fn is_right(password: &str, hash: Option<String>) -> Result<bool, Fault> {
    let password = password.to_string();
    apart(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.into());
        let hash = PasswordHash::new(&hash)
            .map_err(|error| Fault::while_("reading a kept password", error.to_string()))?;
        Ok(hasher()?
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
            && known)
    })
    .await
}

/// The hash of a password that was thrown away, at the same cost as all others.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdC4u$\
    n1OlLsm1XPTwCzMTjRhnJXQ7pvDPpLb3YnrxIGZyqno";

fn hasher() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|error| Fault::while_("setting the cost of passwords", error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let _permit = HASHING
        .acquire()
        .await
        .map_err(|error| Fault::while_("waiting to hash", error))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Fault::while_("hashing a password", error))?
}
