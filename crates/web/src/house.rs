//! What every guard needs to know about the house it stands in.

use std::sync::Arc;

use base::{Fault, Language, clock::SharedClock};

use crate::{
    client::Network,
    hosts::Hosts,
    problem::{PlainProblemPage, ProblemPage},
    visit::{Doorkeeper, NobodyKnown},
    words::Words,
};

/// Says whether a fault means "not now" (503, come back) and not "broken" (500).
pub type IsUnavailable = Arc<dyn Fn(&Fault) -> bool + Send + Sync>;

/// The house behind the doors, wired once at start.
#[derive(Clone)]
pub struct House {
    /// Who tells visitors apart.
    pub doorkeeper: Arc<dyn Doorkeeper>,
    /// The time.
    pub clock: SharedClock,
    /// Proxies whose forwarding headers are believed (V-24); usually none or loopback.
    pub trusted_proxies: Vec<Network>,
    /// For which hosts we answer.
    pub hosts: Hosts,
    /// The host that serves files of pictures and nothing else, in small letters, where there is one (V-15).
    pub media_host: Option<String>,
    /// Where frames of embeds stand, where they have a place.
    pub frames: Option<FrameHost>,
    /// Whether visitors reach us by HTTPS, if need be through a proxy.
    pub https: bool,
    /// The words people read.
    pub words: Arc<Words>,
    /// The newsroom's language, for problems.
    pub language: Language,
    /// How a problem looks as a page.
    pub problem_page: Arc<dyn ProblemPage>,
    /// Which faults pass by themselves.
    pub is_unavailable: IsUnavailable,
    /// Whether rates are kept; the bench waives them.
    pub rates: Rates,
}

/// The origin that serves frames of embeds and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameHost {
    /// The origin, in small letters: `https://frames.example.org`.
    pub origin: String,
    /// The site's own, whose pages alone may show what stands there.
    pub site: String,
}

impl FrameHost {
    /// Its host, with the port where one is named.
    pub fn host(&self) -> &str {
        let (_, host) = self.origin.split_once("://").unwrap_or_default();
        host
    }
}

/// Whether the rates of the sheet are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rates {
    /// They are.
    Kept,
    /// They are not: for measuring.
    Waived,
}

impl House {
    /// A house with the shipped words, plain problem pages, and nobody known at its door.
    pub fn plain(clock: SharedClock) -> Self {
        Self {
            doorkeeper: Arc::new(NobodyKnown),
            clock,
            trusted_proxies: Vec::new(),
            hosts: Hosts::Any,
            media_host: None,
            frames: None,
            https: false,
            words: Arc::new(Words::shipped()),
            language: Language::english(),
            problem_page: Arc::new(PlainProblemPage),
            is_unavailable: Arc::new(|_| false),
            rates: Rates::Kept,
        }
    }
}
