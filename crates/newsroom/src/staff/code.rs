//! Six-digit time codes: RFC 6238 with SHA-1, 30 seconds and six digits, as every app has it.

use base::Instant;
use ring::hmac;

/// Seconds a code stands (RFC 6238 section 5.2).
pub const CODE_SECONDS: i64 = 30;
/// Steps a clock may be off, either way (RFC 6238 section 6).
const DRIFT: i64 = 1;
/// Bytes of the shared secret: as long as the hash (RFC 4226 section 4, R6).
pub(super) const SECRET_BYTES: usize = 20;

/// The step whose code this is, if it is one of this moment's and later than `last`.
pub(super) fn step_of(secret: &[u8], code: &str, now: Instant, last: i64) -> Option<i64> {
    let code: String = code.chars().filter(|ch| !ch.is_whitespace()).collect();
    let step = now.as_second().div_euclid(CODE_SECONDS);
    (step - DRIFT..=step + DRIFT).find(|step| *step > last && same(&code_at(secret, *step), &code))
}

/// The code of one step (RFC 4226 section 5.3).
pub(super) fn code_at(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 0xf);
    let bytes = [
        tag[offset] & 0x7f,
        tag[offset + 1],
        tag[offset + 2],
        tag[offset + 3],
    ];
    format!("{:06}", u32::from_be_bytes(bytes) % 1_000_000)
}

fn same(ours: &str, theirs: &str) -> bool {
    use subtle::ConstantTimeEq;
    ours.as_bytes().ct_eq(theirs.as_bytes()).into()
}

/// The address that an authenticator app reads from a picture (Google's key URI format).
pub fn otpauth_url(newsroom: &str, email: &str, secret: &[u8]) -> String {
    let issuer = encode(newsroom);
    let (account, secret) = (encode(email), base32(secret));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// The secret as a person can type it (RFC 4648 section 6, without padding).
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).into()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect::<Vec<String>>()
        .concat()
}
