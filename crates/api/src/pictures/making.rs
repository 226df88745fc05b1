//! Where pictures are made: the shelf their files lie on, the darkroom they are developed in, and the limits.
//!
//! Bytes from outside go from the request to the shelf and from there into a child of the darkroom; what comes back are
//! prints, which is all that is ever served.

mod coming;
mod developing;
mod scanning;
mod sweeping;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use base::{
    Fault, Instant, No, Refusal,
    document::{Print, Prints},
};
use bytes::Bytes;
use darkroom::{Darkroom, Imprint, Limits, Order, Plan, darkroom::NotDone, develop::Developed};
use jiff::tz::TimeZone;
use newsroom::{
    By,
    picture::{
        File, Picture,
        take_in::{Arrival, known, take_in},
        upload::named,
    },
};
use provenance::{Hand, Trust};
use store::{
    Db,
    shelf::{Hash, LocalShelf, Shelf},
};

use super::translated;
pub use coming::{Brought, Whole};
pub use scanning::{Scanning, WhenSilent};

/// Where pictures are made. Cheap to clone.
#[derive(Clone)]
pub struct Making {
    /// Where files are kept.
    pub shelf: Arc<dyn Shelf>,
    /// Where files lie that are still coming: always on this machine.
    pub tray: LocalShelf,
    /// What stands before the name of every served file: `/media/`, or the same on a host of its own.
    pub media: String,
    darkroom: Darkroom,
    limits: Limits,
    credentials: Credentials,
    scanning: Option<Scanning>,
    is_warned: Arc<AtomicBool>,
}

/// How pictures are told where they come from, and say so.
#[derive(Clone, Default)]
pub struct Credentials {
    /// Who signs; nobody where prints are not to be sealed.
    pub hand: Option<Arc<Hand>>,
    /// Whom readers are told is vouched for.
    pub trust: Trust,
    /// The newsroom's name, for our manifests.
    pub newsroom: String,
}

impl Making {
    /// Makes pictures of at most `largest` bytes.
    pub fn new(tray: LocalShelf, darkroom: Darkroom, media: String, largest: u64) -> Self {
        Self {
            shelf: Arc::new(tray.clone()),
            tray,
            media,
            darkroom,
            limits: Limits {
                bytes: largest,
                ..Limits::default()
            },
            credentials: Credentials::default(),
            scanning: None,
            is_warned: Arc::default(),
        }
    }

    /// The same, with credentials.
    #[must_use]
    pub fn with_credentials(self, credentials: Credentials) -> Self {
        Self {
            credentials,
            ..self
        }
    }

    /// The same, with a scanner that looks at each file before it is taken in.
    #[must_use]
    pub fn with_scanning(self, scanning: Option<Scanning>) -> Self {
        Self { scanning, ..self }
    }

    /// Bytes that a file may have.
    pub fn largest(&self) -> u64 {
        self.limits.bytes
    }

    /// That a file is larger than a picture may be.
    pub(super) fn too_large(&self) -> Refusal {
        Refusal::of("picture-too-large").with("limit", self.limits.bytes / 1_000_000)
    }

    /// Looks at a file, makes the first prints of it, and takes it in. The very same file is not looked at twice, and what
    /// is said of it stays.
    ///
    /// # Errors
    /// What the scanner finds and what the darkroom refuses; nothing is kept then.
    pub async fn take_in(
        &self,
        (db, zone): (&Db, &TimeZone),
        mut brought: Brought<'_>,
        hand: (&By, Instant),
    ) -> Result<(Picture, bool), No> {
        let bytes = &brought.file.0;
        if bytes.len() as u64 > self.limits.bytes {
            return Err(self.too_large().into());
        }
        self.scanned(bytes, brought.name, hand.0).await?;
        let original = Hash::of(bytes);
        if let Some(picture) = known(db, original).await? {
            return Ok((picture, false));
        }
        let length = bytes.len() as u64;
        let bytes = Bytes::from(std::mem::take(&mut brought.file.0));
        let answer = self
            .order(bytes.clone(), translated::first_plan(), None)
            .await?;
        self.shelf.put(bytes.into()).await?;
        let remarks = translated::remarks(&answer);
        let said = serde_json::to_value(&answer.particulars)
            .map_err(|error| Fault::while_("keeping what a picture says", error))?;
        let arrival = Arrival {
            original,
            file: File {
                name: named(brought.name),
                kind: translated::kind(answer.look.kind).into(),
                bytes: length,
                width: answer.look.width,
                height: answer.look.height,
                told: answer.told,
            },
            said,
            remarks,
            prints: self.keep(answer.developed.unwrap_or_default()).await?,
            fields: brought.filled(translated::fields(answer.particulars)),
        };
        take_in(db, zone, arrival, hand).await
    }

    async fn order(
        &self,
        bytes: Bytes,
        plan: Plan,
        imprint: Option<Imprint>,
    ) -> Result<darkroom::Answer, NotDone> {
        let order = Order {
            limits: self.limits,
            plan: Some(plan),
            imprint,
            trust: self.credentials.trust.clone(),
        };
        let answer = self.darkroom.develop(bytes, &order).await?;
        if !answer.filtered && !self.is_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "this system has no seccomp filters: pictures are developed in a process with bounds on time, memory \
                 and files, but not on what it may ask the system for"
            );
        }
        Ok(answer)
    }

    /// Puts prints on the shelf.
    async fn keep(&self, developed: Developed) -> Result<Prints, Fault> {
        Ok(Prints {
            all: self.keep_all(developed.prints).await?,
            colour: developed.placeholder,
            ..Prints::default()
        })
    }

    async fn keep_all(&self, prints: Vec<darkroom::Print>) -> Result<Vec<Print>, Fault> {
        let mut all = Vec::with_capacity(prints.len());
        for print in prints {
            let bytes = print.bytes.len() as u32;
            let hash = self.shelf.put(print.bytes).await?;
            all.push(Print {
                shape: translated::shape(print.shape),
                format: translated::format(print.format),
                width: print.width,
                height: print.height,
                bytes,
                hash: bytes_of(hash),
            });
        }
        Ok(all)
    }
}

fn bytes_of(hash: Hash) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hash.as_bytes());
    bytes
}
