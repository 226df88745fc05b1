//! The three generations read alike, nothing is lost on the way out again, and what is wrong is named.

use std::{fs, path::PathBuf};

use newsroom::story::Fields;
use serde_json::{Map, Value, json};

use super::{
    KEPT, item, read, read_folder,
    upgrade::upgrade,
    write::{Around, Said, again, sorted},
};
use crate::{
    incoming::{Incoming, IncomingState, IncomingStory, Unread, sorted::warnings},
    margin::Margin,
};

/// A folder that is gone when the test is over.
struct Wire(PathBuf);

impl Wire {
    fn of(files: &[(&str, &Value)]) -> Self {
        let folder = std::env::temp_dir().join(format!("ninjs-{}", base::Id::<()>::fresh()));
        fs::create_dir(&folder).unwrap();
        for (name, items) in files {
            fs::write(folder.join(name), items.to_string()).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn stories(items: &Value) -> Result<Vec<IncomingStory>, Unread> {
    let wire = Wire::of(&[("wire.json", items)]);
    let mut found = Vec::new();
    read(&wire.0.join("wire.json"), &mut |piece| {
        if let Incoming::Story(story) = piece {
            found.push(*story);
        }
        Ok(())
    })?;
    Ok(found)
}

fn of_each_generation() -> [Value; 3] {
    let first = json!({"uri": "urn:x:1", "type": "text", "versioncreated": "2026-11-01T08:00:00Z",
        "headline": "The bridge reopens", "body_text": "At noon.", "byline": "Ada Byron",
        "subject": [{"name": "Bridges", "scheme": "http://cv.example/t/", "code": "b"}], "urgency": 3,
        "embargoed": "2026-11-02T08:00:00Z", "x_desk": {"deep": [1, null]}});
    let second = json!({"uri": "urn:x:1", "type": "text", "versioncreated": "2026-11-01T08:00:00Z",
        "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "The bridge reopens"}],
        "bodies": [{"value": "At noon."}], "by": "Ada Byron", "embargoed": "2026-11-02T08:00:00Z",
        "subjects": [{"name": "Bridges", "uri": "http://cv.example/t/b"}], "urgency": 3, "x_desk": true});
    let mut third = second.clone();
    third["versionCreated"] = third["versioncreated"].take();
    third["embargoedUntil"] = third["embargoed"].take();
    for name in ["versioncreated", "embargoed"] {
        third.as_object_mut().unwrap().remove(name);
    }
    [first, second, third]
}

#[test]
fn the_three_generations_say_the_same() {
    for document in of_each_generation() {
        let story = stories(&document).unwrap().remove(0);
        assert_eq!(story.source_key, "urn:x:1");
        assert_eq!(story.headline, "The bridge reopens");
        assert_eq!(story.body.to_text().trim(), "At noon.");
        assert_eq!(story.bylines[0].name, "Ada Byron");
        assert_eq!(
            (story.topics.join(""), story.urgency),
            ("Bridges".into(), Some(3))
        );
        assert!(story.modified.is_some() && story.embargo.is_some());
        assert_eq!(story.kept[KEPT]["x_desk"], document["x_desk"]);
        assert_eq!(
            story.kept[KEPT]["subjects"][0]["uri"],
            "http://cv.example/t/b"
        );
    }
}

/// What a newsroom says of a story that came so, when an editor made `change` to it.
fn out(document: &Value, change: fn(&mut Fields)) -> Value {
    let came = upgrade(document.as_object().unwrap());
    let (story, _) = item::read(&came, "", &mut Margin::new("ninjs")).unwrap();
    let then = Fields {
        headline: story.headline,
        deck: story.deck,
        topics: story.topics,
        urgency: story.urgency.unwrap_or(5),
        body: story.body,
        ..Fields::default()
    };
    let mut now = then.clone();
    change(&mut now);
    let said = |fields: &Fields| -> Map<String, Value> {
        let written = base::HtmlOptions::default().write_apart(&fields.body.content);
        let said = Said {
            uri: "urn:uuid:1".into(),
            version: 2,
            status: "withheld",
            fields,
            html: Some(written.html),
            whole: true,
            path: None,
            first: None,
            changed: Some("2026-11-03T08:00:00Z".parse().unwrap()),
            notes: &[],
            pictures: Vec::new(),
            for_desk: true,
        };
        said.document(&Around::default())
    };
    Value::Object(again(&came, &said(&then), &said(&now)))
}

#[test]
fn what_nobody_changed_goes_out_as_it_came_in_unknown_fields_and_all() {
    let [first, second, third] = of_each_generation();
    assert_eq!(out(&third, |_| ()), third);
    for document in [first, second] {
        let upgraded = Value::Object(upgrade(document.as_object().unwrap()));
        let once = out(&document, |_| ());
        assert_eq!(once, upgraded);
        assert_eq!(once["x_desk"], document["x_desk"]);
        assert_eq!(out(&once, |_| ()).to_string(), once.to_string());
    }
}

#[test]
fn what_an_editor_changed_goes_out_changed_beside_the_sources_own_words() {
    let [_, _, third] = of_each_generation();
    let changed = out(&third, |fields| {
        fields.headline = "The bridge is open".into();
        fields.topics.push("Traffic".into());
    });
    let headlines = json!([{"role": "main", "value": "The bridge is open"}, {"role": "short", "value": "Bridge"}]);
    assert_eq!(changed["headlines"], headlines);
    let subjects =
        json!([{"name": "Bridges", "uri": "http://cv.example/t/b"}, {"name": "Traffic"}]);
    assert_eq!(changed["subjects"], subjects);
    assert_eq!(changed["bodies"], third["bodies"]);
    assert_eq!(changed["versionCreated"], "2026-11-03T08:00:00Z");
}

#[test]
fn equal_documents_are_equal_bytes_whatever_order_they_were_kept_in() {
    let one = json!({"b": [{"d": 1, "c": 2}], "a": null});
    let other = json!({"a": null, "b": [{"c": 2, "d": 1}]});
    let bytes =
        |value: Value| Value::Object(sorted(value.as_object().unwrap().clone())).to_string();
    assert_eq!(bytes(one), bytes(other));
}

#[test]
fn wire_copy_waits_for_the_desk_and_cancelled_copy_is_called_off() {
    #[track_caller]
    fn check(status: &str, expected: IncomingState) {
        let item = json!({"uri": "urn:x:1", "headline": "A", "pubstatus": status});
        assert_eq!(stories(&item).unwrap()[0].state, expected);
    }
    check("usable", IncomingState::Draft);
    check("withheld", IncomingState::Draft);
    check("canceled", IncomingState::Canceled);
}

#[test]
fn the_body_is_found_in_whatever_form_it_comes() {
    #[track_caller]
    fn check(bodies: Value, expected: &str) {
        let item = json!({"uri": "urn:x:1", "headlines": [{"value": "A"}], "bodies": bodies,
            "descriptions": [{"role": "text", "value": "Only described."}]});
        let story = stories(&item).unwrap().remove(0);
        assert_eq!(story.body.to_text().trim(), expected);
        let is_described = expected == "Only described.";
        assert_eq!(story.deck.is_none(), is_described, "{expected}");
    }
    let nitf = "<?xml version=\"1.0\"?><nitf><body><body.head><hedline/></body.head>\
        <body.content><p>In <em>XML</em>.</p></body.content></body></nitf>";
    let plain = json!({"role": "main", "value": "Plain."});
    check(
        json!([plain, {"contentType": "text/html", "value": "<p>Marked up.</p>"}]),
        "Marked up.",
    );
    check(
        json!([{"role": "nitf", "contentType": "application/xml", "value": nitf}]),
        "In XML.",
    );
    check(json!([plain]), "Plain.");
    check(
        json!([{"role": "nitf", "value": "<?xml version=\"1.0\"?><nitf><p>cut"}, plain]),
        "Plain.",
    );
    check(json!([]), "Only described.");
}

#[test]
fn of_many_versions_the_latest_comes_in_and_a_broken_file_is_left_out() {
    let version = |number: u8| json!({"uri": "urn:x:1", "version": number.to_string(), "headline": number.to_string()});
    let wire = Wire::of(&[
        ("1.json", &version(9)),
        ("2.json", &version(10)),
        ("3.json", &json!({"headline": "A"})),
        ("4.json", &version(8)),
    ]);
    let mut pieces = Vec::new();
    let summary = read_folder(&wire.0, &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    let summary = summary.unwrap();
    assert_eq!(
        (summary.stories, summary.left_out[crate::folder::LEFT_OUT]),
        (1, 1)
    );
    let stories = crate::incoming::sorted::stories(&pieces);
    assert_eq!(stories[0].headline, "10");
    let told = warnings(&pieces);
    assert!(told.contains("3.json | the file | item 1: uri:"), "{told}");
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
        json!({"uri": "a", "headlines": [{"value": 5}]}),
        "headlines: each entry has a text",
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
