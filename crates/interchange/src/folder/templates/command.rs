//! A command of Hugo or Jekyll taken apart.

/// A command taken apart.
pub(super) struct Command<'t> {
    /// As written, brackets included.
    pub whole: &'t str,
    /// What it is called.
    pub name: &'t str,
    /// Values with their names; an empty name for those without.
    pub values: Vec<(&'t str, String)>,
}

impl Command<'_> {
    /// The first value under one of these names.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.values
                .iter()
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| value.as_str())
        })
    }

    /// A value without a name, by its place among such.
    pub fn nth(&self, nth: usize) -> Option<&str> {
        self.values
            .iter()
            .filter(|(key, _)| key.is_empty())
            .nth(nth)
            .map(|(_, value)| value.as_str())
    }
}

/// Takes a command apart: `name "a" key="b" key2=c d`.
pub(super) fn taken_apart<'t>(whole: &'t str, words: &'t str) -> Command<'t> {
    let name_end = words
        .find(|ch: char| ch.is_whitespace() || ch == '"')
        .unwrap_or(words.len());
    let mut values = Vec::new();
    let mut rest = words[name_end..].trim_start_matches([' ', '\n', '\t', ',', '/']);
    while !rest.is_empty() {
        let key_end = rest
            .find(|ch: char| !ch.is_ascii_alphanumeric() && !matches!(ch, '_' | '-'))
            .unwrap_or(rest.len());
        let key = &rest[..key_end];
        let behind = rest[key_end..].trim_start();
        let (key, text) = match behind.strip_prefix(['=', ':']) {
            Some(text) if !key.is_empty() && !text.starts_with("//") => (key, text.trim_start()),
            _ => ("", rest),
        };
        let (value, after) = value_of(text);
        values.push((key, value));
        rest = after.trim_start_matches([' ', '\n', '\t', ',', '/', '\r']);
    }
    Command {
        whole,
        name: &words[..name_end],
        values,
    }
}

fn value_of(text: &str) -> (String, &str) {
    for quote in ['"', '\'', '`'] {
        if let Some(inner) = text.strip_prefix(quote) {
            let mut end = 0;
            while let Some(at) = inner[end..].find(quote) {
                end += at;
                if !inner[..end].ends_with('\\') {
                    return (inner[..end].replace("\\\"", "\""), &inner[end + 1..]);
                }
                end += 1;
            }
            return (inner.to_string(), "");
        }
    }
    let end = text
        .find(|ch: char| ch.is_whitespace() || ch == ',')
        .unwrap_or(text.len())
        .max(text.chars().next().map_or(0, char::len_utf8));
    (text[..end].to_string(), &text[end..])
}
