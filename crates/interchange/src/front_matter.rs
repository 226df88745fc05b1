//! The settings at the head of a Markdown or HTML file, between two lines of `---`.
//!
//! Every value is text here, because what a date or a number is differs between the programs that
//! wrote these files. References (`&a`, `*a`) are refused: a few lines of them can grow to gigabytes.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Value as Json;

/// Bytes of one front matter; the longest seen had four thousand.
pub const MAX_FRONT_MATTER: usize = 64 * 1024;
/// Maps and lists within each other.
const MAX_DEPTH: usize = 8;

/// A value of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing behind the colon, or `null`.
    Nothing,
    /// One value, as text.
    Text(String),
    /// Several.
    List(Vec<Value>),
    /// Named values in order.
    Map(Vec<(String, Value)>),
}

/// The front matter of a file and the text behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter<'t> {
    /// Its values in order; a name given twice keeps its first value.
    pub values: Vec<(String, Value)>,
    /// Names that were given twice.
    pub repeated: Vec<String>,
    /// The text behind it.
    pub body: &'t str,
}

/// Why a front matter was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFrontMatter {
    /// The file does not begin with one.
    #[error("the file has no front matter: its first line is not ---")]
    Missing,
    /// It begins with another kind.
    #[error("its front matter is written in {0}; only YAML between lines of --- is read")]
    Other(&'static str),
    /// It is damaged.
    #[error("line {line} of its front matter: {why}")]
    Damaged {
        /// The line of the file, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
}

/// Reads the front matter at the head of a file.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn read(text: &str) -> Result<FrontMatter<'_>, NoFrontMatter> {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let first = text.lines().next().unwrap_or_default().trim_end();
    match first {
        "---" => {}
        "+++" => return Err(NoFrontMatter::Other("TOML")),
        line if line.starts_with('{') => return Err(NoFrontMatter::Other("JSON")),
        _ => return Err(NoFrontMatter::Missing),
    }
    let (settings, body) = split(text).ok_or(NoFrontMatter::Damaged {
        line: 1,
        why: "no second line of --- ends it".into(),
    })?;
    if settings.len() > MAX_FRONT_MATTER {
        return Err(damaged(
            1,
            &format!("it is longer than {MAX_FRONT_MATTER} bytes"),
        ));
    }
    let (values, repeated) = parse(settings).or_else(|error| match mended(settings) {
        Some(mended) => parse(&mended).map_err(|_| error),
        None => Err(error),
    })?;
    Ok(FrontMatter {
        values,
        repeated,
        body,
    })
}

impl FrontMatter<'_> {
    /// The first value of one of these names that is not empty, removed from the rest.
    pub fn take(&mut self, names: &[&str]) -> Option<Value> {
        for name in names {
            let at = self.values.iter().position(|(key, value)| {
                key.eq_ignore_ascii_case(name) && *value != Value::Nothing
            });
            if let Some(at) = at {
                return Some(self.values.remove(at).1);
            }
        }
        None
    }

    /// The first value of one of these names as one line of text.
    pub fn take_text(&mut self, names: &[&str]) -> Option<String> {
        self.take(names)
            .map(|value| value.text())
            .filter(|text| !text.is_empty())
    }

    /// The first value of one of these names as several.
    pub fn take_list(&mut self, names: &[&str]) -> Vec<Value> {
        match self.take(names) {
            Some(Value::List(values)) => values,
            Some(value) => vec![value],
            None => Vec::new(),
        }
    }
}

impl Value {
    /// The value as one line of text, with HTML entities and marks read.
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => crate::html::plain(text),
            Self::List(values) => {
                let texts: Vec<String> = values.iter().map(Self::text).collect();
                texts.join(", ")
            }
            Self::Map(_) => String::new(),
        }
    }

    /// Whether it says yes.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Text(text) if matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1"))
    }

    /// A value within a map.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Map(values) => values
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value as it is kept beside a story.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Text(text) => Json::String(text.clone()),
            Self::List(values) => values.iter().map(Self::to_json).collect(),
            Self::Map(values) => Json::Object(
                values
                    .iter()
                    .map(|(key, value)| (key.clone(), value.to_json()))
                    .collect(),
            ),
        }
    }
}

fn split(text: &str) -> Option<(&str, &str)> {
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[start..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The settings with quoted values that go on at the start of a line moved in, if there are any.
///
/// YAML wants every line of a value indented; Jekyll's reader never did, and archives rely on it.
fn mended(settings: &str) -> Option<String> {
    let mut mended = String::with_capacity(settings.len() + 64);
    let mut open: Option<char> = None;
    let mut moved = false;
    for line in settings.split_inclusive('\n') {
        let rest = match open {
            Some(_) => {
                moved |= !line.starts_with([' ', '\n']);
                mended.push_str("  ");
                line
            }
            None => {
                let value = line
                    .split_once(": ")
                    .map_or("", |(_, value)| value.trim_start());
                open = value.chars().next().filter(|ch| matches!(ch, '"' | '\''));
                value.get(1..).unwrap_or_default()
            }
        };
        mended.push_str(line);
        open = open.filter(|quote| !closes(rest, *quote));
    }
    moved.then_some(mended)
}

/// Whether a quoted value ends in this text.
fn closes(text: &str, quote: char) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quote == '"' => drop(letters.next()),
            letter if letter != quote => {}
            '\'' if letters.peek() == Some(&'\'') => drop(letters.next()),
            _ => return true,
        }
    }
    false
}

