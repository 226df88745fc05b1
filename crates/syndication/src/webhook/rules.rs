//! What no webhook may be: pure functions of values.

use base::{Refusal, Refusals};

use crate::told::Occasion;

/// Webhooks of one newsroom.
pub const WEBHOOKS_MOST: usize = 50;

/// Refuses an address that nothing could be sent to, and events that are none.
///
/// Whether the address is on the public internet is judged each time something is sent: it can change.
///
/// # Errors
/// With each reason.
pub fn refuse(url: &str, events: &[String]) -> Result<Vec<Occasion>, Refusals> {
    let mut no = Vec::new();
    if let Err(unfetched) = courier::fetch::spelling(url) {
        no.push(Refusal::on("url", "not-an-address-to-send-to").with("why", unfetched));
    }
    if events.is_empty() {
        no.push(Refusal::on("events", "missing"));
    }
    let mut occasions = Vec::new();
    for word in events {
        match Occasion::of_word(word) {
            Some(occasion) if !occasions.contains(&occasion) => occasions.push(occasion),
            Some(_) => {}
            None => no.push(
                Refusal::on("events", "unknown-event")
                    .with("given", word)
                    .with("known", Occasion::ALL.map(Occasion::word).join(", ")),
            ),
        }
    }
    Refusals::none_of(no).map(|()| occasions)
}

/// Refuses one more than [`WEBHOOKS_MOST`].
pub(super) fn refuse_one_more(webhooks: usize) -> Result<(), Refusal> {
    if webhooks < WEBHOOKS_MOST {
        return Ok(());
    }
    let many = Refusal::on("webhooks", "too-many").with("limit", WEBHOOKS_MOST);
    Err(many.with("given", webhooks + 1))
}

/// The words of these occasions, as they are kept.
pub(super) fn words(occasions: &[Occasion]) -> String {
    let words: Vec<&str> = occasions.iter().map(|one| one.word()).collect();
    words.join(" ")
}
