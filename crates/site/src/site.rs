//! What every page is made from: the edition, the theme, the words, and the newsroom's identity.

use std::sync::Arc;

use audience::{crawler::Verifier, meter::Meter};
use base::{Language, clock::SharedClock};
use jiff::tz::TimeZone;
use newsroom::{Edition, edition::Keeper};
use store::{Db, shelf::Shelf};
use syndication::fediverse::Voice;
use web::{Assets, Templates, Words};

use crate::{body::Bodies, feeds::Texts, kept::Kept, share::Drawings, theme};

/// Who publishes this site.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The newsroom's name.
    pub name: String,
    /// A line about it.
    pub tagline: Option<String>,
    /// Its first language.
    pub language: Language,
    /// Where its months and days begin.
    pub zone: TimeZone,
    /// The site's own address, without a slash at the end: `https://example.org`.
    pub url: String,
    /// Where a hole in its security is told: a `mailto:` or `https:` address, checked.
    pub security_contact: Option<String>,
}

/// The public site. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// What a site is made of.
pub struct Inner {
    /// The database, for what is not in memory.
    pub db: Db,
    /// The edition of the moment.
    pub keeper: Arc<Keeper>,
    /// The theme's templates.
    pub templates: Templates,
    /// The theme's files.
    pub assets: Assets,
    /// The words people read.
    pub words: Arc<Words>,
    /// Who publishes.
    pub identity: Identity,
    /// The meter.
    pub meter: Meter,
    /// Who tells crawlers from those who say so.
    pub crawlers: Verifier,
    /// The time.
    pub clock: SharedClock,
    /// Where files of pictures lie.
    pub shelf: Arc<dyn Shelf>,
    /// What stands before their names: `/media/`, or the same on a host of its own.
    pub media: String,
    /// The origin that frames of embeds are shown from; none where they are not shown.
    pub frame_origin: Option<String>,
    /// In whose name we speak to other servers; nobody's, while the setting is off.
    pub voice: Option<Arc<Voice>>,
    /// Finished pages.
    pub(crate) kept: Kept,
    /// Bodies behind the gate.
    pub(crate) bodies: Bodies,
    /// What feeds show of stories.
    pub(crate) texts: Texts,
    /// Pictures drawn for links.
    pub(crate) drawings: Drawings,
}

/// What is needed to open a site.
pub struct Opening {
    /// The database.
    pub db: Db,
    /// The edition's keeper.
    pub keeper: Arc<Keeper>,
    /// The words people read.
    pub words: Arc<Words>,
    /// Who publishes.
    pub identity: Identity,
    /// The meter.
    pub meter: Meter,
    /// Who tells crawlers from those who say so.
    pub crawlers: Verifier,
    /// The time.
    pub clock: SharedClock,
    /// Where files of pictures lie.
    pub shelf: Arc<dyn Shelf>,
    /// What stands before their names.
    pub media: String,
    /// The origin that frames of embeds are shown from; none where they are not shown.
    pub frame_origin: Option<String>,
    /// In whose name we speak to other servers; nobody's, while the setting is off.
    pub voice: Option<Arc<Voice>>,
    /// A directory whose files take the place of the theme's.
    pub overlay: Option<std::path::PathBuf>,
    /// Bytes of finished pages to hold.
    pub kept_bytes: u64,
    /// Bytes of bodies behind the gate to hold.
    pub bodies_bytes: u64,
}

impl Site {
    /// Opens the site with its theme.
    ///
    /// # Errors
    /// A fault when a template of the theme does not read; it names the file and the line.
    pub fn open(opening: Opening) -> Result<Self, base::Fault> {
        let assets = theme::assets(opening.overlay.as_deref())?;
        let templates = theme::templates(&opening.words, opening.overlay.as_deref())?;
        Ok(Self(Arc::new(Inner {
            db: opening.db,
            keeper: opening.keeper,
            templates,
            drawings: Drawings::new(&assets),
            assets,
            words: opening.words,
            identity: opening.identity,
            meter: opening.meter,
            crawlers: opening.crawlers,
            clock: opening.clock,
            shelf: opening.shelf,
            media: opening.media,
            frame_origin: opening.frame_origin,
            voice: opening.voice,
            kept: Kept::new(opening.kept_bytes),
            bodies: Bodies::new(opening.bodies_bytes),
            texts: Texts::new(),
        })))
    }

    /// The edition of this moment.
    pub fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.keeper.current())
    }

    /// The whole address of a path here.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.identity.url)
    }
}

impl std::ops::Deref for Site {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
