//! How much was written.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use crate::db::Counts;

/// How much was written, for diagnostics and for the proof that groups form.
#[derive(Clone, Default)]
pub(super) struct Tally(Arc<[AtomicU64; 2]>);

impl Tally {
    pub(super) fn counts(&self) -> Counts {
        let [transactions, commits] = &*self.0;
        Counts {
            transactions: transactions.load(Ordering::Relaxed),
            commits: commits.load(Ordering::Relaxed),
        }
    }

    pub(super) fn add(&self, group: usize) {
        let [transactions, commits] = &*self.0;
        transactions.fetch_add(group as u64, Ordering::Relaxed);
        commits.fetch_add(1, Ordering::Relaxed);
    }
}
