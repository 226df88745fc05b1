//! A reader's session: an opaque token in a cookie, of which the database knows the hash only.

use base::{Fault, Id, Instant};
use jiff::SignedDuration;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use store::{Db, Tx, params};

use super::{Reader, sql};

/// The cookie that carries the token.
pub const NAME: &str = "__Host-reader";

/// How long a session lasts, in hours: 90 days from when it was opened.
pub const LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The token's size in bytes: 256 bits, so that none is ever guessed.
pub const TOKEN: usize = 32;

/// The token's size in letters.
const LETTERS: usize = TOKEN * 2;

/// What the reader's browser holds. It is shown once, to be sent, and never logged.
pub struct Token([u8; TOKEN]);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    fn fresh() -> Result<Self, Fault> {
        let mut bytes = [0; TOKEN];
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| Fault::new("drawing a reader's session token"))?;
        Ok(Self(bytes))
    }

    /// Reads a cookie's value; none when no token looks like that.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.as_bytes();
        let is_hex = letters
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if letters.len() != LETTERS || !is_hex {
            return None;
        }
        let mut bytes = [0; TOKEN];
        for (byte, pair) in bytes.iter_mut().zip(letters.chunks_exact(2)) {
            let value = |letter: u8| char::from(letter).to_digit(16).unwrap_or(0) as u8;
            *byte = value(pair[0]) << 4 | value(pair[1]);
        }
        Some(Self(bytes))
    }

    /// The cookie's value.
    pub fn reveal(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The whole value of `Set-Cookie`.
    pub fn set_cookie(&self) -> String {
        let (value, seconds) = (self.reveal(), LASTS.as_secs());
        format!("{NAME}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}")
    }

    /// What the database keeps. The token is random, so that a plain hash cannot be undone, and it is
    /// looked up by hash, so that no comparison tells by its time how much was right.
    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

/// Says nothing.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The value of `Set-Cookie` that makes a browser forget the session.
pub fn forget_cookie() -> String {
    format!("{NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Opens a session for the reader.
///
/// # Errors
/// When there is no such reader, the machine gives no randomness or the database fails.
pub async fn open(tx: &mut Tx, reader: Id<Reader>, now: Instant) -> Result<Token, Fault> {
    let token = Token::fresh()?;
    let until = now.saturating_add(LASTS).unwrap_or(now);
    tx.write(
        &sql::INSERT_SESSION,
        params![token.hash(), reader, now, until],
    )
    .await?;
    Ok(token)
}

/// The reader whose session this is; none when it was ended, is over, or never was.
///
/// # Errors
/// When the database fails. The gate then takes the reader for an unknown one, or shows the wall.
pub async fn reader(db: &Db, token: &Token, now: Instant) -> Result<Option<Id<Reader>>, Fault> {
    let row = db
        .read_one(&sql::READER_OF_SESSION, params![token.hash(), now])
        .await?;
    row.map(|row| row.get("reader")).transpose()
}

/// Ends the session, here and wherever else the token is held.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, token: &Token) -> Result<(), Fault> {
    tx.write(&sql::DELETE_SESSION, params![token.hash()])
        .await?;
    Ok(())
}

/// Deletes the sessions that are over and says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.write(&sql::DELETE_SPENT_SESSIONS, params![now]).await
}
