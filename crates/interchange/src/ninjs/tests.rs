//! The three generations read alike, nothing is lost, and what is wrong is named.

use serde_json::{Value, json};

use super::{Generation, KEPT, read};
use crate::incoming::{Incoming, IncomingState, IncomingStory, Unread};

fn stories(item: &Value) -> Result<Vec<IncomingStory>, Unread> {
    let mut found = Vec::new();
    read(item.to_string().as_bytes(), &mut |piece| {
        if let Incoming::Story(story) = piece {
            found.push(*story);
        }
        Ok(())
    })?;
    Ok(found)
}

fn of_each_generation() -> [(Generation, Value); 3] {
    let first = json!({"uri": "urn:x:1", "type": "text", "versioncreated": "2026-11-01T08:00:00Z",
        "headline": "The bridge reopens", "body_text": "At noon.", "byline": "Ada Byron",
        "subject": [{"name": "Bridges"}], "urgency": 3, "x_desk": {"deep": [1, null]}});
    let second = json!({"uri": "urn:x:1", "type": "text", "versioncreated": "2026-11-01T08:00:00Z",
        "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "The bridge reopens"}],
        "bodies": [{"value": "At noon."}], "by": "Ada Byron",
        "subjects": [{"name": "Bridges"}], "urgency": 3, "x_desk": true});
    let mut third = second.clone();
    third["versionCreated"] = third["versioncreated"].take();
    [
        (Generation::First, first),
        (Generation::Second, second),
        (Generation::Third, third),
    ]
}

#[test]
fn the_three_generations_say_the_same_and_lose_nothing() {
    for (generation, item) in of_each_generation() {
        assert_eq!(Generation::of(item.as_object().unwrap()), generation);
        let story = stories(&item).unwrap().remove(0);
        assert_eq!(story.source_key, "urn:x:1");
        assert_eq!(story.headline, "The bridge reopens");
        assert_eq!(story.body.to_text().trim(), "At noon.");
        assert_eq!(story.bylines[0].name, "Ada Byron");
        assert_eq!(
            (story.topics.join(""), story.urgency),
            ("Bridges".into(), Some(3))
        );
        assert!(story.modified.is_some());
        assert_eq!(story.kept[KEPT], item);
    }
}

#[test]
fn wire_copy_waits_for_the_desk_and_cancelled_copy_is_thrown_away() {
    #[track_caller]
    fn check(status: &str, expected: IncomingState) {
        let item = json!({"uri": "urn:x:1", "headline": "A", "pubstatus": status});
        assert_eq!(stories(&item).unwrap()[0].state, expected);
    }
    check("usable", IncomingState::Draft);
    check("withheld", IncomingState::Private);
    check("canceled", IncomingState::Trashed);
}

#[test]
fn what_is_wrong_is_named_by_item_field_and_rule() {
    #[track_caller]
    fn check(item: Value, expected: &str) {
        let why = stories(&item).unwrap_err().to_string();
        assert!(why.contains(expected), "{why}");
    }
    check(json!({"headline": "A"}), "item 1: uri:");
    check(
        json!([{"uri": "a"}, {"uri": "b", "urgency": 12}]),
        "item 2: urgency: 12",
    );
    check(
        json!({"uri": "a", "headline": 5}),
        "headline: it must be a text",
    );
    check(
        json!({"uri": "a", "versioncreated": "soon"}),
        "“soon” is no date",
    );
    check(
        json!({"uri": "a", "pubStatus": "lost"}),
        "pubStatus: “lost”",
    );
    check(json!([7]), "a JSON object");
}
