//! The envelope of an export: what it is wrapped in, its tables, and their rows one by one.

use std::{cell::RefCell, collections::HashMap};

use serde_json::{Map, Value};

use super::{
    row::Row,
    scan::{self, Input, Lost, Span},
};
use crate::incoming::{Broken, Unread};

/// Bytes of one row: the largest bodies that were seen have a few million.
pub const MAX_ROW: u64 = 64 * 1024 * 1024;
/// Envelopes within each other: `db`, `data` and the `data` of a migration tool.
const MAX_WRAPPING: usize = 5;
/// Tables by which an export of Ghost is known.
const TELLING: [&str; 5] = ["posts", "tags", "users", "posts_tags", "settings"];
/// Characters of a headline as a place names it.
const MAX_NAMED: usize = 60;
/// Bytes before a break in which the last headline is looked for.
const LOOK_BACK: u64 = 256 * 1024;
/// Bytes of the part that tells of the export itself.
const MAX_META: u64 = 64 * 1024;

/// An export, of which only where things stand is in memory; rows are read when they are asked for.
pub(super) struct Export {
    input: RefCell<Box<dyn Input>>,
    /// The version of Ghost that wrote it, as written: `000`, `4.1.0`.
    pub version: Option<String>,
    tables: Vec<(String, Rows)>,
}

/// Where the rows of a table stand; `None` when it is no list.
type Rows = Option<Vec<Span>>;

/// A row, or the place of what is none with the reason.
pub(super) type Read = Result<Row, (String, String)>;

/// The rows of a table, and those that are none.
#[derive(Default)]
pub(super) struct Table {
    /// What could be read.
    pub good: Vec<Row>,
    /// Place and reason of what could not.
    pub bad: Vec<(String, String)>,
}

impl Export {
    /// Looks through the whole once, so that one which breaks off hands nothing over.
    ///
    /// # Errors
    /// [`Unread::Broken`] with the line when it is damaged; [`Unread::Refused`] when it is JSON of
    /// something else.
    pub fn open(mut input: Box<dyn Input>, whole: Span) -> Result<Self, Unread> {
        let mut version = None;
        let mut wrapped = false;
        let mut pairs = members(&mut *input, whole)?;
        for _ in 0..MAX_WRAPPING {
            version = version_in(&mut *input, &pairs).or(version);
            let Some(inner) = unwrapped(&mut *input, &pairs)? else {
                break;
            };
            pairs = inner;
            wrapped = true;
        }
        check(&pairs, wrapped)?;
        let mut tables = Vec::with_capacity(pairs.len());
        for (name, span) in pairs {
            let rows = rows_of(&mut *input, span)?;
            if name == "posts" && rows.is_none() {
                return Err(refused("its table “posts” is not a list of rows"));
            }
            tables.push((name, rows));
        }
        Ok(Self {
            input: RefCell::new(input),
            version,
            tables,
        })
    }

    /// The rows of a table; none when there is no such table.
    pub fn rows(&self, table: &str) -> Table {
        let mut rows = Table::default();
        for row in self.each(table) {
            match row {
                Ok(row) => rows.good.push(row),
                Err(bad) => rows.bad.push(bad),
            }
        }
        rows
    }

    /// The rows of a table one by one, so that only one body is unpacked at a time.
    pub fn each(&self, table: &str) -> impl Iterator<Item = Read> {
        let table = table.to_string();
        let found = self.tables.iter().find(|(name, _)| *name == table);
        let (spans, wrong) = match found {
            Some((_, Some(spans))) => (spans.as_slice(), None),
            Some((_, None)) => (&[][..], Some(not_a_list(&table))),
            None => (&[][..], None),
        };
        let numbered = spans.iter().enumerate();
        let rows = numbered.map(move |(nth, span)| self.row(&table, nth + 1, *span));
        wrong.into_iter().map(Err).chain(rows)
    }

    /// Names of tables with how many rows they have, in the order of the file.
    pub fn tables(&self) -> impl Iterator<Item = (&str, usize)> {
        let tables = self.tables.iter();
        tables.map(|(name, rows)| (name.as_str(), rows.as_ref().map_or(0, Vec::len)))
    }

    fn row(&self, table: &str, number: usize, span: Span) -> Read {
        let place = format!("{table} row {number} (line {})", span.line);
        let bytes = match scan::bytes(&mut **self.input.borrow_mut(), span, MAX_ROW) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let why = format!("it is larger than {MAX_ROW} bytes; left out");
                return Err((place, why));
            }
            Err(error) => return Err((place, format!("it cannot be read ({error}); left out"))),
        };
        let text = String::from_utf8_lossy(&bytes);
        let broken_letters = matches!(text, std::borrow::Cow::Owned(_));
        match serde_json::from_str::<Map<String, Value>>(&text) {
            Ok(fields) => Ok(Row {
                number,
                line: span.line,
                fields,
                broken_letters,
            }),
            Err(error) if error.is_data() => Err((
                place,
                "it is not an object with named fields; left out".into(),
            )),
            Err(error) => Err((place, format!("it is no JSON ({error}); left out"))),
        }
    }
}

