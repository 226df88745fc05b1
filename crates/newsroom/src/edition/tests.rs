//! The edition's rules.

use base::{Id, Slug};
use jiff::tz::TimeZone;

use super::*;
use crate::story::{Byline, Fields};

fn story(headline: &str, at: &str, topics: &[&str]) -> Published {
    let fields = Fields {
        headline: headline.into(),
        topics: topics.iter().map(|topic| topic.to_string()).collect(),
        bylines: vec![Byline {
            person_id: None,
            name: "Ada Quill".into(),
            role: None,
        }],
        ..Fields::default()
    };
    let first_at = at.parse().unwrap();
    Published {
        id: Id::fresh(),
        revision: 1,
        path: format!("/1970/04/{}", Slug::from_words(headline).unwrap()),
        card: Card::of(Kind::Story, &fields),
        first_at,
        changed_at: first_at,
        stamp: 0,
    }
}

fn headlines(edition: &Edition, of: &ListOf) -> Vec<String> {
    edition
        .list(of, 0, 10)
        .0
        .iter()
        .map(|story| story.card.headline.clone())
        .collect()
}

#[test]
fn stories_are_found_by_address_and_listed_newest_first() {
    let zone = TimeZone::get("America/Chicago").unwrap();
    let mut edition = Edition::empty(zone);
    for (headline, at) in [
        ("Second", "1970-04-12T00:00:00Z"),
        ("First", "1970-04-01T02:00:00Z"),
        ("Third", "1970-04-13T00:00:00Z"),
    ] {
        let story = story(headline, at, &["Moon"]);
        edition = edition.with_story(story.id, Some(story));
    }
    assert_eq!(
        headlines(&edition, &ListOf::Newest),
        ["Third", "Second", "First"]
    );
    assert_eq!(
        edition.at("/1970/04/second").unwrap().card.headline,
        "Second"
    );
    let moon = ListOf::Topic("moon".parse().unwrap());
    assert_eq!(headlines(&edition, &moon).len(), 3);
    let author = ListOf::Author("ada-quill".parse().unwrap());
    assert_eq!(headlines(&edition, &author).len(), 3);
    // 02:00 UTC on 1 April was still March in Chicago.
    let march = ListOf::Month(Month {
        year: 1970,
        month: 3,
    });
    assert_eq!(headlines(&edition, &march), ["First"]);
}

#[test]
fn a_change_leaves_the_edition_that_others_hold_as_it_was() {
    let before = Edition::empty(TimeZone::UTC);
    let story = story("Bridge", "1970-04-12T00:00:00Z", &["City"]);
    let id = story.id;
    let with = before.with_story(id, Some(story.clone()));
    let renamed = Published {
        path: "/1970/04/bridge-reopens".into(),
        ..story
    };
    let moved = with.with_story(id, Some(renamed));
    let without = moved.with_story(id, None);

    assert!(before.is_empty() && without.is_empty());
    assert!(with.at("/1970/04/bridge").is_some() && moved.at("/1970/04/bridge").is_none());
    assert!(moved.at("/1970/04/bridge-reopens").is_some());
    assert_eq!(moved.len(), 1);
    assert!(moved.story(id).unwrap().stamp > with.story(id).unwrap().stamp);
    assert_eq!(
        headlines(&without, &ListOf::Topic("city".parse().unwrap())).len(),
        0
    );
}

#[test]
fn a_page_knows_when_a_story_beside_it_changed_or_went() {
    let beside = story("Beside", "1970-04-12T00:00:00Z", &[]);
    let mut main = story("Main", "1970-04-13T00:00:00Z", &[]);
    main.card.related = vec![beside.id];
    let (id, beside_id) = (main.id, beside.id);
    let first = Edition::empty(TimeZone::UTC)
        .with_story(beside_id, Some(beside.clone()))
        .with_story(id, Some(main));
    let stamp = |edition: &Edition| edition.stamp_of(edition.story(id).unwrap());
    let changed = first.with_story(beside_id, Some(beside));
    let gone = changed.with_story(beside_id, None);
    let other = story("Other", "1970-04-14T00:00:00Z", &[]);
    let unrelated = first.with_story(other.id, Some(other));
    assert_ne!(stamp(&first), stamp(&changed));
    assert_ne!(stamp(&changed), stamp(&gone));
    assert_eq!(stamp(&first), stamp(&unrelated));
}