type Pairs = Vec<(String, Value)>;

fn parse(settings: &str) -> Result<(Pairs, Vec<String>), NoFrontMatter> {
    let mut reader = Reader {
        events: Parser::new_from_str(settings),
        repeated: Vec::new(),
    };
    loop {
        match reader.next()? {
            (Event::MappingStart(..), _) => {
                let values = reader.map(1)?;
                return Ok((values, reader.repeated));
            }
            (Event::StreamEnd, _) => return Ok((Vec::new(), Vec::new())),
            (Event::Scalar(text, ..), _) if text.is_empty() => {}
            (Event::Scalar(..) | Event::SequenceStart(..), line) => {
                return Err(damaged(
                    line,
                    "names and values were expected, such as title: …",
                ));
            }
            _ => {}
        }
    }
}

struct Reader<'t> {
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    repeated: Vec<String>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, usize), NoFrontMatter> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.line())),
            Some(Err(error)) => Err(damaged(error.marker().line(), error.info())),
            None => Ok((Event::StreamEnd, 0)),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Pairs, NoFrontMatter> {
        let mut values: Pairs = Vec::new();
        loop {
            let name = match self.next()? {
                (Event::MappingEnd, _) => return Ok(values),
                (Event::Scalar(name, ..), _) => name.into_owned(),
                (_, line) => return Err(damaged(line, "a name was expected here")),
            };
            let value = self.value(depth)?;
            if values.iter().any(|(known, _)| *known == name) {
                self.repeated.push(name);
            } else {
                values.push((name, value));
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, NoFrontMatter> {
        let (event, line) = self.next()?;
        self.value_of(event, line, depth)
    }

    fn value_of(
        &mut self,
        event: Event<'t>,
        line: usize,
        depth: usize,
    ) -> Result<Value, NoFrontMatter> {
        if depth > MAX_DEPTH {
            return Err(damaged(line, "maps and lists are nested too deeply"));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let nothing = style == ScalarStyle::Plain
                    && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                Ok(if nothing {
                    Value::Nothing
                } else {
                    Value::Text(text.into_owned())
                })
            }
            Event::SequenceStart(..) => {
                let mut values = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => return Ok(Value::List(values)),
                        (event, line) => values.push(self.value_of(event, line, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => Ok(Value::Map(self.map(depth + 1)?)),
            Event::Alias(_) => Err(damaged(line, "references (*name) are not read")),
            _ => Err(damaged(line, "it ends too early")),
        }
    }
}

fn damaged(line: usize, why: &str) -> NoFrontMatter {
    NoFrontMatter::Damaged {
        // The line of --- is the first of the file.
        line: line + 1,
        why: why.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[track_caller]
    fn check(settings: &str, name: &str, value: Value) {
        let file = format!("---\n{settings}\n---\nBody\n");
        let front = read(&file).unwrap();
        assert_eq!(front.body, "Body\n");
        let found = front.values.iter().find(|(key, _)| key == name);
        assert_eq!(found.map(|(_, value)| value), Some(&value), "{settings}");
    }

    #[test]
    fn values_of_real_archives_are_read() {
        check("title: 'It''s &amp; on'", "title", text("It's &amp; on"));
        check(
            "title: \"Why: a\n  question\"",
            "title",
            text("Why: a question"),
        );
        check(
            "date: 2019-03-27 13:00:00 -0500 # comment",
            "date",
            text("2019-03-27 13:00:00 -0500"),
        );
        check(
            "authors:\n- a\n- b",
            "authors",
            Value::List(vec![text("a"), text("b")]),
        );
        check(
            "authors: [a, \"b c\"]",
            "authors",
            Value::List(vec![text("a"), text("b c")]),
        );
        check("kicker:\ntitle: x", "kicker", Value::Nothing);
        check(
            "image:\n  alt: ''\n  uid: x",
            "image",
            Value::Map(vec![("alt".into(), text("")), ("uid".into(), text("x"))]),
        );
        check("deck: >-\n  one\n  two", "deck", text("one two"));
        check("title: a\ntitle: b", "title", text("a"));
    }

    #[track_caller]
    fn check_refused(file: &str, why: &str) {
        let error = read(file).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_line() {
        check_refused("Just text", "no front matter");
        check_refused("+++\ntitle = 'x'\n+++\n", "TOML");
        check_refused("---\ntitle: x\n", "no second line");
        check_refused("---\na: &x [1]\nb: *x\n---\n", "line 3");
        check_refused("---\ntitle: \"never closed\n---\n", "line");
        check_refused(&format!("---\na: {}\n---\n", "[".repeat(5_000)), "line");
    }

    #[test]
    fn entities_in_titles_are_read() {
        assert_eq!(text("Q&amp;A &#43; more&#46;").text(), "Q&A + more.");
    }
}
