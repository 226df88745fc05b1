//! A folder of our own, read from end to end.

use super::*;
use crate::incoming::{
    IncomingState,
    sorted::{stories, warnings},
};

fn pieces() -> (Vec<Incoming>, Summary) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/folder");
    let mut pieces = Vec::new();
    let summary = read(&root, &TimeZone::UTC, &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    (pieces, summary.unwrap())
}

#[test]
fn a_page_without_front_matter_is_taken_by_what_it_says_of_itself() {
    let (pieces, _) = pieces();
    let plain = stories(&pieces)[2];
    assert_eq!(plain.headline, "A market under glass");
    assert_eq!(plain.deck.as_deref(), Some("What the old hall holds now."));
    assert_eq!(plain.bylines[0].name, "Noa Field");
    assert_eq!(
        plain.state,
        IncomingState::Published("2018-02-03T08:00:00Z".parse().unwrap())
    );
    assert_eq!(plain.body.to_text(), "The hall has opened.");
    let told = "plain.html | front matter | there is none; taken: its text from <main>, \
                headline from <h1>, date from <meta article:published_time>";
    assert!(warnings(&pieces).contains(told), "{}", warnings(&pieces));
}

#[test]
fn a_text_that_names_no_day_is_a_draft_and_says_why() {
    let (pieces, _) = pieces();
    let notes = stories(&pieces)[1];
    assert_eq!(notes.headline, "A note on bread");
    assert_eq!(notes.body.to_text(), "The oven is warm.");
    assert_eq!(notes.state, IncomingState::Draft);
    let warnings = warnings(&pieces);
    assert!(
        warnings.contains("notes.md | date | it names no day; its file was last changed on 2"),
        "{warnings}"
    );
}

#[test]
fn an_archive_of_markdown_becomes_stories() {
    let (pieces, summary) = pieces();
    assert_eq!(
        (summary.stories, summary.running, summary.people),
        (4, 1, 3)
    );
    let stories = stories(&pieces);
    let bridge = stories[0];
    assert_eq!(bridge.headline, "The bridge & the river");
    assert_eq!(
        bridge.state,
        IncomingState::Published("2019-03-27T18:00:00Z".parse().unwrap())
    );
    assert_eq!(bridge.bylines[0].name, "Ana B. Brook");
    assert_eq!(bridge.topics, ["City council", "how we work"]);
    assert_eq!(bridge.old_addresses, ["/2019/03/27/bridge/"]);
    assert!(bridge.kept.contains_key("expirydate"));
    let body = serde_json::to_string(&bridge.body).unwrap();
    assert_eq!(body.matches("\"/second/\"").count(), 2, "{body}");
    let second = stories[3];
    assert_eq!(second.corrections[0].class, "correction");
    assert_eq!((second.urgency, second.sensitive), (Some(1), true));
    assert_eq!(second.sections, ["city"]);
}

#[test]
fn live_entries_keep_moment_flags_and_writer() {
    let (pieces, _) = pieces();
    let running = pieces.iter().find_map(|piece| match piece {
        Incoming::LiveRunning(running) => Some(running),
        _ => None,
    });
    let running = running.unwrap();
    assert_eq!(
        (running.name.as_str(), running.body.to_text().as_str()),
        ("The bridge", "Intro.")
    );
    let entry = &running.entries[0];
    assert_eq!(entry.at.to_string(), "2026-01-01T10:00:00Z");
    assert!(entry.key && entry.pinned);
    assert_eq!(
        (entry.byline.as_deref(), entry.status.as_deref()),
        (Some("Ana"), Some("confirmed"))
    );
    assert_eq!(entry.body.to_text(), "It is open.");
}

#[test]
fn what_is_not_read_is_named_with_its_reason() {
    let (pieces, summary) = pieces();
    let warnings = warnings(&pieces);
    assert!(
        warnings.contains("void.md | void.md | it is empty; left out"),
        "{warnings}"
    );
    assert!(warnings.contains("acme"), "{warnings}");
    assert_eq!(summary.left_out[LEFT_OUT], 1);
}
