//! JSON that is not of its type, as a refusal: where it goes wrong, and what would be right there.
//!
//! The parser says what it met and not where, once a node is read by its `type`; and it says it in
//! words of programmers. So the value is narrowed down until only the wrong part is left: what is
//! taken away without changing the complaint was not the reason for it. This is asked only about
//! values that were refused already.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Refusal, document::NotAnHref, language::Language, slug::Slug};

/// Nobody's word: no choice, no slug, no moment.
const NONSENSE: &str = "\u{1}";
/// What a text is, by what is accepted in its place.
const SAMPLES: [(&str, &str); 3] = [
    ("id", "0192f0c0-0000-7000-8000-000000000000"),
    ("moment", "2026-11-22T00:00:00Z"),
    ("day", "2026-11-22"),
];
/// The member by which a node says what it is; its absence changes every complaint.
const TAG: &str = "type";

/// What is wrong with `value` as a `T`, on the field where it is; `at` is the value's own field,
/// empty for a whole body. None when it is a `T` after all.
///
/// The keys are `unknown-field`, `missing`, `not-a-choice` (with `choices`), `not-a-slug`,
/// `not-a-language`, `not-an-address`, `not-an-object` for a whole body, and `wrong-type` or
/// `wrong-value` (with `expected`, a word the messages know).
pub fn refusal<T: DeserializeOwned>(value: &Value, at: &str) -> Option<Refusal> {
    refusal_by(value, at, &|value| {
        let read: Result<T, _> = serde_json::from_value(value.clone());
        read.err().map(|error| error.to_string())
    })
}

/// As [`refusal`], where `complaint` says in the parser's words what is wrong with a value.
pub fn refusal_by(
    value: &Value,
    at: &str,
    complaint: &dyn Fn(&Value) -> Option<String>,
) -> Option<Refusal> {
    let text = complaint(value)?;
    let mut narrowing = Narrowing {
        value: value.clone(),
        pointer: String::new(),
        field: at.to_string(),
        text,
        complaint,
    };
    while narrowing.descend() {}
    Some(narrowing.judged())
}

/// A value that is wrong, ever smaller.
struct Narrowing<'c> {
    value: Value,
    /// Where in `value` the reason is (RFC 6901).
    pointer: String,
    /// The same place in the value as it was given, as the API spells it.
    field: String,
    text: String,
    complaint: &'c dyn Fn(&Value) -> Option<String>,
}

