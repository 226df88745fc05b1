//! How much a network may read in a day without a valid cookie, counted without knowing networks.

use std::{
    net::IpAddr,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU16, AtomicU64, Ordering},
    },
};

use base::Fault;
use ring::{
    hmac,
    rand::{SecureRandom, SystemRandom},
};

use super::calendar::Today;

/// Rows of the sketch: a network is over-counted only where it collides in all of them.
const ROWS: usize = 4;

/// Counters in each row. Two bytes each, four rows: one megabyte, whatever comes. A million readings a
/// day without a cookie over-count a network by about ten at worst, where the default is 200.
const WIDTH: usize = 1 << 17;

/// Counts the readings of readers without a valid cookie, per network (/24 of IPv4, /48 of IPv6) and
/// day.
///
/// A count-min sketch: counters under keyed hashes, no addresses. The key is random and thrown away
/// with the counters when the publisher's day ends, so that nothing here can be asked afterwards which
/// network read. A network may be over-counted by collision, hardly ever under-counted, and beyond its
/// allowance it meets the registration wall, never a block.
pub struct Allowance {
    daily: u16,
    width: usize,
    sketch: RwLock<Option<Sketch>>,
    resets: AtomicU64,
}

struct Sketch {
    day: u16,
    key: hmac::Key,
    cells: Box<[AtomicU16]>,
}

impl Allowance {
    /// So many readings a day for each network.
    pub fn new(daily: u16) -> Self {
        Self::sized(daily, WIDTH)
    }

    /// With rows of another width, for tests that make many.
    pub(super) fn sized(daily: u16, width: usize) -> Self {
        Self {
            daily,
            width,
            sketch: RwLock::new(None),
            resets: AtomicU64::new(0),
        }
    }

    /// Counts one reading without a valid cookie; false when the network's allowance is used up.
    ///
    /// # Errors
    /// When the machine gives no randomness at the start of a day.
    pub fn spend(&self, from: IpAddr, today: &Today) -> Result<bool, Fault> {
        self.turn_the_day(today)?;
        let sketch = self.sketch.read().unwrap_or_else(PoisonError::into_inner);
        let Some(sketch) = sketch.as_ref() else {
            return Err(Fault::new(
                "counting a reading in a sketch that is not there",
            ));
        };
        let before = sketch.count(prefix_of(from), self.daily);
        let is_allowed = before < self.daily;
        if is_allowed && before > 0 {
            self.resets.fetch_add(1, Ordering::Relaxed);
        }
        Ok(is_allowed)
    }

    /// How many readings were granted, since the process began, to readers without a valid cookie from
    /// networks that had such a reading already that day.
    ///
    /// An upper bound of the readings gained by clearing cookies: the second person of a household or
    /// a school is in it too. Nobody can be told apart by it.
    pub fn estimated_reset_reads(&self) -> u64 {
        self.resets.load(Ordering::Relaxed)
    }

    /// Begins a new sketch when a new day has begun. A thread that is still in yesterday counts
    /// towards today.
    fn turn_the_day(&self, today: &Today) -> Result<(), Fault> {
        let is_of_today =
            |sketch: &Option<Sketch>| sketch.as_ref().is_some_and(|held| held.day >= today.day);
        if is_of_today(&self.sketch.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let mut sketch = self.sketch.write().unwrap_or_else(PoisonError::into_inner);
        if !is_of_today(&sketch) {
            *sketch = Some(Sketch::blank(today.day, self.width)?);
        }
        Ok(())
    }
}

impl Sketch {
    fn blank(day: u16, width: usize) -> Result<Self, Fault> {
        let mut secret = [0; 32];
        SystemRandom::new()
            .fill(&mut secret)
            .map_err(|_| Fault::new("drawing the day's key for the allowance"))?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        Ok(Self {
            day,
            key,
            cells: (0..ROWS * width).map(|_| AtomicU16::new(0)).collect(),
        })
    }

    /// How often the network was counted before; counts it once more unless that was `enough`.
    ///
    /// Only the smallest counters grow (conservative update), which keeps collisions cheap. Two
    /// threads at once may count one reading for two: too low by a thread or so, never by a lot.
    fn count(&self, prefix: Prefix, enough: u16) -> u16 {
        let cells = self.cells_of(prefix);
        let before = cells
            .iter()
            .map(|cell| cell.load(Ordering::Relaxed))
            .min()
            .unwrap_or(enough);
        if before < enough {
            for cell in cells {
                cell.fetch_max(before + 1, Ordering::Relaxed);
            }
        }
        before
    }

