//! What a house does by itself, in its own time: forget what is over, and ask crawlers' owners
//! which addresses are theirs.

use std::{sync::Arc, time::Duration};

use audience::crawler::{KNOWN, KnownCrawler};
use base::{Fault, no::Doing};
use courier::{DomainNames, Fetcher, Rules};

use crate::house::Newsroom;

/// How often sessions, invitations and answers that are over are forgotten.
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
/// How often the published ranges of crawlers are fetched (WALL, Crawlers).
const RENEW_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// Redirects followed on the way to a list of ranges; each is checked like the first address.
const REDIRECTS: u8 = 2;

/// Forgets what is over, for as long as the house stands.
pub async fn sweep(newsroom: Newsroom) {
    let mut tick = tokio::time::interval(SWEEP_EVERY);
    loop {
        tick.tick().await;
        if let Err(fault) = sweep_once(&newsroom).await {
            tracing::error!(
                fault = fault.chain(),
                "sweeping failed; trying again in an hour"
            );
        }
    }
}

/// Forgets what is over, once, and takes from readers what may no longer run.
///
/// # Errors
/// When the database or the shelf is unavailable; the next hour tries again.
pub async fn sweep_once(newsroom: &Newsroom) -> Result<(), Fault> {
    let (db, now) = (&newsroom.db, newsroom.clock.now());
    newsroom::picture::pull::pull_lapsed(db, now).await?;
    newsroom.making.sweep(db, now).await?;
    newsroom::picture::fetch::sweep(db, now).await?;
    newsroom::staff::session::sweep(db, now).await?;
    newsroom::staff::enrol::sweep(db, now).await?;
    api::idempotency::sweep(db, now).await?;
    syndication::webhook::sweep(db, now).await?;
    syndication::hub::sweep(db, now).await?;
    syndication::fediverse::sweep(db, now).await?;
    let mut tx = db.begin().await?;
    audience::reader::session::sweep(&mut tx, now).await?;
    tx.commit().await
}

/// Fetches the ranges that crawlers' owners publish, once a day. The last good copy stays.
pub async fn renew_crawlers(newsroom: Newsroom) {
    let fetcher = match fetcher() {
        Ok(fetcher) => fetcher,
        Err(fault) => {
            tracing::error!(
                fault = fault.chain(),
                "crawlers are known by their names alone"
            );
            return;
        }
    };
    let mut tick = tokio::time::interval(RENEW_EVERY);
    loop {
        tick.tick().await;
        for crawler in KNOWN.iter().filter(|crawler| !crawler.ranges.is_empty()) {
            if let Err(fault) = renew(&newsroom, &fetcher, crawler).await {
                let (name, fault) = (crawler.name, fault.chain());
                tracing::warn!(crawler = name, fault, "the ranges were not renewed");
            }
        }
    }
}

async fn renew(
    newsroom: &Newsroom,
    fetcher: &Fetcher,
    crawler: &KnownCrawler,
) -> Result<(), Fault> {
    let mut documents = Vec::new();
    for address in crawler.ranges {
        documents.push(
            fetcher
                .get(address)
                .await
                .doing("fetching a crawler's ranges")?
                .body,
        );
    }
    let documents: Vec<&[u8]> = documents.iter().map(|body| body.as_ref()).collect();
    newsroom.site.crawlers.renew(crawler.name, &documents)
}

fn fetcher() -> Result<Fetcher, Fault> {
    let names = Arc::new(DomainNames::of_this_machine()?);
    let rules = Rules {
        redirects: REDIRECTS,
        ..Rules::default()
    };
    Ok(Fetcher::new(names, rules))
}
