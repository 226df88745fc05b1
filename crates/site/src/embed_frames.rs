//! `GET /_frame/{hash}`: what a provider offers for an embed, on the origin that serves this and nothing else.
//!
//! It is the provider's HTML as it came, in a page of nothing, and nothing of ours is within its reach: the origin has
//! no cookie, no session and no other page (PROOFS A-21). On the site's own host the address is not there.

use axum::extract::{Path, State};
use base::{Language, document::Frames};
use http::{HeaderName, HeaderValue};
use newsroom::frame;
use store::shelf::Hash;
use web::{Answer, Effort, Kind, Page, Problem};

use crate::{Site, rows};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Before the provider's HTML. A player that is alone fills its frame, whatever size it was asked for with.
const BEFORE: &str = "<!doctype html><html><head><meta charset=\"utf-8\">\
                      <meta name=\"viewport\" content=\"width=device-width\">\
                      <meta name=\"robots\" content=\"noindex\"><style>html,body{height:100%;margin:0}\
                      body>iframe:only-child{display:block;width:100%;height:100%;border:0}</style></head><body>";

/// Shows a frame. It is the same for everybody and for ever.
pub async fn show(State(site): State<Site>, Path(hash): Path<String>) -> Result<Answer, Problem> {
    let hash: Hash = hash.parse().map_err(|_| Problem::absent())?;
    let html = frame::html(&site.db, hash).await?;
    let html = html.ok_or_else(Problem::absent)?;
    let page = format!("{BEFORE}{html}");
    let page = Page::new(&rows::FRAME, Kind::Html, page, Effort::Once);
    Ok(Answer::page(page).with_header(ROBOTS, HeaderValue::from_static("noindex")))
}

/// How a page in this language offers frames; nothing where they are not shown.
pub(crate) fn offered(site: &Site, language: &Language) -> Option<Frames> {
    let origin = site.frame_origin.as_ref()?;
    let (folder, _) = rows::FRAME.path.split_once('{')?;
    let say = |key: &str| site.words.say(language, key, &[]);
    Some(Frames {
        at: format!("{origin}{folder}"),
        show: say("embed-show"),
        close: say("embed-close"),
        note: say("embed-note"),
    })
}
