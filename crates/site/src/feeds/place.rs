//! Where a feed stands: which page it follows, in which form, and how it is answered and kept.

use std::future::Future;

use base::{Instant, Language};
use http::header;
use newsroom::{
    edition::{Edition, Published},
    reading::{self, Elsewhere},
    story::list::{self, Told},
};
use web::{Answer, Effort, Kind, Page, Problem, Row};

use super::{
    atom,
    feed::{Author, Feed, Gone, Item, Shown, Source},
    hub, json, rss,
    text::{Text, with_whole_addresses},
};
use crate::{
    Site,
    frame::FeedLink,
    json_ld,
    kept::{KeptPage, Stamp},
    pictures, rows,
    view::Viewer,
};

/// Items in one feed.
pub(super) const ITEMS: usize = 50;

/// A form that feeds are written in; its number is the row's place among a feed's three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Rss,
    Atom,
    Json,
}

/// The forms with the last part of a feed's address and the type its link names.
const FORMS: [(Form, &str, &str); 3] = [
    (Form::Rss, "feed.xml", "application/rss+xml"),
    (Form::Atom, "atom.xml", "application/atom+xml"),
    (Form::Json, "feed.json", "application/feed+json"),
];

impl Form {
    /// Whether a feed's address ends so.
    pub(super) fn is_file(name: &str) -> bool {
        FORMS.iter().any(|(_, file, _)| *file == name)
    }

    /// The form that an address of a feed asks for.
    pub(super) fn of(path: &str) -> Self {
        let named = FORMS.iter().find(|(_, file, _)| path.ends_with(file));
        named.map_or(Self::Rss, |(form, ..)| *form)
    }

    /// The address in this form of the feed that follows this page.
    pub(super) fn beside(self, page: &str) -> String {
        address(page, FORMS[self as usize].1)
    }
}

fn address(page: &str, file: &str) -> String {
    format!("{}/{file}", page.trim_end_matches('/'))
}

/// Links to the feed of a page, in every form.
pub(crate) fn links(title: &str, page: &str) -> Vec<FeedLink> {
    let link = |(_, file, kind): &(Form, &str, &'static str)| FeedLink {
        title: title.into(),
        url: address(page, file),
        kind,
    };
    FORMS.iter().map(link).collect()
}

/// A feed's own page, and what the feed says of itself.
pub(super) struct Place {
    /// A row for each form.
    pub rows: [&'static Row; 3],
    /// What it is known by for good; its page's address when there is nothing better.
    pub id: Option<String>,
    pub title: String,
    pub description: Option<String>,
    pub language: Language,
    /// The path of the page it follows.
    pub page: String,
    /// By what caches are told to forget it.
    pub key: String,
}

impl Place {
    /// The feed in a form, made once for each edition; `items` must come from the same one.
    pub(super) async fn answer(
        &self,
        site: &Site,
        edition: &Edition,
        form: Form,
        items: impl Future<Output = Result<(Vec<Item>, Vec<Gone>), Problem>>,
    ) -> Result<Answer, Problem> {
        let path = form.beside(&self.page);
        let make = async {
            let (items, mut gone) = items.await?;
            if form == Form::Atom {
                gone.extend(withdrawn(site, edition).await?);
            }
            Ok(self.page(site, edition, form, (items, gone)))
        };
        let page = site.kept.page(&path, edition, make).await?;
        Ok(Answer::page(page).with_header(header::LINK, hub::link(site, &path)?))
    }

    fn page(
        &self,
        site: &Site,
        edition: &Edition,
        form: Form,
        (items, gone): (Vec<Item>, Vec<Gone>),
    ) -> KeptPage {
        let feed = self.feed(site, form, (items, gone));
        let (kind, body) = match form {
            Form::Rss => (Kind::Rss, rss::write(&feed)),
            Form::Atom => (Kind::Atom, atom::write(&feed)),
            Form::Json => (Kind::JsonFeed, json::write(&feed)),
        };
        // The moment it was made, and not that of the newest item: that one goes back when a story is taken
        // back or closed, and whoever asks by it would keep what they have.
        let page = Page::new(self.rows[form as usize], kind, body, Effort::Keep)
            .with_surrogate_keys(["feed", &self.key])
            .with_last_modified(site.clock.now())
            .shared();
        KeptPage {
            page,
            stamp: Stamp::Edition(edition.number),
        }
    }

