//! The house, opened: database, edition, doors.

pub mod pictures;

use std::sync::Arc;

use api::pictures::making::Making;
use audience::{
    crawler::{Roll, Verifier},
    meter::{
        Meter,
        cookie::{Jar, Keys, SECRET},
    },
};
use axum::Router;
use base::{Fault, clock::SharedClock};
use courier::{Fetcher, Rules, Sender};
use desk::{Desk, Rooms};
use newsroom::{edition::Keeper, story::publish::Customs};
use site::{Identity, Opening, Site, hot::Hot};
use store::{Db, Migrations, Statement};
use web::{FrameHost, Hosts, House, Words, house::Rates};

use crate::{folder::Folder, settings::Settings, voice};
use pictures::{making, picture_fetcher};

/// An eighth of what the settings call a megabyte, in bytes. What `store.pages_mb` allows is shared out
/// in eighths: four for pages, two for bodies behind the gate, and two for answers that are
/// remembered whole, which mostly hold the same bytes once more without copying them.
const EIGHTH_OF_MB: u64 = 125_000;

/// The largest answer to what we send, in bytes: a challenge, another server's key.
const LARGEST_ANSWER: usize = 64 * 1024;
/// The largest page that a card is made of, in bytes; what a page says of itself stands at its top.
const LARGEST_PAGE: usize = 2 * 1024 * 1024;

/// Every crate's tables, in the order in which they refer to each other.
pub const MIGRATIONS: &[Migrations] = &[
    store::MIGRATIONS,
    newsroom::MIGRATIONS,
    manuscript::MIGRATIONS,
    audience::MIGRATIONS,
    api::MIGRATIONS,
    syndication::MIGRATIONS,
    interchange::keeping::MIGRATIONS,
];

/// Every statement of the house.
pub fn statements() -> Vec<&'static Statement> {
    let store = store::STATEMENTS.to_vec();
    [
        store,
        newsroom::statements(),
        manuscript::statements(),
        audience::statements(),
        api::statements(),
        syndication::statements(),
        interchange::keeping::statements(),
    ]
    .concat()
}

/// Every row of the sheet of doors.
pub fn rows() -> Vec<web::Row> {
    [site::ROWS, api::ROWS, desk::ROWS].concat()
}

/// An opened newsroom.
#[derive(Clone)]
pub struct Newsroom {
    /// The database.
    pub db: Db,
    /// The edition.
    pub keeper: Arc<Keeper>,
    /// The public site.
    pub site: Site,
    /// By which letters leave the house.
    pub sender: Arc<Sender>,
    /// By which pictures come that somebody asked for by address.
    pub picture_fetcher: Arc<Sender>,
    /// Finished answers in front of the router.
    pub hot: Arc<Hot>,
    /// Everything behind its doors.
    pub router: Router,
    /// The time.
    pub clock: SharedClock,
    /// The newsroom's zone.
    pub zone: jiff::tz::TimeZone,
    /// Where pictures are made.
    pub making: Making,
    /// What holds when stories go out.
    pub customs: Customs,
    /// Whether crawlers' owners are asked for their ranges.
    pub renews_crawlers: bool,
}

/// Opens the database of a data folder and brings it up to date.
pub async fn database(
    folder: &Folder,
    settings: &Settings,
    clock: &SharedClock,
) -> Result<Db, Fault> {
    let db = Db::open(&folder.database(settings)?, MIGRATIONS, clock.now()).await?;
    lay_out_trust_pages(&db, clock).await?;
    Ok(db)
}

impl Newsroom {
    /// Opens everything that serving needs.
    pub async fn open(
        folder: &Folder,
        settings: &Settings,
        clock: SharedClock,
    ) -> Result<Self, Fault> {
        let db = database(folder, settings, &clock).await?;
        let settings = Settings {
            pictures_folder: Some(folder.pictures(settings)),
            secrets_folder: Some(folder.secrets()),
            ..settings.clone()
        };
        Self::around(db, &settings, clock).await
    }

    /// Opens everything around a database that is open already; the settings name the folder of pictures.
    pub async fn around(db: Db, settings: &Settings, clock: SharedClock) -> Result<Self, Fault> {
        let names = Arc::new(courier::DomainNames::of_this_machine()?);
        Self::around_with(db, settings, clock, names).await
    }

