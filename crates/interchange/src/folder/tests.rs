//! A folder of our own, read from end to end.

use super::*;
use crate::incoming::{IncomingState, IncomingStory};

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
fn an_archive_of_markdown_becomes_stories() {
    let (pieces, summary) = pieces();
    assert_eq!(
        (summary.stories, summary.running, summary.people),
        (2, 1, 2)
    );
    let stories: Vec<&IncomingStory> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Incoming::Story(story) => Some(story.as_ref()),
            _ => None,
        })
        .collect();
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
    let second = stories[1];
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
    let (pieces, _) = pieces();
    let warnings: Vec<String> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Incoming::Warning(warning) => Some(format!(
                "{} {}: {}",
                warning.place, warning.what, warning.why
            )),
            _ => None,
        })
        .collect();
    let warnings = warnings.join("\n");
    assert!(
        warnings.contains("notes.md notes.md: the file has no front matter"),
        "{warnings}"
    );
    assert!(warnings.contains("acme"), "{warnings}");
}
