//! Words that must not leave, and every disguise in which they might.

/// Looks for one word in bytes of any form.
pub struct Canary {
    word: String,
    disguises: Vec<Vec<u8>>,
}

impl Canary {
    /// Looks for this word: letters and digits, at least eight, so that chance does not find it.
    ///
    /// # Panics
    /// When the word is shorter.
    pub fn new(word: &str) -> Self {
        assert!(word.len() >= 8, "a canary of eight letters or more");
        let word = word.to_lowercase();
        let cases = [word.clone(), word.to_uppercase()];
        let disguises = cases
            .iter()
            .flat_map(|word| in_base64(word.as_bytes()))
            .collect();
        Self { word, disguises }
    }

    /// The word, in small letters.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether it is in these bytes: plain, coded as an entity, percent-coded, escaped as in JSON, or
    /// in base64 at any place, in small letters or capitals. Codings such as gzip come off before.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains(&self.word)
            || (text.contains("&#") && without_entities(&text).contains(&self.word))
            || (text.contains('%') && without_percent(&text).contains(&self.word))
            || (text.contains("\\u") && without_escapes(&text).contains(&self.word))
            || self.disguises.iter().any(|disguise| holds(bytes, disguise))
    }
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    let first = sought[0];
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == first) {
        at += next;
        if bytes[at..].starts_with(sought) {
            return true;
        }
        at += 1;
    }
    false
}

/// The letters of base64 (RFC 4648 section 4) that are sure wherever in a text the word begins.
fn in_base64(word: &[u8]) -> Vec<Vec<u8>> {
    (0..3)
        .map(|offset| {
            let padded: Vec<u8> = vec![0; offset]
                .into_iter()
                .chain(word.iter().copied())
                .collect();
            let sure = 8 * padded.len() / 6;
            let first = (8 * offset).div_ceil(6);
            (first..sure).map(|nth| sixth(&padded, nth)).collect()
        })
        .collect()
}

fn sixth(bytes: &[u8], nth: usize) -> u8 {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let value = (0..6).fold(0, |value, at| value << 1 | bit(6 * nth + at));
    LETTERS[usize::from(value)]
}

fn without_entities(text: &str) -> String {
    replaced(text, "&#", |rest| {
        let (code, _) = rest.split_at_checked(rest.find(';').filter(|end| *end < 9)?)?;
        let number = match code.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        Some((char::from_u32(number)?, code.len() + 1))
    })
}

fn without_percent(text: &str) -> String {
    replaced(text, "%", |rest| Some((char::from(hex(rest, 2)? as u8), 2)))
}

fn without_escapes(text: &str) -> String {
    replaced(text, "\\u", |rest| {
        Some((char::from_u32(hex(rest, 4)?)?, 4))
    })
}

fn hex(text: &str, digits: usize) -> Option<u32> {
    u32::from_str_radix(text.get(..digits)?, 16).ok()
}

/// Replaces each `mark` by the character that `read` finds after it, with how many bytes that took.
fn replaced(text: &str, mark: &str, read: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        out.push_str(before);
        rest = match read(after) {
            Some((letter, taken)) => {
                out.extend(letter.to_lowercase());
                &after[taken..]
            }
            None => after,
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(disguised: &str, is_in: bool) {
        assert_eq!(
            Canary::new("canary7q").is_in(disguised.as_bytes()),
            is_in,
            "{disguised}"
        );
    }

    #[test]
    fn a_canary_is_found_in_every_disguise_and_nowhere_else() {
        check("the canary7q sings", true);
        check("the CANARY7Q sings", true);
        check("&#99;&#x61;n&#97;ry7q", true);
        check("%63%61n%41ry7q", true);
        check("\\u0063\\u0061nary7q", true);
        // `printf 'xcanary7qx' | base64` and its neighbours.
        check("Y2FuYXJ5N3E=", true);
        check("eGNhbmFyeTdxeA==", true);
        check("eHhjYW5hcnk3cXg=", true);
        check("canary 7q, &#99, %6, \\u00, Y2FuYXJ5", false);
        check("", false);
    }
}