    fn feed(&self, site: &Site, form: Form, (items, gone): (Vec<Item>, Vec<Gone>)) -> Feed {
        let home = site.absolute(&self.page);
        Feed {
            id: self.id.clone().unwrap_or_else(|| home.clone()),
            title: self.title.clone(),
            description: self
                .description
                .clone()
                .unwrap_or_else(|| self.title.clone()),
            language: self.language.clone(),
            publisher: publisher(site),
            home,
            own: site.absolute(&form.beside(&self.page)),
            hub: site.absolute(rows::HUB.path),
            items,
            gone,
        }
    }
}

/// A feed's address may be an old one that leads on; else the feed of a page that has moved is beside it there.
pub(super) async fn moved(site: &Site, page: &str, form: Form) -> Result<Answer, Problem> {
    if let Some(Elsewhere::MovedTo(to)) = reading::elsewhere(&site.db, &form.beside(page)).await? {
        return Answer::moved_page(&to);
    }
    match reading::elsewhere(&site.db, page).await? {
        Some(Elsewhere::MovedTo(to)) => Answer::moved_page(&form.beside(&to)),
        _ => Err(Problem::absent()),
    }
}

/// Stories of this list, as items.
pub(super) async fn items(
    site: &Site,
    edition: &Edition,
    stories: &[&std::sync::Arc<Published>],
) -> Result<Vec<Item>, Problem> {
    let mut items = Vec::with_capacity(stories.len());
    for story in stories {
        items.push(item(site, edition, story).await?);
    }
    Ok(items)
}

/// A story, as far as anybody reads it.
pub(crate) async fn item(
    site: &Site,
    edition: &Edition,
    story: &Published,
) -> Result<Item, Problem> {
    let text = site.texts.of(site, edition, story).await?;
    let card = &story.card;
    let url = site.absolute(&story.path);
    let language = &card.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let mut html = with_whole_addresses(&text.html, &site.identity.url, &url);
    if text.goes_on {
        let (url, words) = (base::html::text(&url), viewer.say("feed-goes-on"));
        html.push_str(&format!(
            "<p><a href=\"{url}\">{}</a></p>\n",
            base::html::text(&words)
        ));
    }
    let section = card.section.and_then(|id| edition.section(id));
    let section = section.map(|section| section.name.clone());
    Ok(Item {
        id: urn(story.id),
        title: card.headline.clone(),
        summary: card.deck.clone(),
        html: Some(html),
        published: story.first_at,
        updated: story.changed_at.max(story.first_at),
        authors: card
            .bylines
            .iter()
            .map(|one| author(&viewer, &one.name))
            .collect(),
        about: section
            .into_iter()
            .chain(card.topics.iter().map(|name| viewer.topic_name(name)))
            .collect(),
        language: language.clone(),
        picture: card.picture.as_ref().map(|picture| shown(site, picture)),
        source: source(site, &text),
        url,
    })
}

/// A name, with the page of whoever writes here.
pub(super) fn author(viewer: &Viewer<'_>, name: &str) -> Author {
    Author {
        name: name.into(),
        url: viewer
            .author_url(name)
            .map(|path| viewer.site.absolute(&path)),
    }
}

/// The newsroom itself, which speaks where nobody is named.
pub(super) fn publisher(site: &Site) -> Author {
    Author {
        name: site.identity.name.clone(),
        url: Some(site.absolute("/")),
    }
}

/// What an item is known by for good (RFC 9562 section 4).
pub(super) fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

fn shown(site: &Site, picture: &base::document::Picture) -> Shown {
    let one = pictures::shared(site, picture);
    Shown {
        url: json_ld::whole(site, &one.src),
        alt: picture.alt.clone(),
        credit: picture.credit.clone(),
        width: one.width,
        height: one.height,
    }
}

/// The outlet at a story's first address, unless that is ours: as the source note calls it, where the note says
/// “Outlet: address” as an import with a credit writes it, else by the name of its site.
fn source(site: &Site, text: &Text) -> Option<Source> {
    let first = text.first_at.as_deref()?;
    let host = host_of(first)?;
    if Some(host) == host_of(&site.identity.url) {
        return None;
    }
    let note = text.source_note.as_deref();
    let named = note.and_then(|note| note.strip_suffix(first)?.strip_suffix(": "));
    let named = named.filter(|name| !name.is_empty());
    Some(Source {
        name: named
            .unwrap_or(host.strip_prefix("www.").unwrap_or(host))
            .into(),
        url: first.into(),
    })
}

fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

/// Stories lately taken back. Which lists one stood in is no longer known; a tombstone in a list where it
/// never stood says nothing to anybody (RFC 6721 section 3).
async fn withdrawn(site: &Site, edition: &Edition) -> Result<Vec<Gone>, Problem> {
    let (lines, _) = list::corrections(&site.db, ITEMS as u32, 0).await?;
    let is_gone = |told: &Told| matches!(told, Told::Withdrawn(_));
    let lines = lines.into_iter().filter(|line| is_gone(&line.told));
    let lines = lines.filter(|line| edition.story(line.story).is_none());
    Ok(lines.map(|line| gone(line.story, line.at)).collect())
}

/// A tombstone.
pub(super) fn gone(id: impl std::fmt::Display, at: Instant) -> Gone {
    Gone { id: urn(id), at }
}
