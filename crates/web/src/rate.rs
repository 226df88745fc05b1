//! How often one client may come: named rates, counted by address prefix and by account (V-54).

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    ops::Add,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use base::clock::SharedClock;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, Reference},
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::keyed::DefaultKeyedStateStore,
};
use uuid::Uuid;

/// A rate with a name. The name keys the counter: doors with the same rate share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The name, for the log.
    pub name: &'static str,
    /// How many a minute in the long run.
    pub per_minute: u32,
    /// How many at once.
    pub burst: u32,
}

/// Reading pages and feeds. An address may be a school or a mobile network: ten a second.
pub const READING: Rate = Rate {
    name: "reading",
    per_minute: 600,
    burst: 300,
};
/// Opening the gate; each is one story read, by as many as share an address.
pub const GATE: Rate = Rate {
    name: "gate",
    per_minute: 300,
    burst: 150,
};
/// Searching costs more than reading.
pub const SEARCH: Rate = Rate {
    name: "search",
    per_minute: 60,
    burst: 30,
};
/// Acts of staff and machines: the desk saves while one types, and an importer writes in rows.
pub const WRITING: Rate = Rate {
    name: "writing",
    per_minute: 600,
    burst: 120,
};
/// Trying a password, a code or a one-time token.
pub const SIGN_IN: Rate = Rate {
    name: "sign-in",
    per_minute: 10,
    burst: 10,
};
/// Asking to follow a feed: each makes us ask an address that a stranger gave, once.
pub const FOLLOWING: Rate = Rate {
    name: "following",
    per_minute: 30,
    burst: 30,
};
/// What another server brings of its people. A large one has many, most of whom did something that we drop.
pub const INBOX: Rate = Rate {
    name: "inbox",
    per_minute: 300,
    burst: 300,
};
/// Style sheets, scripts, fonts: a page asks for several at once.
pub const ASSETS: Rate = Rate {
    name: "assets",
    per_minute: 3000,
    burst: 1000,
};
/// Any request that brings a cookie or a token, before we know whose: bounds the look-ups.
pub(crate) const CREDENTIALS: Rate = Rate {
    name: "credentials",
    per_minute: 3000,
    burst: 1000,
};

/// The most keys one rate remembers. Past this, neighbours share a drawer ([`Key::Coarse`]).
pub const MOST_KEYS: usize = 200_000;
/// After so many requests the keys that are as good as fresh are forgotten.
pub const SWEEP_EVERY: u32 = 20_000;
/// How many coarse keys there can be.
const COARSE_KEYS: u64 = 65_536;

/// Whom a rate counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// The prefix of an address: all 32 bits of IPv4, the first 64 of IPv6.
    Prefix(u64),
    /// A signed-in account, wherever it is.
    Account(Uuid),
    /// A hash of something that was tried, such as an e-mail address; the text is not kept.
    Named(u64),
    /// One of a bounded number of drawers, when there are too many keys.
    Coarse(u16),
}

impl Key {
    /// The key of an address.
    pub fn address(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::Prefix(u64::from(address.to_bits())),
            // IPv4 addresses fill the numbers below 2^32, which as IPv6 prefixes lie in ::/32.
            IpAddr::V6(address) => Self::Prefix((address.to_bits() >> 64) as u64),
        }
    }

    /// The key of a name somebody tried, hashed with a salt of this process.
    pub fn named(name: &str) -> Self {
        static SALT: OnceLock<RandomState> = OnceLock::new();
        Self::Named(SALT.get_or_init(RandomState::new).hash_one(name))
    }

    /// The drawer this key falls into when there are too many keys: neighbours share one, so an
    /// attack from many addresses slows its own neighbourhood, and memory stays bounded.
    fn coarse(&self) -> Self {
        let number = match self {
            Self::Prefix(prefix) if *prefix <= u64::from(u32::MAX) => prefix >> 16,
            Self::Prefix(prefix) => (prefix >> 32) ^ (prefix >> 48),
            Self::Account(id) => id.as_u64_pair().1,
            Self::Named(hash) => *hash,
            Self::Coarse(number) => u64::from(*number),
        };
        Self::Coarse((number % COARSE_KEYS) as u16)
    }
}

/// Came too often; how long to wait, in seconds, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooOften {
    /// For `Retry-After`.
    pub seconds: u32,
}

/// How much one client has left of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// The rate.
    pub rate: Rate,
    /// Requests that would pass at this moment.
    pub left: u32,
    /// Seconds until nothing of it is used up any more; after too many, until one passes.
    pub seconds: u32,
}

impl Rate {
    /// Seconds in which a used-up allowance fills again.
    pub fn window(self) -> u32 {
        seconds_for(self.burst, self)
    }
}

/// Seconds until so many requests of this rate are given back.
fn seconds_for(requests: u32, rate: Rate) -> u32 {
    let seconds = u64::from(requests) * 60;
    let per_minute = u64::from(rate.per_minute.max(1));
    u32::try_from(seconds.div_ceil(per_minute)).unwrap_or(u32::MAX)
}

/// The counters of every rate.
pub struct Limits {
    clock: HouseClock,
    by_name: HashMap<&'static str, Counter>,
    waived: bool,
}

/// Tells how much is left each time one is counted.
type Telling = StateInformationMiddleware;

