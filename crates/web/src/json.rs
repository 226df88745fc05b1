//! A JSON body, read strictly: its type, its size, no key twice, no field we do not know.

use std::{cell::RefCell, collections::HashSet, fmt};

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use base::{Fault, Refusal, misread};
use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use crate::problem::Problem;

/// A JSON body as its type. Give the type `#[serde(deny_unknown_fields)]`: then a field we do not
/// know is refused by name and nothing is assigned in passing (V-62).
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Refusal::of("not-this-type")
                .with("expected", "application/json")
                .into());
        }
        let body = whole(request.into_body()).await?;
        Ok(Self(read(&body)?))
    }
}

/// Reads JSON from bytes as [`Json`] does.
///
/// # Errors
/// `not-text`, `not-json`, `duplicate-key`, `nul-character` on the field that holds one, or what
/// [`misread::refusal`] finds.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let text = std::str::from_utf8(body).map_err(|_| Refusal::of("not-text"))?;
    refuse_nul(body)?;
    let at = RefCell::default();
    let mut tokens = serde_json::Deserializer::from_str(text);
    Unique(&at)
        .deserialize(&mut tokens)
        .and_then(|()| tokens.end())
        .map_err(|error| not_json(&error, &at.borrow()))?;
    serde_json::from_str(text).map_err(|error| wrong::<T>(text, &error))
}

/// JSON can spell the character NUL, which no database of ours can keep in text. The second reading
/// is only for bodies that spell it, or a backslash before `u0000`.
fn refuse_nul(body: &[u8]) -> Result<(), Refusal> {
    const SPELT: &[u8] = b"\\u0000";
    if !body.windows(SPELT.len()).any(|window| window == SPELT) {
        return Ok(());
    }
    let Ok(value) = serde_json::from_slice(body) else {
        return Ok(());
    };
    match holder_of_nul(&value, String::new()) {
        Some(field) => Err(Refusal::on(field, "nul-character")),
        None => Ok(()),
    }
}

/// Where the first NUL is, such as `body.content[3].text`.
fn holder_of_nul(value: &Value, at: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(at),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(nth, item)| holder_of_nul(item, format!("{at}[{nth}]"))),
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            let dot = if at.is_empty() { "" } else { "." };
            let below = format!("{at}{dot}{name}");
            if name.contains('\0') {
                return Some(below.replace('\0', "\u{fffd}"));
            }
            holder_of_nul(value, below)
        }),
        _ => None,
    }
}

/// A whole body, within the limit of its row.
pub(crate) async fn whole(body: Body) -> Result<Bytes, Problem> {
    match body.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_too_large(&error) => Err(Refusal::of("too-large").into()),
        // The visitor hung up or sent broken chunks: nobody reads the answer, and nothing broke.
        Err(_) => Err(Refusal::of("not-text").into()),
    }
}

/// Whether a body broke off because the door takes no more of it, and not because its line did.
pub fn is_too_large(error: &axum::Error) -> bool {
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return true;
        }
        next = error.source();
    }
    false
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = media_type(headers);
    let structured = media_type.starts_with("application/") && media_type.ends_with("+json");
    media_type == "application/json" || structured
}

/// The type of a body without its parameters, in small letters; empty when there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = value.split(';').next().unwrap_or("").trim();
    essence.to_ascii_lowercase()
}

/// The walk speaks through serde's own error, in these words: of a key that is there twice,
const TWICE: &str = "twice";
/// And of a node that says by a number what it is: serde would count through its choices and take it.
const NUMBERED: &str = "numbered";
/// The member by which a node of a body says what it is.
const TAG: &str = "type";

fn not_json(error: &serde_json::Error, at: &[Step]) -> Refusal {
    if error.is_data() && error.to_string().starts_with(TWICE) {
        return Refusal::on(spelt(at), "duplicate-key").with("line", error.line());
    }
    if error.is_data() && error.to_string().starts_with(NUMBERED) {
        return Refusal::on(spelt(at), "wrong-type").with("expected", "text");
    }
    Refusal::of("not-json")
        .with("line", error.line())
        .with("column", error.column())
}

/// What was wrong with a value whose JSON is good, on its field.
fn wrong<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> Refusal {
    let whole = serde_json::from_str(text).ok();
    let found = whole.and_then(|whole| misread::refusal::<T>(&whole, ""));
    // JSON that is a value and no `T` has a reason; without one its place is the best we can say.
    found.unwrap_or_else(|| {
        Refusal::of("not-json")
            .with("line", error.line())
            .with("column", error.column())
    })
}

/// One step into JSON.
enum Step {
    Member(String),
    Item(usize),
}

/// `body.content[2].type`, as the API spells fields.
fn spelt(steps: &[Step]) -> String {
    let mut field = String::new();
    for step in steps {
        match step {
            Step::Member(name) if field.is_empty() => field.push_str(name),
            Step::Member(name) => field.extend([".", name]),
            Step::Item(nth) => field.push_str(&format!("[{nth}]")),
        }
    }
    field
}

/// Walks JSON and keeps nothing but the keys of the objects it is in, and the way to where it is.
/// How deep it goes is bounded by serde_json (128).
#[derive(Clone, Copy)]
struct Unique<'a>(&'a RefCell<Vec<Step>>);

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, tokens: D) -> Result<(), D::Error> {
        tokens.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        match self.0.borrow().last() {
            Some(Step::Member(name)) if name == TAG => Err(E::custom(NUMBERED)),
            _ => Ok(()),
        }
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for nth in 0.. {
            self.0.borrow_mut().push(Step::Item(nth));
            let item = items.next_element_seed(self)?;
            self.0.borrow_mut().pop();
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            self.0.borrow_mut().push(Step::Member(name));
            members.next_value_seed(self)?;
            let Some(Step::Member(name)) = self.0.borrow_mut().pop() else {
                continue;
            };
            if let Some(twice) = seen.replace(name) {
                self.0.borrow_mut().push(Step::Member(twice));
                return Err(de::Error::custom(TWICE));
            }
        }
        Ok(())
    }
}

/// A field of a change: left out, or there (perhaps as `null`, when `T` is an `Option`).
///
/// Use with `#[serde(default)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Given<T> {
    /// The field was not there: leave it as it is.
    #[default]
    No,
    /// The field was there, with this value.
    Yes(T),
}

impl<T> Given<T> {
    /// The value, when one was given.
    pub fn value(self) -> Option<T> {
        match self {
            Self::No => None,
            Self::Yes(value) => Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(tokens: D) -> Result<Self, D::Error> {
        T::deserialize(tokens).map(Self::Yes)
    }
}

/// Writes a value as JSON text.
///
/// # Errors
/// A fault when the value cannot be JSON.
pub fn write<T: serde::Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::while_("writing JSON", error))
}
