//! What a text would cost to parse, estimated before it is: HTML trees can be far larger than HTML.
//!
//! Every element left open is looked at again for each one that follows, and marks left open are
//! opened anew in each paragraph (HTML standard, "reconstruct the active formatting elements").

/// Elements open at once. Pages that people wrote stay under a hundred.
const MAX_OPEN: usize = 256;
/// Elements that the parser would add for marks left open, over the whole text.
const MAX_REOPENED: usize = 500_000;

/// Elements that end by themselves when their like begins, or that never hold anything.
const END_BY_THEMSELVES: [&str; 26] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "th", "tr", "track",
    "wbr",
];
/// Elements that are opened anew in each paragraph until they are closed.
const REOPENED: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Whether the text can be parsed in time and memory that grow with its length alone.
pub(super) fn is_bearable(html: &str) -> bool {
    let (mut open, mut marks, mut reopened) = (0usize, 0usize, 0usize);
    for piece in html.split('<').skip(1) {
        let (closing, rest) = match piece.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, piece),
        };
        let end = rest
            .find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '-')
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        let mark = REOPENED.contains(&name.as_str());
        match (closing, END_BY_THEMSELVES.contains(&name.as_str())) {
            (false, true) => reopened += marks,
            (true, true) => {}
            (false, false) => {
                open += 1;
                marks += usize::from(mark);
                reopened += if mark { 0 } else { marks };
            }
            (true, false) => {
                open = open.saturating_sub(1);
                marks = marks.saturating_sub(usize::from(mark));
            }
        }
        if open > MAX_OPEN || reopened > MAX_REOPENED {
            return false;
        }
    }
    true
}

/// The text between the tags, for HTML that is not worth parsing.
pub(super) fn without_tags(html: &str) -> String {
    let mut words = String::with_capacity(html.len() / 2);
    for (nth, piece) in html.split('<').enumerate() {
        match piece.split_once('>') {
            Some((_, text)) if nth > 0 => {
                words.push(' ');
                words.push_str(text);
            }
            _ => words.push_str(piece),
        }
    }
    words
}
