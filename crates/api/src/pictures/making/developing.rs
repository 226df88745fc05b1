//! The jobs: prints made of what the library holds.

use base::{
    Fault, Instant, No, Refusal,
    document::{Print, Prints},
};
use bytes::Bytes;
use darkroom::darkroom::NotDone;
use newsroom::picture::{
    self, Picture, PictureId, State,
    lay::{give_up, lay},
};
use provenance::Deed;
use store::{Db, shelf::Hash};

use super::{super::translated, Making};

/// How often one job begins anew because other files were laid while it was at work, as when the focus is set twice.
const TRIES: usize = 3;

impl Making {
    /// The job: all prints of a picture, from its original, its focus and its fields as they are now.
    ///
    /// # Errors
    /// When the original cannot be read, or other files are laid again and again meanwhile; the job comes again.
    pub async fn develop(&self, db: &Db, id: PictureId, now: Instant) -> Result<(), Fault> {
        for _ in 0..TRIES {
            if self.developed(db, id, now).await? {
                return Ok(());
            }
        }
        Err(overtaken())
    }

    /// The job: the fields as they are now, written into the prints there are.
    ///
    /// # Errors
    /// As [`Making::develop`].
    pub async fn press(&self, db: &Db, id: PictureId, now: Instant) -> Result<(), Fault> {
        for _ in 0..TRIES {
            if self.pressed(db, id, now).await? {
                return Ok(());
            }
        }
        Err(overtaken())
    }

    /// Develops once, and answers whether it was done: not, where other files were laid meanwhile.
    async fn developed(&self, db: &Db, id: PictureId, now: Instant) -> Result<bool, Fault> {
        let Some(picture) = picture::one(db, id).await? else {
            return Ok(true);
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
                lay(db, upon, prints, &remarks, (State::Ready, now)).await
            }
            Err(NotDone::Refused(refused)) => {
                let why = Refusal::from(refused);
                tracing::warn!(picture = %id, %why, "picture {id} could not be developed further: {why}");
                give_up(db, id).await?;
                Ok(true)
            }
            Err(NotDone::Failed(fault)) => Err(fault),
        }
    }

    /// Presses once, and answers as [`Making::developed`].
    async fn pressed(&self, db: &Db, id: PictureId, now: Instant) -> Result<bool, Fault> {
        let Some(picture) = picture::one(db, id).await? else {
            return Ok(true);
        };
        let original = self.shelf.get(picture.original).await?;
        let original = original.ok_or_else(|| missing(picture.original))?;
        let pressed = self.imprinted(&picture).await?;
        let sealed = self.sealed(original.into(), pressed, &picture, now).await;
        let prints = Prints {
            all: self.keep_all(sealed).await?,
            ..picture.prints.clone()
        };
        let upon = (id, picture.printed);
        lay(db, upon, prints, &picture.remarks, (picture.state, now)).await
    }

    /// The prints there are, with the fields as they are now written into them.
    async fn imprinted(&self, picture: &Picture) -> Result<Vec<darkroom::Print>, Fault> {
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
}

fn hash_of(print: &Print) -> Result<Hash, Fault> {
    Hash::from_bytes(&print.hash).ok_or_else(|| Fault::new("a print has no hash"))
}

fn missing(hash: Hash) -> Fault {
    Fault::new(format!(
        "the file {hash} is not on the shelf; restore it from a backup"
    ))
}

fn overtaken() -> Fault {
    Fault::new("other files were laid meanwhile")
}
