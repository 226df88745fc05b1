//! A news item reads as a draft with its codes kept, and what is hostile or no news is refused by name.

use std::{fs, path::PathBuf};

use super::*;
use crate::incoming::{
    IncomingState,
    sorted::{stories, warnings},
};

fn pieces(xml: &str) -> Result<Vec<Incoming>, Unread> {
    let path: PathBuf =
        std::env::temp_dir().join(format!("newsml-{}.xml", base::Id::<()>::fresh()));
    fs::write(&path, xml).unwrap();
    let mut pieces = Vec::new();
    let read = read(&path, &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    let _ = fs::remove_file(&path);
    read.map(|_| pieces)
}

fn item(meta: &str, content: &str) -> String {
    format!(
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1' version='3' xml:lang='fr'>\
         <rightsInfo><copyrightHolder><name>Agency</name></copyrightHolder></rightsInfo>\
         <itemMeta><itemClass qcode='ninat:text'/><versionCreated>2026-11-01T08:00:00Z</versionCreated>{meta}</itemMeta>\
         <contentMeta><urgency>2</urgency><located qcode='c:1'><name>Brest</name></located>\
         <by>Ada Byron</by><subject qcode='medtop:04'><name>Trade</name></subject>\
         <subject type='cpnat:person' qcode='p:1'><name>Grace</name></subject>\
         <subject qcode='medtop:05'/><slugline>port-strike</slugline><headline>The port\n strikes</headline></contentMeta>\
         <contentSet>{content}</contentSet><x:own xmlns:x='urn:own'>kept</x:own></newsItem>"
    )
}

const NITF: &str = "<inlineXML contenttype='application/nitf+xml'><nitf><body><body.head><hedline><hl1>No</hl1></hedline>\
    </body.head><body.content><p>Since <chron>noon</chron>.</p></body.content></body></nitf></inlineXML>";

#[test]
fn a_news_item_is_a_draft_with_everything_it_says() {
    let meta = "<pubStatus qcode='stat:usable'/><embargoed>2026-11-02T08:00:00+01:00</embargoed>";
    let xml = item(meta, NITF);
    let pieces = pieces(&xml).unwrap();
    let story = stories(&pieces)[0];
    assert_eq!(
        (story.headline.as_str(), story.source_key.as_str()),
        ("The port strikes", "urn:x:1")
    );
    assert_eq!(story.body.to_text().trim(), "Since noon.");
    assert_eq!(
        (story.topics.join(""), story.people.join("")),
        ("Trade".into(), "Grace".into())
    );
    assert_eq!(
        (story.dateline.as_deref(), story.urgency),
        (Some("Brest"), Some(2))
    );
    assert_eq!(story.bylines[0].name, "Ada Byron");
    assert_eq!(story.source_note.as_deref(), Some("Agency"));
    assert!(story.embargo.is_some() && story.state == IncomingState::Draft);
    assert_eq!(story.issue.unwrap().number, Some(3));
    assert_eq!(story.language.as_ref().unwrap().tag(), "fr");
    assert_eq!(story.kept[SOURCE], serde_json::json!(xml));
    assert_eq!(story.kept["subjects"][2], "medtop:05");
}

#[test]
fn a_message_brings_its_items_and_names_what_is_no_news() {
    let photo = "<remoteContent contenttype='image/jpeg' width='10' href='https://a.example/s.jpg'/>\
        <remoteContent contenttype='image/jpeg' width='900' href='https://a.example/l.jpg'/>";
    let message = format!(
        "<newsMessage><itemSet>{}<conceptItem guid='c'/>{}</itemSet></newsMessage>",
        item(
            "",
            "<inlineData contenttype='text/plain'>One.\n\nTwo.</inlineData>"
        ),
        item("<pubStatus qcode='stat:canceled'/>", photo).replace("urn:x:1", "urn:x:2"),
    );
    let pieces = pieces(&message).unwrap();
    let both = stories(&pieces);
    assert_eq!(
        both[0].body.to_text().trim().replace("\n\n", "\n"),
        "One.\nTwo."
    );
    assert_eq!(both[1].state, IncomingState::Canceled);
    let lead = both[1].lead_picture.as_ref().unwrap();
    assert_eq!(lead.src.as_str(), "https://a.example/l.jpg");
    assert_eq!(lead.credit.as_deref(), Some("Agency"));
    assert!(warnings(&pieces).contains("conceptItem | it is no news"));
}

#[test]
fn v_36_what_is_hostile_broken_or_no_news_is_refused_by_name() {
    #[track_caller]
    fn check(xml: &str, expected: &str) {
        let why = pieces(xml).unwrap_err().to_string();
        assert!(why.contains(expected), "{why}");
    }
    check(
        "<!DOCTYPE newsItem [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><newsItem>&x;</newsItem>",
        "document type",
    );
    check("<newsItem guid='a'>\n<itemMeta>", "line 2");
    check(&"<a>".repeat(200), "deep");
    check("<planningItem guid='a'/>", "it is a planningItem");
    check("<NewsML/>", "NewsML 1");
    check("<newsItem/>", "guid:");
    check(
        &item("<pubStatus qcode='stat:lost'/>", ""),
        "pubStatus: “stat:lost”",
    );
    check(
        &item("<embargoed>soon</embargoed>", ""),
        "embargoed: “soon”",
    );
}
