//! Files without front matter: what they say of themselves is taken in its place, and said to be a guess.

use std::{fs, path::Path};

use jiff::{Timestamp, tz::TimeZone};

use crate::{front_matter::Value, html::page, margin::Margin};

/// What stands in for front matter, and the text without it.
pub(super) struct Plain {
    /// As front matter would have them.
    pub values: Vec<(String, Value)>,
    /// The text.
    pub body: String,
}

/// Reads a page of HTML; none when it cannot be borne.
pub(super) fn html(text: &str, margin: &mut Margin) -> Option<Plain> {
    let page = page::read(text)?;
    let mut values = Vec::new();
    let mut guessed = vec![format!("its text from <{}>", page.text_from)];
    let mut take = |name: &str, value: String, from: &str| {
        guessed.push(format!("{name} from {from}"));
        values.push((name.to_string(), Value::Text(value)));
    };
    if let Some((headline, from)) = page.headline {
        take("headline", headline, from);
    }
    if let Some((date, from)) = page.date {
        take("date", date, &from);
    }
    if let Some(description) = page.description {
        take("deck", description, "<meta description>");
    }
    if let Some(language) = page.language {
        take("language", language, "<html lang>");
    }
    if !page.authors.is_empty() {
        guessed.push("author from <meta author>".into());
        let authors = page.authors.into_iter().map(Value::Text).collect();
        values.push(("authors".into(), Value::List(authors)));
    }
    tell(&guessed, margin);
    Some(Plain {
        values,
        body: page.text,
    })
}

/// Reads Markdown: its first heading is the headline, and leaves the text where it stands first.
pub(super) fn markdown(text: &str, margin: &mut Margin) -> Plain {
    let Some((headline, first, lines)) = heading(text) else {
        return Plain {
            values: Vec::new(),
            body: text.to_string(),
        };
    };
    tell(&["headline from its first heading".into()], margin);
    let stands_first = text.lines().take(first).all(|line| line.trim().is_empty());
    let body = match stands_first {
        true => text
            .lines()
            .skip(first + lines)
            .collect::<Vec<_>>()
            .join("\n"),
        false => text.to_string(),
    };
    Plain {
        values: vec![("headline".into(), Value::Text(headline))],
        body,
    }
}

/// Says of a file without a date when it was last changed, which is no day to publish under: a copy
/// of an archive bears the day of the copying.
pub(super) fn tell_of_change(at: &Path, zone: &TimeZone, margin: &mut Margin) {
    let changed = fs::metadata(at).and_then(|about| about.modified()).ok();
    let changed = changed.and_then(|at| Timestamp::try_from(at).ok());
    let day = changed.map(|at| at.to_zoned(zone.clone()).date());
    let why = match day {
        Some(day) => format!(
            "it names no day; its file was last changed on {day}, which may be the day of a copy. \
             Give it its date and publish it"
        ),
        None => "it names no day. Give it its date and publish it".into(),
    };
    margin.remark("date", &why);
}

fn tell(guessed: &[String], margin: &mut Margin) {
    let why = format!("there is none; taken: {}", guessed.join(", "));
    margin.remark("front matter", &why);
}

/// The first heading outside of code: its words, its line from 0, and how many lines it takes.
fn heading(text: &str) -> Option<(String, usize, usize)> {
    let mut in_code = false;
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end();
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        if (1..=6).contains(&level) && words.starts_with(' ') {
            let words = words.trim_end_matches('#').trim();
            return (!words.is_empty()).then(|| (words.to_string(), number, 1));
        }
        let underlined = lines.peek().is_some_and(|(_, next)| {
            let next = next.trim_end();
            next.len() >= 3 && next.bytes().all(|byte| byte == b'=')
        });
        if underlined && !line.trim().is_empty() {
            return Some((line.trim().to_string(), number, 2));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, headline: Option<&str>, body: &str) {
        let plain = markdown(text, &mut Margin::new("folder"));
        let found = plain.values.first().map(|(_, value)| value.text());
        assert_eq!(
            (found.as_deref(), plain.body.trim()),
            (headline, body),
            "{text}"
        );
    }

    #[test]
    fn the_first_heading_of_markdown_is_the_headline() {
        check(
            "\n# The bridge #\n\nIt is open.",
            Some("The bridge"),
            "It is open.",
        );
        check(
            "The bridge\n=====\nIt is open.",
            Some("The bridge"),
            "It is open.",
        );
        check(
            "Before.\n\n## After\n",
            Some("After"),
            "Before.\n\n## After",
        );
        check(
            "```\n# no heading\n```\nText",
            None,
            "```\n# no heading\n```\nText",
        );
        check("#topic and words", None, "#topic and words");
    }
}