/// A refusal of the whole, with what it looks like.
pub(super) fn refused(looks: &str) -> Unread {
    Unread::Refused(format!("this is no export of Ghost: {looks}"))
}

fn not_a_list(table: &str) -> (String, String) {
    (
        format!("table {table}"),
        "it is not a list of rows; nothing of it was read".into(),
    )
}

fn check(tables: &[(String, Span)], wrapped: bool) -> Result<(), Unread> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (name, _) in tables {
        *times.entry(name).or_default() += 1;
    }
    let has = |wanted: &str| times.contains_key(wanted);
    if let Some((twice, _)) = tables.iter().find(|(name, _)| times[name.as_str()] > 1) {
        let twice = short(twice);
        return Err(refused(&format!(
            "its table “{twice}” is there twice, and nobody can tell which one counts"
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
fn unwrapped(
    input: &mut dyn Input,
    pairs: &[(String, Span)],
) -> Result<Option<Vec<(String, Span)>>, Unread> {
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted);
    if let Some((_, db)) = find("db") {
        return match rows_of(input, *db)?.as_deref() {
            Some([only]) => members(input, *only).map(Some),
            Some([]) => Err(refused("its list “db” is empty")),
            Some(several) => Err(refused(&format!(
                "its list “db” has {} databases; give them one by one",
                several.len()
            ))),
            None => members(input, *db).map(Some),
        };
    }
    let Some((_, data)) = find("data").filter(|_| find("posts").is_none()) else {
        return Ok(None);
    };
    match scan::members(input, *data) {
        Ok(inner) => Ok(Some(inner)),
        Err(Lost::OtherKind) => Ok(None),
        Err(lost) => Err(told(lost, input)),
    }
}

fn version_in(input: &mut dyn Input, pairs: &[(String, Span)]) -> Option<String> {
    let (_, meta) = pairs.iter().find(|(name, _)| name == "meta")?;
    let bytes = scan::bytes(input, *meta, MAX_META).ok()??;
    let meta: Value = serde_json::from_slice(&bytes).ok()?;
    match meta.get("version")? {
        Value::String(version) => Some(short(version)),
        Value::Number(version) => Some(version.to_string()),
        _ => None,
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_NAMED).collect()
}

/// The members of an object, or what is wrong with the file.
fn members(input: &mut dyn Input, whole: Span) -> Result<Vec<(String, Span)>, Unread> {
    scan::members(input, whole).map_err(|lost| told(lost, input))
}

/// Where the rows of a table stand. Without any, Ghost may write `null`.
fn rows_of(input: &mut dyn Input, table: Span) -> Result<Rows, Unread> {
    if matches!(scan::bytes(input, table, 4), Ok(Some(bytes)) if bytes == b"null") {
        return Ok(Some(Vec::new()));
    }
    match scan::elements(input, table) {
        Ok(rows) => Ok(Some(rows)),
        Err(Lost::OtherKind) => Ok(None),
        Err(lost) => Err(told(lost, input)),
    }
}

/// What is wrong with the file, in words.
fn told(lost: Lost, input: &mut dyn Input) -> Unread {
    let (at, line, what) = match lost {
        Lost::OtherKind => {
            return refused("it is JSON, but holds no object where its tables should be");
        }
        Lost::BreaksOff(at, line) => (at, line, "the file breaks off"),
        Lost::Strange(at, line) => (at, line, "what stands here is no JSON"),
        Lost::Unreadable(error) => {
            return Unread::Broken(Broken {
                line: 0,
                item: None,
                why: error.to_string(),
            });
        }
    };
    Unread::Broken(Broken {
        line,
        item: last_headline(input, at),
        why: format!("{what} (byte {at}); export it again, or copy it again"),
    })
}

fn last_headline(input: &mut dyn Input, at: u64) -> Option<String> {
    let before = Span {
        start: at.saturating_sub(LOOK_BACK),
        end: at,
        line: 1,
    };
    let bytes = scan::bytes(input, before, LOOK_BACK).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    let mut titles = text.rmatch_indices("\"title\"");
    titles.find_map(|(at, name)| {
        let value = text[at + name.len()..].trim_start_matches([':', ' ']);
        let (title, _) = value.strip_prefix('"')?.split_once('"')?;
        (!title.is_empty()).then(|| format!("after “{}”", short(title)))
    })
}
