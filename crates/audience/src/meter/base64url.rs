//! Bytes as cookie-safe letters: base64url without padding (RFC 4648 section 5), one spelling only.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What [`VALUES`] holds for a byte that is no letter of ours.
const NO_LETTER: u8 = 0xff;

const VALUES: [u8; 256] = {
    let mut values = [NO_LETTER; 256];
    let mut value = 0;
    while value < 64 {
        values[LETTERS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// How many letters so many bytes take.
pub(super) const fn length_of(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Appends the bytes as letters.
pub(super) fn push(out: &mut String, bytes: &[u8]) {
    for group in bytes.chunks(3) {
        let mut bits = 0;
        for (nth, byte) in group.iter().enumerate() {
            bits |= u32::from(*byte) << (16 - 8 * nth);
        }
        for nth in 0..length_of(group.len()) {
            let value = bits >> (18 - 6 * nth) & 63;
            out.push(char::from(LETTERS[value as usize]));
        }
    }
}

/// Reads the letters into `out` and says how many bytes they were. None when a letter is not ours,
/// there is no room, or the last letter has bits that mean nothing: a changed letter is a fault,
/// always.
pub(super) fn read(text: &str, out: &mut [u8]) -> Option<usize> {
    let length = text.len() * 3 / 4;
    if text.len() % 4 == 1 || length > out.len() {
        return None;
    }
    for (group, bytes) in text.as_bytes().chunks(4).zip(out.chunks_mut(3)) {
        let mut bits = 0;
        for (nth, letter) in group.iter().enumerate() {
            let value = VALUES[usize::from(*letter)];
            if value == NO_LETTER {
                return None;
            }
            bits |= u32::from(value) << (18 - 6 * nth);
        }
        let [_, triple @ ..] = bits.to_be_bytes();
        let whole = group.len() * 3 / 4;
        if triple[whole..].iter().any(|rest| *rest != 0) {
            return None;
        }
        bytes[..whole].copy_from_slice(&triple[..whole]);
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        let mut out = String::new();
        push(&mut out, bytes);
        assert_eq!(out, text);
        assert_eq!(out.len(), length_of(bytes.len()));
        let mut back = [0; 16];
        let length = read(text, &mut back);
        assert_eq!(length.map(|length| &back[..length]), Some(bytes));
    }

    #[test]
    fn bytes_become_letters_and_come_back() {
        check(b"", "");
        check(b"f", "Zg");
        check(b"fo", "Zm8");
        check(b"foo", "Zm9v");
        check(b"foob", "Zm9vYg");
        check(&[0xfb, 0xff, 0xfe], "-__-");
    }

    #[test]
    fn other_spellings_of_the_same_bytes_are_no_spelling() {
        for text in [
            "Z", "Zh", "Zm9", "Zg==", "Zm9vY", "Zm 9", "Zm+v", "Zm/v", "Zmé",
        ] {
            assert_eq!(read(text, &mut [0; 16]), None, "{text}");
        }
        assert_eq!(read("Zm9v", &mut [0; 2]), None);
    }
}
