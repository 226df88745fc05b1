//! Between the tree as the database keeps it and the tree as the editor has it.
//!
//! They differ in two things: the editor writes in preformatted text, which the tree keeps as one attribute,
//! and its boxes (quotes, list items, the whole) hold a paragraph where the tree's may be empty.

use serde_json::{Map, Value, json};

/// What is not read as a block is kept under this source.
const DESK: &str = "desk";

/// The blocks of a body as the editor has them. A body of nothing is an empty text: whoever writes first lays
/// its first paragraph.
pub(super) fn to_editor(blocks: &Value) -> Vec<Value> {
    items(blocks).iter().map(block_to_editor).collect()
}

/// The parts of a box, which holds a paragraph at least.
fn parts_to_editor(parts: &Value) -> Vec<Value> {
    filled(to_editor(parts))
}

/// The blocks of a body as the tree has them; empty paragraphs alone are no body.
pub(super) fn to_tree(blocks: Vec<Value>) -> Vec<Value> {
    let is_nothing =
        |block: &Value| block["type"] == "paragraph" && items(&block["content"]).is_empty();
    if blocks.iter().all(is_nothing) {
        return Vec::new();
    }
    blocks.into_iter().map(block_to_tree).collect()
}

/// A block that shows what was not understood, or would have been lost, to the desk alone.
pub(super) fn kept(name: &str, text: &str) -> Value {
    json!({"type": "kept", "attrs": {"source": DESK, "name": name, "text": text}})
}

fn block_to_editor(block: &Value) -> Value {
    let mut block = block.clone();
    match block["type"].as_str() {
        Some("preformatted") => {
            let text = block["attrs"]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            block = json!({"type": "preformatted"});
            if !text.is_empty() {
                block["content"] = json!([{"type": "text", "text": text}]);
            }
        }
        Some("quote") => block["content"] = parts_to_editor(&block["content"]).into(),
        Some("list") => {
            let parts = items(&block["content"]).iter().map(block_to_editor);
            block["content"] = parts.collect::<Vec<_>>().into();
        }
        Some("list_item") => block["content"] = parts_to_editor(&block["content"]).into(),
        _ => {}
    }
    block
}

fn block_to_tree(block: Value) -> Value {
    let mut block = block;
    match block["type"].as_str() {
        Some("preformatted") => {
            let text: String = items(&block["content"])
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect();
            json!({"type": "preformatted", "attrs": {"text": text}})
        }
        Some("quote" | "list" | "list_item" | "gallery") => {
            let parts = items(&block["content"]).iter().cloned().map(block_to_tree);
            block["content"] = parts.collect::<Vec<_>>().into();
            block
        }
        _ => block,
    }
}

fn filled(mut blocks: Vec<Value>) -> Vec<Value> {
    if blocks.is_empty() {
        blocks.push(json!({"type": "paragraph"}));
    }
    blocks
}

/// The members of an array, or none.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The members of an object, or none.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
