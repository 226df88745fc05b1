//! What every handler works with: the database, the edition, the words, and who publishes.

use std::{ops::Deref, sync::Arc};

use base::{Language, clock::SharedClock};
use courier::Fetcher;
use jiff::tz::TimeZone;
use newsroom::{edition::Keeper, story::publish::Customs};
use store::Db;
use web::{Page, Words};

use crate::{openapi, pictures::making::Making};

/// Who publishes here.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The newsroom's name.
    pub name: String,
    /// Its first language.
    pub language: Language,
    /// Where its months and days begin.
    pub zone: TimeZone,
    /// Whether a picture needs a credit before it runs.
    pub credit_needed: bool,
}

/// What is needed to open the door.
pub struct Opening {
    /// The database.
    pub db: Db,
    /// The edition's keeper, for the list of topics.
    pub keeper: Arc<Keeper>,
    /// The words people read.
    pub words: Arc<Words>,
    /// Who publishes.
    pub identity: Identity,
    /// By which pages are looked at that staff want a card of.
    pub fetcher: Arc<Fetcher>,
    /// The time.
    pub clock: SharedClock,
    /// Where pictures are made.
    pub making: Making,
    /// The origin that frames of embeds are shown from; none where they are not kept.
    pub frame_origin: Option<String>,
}

/// The API behind its doors. Cheap to clone, and it holds no secret.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

/// What an API is made of.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The edition of the moment.
    pub keeper: Arc<Keeper>,
    /// The words people read.
    pub words: Arc<Words>,
    /// Who publishes.
    pub identity: Identity,
    /// By which pages are looked at that staff want a card of.
    pub fetcher: Arc<Fetcher>,
    /// The time.
    pub clock: SharedClock,
    /// Where pictures are made.
    pub making: Making,
    /// The origin that frames of embeds are shown from; none where they are not kept.
    pub frame_origin: Option<String>,
    /// What holds when stories go out.
    pub customs: Customs,
    /// The description of all of this, ready to send.
    pub(crate) description: Arc<Page>,
}

impl Api {
    /// Opens the API.
    pub fn open(opening: Opening) -> Self {
        let description = openapi::page(&opening.identity.name, opening.making.largest());
        Self(Arc::new(Inner {
            db: opening.db,
            keeper: opening.keeper,
            words: opening.words,
            making: opening.making,
            frame_origin: opening.frame_origin,
            customs: Customs {
                zone: opening.identity.zone.clone(),
                credit_needed: opening.identity.credit_needed,
            },
            identity: opening.identity,
            fetcher: opening.fetcher,
            clock: opening.clock,
            description,
        }))
    }
}

impl Deref for Api {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
