//! The sealed cookie: this month's count, which only we can read and which says nothing about whose
//! it is.
//!
//! Outside: `kid(1) | nonce(24) | XChaCha20-Poly1305`, as base64url. Inside: `ver(1) |
//! period_start_day(2) | issued_day(2) | salt(8) | n(1) | tag[N]×4`, numbers big-endian, N being the
//! policy's limit and the slots beyond n zero, so that the length does not tell the count. The
//! associated data are site host, cookie name and version.
//!
//! A tag is the head of `HMAC-SHA256(k_tag, salt ‖ period ‖ story)`. The salt is drawn anew each
//! month and never leaves the sealed part, so that the tags of two readers, or of one reader in two
//! months, cannot be compared, by us neither.
//!
//! **Rotation.** The key id names a pair, `k_seal` and `k_tag`. A tally stays with the pair that began
//! it until its month ends, and is sealed with that pair again; only new tallies take the current
//! one. Nobody's tags change under them, so a rotation costs nobody a read, and no second key id has
//! to be carried. The previous secret must therefore be kept for one whole month after a rotation; a
//! leaked secret is thrown away at once, which gives its readers a fresh month.

use std::fmt::Write;

use base::{Fault, Instant};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as LETTERS};
use rand::Rng;
use ring::{hkdf, hmac};
use uuid::Uuid;

use super::{
    LIMIT_MOST,
    calendar::Today,
    seal::{NONCE, SEAL, SealKey},
};

/// The cookie's name. The prefix makes browsers refuse it from other hosts, paths and plain HTTP.
pub const NAME: &str = "__Host-m";

/// The longest that a cookie may live, in seconds: 35 days.
pub const MAX_AGE: i64 = 35 * 24 * 60 * 60;

/// The size of a secret in bytes.
pub const SECRET: usize = 32;

const VERSION: u8 = 1;
const KID: usize = 1;
const SALT: usize = 8;
const TAG: usize = 4;
/// Version, period, issue, salt and count.
const FIXED: usize = 1 + 2 + 2 + SALT + 1;
const SEALED_FROM: usize = KID + NONCE;
const LEAST: usize = SEALED_FROM + FIXED + SEAL;
const MOST: usize = LEAST + LIMIT_MOST as usize * TAG;

/// The longest cookie value that is looked at, in bytes.
pub const LONGEST: usize = (MOST * 4).div_ceil(3);
/// Room in which any value up to [`LONGEST`] is read: letters come in fours, bytes in threes.
const ROOM: usize = LONGEST.div_ceil(4) * 3;

/// The story's mark in one tally: it tells a new read from a re-read of the same reader in the same
/// month, and nothing else. Two stories share one by a chance of 1 in 2³².
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark([u8; TAG]);

/// How many stories were read in one month, and their marks in the order of reading.
#[derive(Clone)]
pub struct Tally {
    key: KeyName,
    period_start: u16,
    salt: [u8; SALT],
    read: u8,
    marks: [Mark; LIMIT_MOST as usize],
}

impl Tally {
    /// How many different stories were read.
    pub fn read(&self) -> u8 {
        self.read
    }

    /// The how-manieth story of the month bears this mark, counted from one.
    pub fn place_of(&self, mark: Mark) -> Option<u8> {
        let marks = &self.marks[..usize::from(self.read)];
        // At most LIMIT_MOST of them, so it fits.
        marks
            .iter()
            .position(|held| *held == mark)
            .map(|at| at as u8 + 1)
    }

    /// The tally with one story more. A full one stays as it is.
    #[must_use]
    pub fn with(&self, mark: Mark) -> Self {
        let mut next = self.clone();
        if let Some(slot) = next.marks.get_mut(usize::from(self.read)) {
            *slot = mark;
            next.read += 1;
        }
        next
    }
}

/// Says the count only: the rest is the reader's.
impl std::fmt::Debug for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tally")
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

/// Tells two key pairs apart in memory; its first byte is the key id in the cookie.
#[derive(Clone, Copy, PartialEq, Eq)]
struct KeyName([u8; 8]);

struct Key {
    name: KeyName,
    seal: SealKey,
    tag: hmac::Key,
}

/// The meter's keys: the current pair, and the previous one for the tallies that it began.
///
/// With several nodes, first give all of them the new secret as `previous`, then swap the two: so that
/// no node meets a cookie that it cannot open.
pub struct Keys {
    current: Key,
    previous: Option<Key>,
}

