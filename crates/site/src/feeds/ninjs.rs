//! `GET /{year}/{month}/{slug}/ninjs.json`: a public story as a document of ninjs 3.1 (IPTC).
//!
//! Made of what the page's own handler has for anybody: the card, and as much of the body as `visible_body` gives
//! the public. What only the desk knows (slugline, urgency, embargo) is not in it, nor anything that an import kept.

use std::sync::Arc;

use axum::extract::{Path, State};
use interchange::ninjs::write::{Around, Said};
use newsroom::{
    edition::{Edition, Published},
    reading::{self, Elsewhere},
    visible::{Viewer, Visible, visible_body},
};
use serde_json::Value;
use web::{Answer, Effort, Kind, Page, Problem};

use super::text::with_whole_addresses;
use crate::{Site, address::Dated, frame::FeedLink, kept::KeptPage, pages::elsewhere, rows};

/// The last part of its address, behind the story's.
const FILE: &str = "ninjs.json";

/// The story's document. One that has moved leads on, one that was taken back says so.
pub async fn show(State(site): State<Site>, Path(address): Path<Dated>) -> Result<Answer, Problem> {
    let page = address.path();
    let edition = site.edition();
    let Some(story) = edition.at(&page).cloned() else {
        return match reading::elsewhere(&site.db, &page).await? {
            Some(Elsewhere::MovedTo(to)) => Answer::moved_page(&beside(&to)),
            _ => elsewhere::lead_on(&site, &page, &rows::STORY_NINJS).await,
        };
    };
    let make = async { kept(&site, &edition, &story).await };
    Ok(site.kept.page(&beside(&page), &edition, make).await?.into())
}

/// By which the page of a story says where its document is.
pub(crate) fn link(site: &Site, story: &Published) -> FeedLink {
    FeedLink {
        title: "ninjs".into(),
        url: site.absolute(&beside(&story.path)),
        kind: "application/json",
    }
}

fn beside(page: &str) -> String {
    format!("{page}/{FILE}")
}

async fn kept(site: &Site, edition: &Edition, story: &Arc<Published>) -> Result<KeptPage, Problem> {
    let body = document(site, edition, story).await?.to_string();
    let page = Page::new(
        &rows::STORY_NINJS,
        Kind::Json,
        body.into_bytes(),
        Effort::Keep,
    );
    Ok(KeptPage::of_story(page, edition, story))
}

async fn document(site: &Site, edition: &Edition, story: &Published) -> Result<Value, Problem> {
    let copy = reading::copy(&site.db, story.id, story.revision, &site.media).await?;
    let access = edition.access(&story.card);
    let (text, whole) = match visible_body(&copy.body, story.id, access, Viewer::Public) {
        Visible::Whole {
            opening,
            rest,
            footnotes,
        } => (opening + &rest + &list(&footnotes.html()), true),
        Visible::Opening { opening, footnotes } => {
            let notes = footnotes.of_opening().html();
            (opening + &list(&notes), !copy.body.has_rest())
        }
    };
    let said = Said {
        uri: super::place::urn(story.id),
        version: story.revision,
        status: "usable",
        fields: &copy.fields,
        html: Some(with_whole_addresses(
            &text,
            &site.identity.url,
            &site.absolute(&story.path),
        )),
        whole,
        path: Some(&story.path),
        first: Some(story.first_at),
        changed: Some(story.changed_at),
        notes: &copy.notes,
        pictures: story.card.picture.iter().collect(),
        for_desk: false,
    };
    Ok(Value::Object(said.document(&around(site, edition, story))))
}

fn list(notes: &str) -> String {
    match notes.is_empty() {
        true => String::new(),
        false => format!("<ol>{notes}</ol>"),
    }
}

fn around(site: &Site, edition: &Edition, story: &Published) -> Around {
    let section = story.card.section.and_then(|id| edition.section(id));
    let trust = edition.furniture.trust.iter();
    Around {
        root: site.identity.url.clone(),
        publisher: site.identity.name.clone(),
        section: section.map(|one| (one.name.clone(), one.slug.to_string())),
        trust: trust
            .map(|page| (page.slug.to_string(), page.title.clone()))
            .collect(),
    }
}