impl Narrowing<'_> {
    /// One step towards the reason; false when it is reached.
    fn descend(&mut self) -> bool {
        match self.here().clone() {
            Value::Array(items) => self.halve(&items),
            // Where a word has to stand, nothing below it can be the reason.
            Value::Object(_) if self.as_choice().is_some() => false,
            Value::Object(members) if self.is_missing_in(&members) => false,
            Value::Object(members) => {
                let names = members.keys().filter(|name| *name != TAG);
                let tag = (!self.text.starts_with("missing field")).then_some(TAG);
                let names = names.map(String::as_str).chain(tag);
                let reason = names
                    .filter(|name| members.contains_key(*name))
                    .find(|name| {
                        let mut others = members.clone();
                        others.remove(*name);
                        self.changes(Value::Object(others))
                    });
                reason.is_some_and(|name| {
                    self.pointer += &format!("/{}", name.replace('~', "~0").replace('/', "~1"));
                    self.field = below(&self.field, name);
                    true
                })
            }
            _ => false,
        }
    }

    /// Whether what is missing is missing here: with it, the complaint is another, and not that
    /// nobody knows it.
    fn is_missing_in(&self, members: &Map<String, Value>) -> bool {
        let Some(name) = self.text.strip_prefix("missing field `") else {
            return false;
        };
        let name = name.trim_end_matches('`');
        if members.contains_key(name) {
            return false;
        }
        let mut with_it = members.clone();
        with_it.insert(name.into(), Value::Null);
        let text = self.with(Value::Object(with_it));
        let unknown = format!("unknown field `{name}`");
        text.is_none_or(|text| text != self.text && !text.starts_with(&unknown))
    }

    /// Halves a list until one item is left that is wrong by itself.
    fn halve(&mut self, items: &[Value]) -> bool {
        if !self.changes(Value::Array(Vec::new())) {
            return false;
        }
        let (mut first, mut end) = (0, items.len());
        while end - first > 1 {
            let middle = first + (end - first) / 2;
            let half = items[first..middle].to_vec();
            if self.with(Value::Array(half)).is_some() {
                end = middle;
            } else {
                first = middle;
            }
        }
        self.put(Value::Array(items[first..end].to_vec()));
        self.pointer += "/0";
        self.field = format!("{}[{first}]", self.field);
        true
    }

    fn here(&self) -> &Value {
        self.value.pointer(&self.pointer).unwrap_or(&Value::Null)
    }

    fn put(&mut self, value: Value) {
        if let Some(here) = self.value.pointer_mut(&self.pointer) {
            *here = value;
        }
    }

    /// The complaint with another value in this place.
    fn with(&self, value: Value) -> Option<String> {
        let mut tried = self.value.clone();
        if let Some(here) = tried.pointer_mut(&self.pointer) {
            *here = value;
        }
        (self.complaint)(&tried)
    }

    fn changes(&self, value: Value) -> bool {
        self.with(value).as_ref() != Some(&self.text)
    }

    /// The words of which one may stand here.
    fn as_choice(&self) -> Option<String> {
        choices(&self.with(NONSENSE.into())?)
    }

    /// The complaint in our words.
    fn judged(self) -> Refusal {
        let named = self.text.split('`').nth(1).unwrap_or_default();
        if self.text.starts_with("unknown field") {
            return Refusal::on(self.field, "unknown-field");
        }
        if self.text.starts_with("missing field") {
            return Refusal::on(below(&self.field, named), "missing");
        }
        if self.field.is_empty() {
            return Refusal::of("not-an-object");
        }
        if let Some(choices) = self.as_choice() {
            return Refusal::on(self.field, "not-a-choice").with("choices", choices);
        }
        let as_text = self.with(NONSENSE.into()).unwrap_or_default();
        if as_text == complaint_of::<Slug>() {
            return Refusal::on(self.field, "not-a-slug");
        }
        if as_text == complaint_of::<Language>() {
            return Refusal::on(self.field, "not-a-language");
        }
        if as_text == NotAnHref.to_string() {
            return Refusal::on(self.field, "not-an-address");
        }
        let expected = self.expected(&as_text);
        match self.text.starts_with("invalid type") {
            true => Refusal::on(self.field, "wrong-type").with("expected", expected),
            false => Refusal::on(self.field, "wrong-value").with("expected", expected),
        }
    }

    /// What would be right here, as a word of the messages.
    fn expected(&self, as_text: &str) -> &'static str {
        let is_text_of_its_own = !as_text.is_empty() && !as_text.starts_with("invalid type");
        let sample = SAMPLES
            .iter()
            .find(|(_, sample)| is_text_of_its_own && self.with((*sample).into()).is_none());
        if let Some((kind, _)) = sample {
            return kind;
        }
        let expected = self.text.rsplit("expected ").next().unwrap_or_default();
        kind_of(expected)
    }
}

/// The parser's word for a kind, as a word of the messages.
fn kind_of(expected: &str) -> &'static str {
    match expected {
        "u8" => "small-number",
        "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => "whole-number",
        "f32" | "f64" => "number",
        "a boolean" => "yes-or-no",
        "a sequence" => "list",
        "a map" => "object",
        text if text.starts_with("a sequence") || text.starts_with("tuple") => "list",
        text if text.starts_with("struct") || text.contains("tagged enum") => "object",
        text if text.contains("string") || text.contains("identifier") => "text",
        _ => "other",
    }
}

/// What may stand where nonsense was refused for being none of it.
fn choices(text: &str) -> Option<String> {
    let (_, expected) = text
        .strip_prefix("unknown variant")?
        .split_once(", expected ")?;
    let choices: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    Some(choices.join(", "))
}

/// What a type of ours says to nonsense.
fn complaint_of<T: TryFrom<String>>() -> String
where
    T::Error: ToString,
{
    let refused = T::try_from(NONSENSE.to_string()).err();
    refused.map(|no| no.to_string()).unwrap_or_default()
}