    /// As [`Newsroom::around`], with these names of machines; tests bring a table of their own.
    pub async fn around_with(
        db: Db,
        settings: &Settings,
        clock: SharedClock,
        names: Arc<dyn courier::Names>,
    ) -> Result<Self, Fault> {
        let ground = Ground {
            keeper: Arc::new(Keeper::load(db.clone(), settings.zone.clone()).await?),
            words: Arc::new(Words::shipped()),
            db,
            making: making(settings, &clock)?,
            clock,
            settings,
        };
        let picture_fetcher = picture_fetcher(settings, &names, &ground.clock);
        let (sender, fetcher) = (ground.sender(&names), ground.fetcher(&names));
        let site = ground.site(names)?;
        let doors = site::doors()
            .with_state(site.clone())
            .merge(api::doors().with_state(ground.api(fetcher)))
            .merge(desk::doors().with_state(ground.desk()?));
        let (router, porter) = doors.into_service((), ground.house(&site));
        let hot = Hot::new(
            settings.pages_mb * EIGHTH_OF_MB,
            hosts_of_pages(settings),
            porter,
        );
        Ok(Self {
            db: ground.db,
            keeper: ground.keeper,
            site,
            sender: Arc::new(sender),
            picture_fetcher: Arc::new(picture_fetcher),
            hot: Arc::new(hot),
            router,
            clock: ground.clock,
            zone: settings.zone.clone(),
            making: ground.making,
            customs: Customs {
                zone: settings.zone.clone(),
                credit_needed: settings.credit_needed,
            },
            renews_crawlers: settings.renew_crawlers,
        })
    }
}

/// What every part of the house stands on.
struct Ground<'a> {
    db: Db,
    keeper: Arc<Keeper>,
    words: Arc<Words>,
    clock: SharedClock,
    making: Making,
    settings: &'a Settings,
}

impl Ground<'_> {
    fn desk(&self) -> Result<Desk, Fault> {
        let (db, clock) = (self.db.clone(), Arc::clone(&self.clock));
        let rooms = Rooms::new(db.clone(), Arc::clone(&clock));
        Desk::open(rooms, db, clock)
    }

    fn site(&self, names: Arc<dyn courier::Names>) -> Result<Site, Fault> {
        let settings = self.settings;
        Site::open(Opening {
            db: self.db.clone(),
            keeper: Arc::clone(&self.keeper),
            words: Arc::clone(&self.words),
            identity: identity(settings),
            meter: meter(settings)?,
            crawlers: crawlers(settings, names)?,
            clock: Arc::clone(&self.clock),
            shelf: Arc::clone(&self.making.shelf),
            media: self.making.media.clone(),
            frame_origin: settings.frame_origin.clone(),
            voice: voice::open(settings)?.map(Arc::new),
            overlay: settings.theme.clone(),
            kept_bytes: settings.pages_mb * 4 * EIGHTH_OF_MB,
            bodies_bytes: settings.pages_mb * 2 * EIGHTH_OF_MB,
        })
    }

    /// Sends what newsroom and strangers asked for, and nowhere they should not.
    fn sender(&self, names: &Arc<dyn courier::Names>) -> Sender {
        let rules = Rules {
            own: self.settings.own_services.clone(),
            largest: LARGEST_ANSWER,
            ..Rules::default()
        };
        Sender::new(Arc::clone(names), rules, Arc::clone(&self.clock))
    }

    /// Fetches what staff ask to see a card of.
    fn fetcher(&self, names: &Arc<dyn courier::Names>) -> Fetcher {
        let rules = Rules {
            own: self.settings.own_services.clone(),
            redirects: courier::fetch::REDIRECTS_MOST,
            largest: LARGEST_PAGE,
            ..Rules::default()
        };
        Fetcher::new(Arc::clone(names), rules)
    }

    fn api(&self, fetcher: Fetcher) -> api::Api {
        let settings = self.settings;
        api::Api::open(api::Opening {
            db: self.db.clone(),
            keeper: Arc::clone(&self.keeper),
            clock: Arc::clone(&self.clock),
            words: Arc::clone(&self.words),
            fetcher: Arc::new(fetcher),
            identity: api::Identity {
                name: settings.name.clone(),
                language: settings.language.clone(),
                zone: settings.zone.clone(),
                credit_needed: settings.credit_needed,
            },
            making: self.making.clone(),
            frame_origin: settings.frame_origin.clone(),
        })
    }

    fn house(&self, site: &Site) -> House {
        let settings = self.settings;
        let clock = Arc::clone(&self.clock);
        House {
            doorkeeper: Arc::new(api::door::Keeper::new(self.db.clone(), Arc::clone(&clock))),
            trusted_proxies: settings.trusted_proxies.clone(),
            hosts: hosts(settings),
            media_host: settings.media_host().map(str::to_lowercase),
            frames: settings.frame_origin.as_ref().map(|origin| FrameHost {
                origin: origin.clone(),
                site: settings.url.clone(),
            }),
            https: settings.is_https(),
            words: Arc::clone(&self.words),
            language: settings.language.clone(),
            problem_page: Arc::new(site::SiteProblemPage(site.clone())),
            is_unavailable: Arc::new(store::is_unavailable),
            rates: if settings.waive_rates {
                Rates::Waived
            } else {
                Rates::Kept
            },
            ..House::plain(clock)
        }
    }
}

