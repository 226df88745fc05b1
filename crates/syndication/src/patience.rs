//! When to try again, and when to stop.

use base::Instant;
use courier::{Receipt, Unsent};
use jiff::SignedDuration;

/// The waits after a failed try, in seconds: the schedule that Standard Webhooks recommends. Ten tries
/// in three days and a half, so that a machine that is down over a long week-end misses nothing.
pub const WAITS: [i64; 9] = [
    5,
    5 * 60,
    30 * 60,
    2 * 60 * 60,
    5 * 60 * 60,
    10 * 60 * 60,
    14 * 60 * 60,
    20 * 60 * 60,
    24 * 60 * 60,
];

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was taken.
    Taken(u16),
    /// Its receiver says that it is gone for good (410).
    Gone,
    /// It was not taken, for this reason; with what was answered and how long we should wait.
    Refused {
        /// The status, when there was an answer.
        status: Option<u16>,
        /// In words, for whoever looks after the receiver.
        why: String,
        /// The rest it asked for.
        rest: Option<SignedDuration>,
    },
    /// Nothing was tried: the host rests until then.
    Rests(Instant),
}

/// What a sending came to.
pub fn came(sent: Result<Receipt, Unsent>) -> Came {
    match sent {
        Ok(receipt) if receipt.is_taken() => Came::Taken(receipt.status),
        Ok(Receipt { status: 410, .. }) => Came::Gone,
        Ok(receipt) => Came::Refused {
            status: Some(receipt.status),
            why: format!("the answer was {}", receipt.status),
            rest: receipt.retry_after.and_then(|rest| rest.try_into().ok()),
        },
        Err(Unsent::Resting { until, .. }) => Came::Rests(until),
        Err(unsent) => Came::Refused {
            status: None,
            why: unsent.to_string(),
            rest: None,
        },
    }
}

/// When to try again after so many tries: by the schedule, or later when the receiver asked for it.
pub fn next_try(tries: u32, rest: Option<SignedDuration>, now: Instant) -> Option<Instant> {
    let nth = tries.checked_sub(1)? as usize;
    let wait = SignedDuration::from_secs(*WAITS.get(nth)?);
    let rest = rest
        .unwrap_or_default()
        .min(courier::breaker::LONGEST_ASKED);
    Some(now + wait.max(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_later_and_later_and_end() {
        #[track_caller]
        fn check(tries: u32, rest: i64, wait: Option<i64>) {
            let now = Instant::UNIX_EPOCH;
            let next = next_try(tries, Some(SignedDuration::from_secs(rest)), now);
            assert_eq!(next.map(|next| next.as_second()), wait);
        }
        check(1, 0, Some(5));
        check(2, 0, Some(300));
        check(2, 900, Some(900));
        check(9, 0, Some(86_400));
        check(9, i64::MAX, Some(86_400));
        check(10, 0, None);
    }
}
