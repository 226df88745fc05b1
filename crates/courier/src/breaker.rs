//! A rest for each host that is down or has too much to do, so that it is not knocked at in vain and
//! nobody else waits behind it (F-30).
//!
//! What is known of hosts is of this process and lost with it: a rest is a kindness, not a promise.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base::{Instant, clock::SharedClock};
use jiff::SignedDuration;

/// Failures in a row after which a host rests.
pub const FAILURES_MOST: u32 = 5;

/// The first rest, in seconds; each further one is twice as long.
pub const FIRST_REST: SignedDuration = SignedDuration::from_secs(30);

/// The longest rest that we choose, in seconds.
pub const LONGEST_REST: SignedDuration = SignedDuration::from_secs(60 * 60);

/// The longest rest that a host can ask for (`Retry-After`), in seconds.
pub const LONGEST_ASKED: SignedDuration = SignedDuration::from_secs(24 * 60 * 60);

/// How long others wait while one tries whether the host is back, in seconds.
const TRIAL: SignedDuration = SignedDuration::from_secs(15);

/// Hosts that are remembered. Beyond that, those that do not rest are forgotten.
pub const HOSTS_MOST: usize = 10_000;

/// What came of going to a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It answered, whatever it said.
    Answered,
    /// It did not, or broke down over it.
    Failed,
    /// It asked to be left alone for so long, or just for a while.
    Busy(Option<Duration>),
}

/// What is known of each host.
pub struct Breakers {
    clock: SharedClock,
    hosts: Mutex<HashMap<String, Host>>,
}

#[derive(Clone, Copy, Default)]
struct Host {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Breakers {
    /// Nothing is known of any host.
    pub fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            hosts: Mutex::default(),
        }
    }

    /// Whether this host may be gone to. When its rest has just ended, the one who asks tries it and
    /// others wait for what comes of that.
    ///
    /// # Errors
    /// With the end of its rest.
    pub fn may_go(&self, host: &str) -> Result<(), Instant> {
        let now = self.clock.now();
        let mut hosts = self.hosts();
        let Some(known) = hosts.get_mut(host) else {
            return Ok(());
        };
        match known.rests_until {
            Some(until) if now < until => Err(until),
            Some(_) => {
                known.rests_until = Some(now + TRIAL);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Notes what came of it.
    pub fn heard(&self, host: &str, outcome: Outcome) {
        let now = self.clock.now();
        let mut hosts = self.hosts();
        let known = match outcome {
            Outcome::Answered => {
                hosts.remove(host);
                return;
            }
            Outcome::Failed => hosts.get(host).copied().unwrap_or_default().failed(now),
            Outcome::Busy(asked) => hosts
                .get(host)
                .copied()
                .unwrap_or_default()
                .busy(asked, now),
        };
        make_room(&mut hosts, now);
        if hosts.len() < HOSTS_MOST || hosts.contains_key(host) {
            hosts.insert(host.to_owned(), known);
        }
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    fn failed(self, now: Instant) -> Self {
        let failures = self.failures.saturating_add(1);
        let rests_until = failures
            .checked_sub(FAILURES_MOST)
            .map(|doublings| now + (FIRST_REST * (1 << doublings.min(10))).min(LONGEST_REST));
        Self {
            failures,
            rests_until,
        }
    }

    fn busy(self, asked: Option<Duration>, now: Instant) -> Self {
        let asked = asked.and_then(|asked| SignedDuration::try_from(asked).ok());
        let rest = asked.unwrap_or(FIRST_REST).min(LONGEST_ASKED);
        Self {
            rests_until: Some(now + rest),
            ..self
        }
    }
}

fn make_room(hosts: &mut HashMap<String, Host>, now: Instant) {
    if hosts.len() >= HOSTS_MOST {
        hosts.retain(|_, host| host.rests_until.is_some_and(|until| now < until));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicI64, atomic::Ordering};

    use super::*;

    struct Hand(AtomicI64);

    impl base::Clock for Hand {
        fn now(&self) -> Instant {
            Instant::from_second(self.0.load(Ordering::SeqCst)).unwrap()
        }
    }

    fn breakers() -> (Arc<Hand>, Breakers) {
        let hand = Arc::new(Hand(AtomicI64::new(1_000_000)));
        (hand.clone(), Breakers::new(hand))
    }

    #[track_caller]
    fn check(breakers: &Breakers, host: &str, may_go: bool) {
        assert_eq!(breakers.may_go(host).is_ok(), may_go, "{host}");
    }

    #[test]
    fn f_30_a_host_that_fails_again_and_again_rests_and_others_do_not() {
        let (hand, breakers) = breakers();
        for _ in 1..FAILURES_MOST {
            breakers.heard("a.example:443", Outcome::Failed);
            check(&breakers, "a.example:443", true);
        }
        breakers.heard("a.example:443", Outcome::Failed);
        check(&breakers, "a.example:443", false);
        check(&breakers, "b.example:443", true);
        hand.0.fetch_add(30, Ordering::SeqCst);
        check(&breakers, "a.example:443", true);
        // One tries; the others wait for what comes of it.
        check(&breakers, "a.example:443", false);
        breakers.heard("a.example:443", Outcome::Failed);
        hand.0.fetch_add(59, Ordering::SeqCst);
        check(&breakers, "a.example:443", false);
        hand.0.fetch_add(1, Ordering::SeqCst);
        check(&breakers, "a.example:443", true);
        breakers.heard("a.example:443", Outcome::Answered);
        check(&breakers, "a.example:443", true);
    }

    #[test]
    fn f_30_a_host_that_asks_for_a_rest_has_it_and_not_for_ever() {
        let (hand, breakers) = breakers();
        let host = "busy.example:443";
        breakers.heard(host, Outcome::Busy(Some(Duration::from_secs(120))));
        hand.0.fetch_add(119, Ordering::SeqCst);
        check(&breakers, host, false);
        hand.0.fetch_add(1, Ordering::SeqCst);
        check(&breakers, host, true);
        breakers.heard(host, Outcome::Busy(Some(Duration::from_secs(u64::MAX))));
        hand.0.fetch_add(24 * 60 * 60, Ordering::SeqCst);
        check(&breakers, host, true);
    }

    #[test]
    fn no_number_of_hosts_fills_the_memory() {
        let (_, breakers) = breakers();
        for nth in 0..2 * HOSTS_MOST {
            breakers.heard(&format!("{nth}.example:443"), Outcome::Failed);
        }
        assert!(breakers.hosts().len() <= HOSTS_MOST);
    }
}
