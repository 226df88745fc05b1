//! A shelf in an object store, with a cache on this disk.
//!
//! The bucket is the truth. What is put goes there first and is kept here when it is there; what is read comes from here
//! where it is here, is hashed wherever it comes from, and is never handed out when it is not what its name says.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use base::{Fault, no::Doing};
use bytes::Bytes;
use courier::bucket::{Bucket, NotDone};
use store::shelf::{Away, Hash, Kept, LocalShelf, Shelf, Shelving};

#[cfg(test)]
mod tests;

/// The largest file that is read back, in bytes: the largest picture that any newsroom may allow.
const LARGEST: usize = api::pictures::LARGEST;
/// How full the cache is after it was cleared, in hundredths of its room.
const LEFT_FULL: u64 = 80;
/// The name under which `dateline check` puts a file there and takes it away.
const TRIAL: &str = "dateline-check";

/// A shelf in a bucket. Files have the names they have in a folder, `ab/abcd…`, so that either can be copied to the other.
#[derive(Clone)]
pub struct BucketShelf(Arc<Inner>);

struct Inner {
    bucket: Bucket,
    cache: LocalShelf,
    room: u64,
    used: AtomicU64,
    is_counted: AtomicBool,
    before: LocalShelf,
}

impl BucketShelf {
    /// A shelf in this bucket, with a cache of so many bytes. What lay in the folder `before` is found there.
    pub fn new(bucket: Bucket, (cache, room): (LocalShelf, u64), before: LocalShelf) -> Self {
        Self(Arc::new(Inner {
            bucket,
            cache,
            room,
            used: AtomicU64::new(0),
            is_counted: AtomicBool::new(false),
            before,
        }))
    }

    /// Puts a file there, reads it and takes it away again.
    ///
    /// # Errors
    /// With why that cannot be done.
    pub async fn tried(&self) -> Result<(), Fault> {
        let bucket = &self.0.bucket;
        let body = Bytes::from_static(b"This file may go.");
        bucket.put(TRIAL, body.clone()).await.map_err(fault)?;
        let read = bucket.get(TRIAL, LARGEST).await.map_err(fault)?;
        bucket.list().await.map_err(fault)?;
        bucket.remove(TRIAL).await.map_err(fault)?;
        if read != Some(body) {
            return Err(Fault::new("what was put there is not what it hands out"));
        }
        Ok(())
    }
}

impl Inner {
    async fn put(&self, bytes: Vec<u8>) -> Result<Hash, Fault> {
        let hash = Hash::of(&bytes);
        let bytes = Bytes::from(bytes);
        let put = self.bucket.put(&name(hash), bytes.clone()).await;
        put.map_err(fault).doing("putting a file into the bucket")?;
        self.keep_here(bytes).await;
        Ok(hash)
    }

    async fn get(&self, hash: Hash) -> Result<Option<Vec<u8>>, Fault> {
        match self.cache.get(hash).await {
            Ok(Some(bytes)) => return Ok(Some(bytes)),
            Ok(None) => {}
            Err(spoilt) => {
                tracing::warn!(why = spoilt.chain(), "a file in the cache is fetched anew");
                self.cache.remove(hash).await?;
            }
        }
        // Spoilt here, it may be whole there.
        if let Ok(Some(bytes)) = self.before.get(hash).await {
            return Ok(Some(bytes));
        }
        let got = self.bucket.get(&name(hash), LARGEST).await;
        let got = got.map_err(fault).doing("reading a file from the bucket")?;
        let Some(bytes) = got else { return Ok(None) };
        if Hash::of(&bytes) != hash {
            return Err(Fault::new(format!(
                "the file {hash} in the bucket is not what its name says; restore it from a backup"
            )));
        }
        self.keep_here(bytes.clone()).await;
        Ok(Some(bytes.into()))
    }

    async fn remove(&self, hash: Hash) -> Result<(), Fault> {
        let gone = self.bucket.remove(&name(hash)).await;
        gone.map_err(fault)
            .doing("taking a file out of the bucket")?;
        self.cache.remove(hash).await?;
        self.before.remove(hash).await
    }

    async fn list(&self) -> Result<Vec<Kept>, Fault> {
        let objects = self.bucket.list().await;
        let objects = objects.map_err(fault).doing("listing the bucket")?;
        let kept = objects.into_iter().filter_map(|object| {
            let (folder, hash) = object.key.split_once('/')?;
            Some(Kept {
                hash: hash.parse().ok().filter(|_| hash.starts_with(folder))?,
                since: object.since,
                bytes: object.bytes,
            })
        });
        Ok(kept.collect())
    }

    /// Keeps a copy here. Where that fails the bucket has it, and the log says why.
    async fn keep_here(&self, bytes: Bytes) {
        let length = bytes.len() as u64;
        let kept = async {
            self.cache.put(bytes.into()).await?;
            if !self.is_counted.swap(true, Ordering::Relaxed) {
                let all = self.cache.list().await?;
                let used = all.iter().map(|kept| kept.bytes).sum();
                self.used.store(used, Ordering::Relaxed);
            } else {
                self.used.fetch_add(length, Ordering::Relaxed);
            }
            if self.used.load(Ordering::Relaxed) > self.room {
                self.clear().await?;
            }
            Ok::<(), Fault>(())
        };
        if let Err(fault) = kept.await {
            tracing::warn!(why = fault.chain(), "a file was not kept in the cache");
        }
    }

    /// Throws away what came first until there is room.
    async fn clear(&self) -> Result<(), Fault> {
        let mut all = self.cache.list().await?;
        all.sort_by_key(|kept| kept.since);
        let mut used: u64 = all.iter().map(|kept| kept.bytes).sum();
        for kept in all {
            if used <= self.room / 100 * LEFT_FULL {
                break;
            }
            self.cache.remove(kept.hash).await?;
            used -= kept.bytes;
        }
        self.used.store(used, Ordering::Relaxed);
        Ok(())
    }
}

impl Shelf for BucketShelf {
    fn put(&self, bytes: Vec<u8>) -> Shelving<'_, Hash> {
        Box::pin(self.0.put(bytes))
    }

    fn get(&self, hash: Hash) -> Shelving<'_, Option<Vec<u8>>> {
        Box::pin(self.0.get(hash))
    }

    fn remove(&self, hash: Hash) -> Shelving<'_, ()> {
        Box::pin(self.0.remove(hash))
    }

    fn list(&self) -> Shelving<'_, Vec<Kept>> {
        Box::pin(self.0.list())
    }
}

/// As the folder has it.
fn name(hash: Hash) -> String {
    let digits = hash.to_string();
    format!("{}/{digits}", &digits[..2])
}

/// What is away may come back, and visitors are told so; anything else is for the operator.
fn fault(not_done: NotDone) -> Fault {
    match not_done {
        NotDone::Away(why) => Fault::while_("asking the bucket", Away(why)),
        NotDone::Failed(fault) => fault,
        refused @ NotDone::Refused(_) => Fault::while_("asking the bucket", refused),
    }
}
