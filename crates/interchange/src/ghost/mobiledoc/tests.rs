//! What Mobiledoc becomes.

use base::{Direction, document::HtmlOptions};
use serde_json::{Value, json};

use super::*;
use crate::{address::Addresses, margin::Margin};

fn written(body: &str) -> (Result<(), String>, String, Vec<String>) {
    let mut margin = Margin::new("ghost");
    let addresses = Addresses::default();
    let mut pen = Pen::new(&addresses, &mut margin, Direction::Ltr);
    let end = write(body, &mut pen);
    let document = pen.finish();
    assert!(document.refusals().is_empty(), "{body}");
    let html = HtmlOptions::default().write(&document.content);
    let told = margin.into_warnings("here").map(|warning| warning.what);
    (end, html.replace('\n', ""), told.collect())
}

#[track_caller]
fn check(sections: Value, expected: &str) {
    let body = json!({
        "version": "0.3.1",
        "markups": [["strong"], ["a", ["href", "https://herald.test/x"]], ["em"], ["span"], ["a", ["href", "javascript:alert(1)"]]],
        "atoms": [["soft-return", "", {}], ["mention", "@ada", {}]],
        "cards": [["hr", {}], ["card-markdown", {"markdown": "*m*"}]],
        "sections": sections,
    });
    let (end, html, _) = written(&body.to_string());
    assert_eq!(end, Ok(()));
    assert_eq!(html, expected, "{body}");
}

#[test]
fn sections_markups_and_atoms_become_the_tree() {
    check(
        json!([[
            1,
            "p",
            [
                [0, [0, 2], 1, "a"],
                [0, [], 1, "b"],
                [1, [], 0, 0],
                [0, [1], 1, "<c>"]
            ]
        ]]),
        "<p><strong><em>a</em></strong><strong>b</strong><br><a href=\"https://herald.test/x\" \
         rel=\"noopener\">&lt;c&gt;</a></p>",
    );
    check(json!([[1, "h3", [[0, [], 0, "H"]]]]), "<h3>H</h3>");
    check(
        json!([[1, "blockquote", [[0, [], 0, "Q"]]]]),
        "<blockquote class=\"quote\"><p>Q</p></blockquote>",
    );
    check(
        json!([[1, "aside", [[0, [], 0, "Q"]]]]),
        "<aside class=\"pull-quote\"><p>Q</p></aside>",
    );
    check(
        json!([[3, "ol", [[[0, [], 0, "a"]], [[0, [0], 0, "left open"]]]]]),
        "<ol><li>a</li><li><strong>left open</strong></li></ol>",
    );
    check(
        json!([[2, "/content/images/a.jpg"]]),
        "<figure class=\"picture\"><img src=\"/content/images/a.jpg\" alt=\"\" loading=\"lazy\" decoding=\"async\"></figure>",
    );
    check(json!([[10, 0], [10, 1]]), "<hr><p><em>m</em></p>");
}

#[test]
fn what_is_not_known_is_taken_as_text_or_kept_and_told() {
    check(
        json!([[1, "p", [[0, [3], 1, "words"], [1, [], 0, 1]]]]),
        "<p>words@ada</p>",
    );
    check(json!([[1, "p", [[0, [99], 1, "words"]]]]), "<p>words</p>");
    check(
        json!([[1, "marquee", [[0, [], 0, "words"]]]]),
        "<p>words</p>",
    );
    check(json!([[10, 99], [7, "x"], "no section"]), "");
    let body = json!({"version": "0.3.2", "markups": [["span"]], "atoms": [["mention", "@ada", {}]],
        "cards": [], "sections": [[1, "p", [[0, [0], 1, "w"], [1, [], 0, 0]]], [10, 99], [7]]});
    let (_, _, told) = written(&body.to_string());
    assert_eq!(told, ["markup span", "atom mention", "card", "section"]);
}

#[test]
fn v_33_no_script_address_comes_out_of_a_markup() {
    check(json!([[1, "p", [[0, [4], 1, "press"]]]]), "<p>press</p>");
}

#[test]
fn what_is_no_mobiledoc_is_said_to_be_none() {
    for (body, why) in [
        ("{", "no JSON"),
        ("[]", "version"),
        ("{\"version\":\"0.2.0\",\"sections\":[]}", "0.2.0"),
        ("{\"version\":\"0.3.1\"}", "sections"),
    ] {
        let (end, html, _) = written(body);
        assert!(end.unwrap_err().contains(why), "{body}");
        assert_eq!(html, "");
    }
}
