//! Telling a crawler from somebody who says so: published ranges, then forward-confirmed reverse DNS.

use std::{collections::HashMap, net::IpAddr};

use base::Fault;

pub mod evidence;
pub mod known;
pub mod ranges;
#[cfg(test)]
mod tests;

pub use evidence::{Evidence, Verifier};
pub use known::{KNOWN, KnownCrawler, Offers, Purpose};
use ranges::Ranges;

/// How much of a `User-Agent` is looked at, in bytes.
pub const AGENT_READ: usize = 512;

/// The verdict on who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crawler {
    /// It is who it says it is.
    Verified {
        /// The crawler's name in [`KNOWN`].
        name: &'static str,
        /// What the publisher lets it have.
        offers: Offers,
    },
    /// An ordinary reader, whatever it says.
    Unverified,
}

/// What the publisher decided about crawlers, and the ranges that their owners published.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    choices: HashMap<&'static str, Offers>,
    ranges: HashMap<&'static str, Ranges>,
}

impl Roll {
    /// Lets the crawler of this name have something else than it has by default; false when no crawler
    /// has the name.
    pub fn choose(&mut self, name: &str, offers: Offers) -> bool {
        let Some(crawler) = known::named(name) else {
            return false;
        };
        self.choices.insert(crawler.name, offers);
        true
    }

    /// Takes in the ranges that a crawler's owner publishes, all of its documents at once. They replace
    /// what was held; when any cannot be read, the last good copy stays.
    ///
    /// # Errors
    /// When there is no such crawler, or a document is not of the expected shape.
    pub fn renew(&mut self, name: &str, documents: &[&[u8]]) -> Result<(), Fault> {
        let unknown = || {
            Fault::new(format!(
                "renewing the ranges of an unknown crawler {name:?}"
            ))
        };
        let crawler = known::named(name).ok_or_else(unknown)?;
        self.ranges.insert(crawler.name, Ranges::parse(documents)?);
        Ok(())
    }

    /// What the publisher lets this crawler have.
    pub fn offers(&self, crawler: &KnownCrawler) -> Offers {
        self.choices
            .get(crawler.name)
            .copied()
            .unwrap_or(crawler.purpose.default_offer())
    }
}

/// Judges who is asking: whom the agent claims to be, whether the address lies in that crawler's
/// published ranges, and else whether a name of the address is under that crawler's domain **and**
/// leads back to the address.
///
/// A pure function. A name alone proves nothing: whoever owns an address gives it any name they like
/// (W-08).
pub fn verdict(roll: &Roll, agent: &str, ip: IpAddr, evidence: &Evidence) -> Crawler {
    let ip = ip.to_canonical();
    let proven = claimed_by(agent)
        .find(|crawler| in_ranges(roll, crawler, ip) || evidence.proves(crawler, ip));
    match proven {
        Some(crawler) => Crawler::Verified {
            name: crawler.name,
            offers: roll.offers(crawler),
        },
        None => Crawler::Unverified,
    }
}

/// The crawlers that an agent claims to be; hardly ever more than one.
fn claimed_by(agent: &str) -> impl Iterator<Item = &'static KnownCrawler> {
    let agent = &agent.as_bytes()[..agent.len().min(AGENT_READ)];
    KNOWN
        .iter()
        .filter(move |crawler| holds_ignoring_case(agent, crawler.agent.as_bytes()))
}

/// Whether an agent claims to be one of the crawlers we know. Most readers do not, and are asked nothing.
pub fn is_claimed(agent: &str) -> bool {
    claimed_by(agent).next().is_some()
}

fn holds_ignoring_case(text: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else {
        return true;
    };
    // Every reader's agent is looked at, so the first letter sorts out nearly all of it.
    let begins = |window: &[u8]| window[0].eq_ignore_ascii_case(first);
    text.windows(word.len())
        .any(|window| begins(window) && window.eq_ignore_ascii_case(word))
}

fn in_ranges(roll: &Roll, crawler: &KnownCrawler, ip: IpAddr) -> bool {
    roll.ranges
        .get(crawler.name)
        .is_some_and(|ranges| ranges.hold(ip))
}