struct Counter {
    limiter: RateLimiter<Key, DefaultKeyedStateStore<Key>, HouseClock, Telling>,
    since_sweep: AtomicU32,
    crowded: AtomicBool,
}

impl Limits {
    /// Counters for these rates; a rate that is not among them is counted nowhere and refused.
    pub fn new(
        clock: SharedClock,
        rates: impl IntoIterator<Item = Rate>,
        waived: bool,
    ) -> Arc<Self> {
        let clock = HouseClock(clock);
        let counters = rates
            .into_iter()
            .map(|rate| (rate.name, Counter::new(rate, clock.clone())));
        Arc::new(Self {
            by_name: counters.collect(),
            clock,
            waived,
        })
    }

    /// Counts one more, and tells what is left; nothing where rates are waived.
    ///
    /// # Errors
    /// [`TooOften`] when it was one too many.
    pub fn check(&self, rate: Rate, key: Key) -> Result<Option<Allowance>, TooOften> {
        if self.waived {
            return Ok(None);
        }
        let Some(counter) = self.by_name.get(rate.name) else {
            tracing::error!(rate = rate.name, "a rate has no counter");
            return Err(TooOften { seconds: 60 });
        };
        let left = counter.check(key, &self.clock)?;
        Ok(Some(Allowance {
            rate,
            left,
            seconds: seconds_for(rate.burst.saturating_sub(left), rate),
        }))
    }
}

impl Counter {
    fn new(rate: Rate, clock: HouseClock) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota =
            Quota::per_minute(at_least_one(rate.per_minute)).allow_burst(at_least_one(rate.burst));
        Self {
            limiter: RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock),
            since_sweep: AtomicU32::new(0),
            crowded: AtomicBool::new(false),
        }
    }

    /// Counts one more, and says how many would still pass.
    fn check(&self, key: Key, clock: &HouseClock) -> Result<u32, TooOften> {
        let key = self.room_for(key);
        let until = match self.limiter.check_key(&key) {
            Ok(state) => return Ok(state.remaining_burst_capacity()),
            Err(until) => until,
        };
        let wait = until.wait_time_from(clock.now());
        let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let seconds = u32::try_from(whole.max(1)).unwrap_or(u32::MAX);
        Err(TooOften { seconds })
    }

    /// The key itself, or its drawer while there are too many keys. Whoever makes the
    /// [`SWEEP_EVERY`]th request sweeps, so there is no task to start or stop.
    fn room_for(&self, key: Key) -> Key {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) == SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.limiter.retain_recent();
            let crowded = self.limiter.len() > MOST_KEYS;
            self.crowded.store(crowded, Ordering::Relaxed);
        }
        if self.crowded.load(Ordering::Relaxed) {
            key.coarse()
        } else {
            key
        }
    }
}

/// The house's clock as governor reads it; it does not run backwards for governor.
#[derive(Clone)]
struct HouseClock(SharedClock);

/// Nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At(u64);

impl Clock for HouseClock {
    type Instant = At;

    fn now(&self) -> At {
        At(u64::try_from(self.0.now().as_nanosecond()).unwrap_or(0))
    }
}

impl Add<Nanos> for At {
    type Output = Self;

    fn add(self, more: Nanos) -> Self {
        Self(self.0.saturating_add(more.as_u64()))
    }
}

impl Reference for At {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.saturating_sub(duration.as_u64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool, same_drawer: bool) {
        let key = |text: &str| Key::address(text.parse().unwrap());
        let (one, other) = (key(one), key(other));
        assert_eq!(one == other, same);
        assert_eq!(one.coarse() == other.coarse(), same_drawer);
    }

    #[test]
    fn an_address_is_counted_by_its_prefix_and_in_a_crowd_by_its_neighbourhood() {
        check("192.0.2.1", "192.0.2.1", true, true);
        check("192.0.2.1", "192.0.2.2", false, true);
        check("192.0.2.1", "192.168.2.1", false, false);
        check("::ffff:192.0.2.1", "192.0.2.1", true, true);
        check("2001:db8::1", "2001:db8::2", true, true);
        check("2001:db8:0:1::1", "2001:db8:0:2::1", false, true);
        check("2001:db8::1", "2001:db9::1", false, false);
    }

    #[test]
    fn a_sweep_forgets_those_who_have_not_come_for_long() {
        let clock: SharedClock = Arc::new(base::clock::SystemClock);
        let counter = Counter::new(ASSETS, HouseClock(Arc::clone(&clock)));
        for number in 0..=SWEEP_EVERY {
            let key = Key::Prefix(u64::from(number % 1000));
            assert!(counter.check(key, &HouseClock(Arc::clone(&clock))).is_ok());
        }
        assert_eq!(counter.since_sweep.load(Ordering::Relaxed), 0);
        assert!(!counter.crowded.load(Ordering::Relaxed));
        assert!(counter.limiter.len() <= 1000);
    }

    #[test]
    fn a_rate_without_a_counter_lets_nobody_through() {
        let limits = Limits::new(Arc::new(base::clock::SystemClock), [READING], false);
        assert!(limits.check(READING, Key::named("a")).is_ok());
        assert!(limits.check(SEARCH, Key::named("a")).is_err());
    }
}
