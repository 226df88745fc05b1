//! The bell that says "look now" to whoever works on events and jobs.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;

/// Rings after commits that wrote events or jobs. Rings between two waits are heard by the second.
pub struct Bell {
    rings: watch::Sender<u64>,
    heard: AtomicU64,
}

impl Bell {
    /// A bell that has never rung.
    pub(crate) fn new() -> Self {
        Self {
            rings: watch::Sender::new(0),
            heard: AtomicU64::new(0),
        }
    }

    /// Waits for the next ring since this one was last heard or given out.
    pub async fn notified(&self) {
        let heard = self.heard.load(Ordering::Acquire);
        let mut listener = self.rings.subscribe();
        if let Ok(now) = listener.wait_for(|rings| *rings > heard).await {
            self.heard.store(*now, Ordering::Release);
        }
    }

    pub(crate) fn ring(&self) {
        self.rings.send_modify(|rings| *rings += 1);
    }
}

/// The same bell in another hand, which hears only what rings from now on.
impl Clone for Bell {
    fn clone(&self) -> Self {
        let heard = AtomicU64::new(*self.rings.borrow());
        Self {
            rings: self.rings.clone(),
            heard,
        }
    }
}
