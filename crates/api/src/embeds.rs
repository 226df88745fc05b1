//! `POST /embeds`: a card of something elsewhere, for the body of a story.
//!
//! Somebody on the staff gave the address; it is fetched by the guard all the same, and so is the place
//! of its oEmbed, which the page itself names. HTML that its provider offers is kept for a frame on another origin,
//! where one is set, and the embed names it by its hash; it is in no answer of ours.

use axum::extract::State;
use base::{
    Refusal,
    document::{EmbedAttrs, EmbedFrame, Href},
};
use courier::Unfetched;
use http::StatusCode;
use interchange::{
    card::{self, Card, Offer},
    embeds,
};
use newsroom::frame;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::{Answer, Problem};

use crate::{Api, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    url: String,
}

#[derive(Debug, Serialize)]
struct Found {
    embed: Value,
    author: Option<String>,
    description: Option<String>,
    picture: Option<String>,
    frame_url: Option<String>,
    dropped_html: bool,
}

/// Looks, and answers with what was found. Nothing is kept but what its provider offers for a frame.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    let refused = |why: String| Refusal::on("url", "embed-not-fetched").with("why", why);
    let href = asked.url.parse::<Href>();
    let url = href.map_err(|error| refused(error.to_string()))?;
    let found = look(&api, &asked.url).await;
    let found = found.map_err(|unfetched| refused(unfetched.to_string()))?;
    let frame = match &found.offer {
        Some(offer) => kept(&api, offer, &asked.url).await?,
        None => None,
    };
    let attrs = EmbedAttrs {
        url,
        provider: found.provider.or_else(|| embeds::provider(&asked.url)),
        title: found.title,
        caption: None,
        frame,
    };
    let shown = frame.zip(api.frame_origin.as_ref());
    let found = Found {
        embed: json!({"type": "embed", "attrs": attrs}),
        author: found.author,
        description: found.description,
        picture: found.picture,
        frame_url: shown.map(|(frame, origin)| format!("{origin}/_frame/{}", frame.name())),
        dropped_html: found.dropped_html || (found.offer.is_some() && frame.is_none()),
    };
    Answer::json(StatusCode::OK, &found)
}

/// What an embed names of an offer, once it is kept; nothing where frames are not shown, or it is too long for one.
async fn kept(api: &Api, offer: &Offer, address: &str) -> Result<Option<EmbedFrame>, Problem> {
    if api.frame_origin.is_none() {
        return Ok(None);
    }
    let hash = frame::keep(&api.db, &offer.html, address, api.clock.now()).await?;
    Ok(hash.map(|hash| EmbedFrame {
        hash,
        width: offer.width,
        height: offer.height,
    }))
}

/// The provider's word where it is one we know; else the page's, and its provider's where it names one.
async fn look(api: &Api, url: &str) -> Result<Card, Unfetched> {
    if let Some(place) = card::endpoint(url)
        && let Some(card) = oembed(api, &place).await?
    {
        return Ok(card);
    }
    let page = api.fetcher.get(url).await?;
    if page.status != 200 {
        return Ok(Card::default());
    }
    let html = String::from_utf8_lossy(&page.body);
    let (card, place) = card::of_page(&html, &page.url);
    let said = match place {
        // A page that names a place which cannot be reached has still spoken for itself.
        Some(place) => oembed(api, &place).await.unwrap_or_default(),
        None => None,
    };
    Ok(said.unwrap_or_default().or(card))
}

async fn oembed(api: &Api, place: &str) -> Result<Option<Card>, Unfetched> {
    let answer = api.fetcher.get(place).await?;
    Ok((answer.status == 200)
        .then(|| card::of_oembed(&answer.body))
        .flatten())
}
