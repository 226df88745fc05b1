//! Reading the shared text as the tree of a body.

use base::Document;
use serde_json::{Map, Value, json};
use yrs::{
    Any, Out, ReadTxn, Text as _, Xml, XmlElementRef, XmlFragment, XmlFragmentRef, XmlOut,
    XmlTextRef, any::Number, types::text::YChange,
};

use super::json::{kept, to_tree};

/// The marks in the order in which the editor puts them, outermost first (`web/desk/src/body/lists.js`).
const MARKS: [&str; 8] = [
    "link",
    "isolate",
    "strong",
    "emphasis",
    "strike",
    "superscript",
    "subscript",
    "code",
];

/// The whole text. A block that the tree has no name for is kept whole, for the desk.
pub(super) fn document<T: ReadTxn>(tx: &T, fragment: &XmlFragmentRef) -> Document {
    let blocks = to_tree(blocks(tx, fragment));
    let content = blocks.into_iter().map(|block| {
        serde_json::from_value(block.clone()).unwrap_or_else(|_| {
            let unread = kept("unread", &block.to_string());
            serde_json::from_value(unread).unwrap_or_else(|_| unreachable!("a kept block is one"))
        })
    });
    Document {
        content: content.collect(),
    }
}

/// The blocks as the editor has them.
pub(super) fn blocks<T: ReadTxn>(tx: &T, fragment: &XmlFragmentRef) -> Vec<Value> {
    let mut content = Vec::new();
    for child in fragment.children(tx) {
        push(tx, &child, &mut content);
    }
    content
}

fn push<T: ReadTxn>(tx: &T, node: &XmlOut, content: &mut Vec<Value>) {
    match node {
        XmlOut::Element(element) => content.push(read_element(tx, element)),
        XmlOut::Text(text) => push_text(tx, text, content),
        XmlOut::Fragment(_) => {}
    }
}

fn read_element<T: ReadTxn>(tx: &T, element: &XmlElementRef) -> Value {
    let mut node = json!({"type": element.tag().as_ref()});
    let mut attrs = Map::new();
    for (name, value) in element.attributes(tx) {
        if let Out::Any(value) = value
            && !matches!(value, Any::Null | Any::Undefined)
        {
            attrs.insert(name.to_owned(), plain(&value));
        }
    }
    if !attrs.is_empty() {
        attrs.sort_keys();
        node["attrs"] = attrs.into();
    }
    let mut content = Vec::new();
    for child in element.children(tx) {
        push(tx, &child, &mut content);
    }
    if !content.is_empty() {
        node["content"] = content.into();
    }
    node
}

/// Text that stands side by side in the same marks is one, however many pieces it was typed in.
fn push_text<T: ReadTxn>(tx: &T, text: &XmlTextRef, content: &mut Vec<Value>) {
    for piece in text.diff(tx, YChange::identity) {
        let Out::Any(Any::String(words)) = &piece.insert else {
            continue;
        };
        let mut node = json!({"type": "text", "text": words.as_ref()});
        let marks = marks(piece.attributes.as_deref());
        if !marks.is_empty() {
            node["marks"] = marks.into();
        }
        match content.last_mut() {
            Some(last) if last["type"] == "text" && last.get("marks") == node.get("marks") => {
                let joined = format!("{}{words}", last["text"].as_str().unwrap_or_default());
                last["text"] = joined.into();
            }
            _ => content.push(node),
        }
    }
}

fn marks(formats: Option<&yrs::types::Attrs>) -> Vec<Value> {
    let Some(formats) = formats else {
        return Vec::new();
    };
    let mark = |name: &&str| {
        let attrs = formats
            .get(*name)
            .filter(|value| !matches!(value, Any::Null))?;
        let mut mark = json!({"type": name});
        match plain(attrs) {
            Value::Object(attrs) if !attrs.is_empty() => {
                let said = attrs.into_iter().filter(|(_, value)| !value.is_null());
                mark["attrs"] = said.collect::<Map<_, _>>().into();
            }
            _ => {}
        }
        Some(mark)
    };
    MARKS.iter().filter_map(mark).collect()
}

fn plain(value: &Any) -> Value {
    match value {
        Any::Null | Any::Undefined | Any::Buffer(_) => Value::Null,
        Any::Bool(value) => (*value).into(),
        Any::Number(Number::Int(value)) => (*value).into(),
        Any::Number(Number::Float(value)) => number(*value),
        Any::String(text) => text.as_ref().into(),
        Any::Array(items) => items.iter().map(plain).collect(),
        Any::Map(members) => {
            let mut members: Map<String, Value> = members
                .iter()
                .map(|(name, value)| (name.clone(), plain(value)))
                .collect();
            members.sort_keys();
            members.into()
        }
    }
}

/// Browsers have one kind of number; ours are whole where they can be.
fn number(value: f64) -> Value {
    let whole = value.fract() == 0.0 && value.abs() <= yrs::any::F64_MAX_SAFE_INTEGER;
    if whole {
        (value as i64).into()
    } else {
        value.into()
    }
}
