//! A running story's feed: its stories and its live entries, newest first.

use axum::extract::{Path, State};
use base::{HtmlOptions, Slug};
use http::Uri;
use newsroom::{
    edition::{Edition, ListOf},
    running::{self, EntryStatus, LiveEntry, RunningStory},
};
use web::{Answer, Problem};

use super::{
    feed::{Gone, Item},
    lists::title,
    place::{Form, ITEMS, Place, author, gone, items, moved, publisher, urn},
    text::with_whole_addresses,
};
use crate::{
    Site, json_ld::headline_of, pages::running::status_key, pictures::lay_in, rows, view::Viewer,
};

/// Shows it.
pub async fn show(
    State(site): State<Site>,
    Path(slug): Path<Slug>,
    uri: Uri,
) -> Result<Answer, Problem> {
    let edition = site.edition();
    let page = format!("/running/{slug}");
    let form = Form::of(uri.path());
    let mut all = edition.furniture.running.iter();
    let Some(running) = all.find(|one| one.slug == slug) else {
        return moved(&site, &page, form).await;
    };
    let place = Place {
        rows: [
            &rows::RUNNING_FEED,
            &rows::RUNNING_ATOM,
            &rows::RUNNING_JSON,
        ],
        id: Some(urn(running.id)),
        title: title(&site, &running.name),
        description: running.summary.first().cloned(),
        language: running.language.clone(),
        page,
        key: format!("run-{}", running.id),
    };
    let gather = gather(&site, &edition, running);
    place.answer(&site, &edition, form, gather).await
}

/// One page of entries is as many as a feed has items, so the newest of both are among these.
async fn gather(
    site: &Site,
    edition: &Edition,
    running: &RunningStory,
) -> Result<(Vec<Item>, Vec<Gone>), Problem> {
    let mut entries = running::entries(&site.db, running.id, 0).await?;
    lay_in(site, entries.iter_mut().map(|entry| &mut entry.body)).await?;
    let (stories, _) = edition.list(&ListOf::Running(running.id), 0, ITEMS);
    let mut all = items(site, edition, &stories).await?;
    let (withdrawn, shown): (Vec<_>, Vec<_>) = entries
        .iter()
        .partition(|entry| entry.status == EntryStatus::Withdrawn);
    let language = &running.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    all.extend(shown.into_iter().map(|entry| item(&viewer, running, entry)));
    all.sort_by_key(|item| std::cmp::Reverse(item.published));
    all.truncate(ITEMS);
    let withdrawn = withdrawn.into_iter().map(|entry| gone(entry.id, entry.at));
    Ok((all, withdrawn.collect()))
}

/// A live entry; anybody may read all of it. How sure we are stands among what it is about.
fn item(viewer: &Viewer<'_>, running: &RunningStory, entry: &LiveEntry) -> Item {
    let site = viewer.site;
    let page = site.absolute(&format!("/running/{}", running.slug));
    let html = HtmlOptions::default().write(&entry.body.content);
    let named = entry.byline.as_deref().map(|name| author(viewer, name));
    let is_plain = entry.status == EntryStatus::Reported;
    let status = (!is_plain).then(|| viewer.say(status_key(entry.status)));
    Item {
        id: urn(entry.id),
        url: format!("{page}#e{}", entry.id),
        title: headline_of(entry),
        summary: None,
        html: Some(with_whole_addresses(&html, &site.identity.url, &page)),
        published: entry.at,
        updated: entry.at,
        authors: vec![named.unwrap_or_else(|| publisher(site))],
        about: std::iter::once(running.name.clone())
            .chain(status)
            .collect(),
        language: running.language.clone(),
        picture: None,
        source: None,
    }
}
