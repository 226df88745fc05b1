//! The table of cards in the documentation holds what the reader does, and names every card it knows.

use base::{
    Direction,
    document::{Block, HtmlOptions},
};
use serde_json::{Value, json};

use super::{ASKS, FILLED, IN_MAILS, Pen, write};
use crate::{address::Addresses, margin::Margin};

const TABLE: &str = include_str!("../../../../../docs/operations/ghost-cards.md");
/// Words that stand in every text a card may have.
const SAID: &str = "harbour";

/// A card of every kind at once: each finds its own texts in it.
fn full() -> Value {
    let url = "https://a.example/harbour.jpg";
    json!({
        "markdown": SAID, "html": format!("<p>{SAID}</p>"), "code": SAID, "caption": SAID, "alt": SAID,
        "src": url, "url": url, "href": url, "title": SAID, "fileName": SAID, "fileTitle": SAID,
        "calloutText": SAID, "heading": SAID, "content": SAID, "buttonText": SAID, "buttonUrl": url,
        "productTitle": SAID, "productDescription": SAID, "productImageSrc": url, "header": SAID, "subheader": SAID,
        "images": [{"src": url, "alt": SAID, "fileName": SAID}], "metadata": {"title": SAID, "url": url},
        "beforeImage": {"src": url}, "afterImage": {"src": url},
    })
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.trim_end_matches(" |").split_once(" | "));
    cells.filter(|(name, _)| *name != "card")
}

fn blocks(name: &str) -> Vec<Block> {
    let mut margin = Margin::new("ghost");
    let addresses = Addresses::of_site("https://herald.test");
    let mut pen = Pen::new(&addresses, &mut margin, Direction::Ltr);
    write(name, &full(), &mut pen);
    pen.finish().content
}

#[test]
fn every_card_in_the_table_is_shown_or_kept_as_it_says() {
    let mut seen = 0;
    for (name, becomes) in rows() {
        seen += 1;
        let blocks = blocks(name);
        let is_kept = |block: &Block| matches!(block, Block::Kept(_));
        match becomes.split_once(':').map(|(how, _)| how) {
            Some("kept") => assert!(
                blocks.iter().all(is_kept) && blocks.len() == 1,
                "{name}: {blocks:?}"
            ),
            Some("shown") => {
                assert!(
                    !blocks.is_empty() && !blocks.iter().all(is_kept),
                    "{name}: {blocks:?}"
                );
                let has_words = !matches!(blocks[0], Block::Divider | Block::Fold);
                let html = HtmlOptions::default().write(&blocks);
                assert_eq!(html.contains(SAID), has_words, "{name}: {html}");
            }
            _ => panic!("{name} is neither shown nor kept: {becomes}"),
        }
    }
    assert!(seen >= 29, "{seen} rows were read");
}

#[test]
fn no_card_is_missing_from_the_table_and_a_stranger_is_kept() {
    let source = include_str!("../cards.rs");
    let arms = source
        .split("match name {")
        .nth(1)
        .and_then(|rest| rest.split("_ if").next());
    let named = arms.unwrap().split('"').skip(1).step_by(2);
    let all = named
        .chain(IN_MAILS)
        .chain(ASKS)
        .chain(FILLED)
        .filter(|name| !name.starts_with("button"));
    for name in all {
        assert!(
            rows().any(|(row, _)| row == name),
            "{name} is not in the table"
        );
    }
    assert!(matches!(blocks("unheard-of").as_slice(), [Block::Kept(_)]));
}
