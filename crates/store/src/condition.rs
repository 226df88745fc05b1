//! Whether the database may still be used, told to everybody who holds it.

use tokio::sync::watch;

use crate::error::StoreError;

/// Shared by the threads of one database. Once unusable, always unusable: after a failed write to
/// the disk nobody knows what is there, and asking the disk again may get a false yes (F-20).
#[derive(Debug, Clone)]
pub(crate) struct Condition(watch::Sender<Option<String>>);

impl Condition {
    pub(crate) fn sound() -> Self {
        Self(watch::Sender::new(None))
    }

    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match &*self.0.borrow() {
            Some(why) => Err(StoreError::Unusable(why.clone())),
            None => Ok(()),
        }
    }

    /// Marks the database unusable. The first reason is kept.
    pub(crate) fn give_up(&self, why: &str) {
        tracing::error!(why, "the database is unusable: the disk failed it");
        self.0.send_if_modified(|reason| {
            let first = reason.is_none();
            reason.get_or_insert_with(|| why.to_owned());
            first
        });
    }

    /// Waits until the database is unusable and says why.
    pub(crate) async fn given_up(&self) -> String {
        let mut watcher = self.0.subscribe();
        match watcher.wait_for(Option::is_some).await {
            Ok(why) => why.clone().unwrap_or_default(),
            Err(_) => std::future::pending().await,
        }
    }
}
