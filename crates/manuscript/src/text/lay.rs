//! Writing a tree into the shared text.

use std::{collections::HashMap, sync::Arc};

use base::Document;
use serde_json::Value;
use yrs::{
    Any, Doc, Text as _, Transact, TransactionMut, Xml, XmlElementPrelim, XmlFragment,
    XmlFragmentRef, XmlTextPrelim, types::Attrs,
};

use super::{
    json::{items, members, to_editor},
    read,
};

/// Makes the text say what the document says, leaving alone the blocks that are alike at its beginning and
/// its end. Says whether there was anything to do.
pub(super) fn lay(doc: &Doc, fragment: &XmlFragmentRef, document: &Document) -> bool {
    let wanted =
        serde_json::to_value(document).unwrap_or_else(|_| unreachable!("a body is a tree"));
    let wanted = to_editor(&wanted["content"]);
    let mut tx = doc.transact_mut();
    let there = read::blocks(&tx, fragment);
    let wanted_as_read: Vec<Value> = wanted.iter().map(as_read).collect();
    let same = |(one, other): &(&Value, &Value)| one == other;
    let head = there.iter().zip(&wanted_as_read).take_while(same).count();
    let room = there.len().min(wanted.len()) - head;
    let backwards = there.iter().rev().zip(wanted_as_read.iter().rev());
    let tail = backwards.take(room).take_while(same).count();
    let (gone, new) = (
        there.len() - head - tail,
        &wanted[head..wanted.len() - tail],
    );
    if gone == 0 && new.is_empty() {
        return false;
    }
    if gone > 0 {
        fragment.remove_range(&mut tx, head as u32, gone as u32);
    }
    for (nth, block) in new.iter().enumerate() {
        insert(&mut tx, fragment, (head + nth) as u32, block);
    }
    true
}

/// Puts a block into the text before the one that is there now.
pub(super) fn insert<P: XmlFragment>(
    tx: &mut TransactionMut<'_>,
    parent: &P,
    at: u32,
    node: &Value,
) {
    let tag = node["type"].as_str().unwrap_or_default();
    let element = parent.insert(tx, at, XmlElementPrelim::empty(tag));
    for (name, value) in members(&node["attrs"]) {
        if !value.is_null() {
            element.insert_attribute(tx, name.as_str(), any(value));
        }
    }
    let mut nth = 0;
    let mut pieces = items(&node["content"]).iter().peekable();
    while let Some(piece) = pieces.next() {
        if piece["type"] != "text" {
            insert(tx, &element, nth, piece);
            nth += 1;
            continue;
        }
        let text = element.insert(tx, nth, XmlTextPrelim::new(""));
        nth += 1;
        let mut length = 0;
        let mut piece = piece;
        loop {
            let words = piece["text"].as_str().unwrap_or_default();
            text.insert_with_attributes(tx, length, words, formats(piece));
            length += words.encode_utf16().count() as u32;
            match pieces.next_if(|next| next["type"] == "text") {
                Some(next) => piece = next,
                None => break,
            }
        }
    }
}

fn formats(piece: &Value) -> Attrs {
    let mark = |mark: &Value| {
        let attrs = members(&mark["attrs"]).map(|(name, value)| (name.clone(), any(value)));
        let attrs: HashMap<String, Any> = attrs.collect();
        let name: Arc<str> = mark["type"].as_str().unwrap_or_default().into();
        (name, Any::from(attrs))
    };
    items(&piece["marks"]).iter().map(mark).collect()
}

fn any(value: &Value) -> Any {
    match value {
        Value::Null => Any::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().map_or_else(
            || Any::from(number.as_f64().unwrap_or_default()),
            |whole| Any::from(whole),
        ),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => Any::Array(items.iter().map(any).collect()),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (name.clone(), any(value)));
            Any::from(members.collect::<HashMap<String, Any>>())
        }
    }
}

/// The same block as it will be read back, so that the two can be compared.
fn as_read(block: &Value) -> Value {
    let doc = super::Text::empty().doc;
    let fragment = doc.get_or_insert_xml_fragment(super::FRAGMENT);
    insert(&mut doc.transact_mut(), &fragment, 0, block);
    let mut read = read::blocks(&doc.transact(), &fragment);
    read.remove(0)
}
