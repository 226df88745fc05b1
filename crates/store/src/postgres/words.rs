//! Words of the settings that PostgreSQL's own programs know and our driver does not.

/// The settings without `sslmode` and `sslrootcert`, and these.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The settings for the driver.
    pub rest: String,
    /// `sslmode`, as written.
    pub mode: Option<String>,
    /// `sslrootcert`: the path of a file of certificates.
    pub root: Option<String>,
}

/// Takes them out of a URL's query, or out of `key=value` words.
pub(super) fn take(settings: &str) -> Words {
    let mut words = Words::default();
    if !settings.contains("://") {
        let kept = spaced(settings)
            .into_iter()
            .filter(|word| !words.keep(word));
        words.rest = kept.collect::<Vec<_>>().join(" ");
        return words;
    }
    let Some((place, query)) = settings.split_once('?') else {
        words.rest = settings.into();
        return words;
    };
    let kept = query.split('&').filter(|pair| !words.keep(&decoded(pair)));
    let kept = kept.collect::<Vec<_>>().join("&");
    words.rest = match kept.is_empty() {
        true => place.into(),
        false => format!("{place}?{kept}"),
    };
    words
}

impl Words {
    /// Whether the pair is one of ours; then it is remembered.
    fn keep(&mut self, pair: &str) -> bool {
        let Some((name, value)) = pair.split_once('=') else {
            return false;
        };
        let field = match name.trim() {
            "sslmode" => &mut self.mode,
            "sslrootcert" => &mut self.root,
            _ => return false,
        };
        let value = value.trim();
        let quoted = value
            .strip_prefix('\'')
            .and_then(|value| value.strip_suffix('\''));
        *field = Some(quoted.unwrap_or(value).to_string());
        true
    }
}

/// The words of `key=value` settings. Blanks within quotation marks, and around `=`, part nothing.
fn spaced(settings: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for ch in settings.chars() {
        if ch.is_whitespace() && !quoted && !escaped {
            words.push(std::mem::take(&mut word));
            continue;
        }
        quoted ^= ch == '\'' && !escaped;
        escaped = ch == '\\' && !escaped;
        word.push(ch);
    }
    words.push(word);
    let mut joined: Vec<String> = Vec::new();
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        match joined.last_mut() {
            Some(before) if word.starts_with('=') || before.ends_with('=') => {
                before.push_str(&word)
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// A pair of a query with its `%20` undone.
fn decoded(pair: &str) -> String {
    let bytes = pair.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], byte) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(settings: &str, rest: &str, mode: Option<&str>, root: Option<&str>) {
        let (mode, root) = (mode.map(String::from), root.map(String::from));
        let rest = rest.into();
        assert_eq!(take(settings), Words { rest, mode, root });
    }

    #[test]
    fn words_of_tls_are_taken_out_and_the_others_stay() {
        check("postgres://a@h/n", "postgres://a@h/n", None, None);
        check(
            "postgres://a@h/n?sslmode=verify-full&options=-c%20x&sslrootcert=%2Fetc%2Fca.pem",
            "postgres://a@h/n?options=-c%20x",
            Some("verify-full"),
            Some("/etc/ca.pem"),
        );
        check(
            "postgres://a@h/n?ssl%6dode=require",
            "postgres://a@h/n",
            Some("require"),
            None,
        );
        check(
            "host=h sslmode = 'require' dbname=n",
            "host=h dbname=n",
            Some("require"),
            None,
        );
        check(
            r"host=h password='x sslmode=disable \' y' sslrootcert=ca.pem",
            r"host=h password='x sslmode=disable \' y'",
            None,
            Some("ca.pem"),
        );
    }
}
