//! Where pictures are made: the shelf their files lie on, the darkroom they are developed in, and the limits.
//!
//! Bytes from outside go from the request to the shelf and from there into a child of the darkroom; what comes back are
//! prints, which is all that is ever served.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::body::Body;
use base::{
    Fault, Instant, No, Refusal,
    document::{Print, Prints},
};
use bytes::Bytes;
use darkroom::{Darkroom, Imprint, Limits, Order, Plan, darkroom::NotDone, develop::Developed};
use http_body_util::BodyExt;
use jiff::tz::TimeZone;
use newsroom::{
    By,
    picture::{
        self, Fields, File, Picture, PictureId, State,
        fields::{MAX_LINE, MAX_TEXT},
        lay::{give_up, lay},
        sweep::{GRACE, forget_replaced, is_named},
        take_in::{Arrival, known, take_in},
        upload::{self, named},
    },
};
use provenance::{Deed, Hand, Trust};
use store::{
    Db,
    shelf::{Hash, Incoming, LocalShelf, Shelf},
};
use uuid::Uuid;

use super::{fetches::Words, translated};

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

/// A file that came whole, within the limit.
#[derive(Debug)]
pub struct Whole(pub Vec<u8>);

/// A file with what is said of it besides.
#[derive(Debug)]
pub struct Brought<'a> {
    /// The file.
    pub file: Whole,
    /// Its name.
    pub name: &'a str,
    /// What is said of it where it says nothing itself.
    pub words: &'a Words,
}

