//! The meter: how many stories an unknown reader may still read this month, decided without asking
//! who the reader is.

use std::net::IpAddr;

use base::{Fault, Instant, Refusal, Refusals};
use jiff::tz::TimeZone;
use uuid::Uuid;

pub mod allowance;
pub mod calendar;
pub mod cookie;
mod seal;
#[cfg(test)]
mod tests;

use allowance::Allowance;
use calendar::{Calendar, Today};
use cookie::{Jar, Mark, Tally};

/// The most stories a month that a publisher may give away under the meter: what fits a cookie that
/// every proxy lets pass.
pub const LIMIT_MOST: u8 = 50;

/// What the publisher decided about metered stories.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// How many different stories a month an unknown reader may read; 1 to [`LIMIT_MOST`].
    pub limit: u8,
    /// The first story of the month that asks the reader to register; above `limit` for never.
    pub asks_from: u8,
    /// How many readings a day are granted to readers without a valid cookie who share a network
    /// (/24 or /48).
    pub daily_allowance: u16,
    /// The publisher's zone: its months and days are the meter's.
    pub zone: TimeZone,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            limit: 10,
            asks_from: 3,
            daily_allowance: 200,
            zone: TimeZone::UTC,
        }
    }
}

impl Policy {
    /// Checks what was written into the settings.
    ///
    /// # Errors
    /// Names each number that is outside its bounds.
    pub fn check(&self) -> Result<(), Refusals> {
        let mut refusals = Vec::new();
        if !(1..=LIMIT_MOST).contains(&self.limit) {
            refusals.push(out_of_bounds("limit", 1, LIMIT_MOST.into()));
        }
        if self.asks_from == 0 {
            refusals.push(out_of_bounds("asks_from", 1, u16::from(u8::MAX)));
        }
        if self.daily_allowance == 0 {
            refusals.push(out_of_bounds("daily_allowance", 1, u16::MAX));
        }
        Refusals::none_of(refusals)
    }
}

fn out_of_bounds(field: &'static str, least: u16, most: u16) -> Refusal {
    Refusal::on(field, "number-out-of-bounds")
        .with("least", least)
        .with("most", most)
}

/// Who may read a story's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody: open stories, and every story of public safety while that switch is on.
    Open,
    /// Everybody, so many a month.
    Metered,
    /// Registered readers.
    Registered,
}

/// What the meter knows about who is asking, which is as little as it can be.
#[derive(Debug)]
pub enum ReaderKind<'a> {
    /// Signed in. Which reader it is does not matter here.
    Known,
    /// Not signed in: the tally of the reader's cookie, or a blank one, and this story's mark in it.
    Unknown(&'a Tally, Mark),
    /// Not signed in, no valid cookie, and the network's allowance for today is used up.
    BeyondAllowance,
}

/// How a reader stands to a story. `read` counts the different stories of this month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The body is shown and nothing is counted.
    Open,
    /// The body is shown and nothing is asked.
    Counted {
        /// Stories read this month, this one among them.
        read: u8,
        /// Stories that may be read a month.
        limit: u8,
    },
    /// The body is shown, with a notice that says how many have been read and offers registration.
    Asked {
        /// Stories read this month, this one among them.
        read: u8,
        /// Stories that may be read a month.
        limit: u8,
    },
    /// The wall is shown.
    Closed {
        /// Stories read this month.
        read: u8,
        /// Stories that may be read a month.
        limit: u8,
        /// From when waiting alone would open the story; never for a story of registered readers.
        opens: Option<Instant>,
        /// Why, for the words on the wall.
        because: Because,
    },
}

/// Why a wall is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The reader has read this month's stories.
    AllRead,
    /// The story is for registered readers.
    ForRegistered,
    /// The reader's network has used up what it may read without a cookie today.
    BusyNetwork,
    /// Something broke, and a wall is the safe answer (F-03).
    Unsure,
}

impl Standing {
    /// The word of the `Dateline-Standing` header.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Counted { .. } => "counted",
            Self::Asked { .. } => "asked",
            Self::Closed { .. } => "closed",
        }
    }

    /// Whether the body may be shown.
    pub fn grants(&self) -> bool {
        !matches!(self, Self::Closed { .. })
    }

    /// Stories read and stories allowed, for `Dateline-Read`; none where nothing is counted.
    pub fn figures(&self) -> Option<(u8, u8)> {
        match *self {
            Self::Open => None,
            Self::Counted { read, limit }
            | Self::Asked { read, limit }
            | Self::Closed { read, limit, .. } => Some((read, limit)),
        }
    }
}