    fn cells_of(&self, prefix: Prefix) -> [&AtomicU16; ROWS] {
        let hash = hmac::sign(&self.key, &prefix);
        let width = self.cells.len() / ROWS;
        std::array::from_fn(|row| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&hash.as_ref()[row * 8..row * 8 + 8]);
            // Below the width, which is a usize.
            let column = (u64::from_le_bytes(eight) % width as u64) as usize;
            &self.cells[row * width + column]
        })
    }
}

/// The family and the network's bytes.
type Prefix = [u8; 7];

fn prefix_of(ip: IpAddr) -> Prefix {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            [4, a, b, c, 0, 0, 0]
        }
        IpAddr::V6(ip) => {
            let [a, b, c, d, e, f, ..] = ip.octets();
            [6, a, b, c, d, e, f]
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn day(date: &str) -> Today {
        Today::at(format!("{date}T12:00:00Z").parse().unwrap(), &TimeZone::UTC).unwrap()
    }

    fn allows(allowance: &Allowance, from: &str, today: &Today) -> bool {
        allowance.spend(from.parse().unwrap(), today).unwrap()
    }

    #[test]
    fn a_network_has_its_allowance_each_day_and_others_have_theirs() {
        let (allowance, monday) = (Allowance::new(200), day("2026-11-23"));
        for host in 0..200 {
            assert!(
                allows(&allowance, &format!("198.51.100.{host}"), &monday),
                "{host}"
            );
        }
        assert!(!allows(&allowance, "198.51.100.250", &monday));
        assert!(!allows(&allowance, "::ffff:198.51.100.7", &monday));
        assert!(allows(&allowance, "198.51.101.1", &monday));
        assert!(allows(&allowance, "198.51.100.250", &day("2026-11-24")));
    }

    #[test]
    fn a_network_of_ipv6_is_a_site_of_48_bits() {
        let (allowance, monday) = (Allowance::new(2), day("2026-11-23"));
        assert!(allows(&allowance, "2001:db8:1:1::1", &monday));
        assert!(allows(&allowance, "2001:db8:1:2::1", &monday));
        assert!(!allows(&allowance, "2001:db8:1:ffff::1", &monday));
        assert!(allows(&allowance, "2001:db8:2::1", &monday));
    }

    #[test]
    fn a_node_that_is_still_in_yesterday_does_not_bring_it_back() {
        let allowance = Allowance::new(1);
        assert!(allows(&allowance, "198.51.100.1", &day("2026-11-24")));
        assert!(!allows(&allowance, "198.51.100.1", &day("2026-11-23")));
        assert!(!allows(&allowance, "198.51.100.1", &day("2026-11-24")));
    }

    #[test]
    fn reset_reads_are_those_after_a_networks_first() {
        let (allowance, monday) = (Allowance::new(3), day("2026-11-23"));
        for _ in 0..5 {
            allows(&allowance, "198.51.100.1", &monday);
        }
        allows(&allowance, "198.51.101.1", &monday);
        assert_eq!(allowance.estimated_reset_reads(), 2);
    }

    #[test]
    fn many_networks_hardly_disturb_one_another() {
        let (allowance, monday) = (Allowance::sized(200, 1 << 12), day("2026-11-23"));
        for network in 0..5_000_u32 {
            let [_, a, b, c] = network.to_be_bytes();
            let from = IpAddr::from([a + 11, b, c, 1]);
            assert!(
                (0..3).all(|_| allowance.spend(from, &monday).unwrap()),
                "{network}"
            );
        }
    }

    #[test]
    fn readers_at_once_are_not_all_let_through() {
        let (allowance, monday) = (Allowance::new(100), day("2026-11-23"));
        let granted = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        let allowed = allows(&allowance, "198.51.100.1", &monday);
                        granted.fetch_add(allowed.into(), Ordering::Relaxed);
                    }
                });
            }
        });
        // Each count may be shared by as many as there are threads.
        let granted = granted.into_inner();
        assert!((100..=400).contains(&granted), "{granted}");
    }
}
