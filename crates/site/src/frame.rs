//! What stands around every page: masthead, navigation, footer, and the head of the document.

use base::Language;
use newsroom::Edition;
use serde::Serialize;

use crate::Site;

/// The frame, as `base.html` wants it.
#[derive(Serialize)]
pub struct Frame {
    site: SiteFrame,
    page: PageFrame,
}

#[derive(Serialize)]
struct SiteFrame {
    name: String,
    tagline: Option<String>,
    home: &'static str,
    language: String,
    direction: &'static str,
    sections: Vec<NavLink>,
    links: Vec<NavLink>,
    feed_url: &'static str,
    search_url: &'static str,
}

#[derive(Serialize)]
struct NavLink {
    name: String,
    language: String,
    direction: &'static str,
    url: String,
    current: bool,
}

/// What a page says of itself in its head.
#[derive(Clone, Debug, Serialize)]
pub struct PageFrame {
    /// Which page: `front`, `story`, `section`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Its one true address.
    pub canonical: Option<String>,
    /// Its language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whether search engines should pass it by.
    pub noindex: bool,
    /// Structured data, made safe for a script element.
    pub json_ld: Option<String>,
    /// Its own feeds, in every form.
    pub feeds: Vec<FeedLink>,
    /// What it shows of itself when shared.
    pub share: Option<Share>,
    icon_url: String,
    css_url: String,
    css_integrity: Option<String>,
    script_url: Option<String>,
    script_integrity: Option<String>,
    fonts: Vec<FontLink>,
    generator: &'static str,
}

/// A feed to follow.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub kind: &'static str,
}

/// Open Graph (ogp.me), from which cards elsewhere are made.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// `article` or `website`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The title.
    pub title: String,
    /// The description.
    pub description: Option<String>,
    /// The language, with its country where it names one: `he`, `en_GB`.
    pub locale: String,
    /// The picture.
    pub image: Option<SharePicture>,
    /// The page's whole address.
    pub url: String,
    /// What only a story has.
    pub story: Option<StoryShare>,
}

/// The picture of a shared page.
#[derive(Clone, Debug, Serialize)]
pub struct SharePicture {
    /// Its whole address.
    pub url: String,
    /// What people who cannot see it are told.
    pub alt: String,
    /// Pixels across and down, where they are known.
    pub size: Option<(u32, u32)>,
}

/// What a story says of itself when shared.
#[derive(Clone, Debug, Serialize)]
pub struct StoryShare {
    /// When it first went out, RFC 3339.
    pub published: String,
    /// When it last really changed, RFC 3339.
    pub modified: String,
    /// The section's name.
    pub section: Option<String>,
    /// Its topics by name.
    pub topics: Vec<String>,
}

impl Share {
    /// What any page shows of itself.
    pub fn of_page(page: &PageFrame) -> Self {
        Self {
            kind: "website",
            title: page.title.clone(),
            description: page.description.clone(),
            locale: page.language.replace('-', "_"),
            image: None,
            url: page.canonical.clone().unwrap_or_default(),
            story: None,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct FontLink {
    url: String,
}

impl PageFrame {
    /// A page of this kind and title in this language; the rest is filled in by the caller.
    pub fn new(site: &Site, kind: &'static str, title: String, language: &Language) -> Self {
        let file = |name: &str| site.assets.address(name).unwrap_or_default().to_string();
        Self {
            kind,
            title,
            description: None,
            canonical: None,
            language: language.tag().into(),
            direction: language.direction().attribute(),
            noindex: false,
            json_ld: None,
            feeds: Vec::new(),
            share: None,
            icon_url: file("icon.svg"),
            css_url: file("site.css"),
            css_integrity: site.assets.integrity("site.css").map(String::from),
            script_url: (kind == "story").then(|| file("site.js")),
            script_integrity: site.assets.integrity("site.js").map(String::from),
            fonts: vec![FontLink {
                url: file("fonts/serif.woff2"),
            }],
            generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Sets the one true address.
    #[must_use]
    pub fn at(mut self, site: &Site, path: &str) -> Self {
        self.canonical = Some(site.absolute(path));
        self
    }

    /// Asks search engines to pass it by.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.noindex = true;
        self
    }

    /// Sets the sentence about it.
    #[must_use]
    pub fn described(mut self, description: Option<String>) -> Self {
        self.description = description;
        self
    }
}

impl Frame {
    /// The frame of a page in this edition; `section` is the slug of the one it belongs to.
    /// A page that has an address, and that search engines may show, can be shared.
    pub fn new(site: &Site, edition: &Edition, mut page: PageFrame, section: Option<&str>) -> Self {
        if page.share.is_none() && page.canonical.is_some() && !page.noindex {
            page.share = Some(Share::of_page(&page));
        }
        Self {
            site: site_frame(site, edition, (section, &page.language)),
            page,
        }
    }

    /// Leaves the script out, for a page that is only looked at: the desk shows it in a frame that runs none.
    pub fn without_script(&mut self) {
        self.page.script_url = None;
    }
}

fn site_frame(
    site: &Site,
    edition: &Edition,
    (current, page_language): (Option<&str>, &str),
) -> SiteFrame {
    let identity = &site.identity;
    let sections = edition.furniture.sections.iter().map(|section| NavLink {
        name: section.name.clone(),
        language: section.language.tag().into(),
        direction: section.language.direction().attribute(),
        url: format!("/section/{}", section.slug),
        current: current == Some(section.slug.as_str()),
    });
    SiteFrame {
        name: identity.name.clone(),
        tagline: identity.tagline.clone(),
        home: "/",
        language: identity.language.tag().into(),
        direction: identity.language.direction().attribute(),
        sections: sections.collect(),
        links: links(site, edition, page_language),
        feed_url: "/feed.xml",
        search_url: "/search",
    }
}

/// What stands at the foot of every page: the archive and what we got wrong in the page's language, and
/// the trust pages in the site's, in which they are written.
fn links(site: &Site, edition: &Edition, page_language: &str) -> Vec<NavLink> {
    let of_site = &site.identity.language;
    let of_page = page_language.parse().unwrap_or_else(|_| of_site.clone());
    let link = |name: String, url: String, language: &Language| NavLink {
        name,
        language: language.tag().into(),
        direction: language.direction().attribute(),
        url,
        current: false,
    };
    let say = |key| site.words.say(&of_page, key, &[]);
    let archive = link(say("frame-archive"), "/archive".into(), &of_page);
    let corrections = link(say("frame-corrections"), "/corrections".into(), &of_page);
    let trust = edition.furniture.trust.iter();
    let trust =
        trust.map(|page| link(page.title.clone(), format!("/about/{}", page.slug), of_site));
    [archive, corrections].into_iter().chain(trust).collect()
}
