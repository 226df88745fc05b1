//! The text of an element: CDATA sections, entities, and what older exports made of them.

/// The text of an element from what stands between its tags, and whether it had to be guessed.
///
/// Old exports wrap text in CDATA without breaking up `]]>` within it, so that the section ends
/// too early. Then everything from the first opening to the last closing is the text.
pub(super) fn decode(raw: &str) -> (String, bool) {
    let trimmed = raw.trim();
    if !trimmed.contains("<![CDATA[") {
        return (entities(raw), false);
    }
    if let Some(text) = whole_sections(raw) {
        return (text, false);
    }
    let inner = trimmed.strip_prefix("<![CDATA[").unwrap_or(trimmed);
    let inner = inner.strip_suffix("]]>").unwrap_or(inner);
    (inner.replace("]]]]><![CDATA[>", "]]>"), true)
}

/// The text when it is CDATA sections and plain text between them that needs no guessing.
fn whole_sections(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        let (section, behind) = after.split_once("]]>")?;
        let between = !before.trim().is_empty();
        if between && (before.contains(['<', '>']) || section.contains("<![CDATA[")) {
            return None;
        }
        if between {
            text.push_str(&entities(before));
        }
        if section.contains("<![CDATA[") {
            return None;
        }
        text.push_str(section);
        rest = behind;
    }
    if rest.contains(['<', '>']) {
        return None;
    }
    if !rest.trim().is_empty() {
        text.push_str(&entities(rest));
    }
    Some(text)
}

/// The five entities of XML and numbered characters; others stay as written, for the HTML reader.
pub(super) fn entities(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let ch = end.and_then(|end| character(&rest[1..end]));
        match (ch, end) {
            (Some(ch), Some(end)) => {
                text.push(ch);
                rest = &rest[end + 1..];
            }
            _ => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

fn character(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#') {
        None => {
            return match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            };
        }
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
    };
    char::from_u32(number).filter(|ch| !ch.is_control() || matches!(ch, '\n' | '\t' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, text: &str, guessed: bool) {
        assert_eq!(decode(raw), (text.to_string(), guessed), "{raw}");
    }

    #[test]
    fn sections_entities_and_half_escaped_sections_become_text() {
        check(
            "a &amp; b &#8217; &nbsp; &#x41; & c",
            "a & b ’ &nbsp; A & c",
            false,
        );
        check("\n<![CDATA[one]]><![CDATA[two]]>\n", "onetwo", false);
        check("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b", false);
        check(
            "<![CDATA[a <![CDATA[ b ]]> c]]>",
            "a <![CDATA[ b ]]> c",
            true,
        );
        check("<![CDATA[]]>]]>", "]]>", true);
        check("<![CDATA[x]]> <p>y</p>]]>", "x]]> <p>y</p>", true);
        check("<![CDATA[]]>", "", false);
    }
}
