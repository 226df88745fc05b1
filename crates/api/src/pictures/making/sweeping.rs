//! What is thrown away when nothing names it any more.

use base::{Fault, Instant};
use newsroom::picture::{
    sweep::{GRACE, forget_replaced, is_named},
    upload,
};
use store::Db;

use super::Making;

impl Making {
    /// Throws away what nothing names any more: prints replaced long ago, uploads never finished, files no row tells of.
    /// Originals of pictures are named by their records, and stay.
    ///
    /// # Errors
    /// When database or shelf are unavailable.
    pub async fn sweep(&self, db: &Db, now: Instant) -> Result<usize, Fault> {
        forget_replaced(db, now).await?;
        for id in upload::forget_old(db, now).await? {
            self.tray.forget(id.uuid()).await?;
        }
        let old = now.saturating_sub(GRACE).unwrap_or(now);
        for (id, since) in self.tray.all_incoming().await? {
            if since < old && upload::one(db, id.into()).await?.is_none() {
                self.tray.forget(id).await?;
            }
        }
        let mut swept = 0;
        for kept in self.shelf.list().await? {
            if kept.since < old && !is_named(db, kept.hash).await? {
                self.shelf.remove(kept.hash).await?;
                swept += 1;
            }
        }
        if swept > 0 {
            tracing::info!(
                files = swept,
                "{swept} files of pictures that nothing named were thrown away"
            );
        }
        Ok(swept)
    }
}