impl Brought<'_> {
    fn filled(&self, mut fields: Fields) -> Fields {
        let shortened = |words: &Option<String>, most: usize| {
            let words = words.as_ref()?;
            Some(words.chars().take(most).collect::<String>())
        };
        let words = self.words;
        fields.caption = fields
            .caption
            .or_else(|| shortened(&words.caption, MAX_TEXT));
        fields.alt = fields.alt.or_else(|| shortened(&words.alt, MAX_TEXT));
        fields.credit = fields.credit.or_else(|| shortened(&words.credit, MAX_LINE));
        fields
    }
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

    /// Bytes that a file may have.
    pub fn largest(&self) -> u64 {
        self.limits.bytes
    }

    /// Takes a body into a file of its own, and reads it back when all of it has come. Memory holds one piece of it at a
    /// time until then, whatever was announced.
    ///
    /// # Errors
    /// `picture-too-large` as soon as it is; `picture-cut` when the body breaks off. Nothing is kept then.
    pub async fn take(&self, body: Body) -> Result<Whole, No> {
        let incoming = self.tray.incoming(Uuid::now_v7()).await?;
        match self.add(incoming, body, self.limits.bytes).await {
            Ok(incoming) => {
                let (incoming, bytes) = incoming.read().await?;
                incoming.discard().await?;
                Ok(Whole(bytes))
            }
            Err((no, incoming)) => {
                if let Some(incoming) = incoming {
                    incoming.discard().await?;
                }
                Err(no)
            }
        }
    }

    /// Adds a body to what has come, up to `most` bytes in all; what came before a break stays.
    pub(super) async fn add(
        &self,
        mut incoming: Incoming,
        mut body: Body,
        most: u64,
    ) -> Result<Incoming, (No, Option<Incoming>)> {
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else {
                let cut = Refusal::of("picture-cut").with("received", incoming.length());
                return Err((cut.into(), Some(incoming)));
            };
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            if incoming.length() + piece.len() as u64 > most {
                return Err((self.too_large().into(), Some(incoming)));
            }
            incoming = incoming
                .add(piece)
                .await
                .map_err(|fault| (fault.into(), None))?;
        }
        Ok(incoming)
    }

    /// That a file is larger than a picture may be.
    pub(super) fn too_large(&self) -> Refusal {
        Refusal::of("picture-too-large").with("limit", self.limits.bytes / 1_000_000)
    }

    /// Looks at a file, makes the first prints of it, and takes it in. The very same file is not looked at twice, and what
    /// is said of it stays.
    ///
    /// # Errors
    /// What the darkroom refuses; nothing is kept then.
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

    /// The job: all prints of a picture, from its original, its focus and its fields as they are now.
    ///
    /// # Errors
    /// When the original cannot be read, or other files were laid meanwhile; the job comes again.
    pub async fn develop(&self, db: &Db, id: PictureId, now: Instant) -> Result<(), Fault> {
        let Some(picture) = picture::one(db, id).await? else {
            return Ok(());
        };
        let original = self.shelf.get(picture.original).await?;
        let original = Bytes::from(original.ok_or_else(|| missing(picture.original))?);
        let plan = translated::full_plan(picture.focus);
        let imprint = Some(translated::imprint(&picture.fields));
        match self.order(original.clone(), plan, imprint).await {
            Ok(answer) => {
                let remarks = translated::remarks(&answer);
                let mut developed = answer.developed.unwrap_or_default();
                let prints = developed.prints;
                developed.prints = self.sealed(original, prints, &picture, now).await;
                let prints = self.keep(developed).await?;
                let upon = (id, picture.printed);
                let done = lay(db, upon, prints, &remarks, (State::Ready, now)).await?;
                done.then_some(()).ok_or_else(overtaken)
            }
            Err(NotDone::Refused(refused)) => {
                let why = Refusal::from(refused);
                tracing::warn!(picture = %id, %why, "picture {id} could not be developed further: {why}");
                give_up(db, id).await
            }
            Err(NotDone::Failed(fault)) => Err(fault),
        }
    }

    /// The job: the fields as they are now, written into the prints there are.
    ///
    /// # Errors
    /// As [`Making::develop`].
    pub async fn press(&self, db: &Db, id: PictureId, now: Instant) -> Result<(), Fault> {
        let Some(picture) = picture::one(db, id).await? else {
            return Ok(());
        };
        let original = self.shelf.get(picture.original).await?;
        let original = original.ok_or_else(|| missing(picture.original))?;
        let pressed = self.pressed(&picture).await?;
        let sealed = self.sealed(original.into(), pressed, &picture, now).await;
        let prints = Prints {
            all: self.keep_all(sealed).await?,
            ..picture.prints.clone()
        };
        let upon = (id, picture.printed);
        let done = lay(db, upon, prints, &picture.remarks, (picture.state, now)).await?;
        done.then_some(()).ok_or_else(overtaken)
    }

    /// The prints there are, with the fields as they are now written into them.
    async fn pressed(&self, picture: &Picture) -> Result<Vec<darkroom::Print>, Fault> {
        let imprint = translated::imprint(&picture.fields);
        let mut pressed = Vec::with_capacity(picture.prints.all.len());
        for print in &picture.prints.all {
            let hash = hash_of(print)?;
            let bytes = self.shelf.get(hash).await?.ok_or_else(|| missing(hash))?;
            let format = translated::darkroom_format(print.format);
            let bytes = imprint.press(format, &bytes);
            pressed.push(darkroom::Print {
                shape: translated::darkroom_shape(print.shape),
                format,
                width: print.width,
                height: print.height,
                bytes: bytes.ok_or_else(|| Fault::new("a print of ours is none"))?,
            });
        }
        Ok(pressed)
    }

    /// The prints with our manifest in them. Where they cannot be sealed they are shown without: a picture that says less
    /// is better than none, and the log says why.
    async fn sealed(
        &self,
        original: Bytes,
        prints: Vec<darkroom::Print>,
        picture: &Picture,
        now: Instant,
    ) -> Vec<darkroom::Print> {
        let Some(hand) = &self.credentials.hand else {
            return prints;
        };
        let deed = Deed {
            title: translated::title(picture),
            newsroom: self.credentials.newsroom.clone(),
            version: env!("CARGO_PKG_VERSION").into(),
            at: now.to_string(),
        };
        let sealed = self
            .darkroom
            .seal(original, prints.clone(), &deed, hand.as_ref());
        match sealed.await {
            Ok(sealed) => sealed,
            Err(not_done) => {
                let (picture, why) = (picture.id, No::from(not_done));
                tracing::warn!(%picture, ?why, "picture {picture} is shown without a manifest of ours");
                prints
            }
        }
    }

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

fn hash_of(print: &Print) -> Result<Hash, Fault> {
    Hash::from_bytes(&print.hash).ok_or_else(|| Fault::new("a print has no hash"))
}

fn bytes_of(hash: Hash) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hash.as_bytes());
    bytes
}

fn missing(hash: Hash) -> Fault {
    Fault::new(format!(
        "the file {hash} is not on the shelf; restore it from a backup"
    ))
}

fn overtaken() -> Fault {
    Fault::new("other files were laid meanwhile")
}