impl Keys {
    /// Derives both pairs (HKDF-SHA256) from secrets of 32 random bytes.
    ///
    /// # Errors
    /// When the derivation fails, which it has no reason to.
    pub fn new(current: &[u8; SECRET], previous: Option<&[u8; SECRET]>) -> Result<Self, Fault> {
        let previous = previous.map(Key::derived_from).transpose()?;
        Ok(Self {
            current: Key::derived_from(current)?,
            previous,
        })
    }

    fn each(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.previous)
    }

    /// The pair that began a tally.
    fn of(&self, tally: &Tally) -> &Key {
        self.each()
            .find(|key| key.name == tally.key)
            .unwrap_or(&self.current)
    }
}

impl Key {
    fn derived_from(secret: &[u8; SECRET]) -> Result<Self, Fault> {
        let source = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dateline meter").extract(secret);
        let mut name = [0; 8];
        name.copy_from_slice(&derive(&source, b"name")?[..8]);
        Ok(Self {
            name: KeyName(name),
            seal: SealKey::new(derive(&source, b"seal")?),
            tag: hmac::Key::new(hmac::HMAC_SHA256, &derive(&source, b"tag")?),
        })
    }
}

fn derive(source: &hkdf::Prk, purpose: &[u8]) -> Result<[u8; 32], Fault> {
    let mut bytes = [0; 32];
    source
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut bytes))
        .map_err(|_| Fault::new("deriving the meter's keys"))?;
    Ok(bytes)
}

/// Opens and seals the cookies of one site.
pub struct Jar {
    keys: Keys,
    associated: Vec<u8>,
}

impl Jar {
    /// The jar of the site at this host (with its port where it is not the usual one).
    pub fn new(keys: Keys, host: &str) -> Self {
        let mut associated = host.to_ascii_lowercase().into_bytes();
        // Neither host nor name holds a NUL, so no two sites have the same bytes.
        associated.push(0);
        associated.extend_from_slice(NAME.as_bytes());
        associated.extend_from_slice(&[0, VERSION]);
        Self { keys, associated }
    }

    /// The tally in a cookie. Any fault (a changed letter, another site's or month's cookie, one too
    /// long or too short, another version) makes it no cookie.
    pub fn open(&self, cookie: &str, today: &Today) -> Option<Tally> {
        if cookie.len() > LONGEST {
            return None;
        }
        let mut bytes = [0; ROOM];
        let length = LETTERS.decode_slice(cookie, &mut bytes).ok()?;
        if !(LEAST..=MOST).contains(&length) {
            return None;
        }
        let kid = bytes[0];
        let keys = self.keys.each().filter(|key| key.name.0[0] == kid);
        keys.into_iter()
            .find_map(|key| self.open_with(key, &bytes[..length], today))
    }

    fn open_with(&self, key: &Key, bytes: &[u8], today: &Today) -> Option<Tally> {
        let (head, sealed) = bytes.split_at_checked(SEALED_FROM)?;
        let nonce = head[KID..].try_into().ok()?;
        // A copy, because the next key may have to try as well.
        let mut copy = [0; MOST];
        let copy = &mut copy[..sealed.len()];
        copy.copy_from_slice(sealed);
        let inside = key.seal.open(nonce, &self.associated, copy)?;
        read_inside(key.name, inside, today)
    }

    /// A tally of nothing, for a reader who brings none.
    pub fn blank(&self, today: &Today) -> Tally {
        let mut salt = [0; SALT];
        rand::rng().fill_bytes(&mut salt);
        Tally {
            key: self.keys.current.name,
            period_start: today.period_start,
            salt,
            read: 0,
            marks: [Mark([0; TAG]); LIMIT_MOST as usize],
        }
    }

    /// The story's mark in this tally.
    pub fn mark(&self, tally: &Tally, story: Uuid) -> Mark {
        let mut text = [0; SALT + 2 + 16];
        text[..SALT].copy_from_slice(&tally.salt);
        text[SALT..SALT + 2].copy_from_slice(&tally.period_start.to_be_bytes());
        text[SALT + 2..].copy_from_slice(story.as_bytes());
        let signed = hmac::sign(&self.keys.of(tally).tag, &text);
        let mut mark = [0; TAG];
        mark.copy_from_slice(&signed.as_ref()[..TAG]);
        Mark(mark)
    }

