//! How other servers find who can be followed: WebFinger (RFC 7033), host-meta (RFC 6415), NodeInfo 2.1.
//!
//! RFC 7033 has these be read by scripts of foreign pages, too, which nothing here is (V-20): servers ask for
//! them, and have no need of it.

use axum::extract::State;
use http::StatusCode;
use newsroom::edition::Edition;
use serde_json::{Value, json};
use syndication::fediverse::{ACTIVITY_JSON, Actor, Voice};
use web::{Answer, Effort, Kind, Page, Problem, Query, Row};

use super::{actors, voice};
use crate::{Site, feeds::Xml, rows};

/// `GET /.well-known/webfinger`: where the actor is that is called `acct:NAME@host`, or has this page or id.
pub async fn webfinger(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let voice = voice(&site)?;
    let wanted = query.get("resource");
    let wanted = wanted.ok_or_else(|| Problem::of_status(StatusCode::BAD_REQUEST))?;
    let edition = site.edition();
    let actor = found(&edition, &voice, wanted).ok_or_else(Problem::absent)?;
    let page = actors::page(&edition, actor).ok_or_else(Problem::absent)?;
    let (id, page) = (voice.id(actor), site.absolute(&crate::feeds::coded(&page)));
    let told = json!({
        "subject": format!("acct:{}", actors::handle(&edition, &voice, actor)),
        "aliases": [page, id],
        "links": [
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
            {"rel": "self", "type": ACTIVITY_JSON, "href": id},
        ],
    });
    Ok(told_to_programs(&rows::WEBFINGER, Kind::Jrd, &told))
}

/// `GET /.well-known/host-meta`: where WebFinger is, for servers that ask.
pub async fn host_meta(State(site): State<Site>) -> Result<Answer, Problem> {
    voice(&site)?;
    let namespace = [("xmlns", "http://docs.oasis-open.org/ns/xri/xrd-1.0")];
    let mut xml = Xml::begin("XRD", &namespace);
    let template = format!("{}?resource={{uri}}", site.absolute(rows::WEBFINGER.path));
    xml.empty("Link", &[("rel", "lrdd"), ("template", &template)]);
    let body = xml.end("XRD");
    Ok(Page::new(&rows::HOST_META, Kind::Xrd, body, Effort::Once).into())
}

/// `GET /.well-known/nodeinfo`: where what this server is is told.
pub async fn nodeinfo_links(State(site): State<Site>) -> Result<Answer, Problem> {
    voice(&site)?;
    let told = json!({"links": [{
        "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1",
        "href": site.absolute(rows::NODEINFO.path),
    }]});
    Ok(told_to_programs(&rows::NODEINFO_LINKS, Kind::Json, &told))
}

/// `GET /nodeinfo/2.1`: what this server is. Nobody can register, and whoever can be followed counts as one.
pub async fn nodeinfo(State(site): State<Site>) -> Result<Answer, Problem> {
    voice(&site)?;
    let edition = site.edition();
    let told = json!({
        "version": "2.1",
        "software": {"name": "dateline", "version": env!("CARGO_PKG_VERSION")},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0", "rss2.0"]},
        "openRegistrations": false,
        "usage": {
            "users": {"total": edition.furniture.sections.len() + 1},
            "localPosts": edition.len(),
        },
        "metadata": {"nodeName": site.identity.name},
    });
    Ok(told_to_programs(&rows::NODEINFO, Kind::Json, &told))
}

/// Whoever is named by an account, a page or an id.
fn found(edition: &Edition, voice: &Voice, wanted: &str) -> Option<Actor> {
    if let Some(account) = wanted.strip_prefix("acct:") {
        let (name, host) = account.trim_start_matches('@').split_once('@')?;
        let (_, own) = voice.site.split_once("://")?;
        let is_here = host.eq_ignore_ascii_case(own);
        return is_here.then(|| actors::named(edition, voice, name))?;
    }
    if let Some(actor) = voice.actor_of(wanted) {
        return Some(actor);
    }
    let path = wanted.strip_prefix(&voice.site)?.trim_end_matches('/');
    if path.is_empty() {
        return Some(Actor::Newsroom);
    }
    let slug = path.strip_prefix("/section/")?;
    let mut sections = edition.furniture.sections.iter();
    let is_it = |known: &str| known == slug || crate::feeds::coded(known) == slug;
    let section = sections.find(|section| is_it(section.slug.as_str()))?;
    Some(Actor::Section(section.id))
}

fn told_to_programs(row: &'static Row, kind: Kind, told: &Value) -> Answer {
    Page::new(row, kind, told.to_string(), Effort::Once).into()
}