/// Decides how a reader stands to a story, and what the reader's tally becomes; no tally means that
/// the reader's cookie is left as it is.
///
/// A pure function of its arguments. A story that is in the tally already is free: it answers as
/// silently or as askingly as the first time, with the month's true count. The order of the questions
/// is READERS.md's: open first, then who is asking, then the count.
pub fn standing(
    policy: &Policy,
    access: Access,
    reader: &ReaderKind<'_>,
    today: &Today,
) -> (Standing, Option<Tally>) {
    let limit = policy.limit.min(LIMIT_MOST);
    let closed = |read, opens, because| {
        (
            Standing::Closed {
                read,
                limit,
                opens,
                because,
            },
            None,
        )
    };
    let (tally, mark) = match (access, reader) {
        (Access::Open, _) | (_, ReaderKind::Known) => return (Standing::Open, None),
        (Access::Registered, _) => return closed(0, None, Because::ForRegistered),
        (Access::Metered, ReaderKind::BeyondAllowance) => {
            return closed(0, Some(today.ends), Because::BusyNetwork);
        }
        (Access::Metered, ReaderKind::Unknown(tally, mark)) => (tally, *mark),
    };
    if let Some(place) = tally.place_of(mark) {
        return (shown(policy, place, tally.read()), Some((*tally).clone()));
    }
    if tally.read() >= limit {
        return closed(tally.read(), Some(today.period_ends), Because::AllRead);
    }
    let tally = tally.with(mark);
    (shown(policy, tally.read(), tally.read()), Some(tally))
}

/// The `place`th story of the month, of `read` so far.
fn shown(policy: &Policy, place: u8, read: u8) -> Standing {
    // The publisher may have lowered the limit since: what was granted stays granted.
    let limit = policy.limit.min(LIMIT_MOST).max(read);
    if place < policy.asks_from {
        Standing::Counted { read, limit }
    } else {
        Standing::Asked { read, limit }
    }
}

/// What the gate knows when it asks.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The story's rule.
    pub access: Access,
    /// The story's id.
    pub story: Uuid,
    /// Whether a registered reader is signed in.
    pub is_known: bool,
    /// The value of the cookie [`cookie::NAME`] as sent, unchecked.
    pub cookie: Option<&'a str>,
    /// Where the request came from, through trusted proxies only (V-24).
    pub from: IpAddr,
}

/// The meter of one site: the policy with its keys, its calendar and its allowance. It keeps nothing
/// per reader.
pub struct Meter {
    policy: Policy,
    jar: Jar,
    calendar: Calendar,
    allowance: Allowance,
}

impl Meter {
    /// A meter with the default size of allowance table.
    pub fn new(policy: Policy, jar: Jar) -> Self {
        let allowance = Allowance::new(policy.daily_allowance);
        Self::with_allowance(policy, jar, allowance)
    }

    fn with_allowance(policy: Policy, jar: Jar, allowance: Allowance) -> Self {
        let calendar = Calendar::new(policy.zone.clone());
        Self {
            policy,
            jar,
            calendar,
            allowance,
        }
    }

    /// The policy it goes by.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// How often unknown readers from networks already seen that day came without a valid cookie; see
    /// [`Allowance::estimated_reset_reads`].
    pub fn estimated_reset_reads(&self) -> u64 {
        self.allowance.estimated_reset_reads()
    }

    /// The gate's one question: how does the reader stand to the story, and which `Set-Cookie` value
    /// goes with the answer.
    ///
    /// Whatever breaks, the answer is a wall (F-03, W-10).
    pub fn answer(&self, ask: &Ask<'_>, now: Instant) -> (Standing, Option<String>) {
        self.try_to_answer(ask, now).unwrap_or_else(|fault| {
            tracing::error!(
                fault = fault.chain(),
                "the meter broke, and the wall was shown"
            );
            let (read, limit) = (0, self.policy.limit.min(LIMIT_MOST));
            (
                Standing::Closed {
                    read,
                    limit,
                    opens: None,
                    because: Because::Unsure,
                },
                None,
            )
        })
    }

    fn try_to_answer(
        &self,
        ask: &Ask<'_>,
        now: Instant,
    ) -> Result<(Standing, Option<String>), Fault> {
        let today = self.calendar.today(now)?;
        if ask.is_known || ask.access != Access::Metered {
            // Nothing is counted, so no cookie is opened. Beyond the allowance or not, it is one wall.
            let reader = if ask.is_known {
                ReaderKind::Known
            } else {
                ReaderKind::BeyondAllowance
            };
            return Ok((standing(&self.policy, ask.access, &reader, &today).0, None));
        }
        let opened = ask.cookie.and_then(|cookie| self.jar.open(cookie, &today));
        let is_allowed = opened.is_some() || self.allowance.spend(ask.from, &today)?;
        let tally = match opened {
            Some(tally) => tally,
            None => self.jar.blank(&today),
        };
        let reader = match is_allowed {
            true => ReaderKind::Unknown(&tally, self.jar.mark(&tally, ask.story)),
            false => ReaderKind::BeyondAllowance,
        };
        let (standing, tally) = standing(&self.policy, ask.access, &reader, &today);
        let cookie = match tally {
            Some(tally) => Some(
                self.jar
                    .set_cookie(&tally, self.policy.limit, &today, now)?,
            ),
            None => None,
        };
        Ok((standing, cookie))
    }
}
