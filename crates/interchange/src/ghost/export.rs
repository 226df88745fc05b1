//! The envelope of an export: what it is wrapped in, its tables, and their rows one by one.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};

use super::row::Row;
use crate::incoming::{Broken, Unread};

/// Envelopes within each other: `db`, `data` and the `data` of a migration tool.
const MAX_WRAPPING: usize = 5;
/// Tables by which an export of Ghost is known.
const TELLING: [&str; 5] = ["posts", "tags", "users", "posts_tags", "settings"];
/// Characters of a headline as a place names it.
const MAX_NAMED: usize = 60;

/// An export in memory; rows are read when they are asked for.
pub(super) struct Export<'t> {
    text: &'t str,
    /// The version of Ghost that wrote it, as written: `000`, `4.1.0`.
    pub version: Option<String>,
    tables: Vec<(String, &'t RawValue)>,
}

/// The rows of a table, and those that are none.
#[derive(Default)]
pub(super) struct Rows {
    /// What could be read.
    pub good: Vec<Row>,
    /// Place and reason of what could not.
    pub bad: Vec<(String, String)>,
}

impl<'t> Export<'t> {
    /// Looks through the whole text once, so that a damaged one hands nothing over.
    ///
    /// # Errors
    /// [`Unread::Broken`] with line and column when it is no JSON; [`Unread::Refused`] when it is
    /// JSON of something else.
    pub fn open(text: &'t str) -> Result<Self, Unread> {
        let whole: &RawValue = serde_json::from_str(text).map_err(|error| damaged(text, &error))?;
        let mut pairs = object(whole).ok_or_else(|| refused("it is JSON, but not an object"))?;
        let mut version = None;
        let mut wrapped = false;
        for _ in 0..MAX_WRAPPING {
            version = version_in(&pairs).or(version);
            let Some(inner) = unwrapped(&pairs)? else {
                break;
            };
            pairs = inner;
            wrapped = true;
        }
        check(&pairs, wrapped)?;
        Ok(Self {
            text,
            version,
            tables: pairs,
        })
    }

    /// The rows of a table; none when there is no such table.
    pub fn rows(&self, table: &str) -> Rows {
        let mut rows = Rows::default();
        for row in self.each(table) {
            match row {
                Ok(row) => rows.good.push(row),
                Err(bad) => rows.bad.push(bad),
            }
        }
        rows
    }

    /// The rows of a table one by one, so that only one body is unpacked at a time.
    pub fn each(
        &self,
        table: &str,
    ) -> impl Iterator<Item = Result<Row, (String, String)>> + use<'t> {
        let (text, table) = (self.text, table.to_string());
        let raw = self.tables.iter().find(|(name, _)| *name == table);
        let (list, wrong) = match raw.map(|(_, raw)| (raw, serde_json::from_str(raw.get()))) {
            Some((_, Ok(Some(list)))) => (list, None),
            None | Some((_, Ok(None))) => (Vec::new(), None),
            Some((_, Err(_))) => (Vec::new(), Some(not_a_list(&table))),
        };
        let (mut offset, mut line) = (0, 1u64);
        let numbered = list.into_iter().enumerate();
        let rows = numbered.map(move |(nth, raw): (usize, &RawValue)| {
            let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            line += line_ends(&text[offset.min(start)..start]);
            offset = start;
            row(&table, nth + 1, line, raw)
        });
        wrong.into_iter().map(Err).chain(rows)
    }

    /// Every table with rows in it, and how many.
    pub fn tables(&self) -> impl Iterator<Item = (&str, usize)> {
        self.tables.iter().filter_map(|(name, raw)| {
            let rows: Vec<serde::de::IgnoredAny> = serde_json::from_str(raw.get()).ok()?;
            (!rows.is_empty()).then_some((name.as_str(), rows.len()))
        })
    }
}

/// A refusal of the whole, with what it looks like.
pub(super) fn refused(looks: &str) -> Unread {
    Unread::Refused(format!("this is no export of Ghost: {looks}"))
}

