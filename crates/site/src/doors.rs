//! Every address a reader can open, on one sheet.

use crate::{Site, feeds, gate, oembed, pages, pictures, share, theme};

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
    SHARE: Get "/_share/{story}/{file}" => share::show,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, case: Exact;
    OLD_ADDRESS: Get "/{*path}" => pages::elsewhere::show,
        who: Anyone, cache: Page, rate: READING, gate: Open, case: Exact;
}
