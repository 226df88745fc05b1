//! Gathering what the domain name system says about an address: quickly, seldom, and never twice a day.

use std::{
    collections::HashMap,
    mem,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use base::{Fault, Instant};
use courier::Names;
use jiff::SignedDuration;
use tokio::sync::Semaphore;

use super::{Crawler, KNOWN, KnownCrawler, Offers, Roll, claimed_by, in_ranges, verdict};

/// The whole time for asking about one address, in milliseconds. Who is slower is an ordinary reader.
pub const BUDGET: Duration = Duration::from_millis(200);

/// How long an answer is kept, in hours.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How long it is kept that there was no answer, in minutes: a real crawler should not wait for a day
/// because a name server stumbled.
pub const KEPT_UNANSWERED: SignedDuration = SignedDuration::from_mins(5);

/// How many addresses are remembered at most, in two halves of which the older is dropped at once.
pub const REMEMBERED_MOST: usize = 8192;

/// How many addresses are asked about at once. Who comes on top is an ordinary reader for now, so that
/// a flood of false Googlebots is no flood of questions.
pub const ASKED_AT_ONCE: usize = 16;

/// How many names of one address are followed.
pub const NAMES_FOLLOWED: usize = 4;

/// The names of an address that are under some crawler's domain, each with the addresses it leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence(Vec<(String, Vec<IpAddr>)>);

impl Evidence {
    /// No evidence at all.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Evidence of a name and where it leads.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, leads_to: Vec<IpAddr>) -> Self {
        self.0.push((name.into(), leads_to));
        self
    }

    /// Whether a name under the crawler's domain leads back to the address.
    pub(super) fn proves(&self, crawler: &KnownCrawler, ip: IpAddr) -> bool {
        self.0.iter().any(|(name, leads_to)| {
            is_under(crawler, name) && leads_to.iter().any(|led| led.to_canonical() == ip)
        })
    }
}

fn is_under(crawler: &KnownCrawler, name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).as_bytes();
    crawler.domains.iter().any(|domain| {
        let Some((head, tail)) = name.split_at_checked(name.len().wrapping_sub(domain.len()))
        else {
            return false;
        };
        // `evilgooglebot.com` ends in the domain's letters but is not under it.
        tail.eq_ignore_ascii_case(domain.as_bytes()) && head.len() > 1 && head.ends_with(b".")
    })
}

/// Asks and remembers. It holds addresses of those who claim to be crawlers, for a day, and nothing of
/// what they asked for.
pub struct Verifier {
    roll: RwLock<Arc<Roll>>,
    names: Arc<dyn Names>,
    remembered: Mutex<Remembered>,
    turns: Semaphore,
}

impl Verifier {
    /// A verifier that asks `names`.
    pub fn new(names: Arc<dyn Names>, roll: Roll) -> Self {
        Self {
            roll: RwLock::new(Arc::new(roll)),
            names,
            remembered: Mutex::default(),
            turns: Semaphore::new(ASKED_AT_ONCE),
        }
    }

    /// Who is asking. Only those who claim to be a crawler, from outside its published ranges, cost a
    /// question; it takes [`BUDGET`] at most.
    pub async fn verify(&self, agent: &str, ip: IpAddr, now: Instant) -> Crawler {
        let (roll, ip) = (self.roll(), ip.to_canonical());
        let has_domain = |crawler: &KnownCrawler| !crawler.domains.is_empty();
        let is_in_ranges = claimed_by(agent).any(|crawler| in_ranges(&roll, crawler, ip));
        if is_in_ranges || !claimed_by(agent).any(has_domain) {
            return verdict(&roll, agent, ip, &Evidence::none());
        }
        let evidence = self.evidence(ip, now).await;
        verdict(&roll, agent, ip, &evidence)
    }

    /// Takes in newly published ranges; the last good copy stays when they cannot be read.
    ///
    /// # Errors
    /// As [`Roll::renew`].
    pub fn renew(&self, name: &str, documents: &[&[u8]]) -> Result<(), Fault> {
        let mut roll = self.roll.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut roll).renew(name, documents)
    }

    /// Changes what the publisher lets a crawler have; false when no crawler has the name.
    pub fn choose(&self, name: &str, offers: Offers) -> bool {
        let mut roll = self.roll.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut roll).choose(name, offers)
    }

    fn roll(&self) -> Arc<Roll> {
        self.roll
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn evidence(&self, ip: IpAddr, now: Instant) -> Arc<Evidence> {
        if let Some(evidence) = self.remembered().recall(ip, now) {
            return evidence;
        }
        let Ok(_turn) = self.turns.try_acquire() else {
            return Arc::default();
        };
        let gathered = tokio::time::timeout(BUDGET, gather(self.names.as_ref(), ip)).await;
        let (evidence, kept) = match gathered {
            Ok(Ok(evidence)) => (evidence, KEPT),
            // Too slow, or broken: either way we do not know.
            Ok(Err(_)) | Err(_) => (Evidence::none(), KEPT_UNANSWERED),
        };
        let evidence = Arc::new(evidence);
        let until = now.saturating_add(kept).unwrap_or(now);
        self.remembered().keep(ip, evidence.clone(), until);
        evidence
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn gather(names: &dyn Names, ip: IpAddr) -> Result<Evidence, Fault> {
    let mut evidence = Evidence::none();
    let of_crawlers = |name: &String| KNOWN.iter().any(|crawler| is_under(crawler, name));
    let found = names.reverse(ip).await?;
    for name in found.into_iter().filter(of_crawlers).take(NAMES_FOLLOWED) {
        let leads_to = names.forward(&name).await?;
        evidence = evidence.with(name, leads_to);
    }
    Ok(evidence)
}

type Kept = HashMap<IpAddr, (Arc<Evidence>, Instant)>;

/// Two halves: when the younger is full it becomes the older, and the older goes.
#[derive(Default)]
struct Remembered {
    younger: Kept,
    older: Kept,
}

impl Remembered {
    fn recall(&self, ip: IpAddr, now: Instant) -> Option<Arc<Evidence>> {
        let (evidence, until) = self.younger.get(&ip).or_else(|| self.older.get(&ip))?;
        (now < *until).then(|| evidence.clone())
    }

    fn keep(&mut self, ip: IpAddr, evidence: Arc<Evidence>, until: Instant) {
        if self.younger.len() >= REMEMBERED_MOST / 2 {
            self.older = mem::take(&mut self.younger);
        }
        self.younger.insert(ip, (evidence, until));
    }
}