/// Line ends in a piece of text.
pub(super) fn line_ends(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn row(table: &str, number: usize, line: u64, raw: &RawValue) -> Result<Row, (String, String)> {
    let place = format!("{table} row {number} (line {line})");
    match serde_json::from_str::<Map<String, Value>>(raw.get()) {
        Ok(fields) => Ok(Row {
            number,
            line,
            fields,
        }),
        Err(error) if error.is_data() => Err((
            place,
            "it is not an object with named fields; left out".into(),
        )),
        Err(error) => Err((place, format!("it cannot be read ({error}); left out"))),
    }
}

fn not_a_list(table: &str) -> (String, String) {
    (
        format!("table {table}"),
        "it is not a list of rows; nothing of it was read".into(),
    )
}

fn check(tables: &[(String, &RawValue)], wrapped: bool) -> Result<(), Unread> {
    let has = |wanted: &str| tables.iter().any(|(name, _)| name == wanted);
    if let Some((twice, _)) = tables
        .iter()
        .enumerate()
        .find(|(nth, (name, _))| tables[..*nth].iter().any(|(other, _)| other == name))
        .map(|(_, table)| table)
    {
        return Err(refused(&format!(
            "its table “{}” is there twice, and nobody can tell which one counts",
            short(twice)
        )));
    }
    if has("posts") && !wrapped && !has("users") {
        return Err(refused(
            "it is an answer of Ghost's Content API, without its tables; use Export in Ghost's settings",
        ));
    }
    if has("posts") {
        return Ok(());
    }
    if TELLING.iter().any(|table| has(table)) {
        return Err(refused(
            "it has tables of Ghost, but none named “posts”, so there is no story in it",
        ));
    }
    let names: Vec<String> = tables.iter().take(6).map(|(name, _)| short(name)).collect();
    Err(refused(&match names.as_slice() {
        [] => "it is an empty JSON object".to_string(),
        names => format!("it is JSON with the names {}", names.join(", ")),
    }))
}

/// What lies in the next envelope, if this is one.
fn unwrapped<'t>(
    pairs: &[(String, &'t RawValue)],
) -> Result<Option<Vec<(String, &'t RawValue)>>, Unread> {
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted);
    if let Some((_, db)) = find("db") {
        let list: Result<Vec<&RawValue>, _> = serde_json::from_str(db.get());
        return match list.as_deref() {
            Ok([only]) => Ok(object(only)),
            Ok([]) => Err(refused("its list “db” is empty")),
            Ok(several) => Err(refused(&format!(
                "its list “db” has {} databases; give them one by one",
                several.len()
            ))),
            Err(_) => Ok(object(db)),
        };
    }
    let wrapped = find("data").filter(|_| find("posts").is_none());
    Ok(wrapped.and_then(|(_, data)| object(data)))
}

fn version_in(pairs: &[(String, &RawValue)]) -> Option<String> {
    let (_, meta) = pairs.iter().find(|(name, _)| name == "meta")?;
    let meta: Value = serde_json::from_str(meta.get()).ok()?;
    match meta.get("version")? {
        Value::String(version) => Some(short(version)),
        Value::Number(version) => Some(version.to_string()),
        _ => None,
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_NAMED).collect()
}

/// Names and values in the order of the file, values not unpacked.
fn object(raw: &RawValue) -> Option<Vec<(String, &RawValue)>> {
    serde_json::from_str::<Pairs>(raw.get())
        .ok()
        .map(|pairs| pairs.0)
}

struct Pairs<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Pairs<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor).map(Pairs)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry::<String, &'de RawValue>()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

/// Where the text stops being JSON, with the last headline before.
fn damaged(text: &str, error: &serde_json::Error) -> Unread {
    if error.line() <= 1 && error.column() <= 1 {
        return refused("it is not JSON");
    }
    let why = if error.is_eof() {
        format!(
            "the file breaks off at column {}; export it again, or copy it again",
            error.column()
        )
    } else {
        format!("column {}: it is no JSON ({error})", error.column())
    };
    Unread::Broken(Broken {
        line: error.line() as u64,
        item: last_headline(text, error),
        why,
    })
}

fn last_headline(text: &str, error: &serde_json::Error) -> Option<String> {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let mut end = (line_start + error.column()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut titles = text[..end].rmatch_indices("\"title\"");
    titles.find_map(|(at, name)| {
        let value = text[at + name.len()..end].trim_start_matches([':', ' ']);
        let (title, _) = value.strip_prefix('"')?.split_once('"')?;
        (!title.is_empty()).then(|| format!("after “{}”", short(title)))
    })
}
