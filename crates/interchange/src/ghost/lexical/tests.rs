//! What nodes of Lexical become.

use base::document::HtmlOptions;
use serde_json::{Value, json};

use super::*;
use crate::{address::Addresses, margin::Margin};

fn written(body: &str, direction: Direction) -> (Result<(), String>, String, Vec<String>) {
    let mut margin = Margin::new("ghost");
    let addresses = Addresses::default();
    let mut pen = Pen::new(&addresses, &mut margin, direction);
    let end = write(body, &mut pen);
    let document = pen.finish();
    assert!(document.refusals().is_empty(), "{body}");
    let html = HtmlOptions::default().write(&document.content);
    let told = margin.into_warnings("here").map(|warning| warning.what);
    (end, html.replace('\n', ""), told.collect())
}

#[track_caller]
fn check(nodes: Value, expected: &str) -> Vec<String> {
    let body = json!({"root": {"type": "root", "children": nodes}}).to_string();
    let (end, html, told) = written(&body, Direction::Ltr);
    assert_eq!(end, Ok(()));
    assert_eq!(html, expected, "{body}");
    told
}

fn text(words: &str, format: u64) -> Value {
    json!({"type": "extended-text", "text": words, "format": format})
}

#[test]
fn bits_of_a_format_become_marks() {
    for (format, expected) in [
        (0, "<p>a</p>"),
        (1, "<p><strong>a</strong></p>"),
        (3, "<p><strong><em>a</em></strong></p>"),
        (4, "<p><s>a</s></p>"),
        (16, "<p><code>a</code></p>"),
        (32, "<p><sub>a</sub></p>"),
        (64, "<p><sup>a</sup></p>"),
        (8 + 128, "<p>a</p>"),
    ] {
        check(
            json!([{"type": "paragraph", "children": [text("a", format)]}]),
            expected,
        );
    }
    let told = check(
        json!([{"type": "paragraph", "children": [text("a", 512)]}]),
        "<p>a</p>",
    );
    assert_eq!(told, ["format 512"]);
}

#[test]
fn nodes_of_text_become_the_tree() {
    let line = json!([text("a", 0), {"type": "linebreak"}, {"type": "tab"}, text("<b>", 0)]);
    check(
        json!([{"type": "paragraph", "children": line}]),
        "<p>a<br>&lt;b&gt;</p>",
    );
    check(
        json!([{"type": "extended-heading", "tag": "h1", "children": [text("a", 0)]},
               {"type": "heading", "tag": "h4", "children": [text("b", 0)]}]),
        "<h2>a</h2><h4>b</h4>",
    );
    check(
        json!([{"type": "extended-quote", "children": [text("a", 0)]},
               {"type": "quote", "children": [text("b", 0)]},
               {"type": "aside", "children": [text("c", 0)]}]),
        "<blockquote class=\"quote\"><p>a</p></blockquote><blockquote class=\"quote\"><p>b</p></blockquote>\
         <aside class=\"pull-quote\"><p>c</p></aside>",
    );
    for kind in ["link", "autolink", "at-link"] {
        check(
            json!([{"type": "paragraph", "children": [{"type": kind, "url": "/old/",
                "children": [{"type": "zwnj"}, text("a", 1)]}]}]),
            "<p><a href=\"/old/\"><strong>a</strong></a></p>",
        );
    }
    check(
        json!([text("stray", 0), text(" line", 1)]),
        "<p>stray<strong> line</strong></p>",
    );
}

#[test]
fn lists_keep_their_numbers_their_ticks_and_what_is_within_them() {
    let item = |children: Value| json!({"type": "listitem", "children": children});
    let inner =
        json!({"type": "list", "listType": "bullet", "children": [item(json!([text("b", 0)]))]});
    check(
        json!([{"type": "list", "listType": "number", "start": 3,
            "children": [item(json!([text("a", 0)])), item(json!([inner])), item(json!([text("c", 0)]))]}]),
        "<ol start=\"3\"><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol>",
    );
    check(
        json!([{"type": "list", "listType": "check", "children": [
            {"type": "listitem", "checked": true, "children": [text("a", 0)]},
            {"type": "listitem", "children": [text("b", 0)]}]}]),
        "<ul><li>☑ a</li><li>☐ b</li></ul>",
    );
    check(
        json!([{"type": "list", "listType": "bullet", "children": []}]),
        "",
    );
}

#[test]
fn only_a_direction_that_differs_from_the_story_is_kept() {
    let body = json!({"root": {"children": [
        {"type": "paragraph", "direction": "rtl", "children": [text("א", 0)]},
        {"type": "paragraph", "direction": "ltr", "children": [text("a", 0)]}]}});
    let (_, html, _) = written(&body.to_string(), Direction::Ltr);
    assert_eq!(html, "<p dir=\"rtl\">א</p><p>a</p>");
    let (_, html, _) = written(&body.to_string(), Direction::Rtl);
    assert_eq!(html, "<p>א</p><p dir=\"ltr\">a</p>");
}

#[test]
fn a_card_within_a_line_stands_behind_it_and_a_strange_node_gives_its_text() {
    check(
        json!([{"type": "paragraph", "children": [text("a", 0), {"type": "horizontalrule"}, text("b", 0)]}]),
        "<p>ab</p><hr>",
    );
    let told = check(
        json!([{"type": "layout", "children": [text("a", 0)]}]),
        "<p>a</p>",
    );
    assert_eq!(told, ["layout"]);
    let told = check(json!([{"type": "acme-poll", "poll": 7}, {}]), "");
    assert_eq!(told, ["acme-poll", "a node without a type"]);
}

#[test]
fn v_33_no_script_address_comes_out_of_a_link() {
    let told = check(
        json!([{"type": "paragraph", "children": [
            {"type": "link", "url": "jAvA\tscript:alert(1)", "children": [text("press", 0)]}]}]),
        "<p>press</p>",
    );
    assert_eq!(told.len(), 1);
}

#[test]
fn what_is_no_lexical_is_said_to_be_none() {
    for body in ["{", "[]", "{\"root\":{}}", "{\"root\":{\"children\":{}}}"] {
        let (end, html, _) = written(body, Direction::Ltr);
        assert!(end.is_err() && html.is_empty(), "{body}");
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(written(&deep, Direction::Ltr).0.is_err());
}
