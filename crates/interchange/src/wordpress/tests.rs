//! Whole exports, good and damaged.

use super::*;
use crate::incoming::{
    Stop,
    sorted::{stories, warnings},
};

const HERALD: &str = include_str!("../../tests/fixtures/herald.xml");

/// Everything an export brings, and how its reading ended.
fn pieces(export: &str) -> (Vec<Incoming>, Result<Summary, Unread>) {
    let mut pieces = Vec::new();
    let end = read(&export.as_bytes().to_vec(), &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    (pieces, end)
}

#[test]
fn a_story_comes_with_all_that_the_export_says_of_it() {
    let (pieces, end) = pieces(HERALD);
    let summary = end.unwrap();
    assert_eq!(
        (
            summary.stories,
            summary.pages,
            summary.pictures,
            summary.people
        ),
        (3, 1, 1, 2)
    );
    let stories = stories(&pieces);
    let bridge = stories[0];
    assert_eq!(bridge.source_key, "wordpress:herald.test:12");
    assert_eq!(bridge.headline, "The bridge ’reopens’");
    assert_eq!(
        bridge.state,
        IncomingState::Published("2019-05-04T13:00:00Z".parse().unwrap())
    );
    let names: Vec<_> = bridge
        .bylines
        .iter()
        .map(|byline| byline.name.as_str())
        .collect();
    assert_eq!(names, ["Bo Lund", "Ada Brook"]);
    assert_eq!(
        (bridge.sections.join(","), bridge.topics.join(",")),
        ("city".into(), "Bridges".into())
    );
    assert_eq!(
        bridge.old_addresses,
        ["/2019/05/bridge/", "/?p=12", "/2019/05/the-bridge/"]
    );
    let lead = bridge.lead_picture.as_ref().unwrap();
    assert_eq!(
        (lead.alt.as_str(), lead.caption.as_deref()),
        ("Bridge at noon", Some("The bridge"))
    );
    assert_eq!(bridge.genre.as_deref(), Some("gallery"));
    assert_eq!(
        bridge.kept.get("source").and_then(|value| value.as_str()),
        Some("council")
    );
    assert!(bridge.sticky && !bridge.comments_open && bridge.comments[0].text == "Good");
    assert_eq!(bridge.deck.as_deref(), Some("After two years."));
    assert!(bridge.body.content.contains(&base::document::Block::Fold));
    assert!(
        serde_json::to_string(&bridge.body)
            .unwrap()
            .contains("/2018/01/old/")
    );
}

#[test]
fn only_what_was_public_becomes_public() {
    let (pieces, _) = pieces(HERALD);
    let stories = stories(&pieces);
    // The local time is an hour ahead of UTC on this site, as its other items tell.
    assert_eq!(
        stories[1].state,
        IncomingState::Scheduled("2030-01-01T09:00:00Z".parse().unwrap())
    );
    assert_eq!(stories[2].state, IncomingState::Private);
    assert_eq!(stories[3].state, IncomingState::Draft);
    assert!(
        !serde_json::to_string(&stories[2].body)
            .unwrap()
            .contains("secret")
    );
    let warnings = warnings(&pieces);
    for told in [
        "acme/poll",
        "[acme]",
        "password",
        "1 items of type shop_order",
        "1 items of type product",
    ] {
        assert!(warnings.contains(told), "{told} in {warnings}");
    }
}

#[test]
fn reading_twice_brings_the_same() {
    assert_eq!(
        format!("{:?}", pieces(HERALD)),
        format!("{:?}", pieces(HERALD))
    );
}

#[test]
fn a_damaged_export_names_line_and_item_and_gives_what_came_before() {
    let cut = HERALD.find("<title>Locked").unwrap() + 40;
    let (pieces, end) = pieces(&HERALD[..cut]);
    let Err(Unread::Broken(broken)) = end else {
        panic!("{end:?}")
    };
    assert_eq!(broken.line, HERALD[..cut].lines().count() as u64);
    assert_eq!(broken.item.as_deref(), Some("item 3, “Locked”"));
    assert_eq!(stories(&pieces).len(), 2);
}

#[track_caller]
fn check_refused(export: &[u8], why: &str) {
    let end = read(&export.to_vec(), &mut |piece| {
        panic!("handed over {piece:?}")
    });
    let error = end.unwrap_err().to_string();
    assert!(error.contains(why), "{error}");
}

#[test]
fn what_is_no_export_is_refused_with_what_it_looks_like() {
    check_refused(b"", "empty");
    check_refused(b"PK\x03\x04rest", "zip");
    check_refused(b"{\"db\":[]}", "JSON");
    check_refused(b"///DOTCLEAR|2", "Dotclear");
    check_refused(
        b"<rss><channel><generator>Medium</generator></channel></rss>",
        "made by Medium",
    );
    check_refused(b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "Atom");
    check_refused(b"<!DOCTYPE html><html></html>", "web page");
    check_refused(b"\xff\xfe<\x00", "UTF-16");
}

#[test]
fn v_36_nothing_is_asked_of_an_outside_entitys_server() {
    let canary = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let place = canary.local_addr().unwrap();
    for declared in [
        format!("<!DOCTYPE rss SYSTEM \"http://{place}/dtd\">"),
        format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"http://{place}/x\">]>"),
        format!("<!DOCTYPE rss [<!ENTITY % x SYSTEM \"http://{place}/x\"> %x;]>"),
    ] {
        let export = HERALD.replacen("<rss", &format!("{declared}<rss"), 1);
        check_refused(export.as_bytes(), "DOCTYPE");
    }
    assert!(canary.accept().is_err());
}

#[test]
fn v_36_documents_that_declare_entities_are_refused() {
    let laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    let outside =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
    for hostile in [laughs, outside] {
        let export = HERALD.replacen("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>", hostile, 1);
        check_refused(export.as_bytes(), "DOCTYPE");
    }
    // Hidden behind the first item, it ends the reading there.
    let late = HERALD.replacen("<item>", "<!DOCTYPE x [<!ENTITY a \"b\">]><item>", 1);
    assert!(matches!(pieces(&late).1, Err(Unread::Broken(_))));
}

#[test]
fn bad_letters_and_an_unknown_version_are_told_and_read() {
    let export = HERALD.replace(">1.2</wp:wxr_version>", ">9</wp:wxr_version>");
    let mut bytes = export.into_bytes();
    let at = bytes
        .windows(5)
        .position(|window| window == b"Later")
        .unwrap();
    bytes[at] = 0xff;
    let mut found = Vec::new();
    read(&bytes, &mut |piece| {
        found.push(piece);
        Ok(())
    })
    .unwrap();
    let warnings = warnings(&found);
    assert!(
        warnings.contains("version “9”") && warnings.contains("broken UTF-8"),
        "{warnings}"
    );
    assert_eq!(stories(&found)[1].headline, "\u{fffd}ater");
}

#[test]
fn a_packed_export_is_read_and_a_receiver_can_stop() {
    let mut packed = Vec::new();
    io::Read::read_to_end(
        &mut flate2::bufread::GzEncoder::new(HERALD.as_bytes(), flate2::Compression::fast()),
        &mut packed,
    )
    .unwrap();
    let mut count = 0;
    let end = read(&packed, &mut |_| {
        count += 1;
        if count == 3 {
            Err(Stop("enough".into()))
        } else {
            Ok(())
        }
    });
    assert_eq!(end, Err(Unread::Stopped(Stop("enough".into()))));
}