fn identity(settings: &Settings) -> Identity {
    Identity {
        name: settings.name.clone(),
        tagline: settings.tagline.clone(),
        language: settings.language.clone(),
        zone: settings.zone.clone(),
        url: settings.url.clone(),
        security_contact: settings.security_contact.clone(),
    }
}

/// On this machine alone any name of it will do, but for those with a part of their own; in public only our own.
fn hosts_of_pages(settings: &Settings) -> Hosts {
    if settings.is_https() {
        return Hosts::Ours(vec![settings.host().to_lowercase()]);
    }
    let others = [settings.media_host(), settings.frame_host()];
    let others = others.into_iter().flatten().map(str::to_lowercase);
    Hosts::ThisMachineBut(others.collect())
}

/// The same, with the hosts of pictures' files and of frames where they have one of their own.
fn hosts(settings: &Settings) -> Hosts {
    if settings.is_https() {
        let ours = [
            Some(settings.host()),
            settings.media_host(),
            settings.frame_host(),
        ];
        Hosts::Ours(ours.into_iter().flatten().map(str::to_lowercase).collect())
    } else {
        Hosts::ThisMachine
    }
}

fn meter(settings: &Settings) -> Result<Meter, Fault> {
    let current = settings.meter_secret.as_deref();
    let current =
        current.ok_or_else(|| Fault::new("meter.secret is not set: run `dateline init`"))?;
    let current = secret("meter.secret", current)?;
    let previous = settings.previous_meter_secret.as_deref();
    let previous = previous
        .map(|text| secret("meter.previous_secret", text))
        .transpose()?;
    let keys = Keys::new(&current, previous.as_ref())?;
    Ok(Meter::new(
        settings.policy.clone(),
        Jar::new(keys, settings.host()),
    ))
}

fn secret(name: &str, text: &str) -> Result<[u8; SECRET], Fault> {
    let wrong = || Fault::new(format!("{name} takes {} hexadecimal digits", 2 * SECRET));
    let mut bytes = [0; SECRET];
    if text.len() != 2 * SECRET || !text.is_ascii() {
        return Err(wrong());
    }
    for (nth, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * nth..2 * nth + 2], 16).map_err(|_| wrong())?;
    }
    Ok(bytes)
}

fn crawlers(settings: &Settings, names: Arc<dyn courier::Names>) -> Result<Verifier, Fault> {
    let mut roll = Roll::default();
    for (name, offers) in &settings.crawlers {
        if !roll.choose(name, *offers) {
            let known: Vec<&str> = audience::crawler::KNOWN
                .iter()
                .map(|one| one.name)
                .collect();
            let known = known.join(", ");
            return Err(Fault::new(format!(
                "crawlers.choices names {name}; known are {known}"
            )));
        }
    }
    Ok(Verifier::new(names, roll))
}

/// New newsrooms begin with starter text in every trust page, for the desk alone; what was adapted stays.
async fn lay_out_trust_pages(db: &Db, clock: &SharedClock) -> Result<(), Fault> {
    if !newsroom::trust::all(db).await?.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for (position, (slug, text)) in newsroom::trust::STARTER.iter().enumerate() {
        let (title, body) = interchange::text_page::read(text)?;
        let slug = slug
            .parse()
            .map_err(|error| Fault::while_("naming a trust page", error))?;
        let words = (title, body);
        newsroom::trust::lay_out(&mut tx, slug, words, position as u32, clock.now()).await?;
    }
    tx.commit().await
}
