//! What can be set: a list of names with their defaults, meanings and checks.
//!
//! Read once at start: the file, then `DATELINE_*`, then `DATELINE_*_FILE` for what is secret.
//! Unknown names are refused, and every refusal names the setting and the rule.

mod danger;
mod list;
mod read;
mod sample;

#[cfg(test)]
mod tests;
mod values;
mod wrong;

use std::{net::SocketAddr, path::PathBuf};

use api::pictures::making::WhenSilent;
use audience::{crawler::Offers, meter::Policy};
use base::Language;
use courier::{bucket::Place, scanner};
use jiff::tz::TimeZone;
use web::Network;

pub use list::{LIST, Setting};
pub use read::read;
pub use sample::sample;
pub use wrong::Wrong;

/// The settings, parsed; each part goes to whom it concerns.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The newsroom's name.
    pub name: String,
    /// A line about it.
    pub tagline: Option<String>,
    /// Its first language.
    pub language: Language,
    /// Where its days and months begin.
    pub zone: TimeZone,
    /// The site's own address.
    pub url: String,
    /// A folder whose files take the place of the theme's.
    pub theme: Option<PathBuf>,
    /// Where a hole in the site's security is told: a `mailto:` or `https:` address.
    pub security_contact: Option<String>,
    /// Where we listen.
    pub listen: SocketAddr,
    /// Worker threads; none for as many as the machine has cores.
    pub threads: Option<usize>,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<Network>,
    /// Services of one's own that may be sent to although they are not on the public internet.
    pub own_services: Vec<SocketAddr>,
    /// Whether people of other servers can follow.
    pub fediverse: bool,
    /// What the newsroom is called there.
    pub fediverse_name: String,
    /// What signs letters to other servers, as PEM; none for a key of the house's own making.
    pub fediverse_key: Option<String>,
    /// The database; none for the file in the data folder.
    pub database: Option<String>,
    /// Megabytes of finished pages held in memory.
    pub pages_mb: u64,
    /// The address of its own that files of pictures have; none for the site's.
    pub media_url: Option<String>,
    /// The origin that frames of embeds are shown from, in small letters; none where they are not shown.
    pub frame_origin: Option<String>,
    /// Where files of pictures are kept; none for the data folder.
    pub pictures_folder: Option<PathBuf>,
    /// The scanner that looks at files before they are kept; none where nobody does.
    pub scanner: Option<scanner::Place>,
    /// What becomes of a file while it is silent.
    pub when_scanner_silent: WhenSilent,
    /// The bucket that they are kept in instead; none for the folder.
    pub bucket: Option<Place>,
    /// Megabytes of the bucket's files that are kept on this disk.
    pub bucket_cache_mb: u64,
    /// The largest picture, in megabytes.
    pub largest_picture_mb: u64,
    /// Whether a picture needs a credit before it runs.
    pub credit_needed: bool,
    /// What is started as a child of the darkroom; none for this program itself. No setting: tests have a program of
    /// their own around the house.
    pub darkroom: Option<PathBuf>,
    /// The meter's rule.
    pub policy: Policy,
    /// What seals the meter's cookie, as 64 hexadecimal digits.
    pub meter_secret: Option<String>,
    /// What sealed it before the last rotation.
    pub previous_meter_secret: Option<String>,
    /// Where the house keeps secrets of its own making; none for a house without a data folder.
    pub secrets_folder: Option<PathBuf>,
    /// Whether our pictures carry a manifest.
    pub seal: bool,
    /// The certificates they are signed with; none for one of the house's own making.
    pub certificates: Option<PathBuf>,
    /// Its key, as PEM.
    pub picture_key: Option<String>,
    /// Roots of signers that are vouched for.
    pub trust: Option<PathBuf>,
    /// What each crawler may have, where it differs from the default.
    pub crawlers: Vec<(String, Offers)>,
    /// Whether crawlers' owners are asked for their ranges once a day.
    pub renew_crawlers: bool,
    /// Whether rates are waived, for measuring on this machine alone.
    pub waive_rates: bool,
}

impl Settings {
    /// Whether visitors reach us by HTTPS.
    pub fn is_https(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// What stands before the name of every file of a picture.
    pub fn media(&self) -> String {
        format!("{}/media/", self.media_url.as_deref().unwrap_or_default())
    }

    /// The host of pictures' files, where they have one of their own.
    pub fn media_host(&self) -> Option<&str> {
        let url = self.media_url.as_deref()?;
        Some(url.split_once("://").map_or(url, |(_, host)| host))
    }

    /// The host of frames of embeds, where they are shown.
    pub fn frame_host(&self) -> Option<&str> {
        let origin = self.frame_origin.as_deref()?;
        Some(origin.split_once("://").map_or(origin, |(_, host)| host))
    }

    /// The site's host, with the port where one is named.
    pub fn host(&self) -> &str {
        self.url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, host)| host)
    }
}
