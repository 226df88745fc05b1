//! Every address a reader can open, on one sheet.

use crate::{Site, embed_frames, fediverse, feeds, gate, oembed, pages, pictures, share, theme};

use syndication::fediverse::LARGEST_ACTIVITY;

/// The largest request to follow a feed, in bytes: two addresses, percent-coded, and a secret.
pub const HUB_BODY: usize = 16 * 1024;

web::doors! {
    /// The reader's doors.
    pub fn doors() -> Doors<Site>;

    FRONT: Get "/" => pages::front::show,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["p", "page_id", "attachment_id"];
    SECTION: Get "/section/{slug}" => pages::list::section,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    TOPIC: Get "/topic/{slug}" => pages::list::topic,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    AUTHOR: Get "/author/{slug}" => pages::list::author,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    RUNNING: Get "/running/{slug}" => pages::running::show,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    ARCHIVE: Get "/archive" => pages::archive::show,
        who: Anyone, cache: Page, rate: READING, gate: Open;
    MONTH: Get "/{year}/{month}" => pages::archive::month,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    STORY: Get "/{year}/{month}/{slug}" => pages::story::show,
        who: Anyone, cache: Page, rate: READING, gate: Shell;
    STANDING_PAGE: Get "/pages/{slug}" => pages::story::show_page,
        who: Anyone, cache: Page, rate: READING, gate: Open;
    FULL: Get "/{year}/{month}/{slug}/full" => gate::full,
        who: Anyone, cache: Personal, rate: GATE, gate: Gated;
    STORY_NINJS: Get "/{year}/{month}/{slug}/ninjs.json" => feeds::ninjs::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    GATE: Get "/_gate/{story}/{revision}" => gate::open,
        who: Anyone, cache: Personal, rate: GATE, gate: Gated;
    PREVIEW: Get "/_preview/{story}" => pages::preview::show,
        who: Staff(SignedIn), cache: Personal, rate: READING, gate: StaffOnly, query: ["as"], shield: Preview;
    PREVIEW_FRONT: Get "/_preview/front" => pages::preview::front,
        who: Staff(SignedIn), cache: Personal, rate: READING, gate: StaffOnly, query: ["slots"], shield: Preview;
    PREVIEW_TRUST: Get "/_preview/about/{slug}" => pages::preview::trust,
        who: Staff(SignedIn), cache: Personal, rate: READING, gate: StaffOnly, shield: Preview;
    SEARCH: Get "/search" => pages::search::show,
        who: Anyone, cache: Never, rate: SEARCH, gate: Open, query: ["q", "page"];
    ORIGIN: Get "/picture/{id}" => pages::origin::show,
        who: Anyone, cache: Page, rate: READING, gate: Open;
    CORRECTIONS: Get "/corrections" => pages::corrections::show,
        who: Anyone, cache: Page, rate: READING, gate: Open, query: ["page"];
    TRUST: Get "/about/{slug}" => pages::trust::show,
        who: Anyone, cache: Page, rate: READING, gate: Open;

    FEED: Get "/feed.xml" => feeds::lists::of_site,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    ATOM: Get "/atom.xml" => feeds::lists::of_site,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    JSON: Get "/feed.json" => feeds::lists::of_site,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    SECTION_FEED: Get "/section/{slug}/feed.xml" => feeds::lists::of_section,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    SECTION_ATOM: Get "/section/{slug}/atom.xml" => feeds::lists::of_section,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    SECTION_JSON: Get "/section/{slug}/feed.json" => feeds::lists::of_section,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    TOPIC_FEED: Get "/topic/{slug}/feed.xml" => feeds::lists::of_topic,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    TOPIC_ATOM: Get "/topic/{slug}/atom.xml" => feeds::lists::of_topic,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    TOPIC_JSON: Get "/topic/{slug}/feed.json" => feeds::lists::of_topic,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    AUTHOR_FEED: Get "/author/{slug}/feed.xml" => feeds::lists::of_author,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    AUTHOR_ATOM: Get "/author/{slug}/atom.xml" => feeds::lists::of_author,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    AUTHOR_JSON: Get "/author/{slug}/feed.json" => feeds::lists::of_author,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    RUNNING_FEED: Get "/running/{slug}/feed.xml" => feeds::running::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    RUNNING_ATOM: Get "/running/{slug}/atom.xml" => feeds::running::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    RUNNING_JSON: Get "/running/{slug}/feed.json" => feeds::running::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    CORRECTIONS_FEED: Get "/corrections/feed.xml" => feeds::corrections::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    CORRECTIONS_ATOM: Get "/corrections/atom.xml" => feeds::corrections::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    CORRECTIONS_JSON: Get "/corrections/feed.json" => feeds::corrections::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    HUB: Post "/hub" => feeds::hub::ask,
        who: Anyone, cache: Never, rate: FOLLOWING, gate: Open, body_limit: HUB_BODY;
    OEMBED: Get "/oembed" => oembed::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open,
        query: ["url", "format", "maxwidth", "maxheight"];

    WEBFINGER: Get "/.well-known/webfinger" => fediverse::discovery::webfinger,
        who: Anyone, cache: Feed, rate: READING, gate: Open, query: ["resource", "rel"];
    HOST_META: Get "/.well-known/host-meta" => fediverse::discovery::host_meta,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    NODEINFO_LINKS: Get "/.well-known/nodeinfo" => fediverse::discovery::nodeinfo_links,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    NODEINFO: Get "/nodeinfo/2.1" => fediverse::discovery::nodeinfo,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    ACTOR: Get "/_ap/actors/{actor}" => fediverse::actor,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    OUTBOX: Get "/_ap/actors/{actor}/outbox" => fediverse::outbox::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open, query: ["page"];
    AP_FOLLOWERS: Get "/_ap/actors/{actor}/followers" => fediverse::followers,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    AP_STORY: Get "/_ap/stories/{story}" => fediverse::stories::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    INBOX: Post "/_ap/actors/{actor}/inbox" => fediverse::inbox::take,
        who: Anyone, cache: Never, rate: INBOX, gate: Open, body_limit: LARGEST_ACTIVITY;
    SHARED_INBOX: Post "/_ap/inbox" => fediverse::inbox::take,
        who: Anyone, cache: Never, rate: INBOX, gate: Open, body_limit: LARGEST_ACTIVITY;

    SITEMAPS: Get "/sitemap.xml" => feeds::sitemap::index,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    SITEMAP: Get "/sitemap/{year}/{month}" => feeds::sitemap::month,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    NEWS_SITEMAP: Get "/news-sitemap.xml" => feeds::news::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;
    ROBOTS: Get "/robots.txt" => feeds::robots::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;

    SECURITY: Get "/.well-known/security.txt" => feeds::security::show,
        who: Anyone, cache: Feed, rate: READING, gate: Open;

    ASSET: Get "/assets/{name}" => theme::asset,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, case: Exact;
    MEDIA: Get "/media/{name}" => pictures::media,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, shield: Media, case: Exact;
    FRAME: Get "/_frame/{hash}" => embed_frames::show,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, shield: Frame, case: Exact;
    SHARE: Get "/_share/{story}/{file}" => share::show,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, case: Exact;
    OLD_ADDRESS: Get "/{*path}" => pages::elsewhere::show,
        who: Anyone, cache: Page, rate: READING, gate: Open, case: Exact;
}