fn below(field: &str, name: &str) -> String {
    match field {
        "" => name.to_string(),
        _ => format!("{field}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;
    use crate::{Document, Id, Instant};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Access {
        Open,
        Metered,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        headline: String,
        access: Option<Access>,
        urgency: Option<u8>,
        count: Option<u32>,
        sensitive: Option<bool>,
        slug: Option<Slug>,
        language: Option<Language>,
        section: Option<Id<()>>,
        until: Option<Instant>,
        day: Option<jiff::civil::Date>,
        topics: Option<Vec<String>>,
        body: Option<Document>,
    }

    #[track_caller]
    fn check(mut form: Value, field: &str, said: &str) {
        if form.get("headline").is_none() {
            form["headline"] = json!("a");
        }
        let refusal = refusal::<Form>(&form, "").expect("it was taken");
        let facts: Vec<&str> = refusal
            .facts
            .iter()
            .map(|(_, fact)| fact.as_str())
            .collect();
        let found = format!("{} {}", refusal.key, facts.join(" "));
        assert_eq!(
            (refusal.field.as_deref(), found.trim()),
            (Some(field), said),
            "{form}"
        );
    }

    #[test]
    fn a_wrong_field_is_named_with_what_would_be_right() {
        check(json!({"headline": 7}), "headline", "wrong-type text");
        check(json!({"headline": ["a"]}), "headline", "wrong-type text");
        check(json!({"headline": {"a": 1}}), "headline", "wrong-type text");
        check(
            json!({"access": "free"}),
            "access",
            "not-a-choice open, metered",
        );
        check(json!({"access": 7}), "access", "not-a-choice open, metered");
        check(
            json!({"access": {"open": 1}}),
            "access",
            "not-a-choice open, metered",
        );
        check(
            json!({"urgency": "5"}),
            "urgency",
            "wrong-type small-number",
        );
        check(
            json!({"urgency": 300}),
            "urgency",
            "wrong-value small-number",
        );
        check(json!({"count": 1.5}), "count", "wrong-type whole-number");
        check(
            json!({"sensitive": "yes"}),
            "sensitive",
            "wrong-type yes-or-no",
        );
        check(json!({"slug": "../x"}), "slug", "not-a-slug");
        check(json!({"language": "<b>"}), "language", "not-a-language");
        check(json!({"section": "1"}), "section", "wrong-value id");
        check(json!({"section": 1}), "section", "wrong-type id");
        check(json!({"until": "soon"}), "until", "wrong-value moment");
        check(json!({"day": "soon"}), "day", "wrong-value day");
        check(json!({"topics": "a"}), "topics", "wrong-type list");
        check(
            json!({"topics": ["a", "b", 3, "d"]}),
            "topics[2]",
            "wrong-type text",
        );
        check(json!({"by": 1}), "by", "unknown-field");
    }

    #[test]
    fn a_wrong_part_of_a_body_is_named_by_its_path() {
        let good = json!({"type": "paragraph", "content": [{"type": "text", "text": "a"}]});
        let body = |block: Value| json!({"body": {"type": "doc", "content": [good, good, block]}});
        let link = |attrs: Value| {
            body(json!({"type": "paragraph", "content": [
                {"type": "text", "text": "a", "marks": [{"type": "link", "attrs": attrs}]}]}))
        };
        let mark = "body.content[2].content[0].marks[0].attrs";
        let refused = |href: &str| link(json!({ "href": href }));
        check(json!({"body": "<p>x</p>"}), "body", "wrong-type object");
        check(json!({"body": {}}), "body.type", "missing");
        check(body(json!({})), "body.content[2].type", "missing");
        check(body(json!(7)), "body.content[2]", "wrong-type object");
        check(
            body(json!({"type": "paragraph", "attrs": {"dir": "up"}})),
            "body.content[2].attrs.dir",
            "not-a-choice ltr, rtl",
        );
        check(
            body(json!({"type": "paragraph", "text": "a"})),
            "body.content[2].text",
            "unknown-field",
        );
        check(
            body(json!({"type": "heading"})),
            "body.content[2].attrs",
            "missing",
        );
        check(
            refused("javascript:alert(1)"),
            &format!("{mark}.href"),
            "not-an-address",
        );
        check(link(json!({})), &format!("{mark}.href"), "missing");
        let script = body(json!({"type": "script"}));
        let refusal = refusal::<Form>(&script, "");
        assert!(refusal.is_some(), "{script}");
    }

    #[test]
    fn an_unknown_kind_of_block_is_told_which_there_are() {
        let doc = json!({"type": "doc", "content": [{"type": "script"}]});
        let refusal = refusal::<Document>(&doc, "body").unwrap();
        assert_eq!(refusal.field.as_deref(), Some("body.content[0].type"));
        assert!(
            refusal.facts[0].1.starts_with("paragraph, heading, "),
            "{refusal}"
        );
    }

    #[test]
    fn what_is_missing_is_missing_where_it_belongs() {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Pair {
            class: Access,
            text: Vec<Pair>,
        }
        let field = |value: Value| {
            let read = serde_json::from_value::<Pair>(value.clone());
            assert!(read.is_err_and(|error| error.to_string().starts_with("missing")));
            let refusal = refusal_by(&value, "", &|value| {
                let read = serde_json::from_value::<Pair>(value.clone());
                let read = read.map(|pair| (pair.class as u8, pair.text.len()));
                read.err().map(|error| error.to_string())
            });
            refusal.unwrap().field.unwrap().into_owned()
        };
        assert_eq!(field(json!({"class": "open"})), "text");
        let inner = json!({"class": "open", "text": [{"class": "open", "text": []}, {"text": []}]});
        assert_eq!(field(inner), "text[1].class");
    }

    #[test]
    fn a_whole_body_of_another_kind_says_so() {
        assert_eq!(
            refusal::<Form>(&json!([]), "").unwrap().key,
            "not-an-object"
        );
        assert_eq!(refusal::<Form>(&json!({"headline": "a"}), ""), None);
    }
}
