//! `POST /embeds`: a card of something elsewhere, for the body of a story.
//!
//! Somebody on the staff gave the address; it is fetched by the guard all the same, and so is the place
//! of its oEmbed, which the page itself names. Provider HTML is dropped: there is no frame on another
//! origin yet in which it could be shown.

use axum::extract::State;
use base::{
    Refusal,
    document::{EmbedAttrs, Href},
};
use courier::Unfetched;
use http::StatusCode;
use interchange::{
    card::{self, Card},
    embeds,
};
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
    dropped_html: bool,
}

/// Looks, and answers with what was found; nothing is kept.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    let refused = |why: String| Refusal::on("url", "embed-not-fetched").with("why", why);
    let href = asked.url.parse::<Href>();
    let url = href.map_err(|error| refused(error.to_string()))?;
    let found = look(&api, &asked.url).await;
    let found = found.map_err(|unfetched| refused(unfetched.to_string()))?;
    let attrs = EmbedAttrs {
        url,
        provider: found.provider.or_else(|| embeds::provider(&asked.url)),
        title: found.title,
        caption: None,
    };
    let found = Found {
        embed: json!({"type": "embed", "attrs": attrs}),
        author: found.author,
        description: found.description,
        picture: found.picture,
        dropped_html: found.dropped_html,
    };
    Answer::json(StatusCode::OK, &found)
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
