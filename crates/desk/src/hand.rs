//! A hand: somebody who has a manuscript open, and the line to them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use manuscript::caret::Caret;
use newsroom::By;
use tokio::sync::mpsc;

use crate::told::Told;

/// Messages that may wait for one browser; one that falls further behind is cut off and comes again.
pub(crate) const MOST_WAITING: usize = 512;
/// The colours of carets: dark enough for white letters (4.5:1 and more).
const COLOURS: [&str; 8] = [
    "#7a3e9d", "#1d6f6f", "#a04a22", "#2f5fb3", "#855600", "#b0306a", "#3a7328", "#5b5f97",
];

/// Tells hands apart for as long as the process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct HandId(u64);

impl HandId {
    /// One that nobody had before.
    pub(crate) fn fresh() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// The line to a browser.
#[derive(Clone)]
pub(crate) struct Line {
    out: mpsc::Sender<Arc<Told>>,
}

impl Line {
    /// A line, and its end at which the messages come out.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Arc<Told>>) {
        let (out, end) = mpsc::channel(MOST_WAITING);
        (Self { out }, end)
    }

    /// Says it without waiting. Whether the line holds: one that is full or closed does not.
    pub(crate) fn tell(&self, told: &Arc<Told>) -> bool {
        self.out.try_send(Arc::clone(told)).is_ok()
    }
}

/// Somebody who has the manuscript open.
pub(crate) struct Hand {
    /// Which one.
    pub(crate) id: HandId,
    /// Who.
    pub(crate) by: By,
    /// The number of their browser's copy of the text.
    pub(crate) client: u64,
    /// The line to them.
    pub(crate) line: Line,
    /// Where their caret was last.
    pub(crate) caret: Option<Caret>,
}

impl Hand {
    /// The colour of their caret: the same for one person everywhere.
    pub(crate) fn colour(&self) -> &'static str {
        let name = self.by.name.bytes();
        let sum = name.fold(0usize, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(usize::from(byte))
        });
        COLOURS[sum % COLOURS.len()]
    }
}
