//! `dateline import feed`: a feed from a file, or from an address through the guarded fetch.

use std::{path::PathBuf, sync::Arc};

use base::{Clock, clock::SystemClock};
use clap::Args;
use courier::{DomainNames, Fetched, Fetcher, Rules, fetch::REDIRECTS_MOST};
use interchange::{
    feed::{self, How, Pages, Sheet},
    incoming::{Summary, Take, Unread},
};
use tokio::runtime::Handle;

use super::{Options, Reading, looked_at};
use crate::admin::Stopped;

#[cfg(test)]
mod tests;

#[derive(Debug, Args)]
pub(super) struct From {
    /// The file to read, or the feed's address (http:// or https://)
    from: String,
    #[command(flatten)]
    options: Options,
    /// Take every story in as a draft instead of publishing it as of its date
    #[arg(long)]
    drafts: bool,
    /// The feed is another outlet's, of this name: each story says so and names the original
    #[arg(long, value_name = "OUTLET")]
    credit: Option<String>,
}

/// A feed to be read.
pub(in crate::admin) struct Feed {
    place: Place,
    how: How,
}

enum Place {
    File(PathBuf),
    Web {
        address: String,
        fetcher: Box<Fetcher>,
    },
}

impl From {
    /// What is to be read, and what every import is told.
    pub(super) fn reading(self) -> Result<(Options, Reading), Stopped> {
        let how = How {
            drafts: self.drafts,
            credit: self.credit.filter(|outlet| !outlet.trim().is_empty()),
            now: SystemClock.now(),
        };
        let place = match is_address(&self.from) {
            true => Place::Web {
                address: self.from,
                fetcher: Box::new(fetcher()?),
            },
            false => Place::File(self.from.into()),
        };
        Ok((self.options, Reading::Feed(Feed { place, how })))
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}

fn fetcher() -> Result<Fetcher, Stopped> {
    let names = Arc::new(DomainNames::of_this_machine()?);
    let rules = Rules {
        redirects: REDIRECTS_MOST,
        ..Rules::default()
    };
    Ok(Fetcher::new(names, rules))
}

impl Feed {
    /// The file or address, as it was given.
    pub(super) fn place(&self) -> String {
        match &self.place {
            Place::File(path) => path.display().to_string(),
            Place::Web { address, .. } => address.clone(),
        }
    }

    /// Whether a file is there; an address is looked at when it is fetched.
    pub(super) fn looked_at(&self) -> Result<(), String> {
        match &self.place {
            Place::File(path) => match path.to_string_lossy().split_once("://") {
                Some((scheme, _)) if !path.exists() => Err(format!(
                    "{}: feeds are fetched by http:// and https://, not by {scheme}://. Fetch it \
                     yourself and give the file. Nothing was imported.",
                    path.display()
                )),
                _ => looked_at::file(path),
            },
            Place::Web { .. } => Ok(()),
        }
    }

    /// Reads it; on a thread that may wait, within a runtime.
    pub(super) fn read(&self, take: &mut Take) -> Result<Summary, Unread> {
        match &self.place {
            Place::File(path) => feed::read(&mut path.clone(), &self.how, take),
            Place::Web { address, fetcher } => {
                let runtime = Handle::current();
                let mut web = Web {
                    address,
                    fetcher,
                    runtime,
                };
                feed::read(&mut web, &self.how, take)
            }
        }
    }
}

/// Pages fetched one after the other, each judged by the guard like the first.
struct Web<'a> {
    address: &'a str,
    fetcher: &'a Fetcher,
    runtime: Handle,
}

impl Pages for Web<'_> {
    fn first(&mut self) -> Result<Sheet, Unread> {
        self.fetch(self.address)
    }

    fn further(&mut self, address: &str) -> Result<Option<Sheet>, Unread> {
        if self.address.starts_with("https:") && !address.starts_with("https:") {
            return Err(Unread::Refused(
                "it leads from https to plain http, which is not followed".into(),
            ));
        }
        self.fetch(address).map(Some)
    }
}

impl Web<'_> {
    fn fetch(&self, address: &str) -> Result<Sheet, Unread> {
        let fetched = self.runtime.block_on(self.fetcher.get(address));
        let fetched = fetched.map_err(|unfetched| {
            Unread::Refused(format!("{address} was not fetched: {unfetched}"))
        })?;
        match fetched.status {
            200 => Ok(sheet(fetched)),
            status => Err(Unread::Refused(format!(
                "{address} answered with the status {status} instead of a feed"
            ))),
        }
    }
}

fn sheet(fetched: Fetched) -> Sheet {
    let charset = fetched.media_type.as_deref().and_then(charset);
    Sheet {
        address: fetched.url,
        charset,
        bytes: fetched.body.to_vec(),
    }
}

/// The `charset` of a media type (RFC 9110 section 8.3.1).
fn charset(media_type: &str) -> Option<String> {
    let parameters = media_type.split(';').skip(1);
    let named = parameters.filter_map(|parameter| parameter.split_once('='));
    let mut charsets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let (_, charset) = charsets.next()?;
    Some(charset.trim().trim_matches('"').to_string())
}