    /// Seals the tally under a fresh nonce, in at least `slots` slots.
    ///
    /// # Errors
    /// When the cipher fails, which it has no reason to.
    pub fn seal(&self, tally: &Tally, slots: u8, today: &Today) -> Result<String, Fault> {
        let mut text = String::with_capacity(LONGEST);
        self.push_sealed(&mut text, tally, slots, today)?;
        Ok(text)
    }

    /// The whole value of `Set-Cookie`. The cookie dies with the month.
    ///
    /// # Errors
    /// As [`Jar::seal`].
    pub fn set_cookie(
        &self,
        tally: &Tally,
        slots: u8,
        today: &Today,
        now: Instant,
    ) -> Result<String, Fault> {
        let left = today
            .period_ends
            .as_second()
            .saturating_sub(now.as_second());
        let max_age = left.clamp(1, MAX_AGE);
        let mut value = String::with_capacity(NAME.len() + LONGEST + 72);
        value.push_str(NAME);
        value.push('=');
        self.push_sealed(&mut value, tally, slots, today)?;
        value.push_str("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=");
        // Writing into a string cannot fail.
        let _ = write!(value, "{max_age}");
        Ok(value)
    }

    fn push_sealed(
        &self,
        out: &mut String,
        tally: &Tally,
        slots: u8,
        today: &Today,
    ) -> Result<(), Fault> {
        let key = self.keys.of(tally);
        let slots = usize::from(slots.max(tally.read).min(LIMIT_MOST));
        let seal_from = SEALED_FROM + FIXED + slots * TAG;
        let mut nonce = [0; NONCE];
        // This thread's own generator, fed by the system: it spares a system call for each gate.
        rand::rng().fill_bytes(&mut nonce);
        let mut bytes = [0; MOST];
        bytes[0] = key.name.0[0];
        bytes[KID..SEALED_FROM].copy_from_slice(&nonce);
        let inside = &mut bytes[SEALED_FROM..seal_from];
        write_inside(tally, today, inside);
        let seal = key.seal.seal(&nonce, &self.associated, inside)?;
        bytes[seal_from..seal_from + SEAL].copy_from_slice(&seal);
        LETTERS.encode_string(&bytes[..seal_from + SEAL], out);
        Ok(())
    }
}

fn write_inside(tally: &Tally, today: &Today, inside: &mut [u8]) {
    let (fixed, slots) = inside.split_at_mut(FIXED);
    fixed[0] = VERSION;
    fixed[1..3].copy_from_slice(&tally.period_start.to_be_bytes());
    fixed[3..5].copy_from_slice(&today.day.to_be_bytes());
    fixed[5..13].copy_from_slice(&tally.salt);
    fixed[13] = tally.read;
    let marks = &tally.marks[..usize::from(tally.read)];
    for (slot, mark) in slots.chunks_exact_mut(TAG).zip(marks) {
        slot.copy_from_slice(&mark.0);
    }
}

fn read_inside(key: KeyName, inside: &[u8], today: &Today) -> Option<Tally> {
    let (fixed, slots) = inside.split_at_checked(FIXED)?;
    let period_start = u16::from_be_bytes([fixed[1], fixed[2]]);
    let issued = u16::from_be_bytes([fixed[3], fixed[4]]);
    let read = fixed[13];
    let is_ours = fixed[0] == VERSION && slots.len().is_multiple_of(TAG);
    let is_of_this_period = period_start == today.period_start;
    // A day ahead is another node whose clock passed midnight first.
    let was_issued_by_now = (period_start..=today.day.saturating_add(1)).contains(&issued);
    let has_its_slots = usize::from(read) <= slots.len() / TAG && read <= LIMIT_MOST;
    if !(is_ours && is_of_this_period && was_issued_by_now && has_its_slots) {
        return None;
    }
    let mut salt = [0; SALT];
    salt.copy_from_slice(&fixed[5..13]);
    let mut marks = [Mark([0; TAG]); LIMIT_MOST as usize];
    for (mark, slot) in marks
        .iter_mut()
        .zip(slots.chunks_exact(TAG))
        .take(usize::from(read))
    {
        mark.0.copy_from_slice(slot);
    }
    Some(Tally {
        key,
        period_start,
        salt,
        read,
        marks,
    })
}
