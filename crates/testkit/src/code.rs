//! The six digits of an authenticator app (RFC 6238 on RFC 4226), made without the newsroom's own code.

use base::Instant;
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECONDS_A_CODE: i64 = 30;

/// The code for this secret (base 32, RFC 4648 section 6) at this moment.
///
/// # Panics
/// When the secret is not in base 32.
pub fn code(secret: &str, now: Instant) -> String {
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &from_base32(secret));
    let step = now.as_second() / SECONDS_A_CODE;
    let tag = sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let start = usize::from(tag[19] & 0x0f);
    let four = tag[start..start + 4].try_into().expect("four bytes");
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn from_base32(secret: &str) -> Vec<u8> {
    let (mut held, mut bits, mut bytes) = (0_u32, 0, Vec::new());
    for letter in secret.chars() {
        let value = ALPHABET.find(letter).expect("a letter of base 32");
        held = held << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}
