//! The names of feeds' elements: namespaces by one agreed prefix each, and what may be passed over.

/// Namespaces without their scheme and last slash, in lower case, with the prefix they have here.
/// An empty prefix is RSS, whose later versions have no namespace at all.
const NAMESPACES: [(&str, &str); 26] = [
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("channel.netscape.com/rdf/simple/0.9", ""),
    ("backend.userland.com/rss2", ""),
    ("www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("www.w3.org/2005/atom", "atom"),
    ("purl.org/atom/ns#", "atom"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements/1.1", "dc"),
    ("purl.org/dc/elements/1.0", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("www.w3.org/1999/xhtml", "html"),
    ("purl.org/syndication/history/1.0", "fh"),
    ("rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("purl.org/rss/1.0/modules/slash", "slash"),
    ("wellformedweb.org/commentapi", "wfw"),
    ("purl.org/syndication/thread/1.0", "thr"),
    ("webns.net/mvcb", "admin"),
    ("www.w3.org/2007/app", "app"),
    ("purl.org/atom/app#", "app"),
    ("a9.com/-/spec/opensearch/1.1", "opensearch"),
    ("podcastindex.org/namespace/1.0", "podcast"),
    ("www.google.com/schemas/play-podcasts/1.0", "googleplay"),
];

/// What says nothing of a story, by its agreed name; a name that ends with a colon stands for all of
/// its namespace. `docs/operations/commands.md` shows this list.
const PASSED_OVER: [&str; 13] = [
    "sy:",
    "slash:",
    "wfw:",
    "thr:",
    "opensearch:",
    "feedburner:",
    "fh:",
    "app:edited",
    "atom:contributor",
    "comments",
    "rdf:",
    "media:rating",
    "media:hash",
];

/// What a feed says of itself and no story needs.
const OF_THE_FEED: [&str; 33] = [
    "docs",
    "ttl",
    "cloud",
    "rating",
    "skipHours",
    "skipDays",
    "textInput",
    "textinput",
    "image",
    "items",
    "category",
    "copyright",
    "generator",
    "pubDate",
    "lastBuildDate",
    "webMaster",
    "managingEditor",
    "dc:rights",
    "dc:date",
    "dc:publisher",
    "dcterms:modified",
    "atom:category",
    "atom:generator",
    "atom:icon",
    "atom:logo",
    "atom:rights",
    "atom:updated",
    "atom:modified",
    "admin:",
    "itunes:",
    "googleplay:",
    "podcast:",
    "media:",
];

/// The agreed prefix of a namespace, where it is known.
pub(super) fn prefix_of(namespace: &str) -> Option<&'static str> {
    let place = namespace.trim().to_ascii_lowercase();
    let place = place
        .split_once("://")
        .map_or(place.as_str(), |(_, rest)| rest);
    let place = place.trim_end_matches('/');
    NAMESPACES
        .iter()
        .find(|(known, _)| *known == place)
        .map(|(_, prefix)| *prefix)
}

/// Whether an element within an item may be passed over without a word.
pub(super) fn is_passed_over(name: &str) -> bool {
    is_in(&PASSED_OVER, name)
}

/// Whether an element beside the items may be passed over without a word.
pub(super) fn is_of_the_feed(name: &str) -> bool {
    is_in(&OF_THE_FEED, name) || is_in(&PASSED_OVER, name)
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|known| match known.ends_with(':') {
        true => name.starts_with(known),
        false => name == *known,
    })
}

/// Whether an element within an item is for players of podcasts: kept beside the story without a word.
pub(super) fn is_for_players(name: &str) -> bool {
    is_in(&["itunes:", "googleplay:", "podcast:"], name)
}

/// The name as the feed writes it.
pub(super) fn shown(name: &str) -> &str {
    name.trim_start_matches('~')
}
