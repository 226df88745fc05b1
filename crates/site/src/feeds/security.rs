//! `GET /.well-known/security.txt` (RFC 9116): where a hole in the site's security is told.

use axum::extract::State;
use base::Instant;
use jiff::{ToSpan, tz::TimeZone};
use web::{Answer, Effort, Kind, Page, Problem};

use crate::{Identity, Site, rows};

/// How long what is said here holds, in days: under a year, as RFC 9116 section 2.5.5 asks. The text is
/// made anew with each request, so it never runs out while the site is served.
const HOLDS_DAYS: i64 = 180;

/// Shows whom to tell; a newsroom that has set no contact has no such file.
pub async fn show(State(site): State<Site>) -> Result<Answer, Problem> {
    let contact = site.identity.security_contact.as_deref();
    let contact = contact.ok_or_else(Problem::absent)?;
    let text = text(contact, &site.identity, site.clock.now());
    Ok(Page::new(&rows::SECURITY, Kind::Text, text, Effort::None).into())
}

/// The fields. It expires at the beginning of a day, so that the same bytes are sent all day.
fn text(contact: &str, identity: &Identity, now: Instant) -> String {
    let today = now.to_zoned(TimeZone::UTC).date();
    let expires = today.saturating_add(HOLDS_DAYS.days());
    let language = identity.language.tag();
    let mut text = format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: {language}\n"
    );
    // Section 2.5.2 asks for https; a site on this machine alone has no address to name.
    if identity.url.starts_with("https://") {
        let url = &identity.url;
        text.push_str(&format!("Canonical: {url}/.well-known/security.txt\n"));
    }
    text
}
