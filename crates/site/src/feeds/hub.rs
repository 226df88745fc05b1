//! The door of our WebSub hub: programs ask to follow a feed. What comes of it is `syndication`'s.

use axum::extract::State;
use base::{Fault, Refusal};
use http::{HeaderValue, StatusCode};
use syndication::hub::ask::{self, Asked};
use web::{Answer, Form, Problem};

use super::{copy, sitemap::coded};
use crate::{Site, rows};

/// `POST /hub`: 202, and the callback will be asked whether it wants that.
pub async fn ask(State(site): State<Site>, Form(form): Form) -> Result<Answer, Problem> {
    let said = |name| form.get(name).unwrap_or_default();
    let topic = said("hub.topic");
    if copy::as_read(&site, topic).await?.is_none() {
        return Err(Refusal::on("hub.topic", "hub-topic").into());
    }
    let asked = Asked {
        mode: said("hub.mode"),
        topic,
        callback: said("hub.callback"),
        lease_seconds: form.get("hub.lease_seconds"),
        secret: form.get("hub.secret"),
    };
    ask::ask(&site.db, asked, site.clock.now()).await?;
    Ok(Answer::empty().with_status(StatusCode::ACCEPTED))
}

/// The header by which a feed names its hub and itself (WebSub section 4). Letters beyond ASCII are
/// percent-coded.
pub(super) fn link(site: &Site, path: &str) -> Result<HeaderValue, Problem> {
    let (hub, own) = (site.absolute(rows::HUB.path), coded(&site.absolute(path)));
    let link = format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\"");
    let header = HeaderValue::try_from(link);
    Ok(header.map_err(|error| Fault::while_("naming a feed's hub", error))?)
}
