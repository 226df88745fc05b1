//! The whole house around a fresh database, opened for one scene.

use std::{
    cell::{Cell, RefCell},
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use base::clock::SharedClock;
use courier::testing::StubNames;
use dateline::{folder::Folder, house, jobs, settings, settings::Settings, wiring};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use store::{Place, outbox, testing::TestPlace};
use web::Peer;

use crate::{clock::Clock, front::Front, log::Log};

/// The host readers ask for; the site's own address is `https://` and this.
pub const HOST: &str = "news.example";
/// What seals the meter's cookie when the scene begins: 32 bytes in hexadecimal digits.
pub const FIRST_KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// A newsroom in which a scene is played. Close it with [`Newsroom::closes`]: a scene that forgets to
/// fails, for nothing would have looked at what was left undone.
pub struct Newsroom {
    /// The clock.
    pub clock: Arc<Clock>,
    /// The table of names in place of the domain name system.
    pub names: Arc<StubNames>,
    /// What is logged.
    pub log: Log,
    /// The settings it was last opened with.
    pub settings: RefCell<Settings>,
    house: RefCell<house::Newsroom>,
    place: TestPlace,
    _pictures: Pictures,
    front: RefCell<Option<Rc<Front>>>,
    visitors: Cell<u16>,
    is_closed: Cell<bool>,
}

impl Newsroom {
    /// A newsroom on SQLite, in a folder that goes when the scene ends.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// As [`Newsroom::open`], with some settings of its own.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open_with(set: impl FnOnce(&mut Settings)) -> Self {
        let places = store::testing::places().await;
        let file = places
            .into_iter()
            .find(|place| matches!(**place, Place::Sqlite(_)));
        Self::at(file.expect("a place for a file"), set).await
    }

    /// Plays the scene on each engine, and closes the newsroom after it.
    pub async fn on_both(scene: impl AsyncFn(&Self)) {
        Self::on_both_with(|_| {}, scene).await;
    }

    /// As [`Newsroom::on_both`], with some settings of its own.
    pub async fn on_both_with(set: impl Fn(&mut Settings), scene: impl AsyncFn(&Self)) {
        for place in store::testing::places().await {
            eprintln!("on {:?}", *place);
            let news = Self::at(place, &set).await;
            scene(&news).await;
            news.closes().await;
        }
    }

    async fn at(place: TestPlace, set: impl FnOnce(&mut Settings)) -> Self {
        let pictures = Pictures::fresh();
        let (clock, names, log) = (Arc::new(Clock::default()), Arc::default(), Log::open());
        let mut settings = settings(&place);
        settings.pictures_folder = Some(pictures.0.clone());
        set(&mut settings);
        let shared: SharedClock = clock.clone();
        let nowhere = Folder(PathBuf::new());
        let db = house::database(&nowhere, &settings, &shared).await;
        let db = db.expect("a fresh database opens");
        let house = around(db, &settings, &clock, &names).await;
        Self {
            clock,
            names,
            log,
            settings: RefCell::new(settings),
            house: RefCell::new(house),
            place,
            _pictures: pictures,
            front: RefCell::default(),
            visitors: Cell::new(0),
            is_closed: Cell::new(false),
        }
    }

    /// The house as it stands: its database, its edition, its router.
    pub fn house(&self) -> house::Newsroom {
        self.house.borrow().clone()
    }

    /// The folder with the database's files, on SQLite.
    pub fn folder(&self) -> Option<&Path> {
        match &*self.place {
            Place::Sqlite(path) => path.parent(),
            Place::Postgres(_) => None,
        }
    }

    /// A new process around the same data, with changed settings; memory is lost as in any restart.
    pub async fn restarts_with(&self, set: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.borrow().clone();
        set(&mut settings);
        let db = self.house().db;
        let house = around(db, &settings, &self.clock, &self.names).await;
        self.house.replace(house);
        self.settings.replace(settings);
    }

    /// Lets every event be heard and every job that is due be run, as the server does whenever the bell rings.
    ///
    /// # Panics
    /// When events cannot be read.
    pub async fn settles(&self) {
        let house = self.house();
        loop {
            while wiring::hear(&house).await.expect("events can be read") > 0 {}
            if !jobs::run_next(&house).await.expect("jobs can be claimed") {
                return;
            }
        }
    }

    /// Lets every job run that is due, as the server does.
    ///
    /// # Panics
    /// When jobs cannot be read.
    pub async fn works(&self) {
        let house = self.house();
        while jobs::run_next(&house).await.expect("jobs can be read") {}
    }

    /// From now on every request goes through this; none for straight to the newsroom.
    pub fn stands_behind(&self, front: Option<Front>) {
        self.front.replace(front.map(Rc::new));
    }

    /// One request through what stands in front, if anything does.
    ///
    /// # Panics
    /// When the answer's body breaks off.
    pub async fn answers(&self, request: Request<Full<bytes::Bytes>>) -> Response<bytes::Bytes> {
        let front = self.front.borrow().clone();
        match front {
            Some(front) => front.answers(self, request).await,
            None => self.answers_itself(request).await,
        }
    }

    /// One request through the whole service, as the server answers it.
    pub(crate) async fn answers_itself(
        &self,
        request: Request<Full<bytes::Bytes>>,
    ) -> Response<bytes::Bytes> {
        let Peer(peer) = *request
            .extensions()
            .get::<Peer>()
            .expect("everybody comes from somewhere");
        let house = self.house();
        let (parts, body) = dateline::serve::answer(&house, request, peer)
            .await
            .into_parts();
        let body = body.collect().await.expect("an answer is whole").to_bytes();
        Response::from_parts(parts, body)
    }

    /// A number that no other visitor of this newsroom has.
    pub(crate) fn next_visitor(&self) -> u16 {
        self.visitors.set(self.visitors.get() + 1);
        self.visitors.get()
    }

    /// What left the building since this was last asked: for now questions to the domain name system.
    /// A scene in which something is meant to leave takes it out and looks at it.
    pub fn out_tray(&self) -> Vec<String> {
        self.names.takes_questions()
    }

    /// Ends the scene: no event is unheard or dead, nothing left the building that the scene did not
    /// look at, and no fault was logged.
    ///
    /// # Panics
    /// When something of this is not so.
    pub async fn closes(self) {
        self.is_closed.set(true);
        let db = self.house().db;
        let waiting = outbox::waiting(&db).await.expect("the database answers");
        let dead = outbox::dead(&db).await.expect("the database answers");
        db.close().await;
        assert!(dead.is_empty(), "events were set aside: {dead:?}");
        assert_eq!(
            waiting, 0,
            "events were not heard: the scene lacks a `settles`"
        );
        let left = self.out_tray();
        assert!(left.is_empty(), "left the building unseen: {left:#?}");
        let faults = self.log.faults();
        assert!(faults.is_empty(), "faults were logged: {faults:#?}");
    }

    /// Ends a scene in which something broke on purpose, and answers what was logged of it.
    pub async fn closes_broken(self) -> Vec<String> {
        self.is_closed.set(true);
        self.house().db.close().await;
        self.log.faults()
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let was_looked_at = self.is_closed.get() || std::thread::panicking();
        assert!(
            was_looked_at,
            "the scene ended without closing its newsroom"
        );
    }
}

/// A folder for files of pictures, which goes when the scene ends.
struct Pictures(PathBuf);

impl Pictures {
    fn fresh() -> Self {
        let name = format!("dateline-pictures-{}", uuid::Uuid::now_v7().simple());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Pictures {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn around(
    db: store::Db,
    settings: &Settings,
    clock: &Arc<Clock>,
    names: &Arc<StubNames>,
) -> house::Newsroom {
    let (clock, names) = (clock.clone(), names.clone());
    let house = house::Newsroom::around_with(db, settings, clock, names).await;
    house.expect("a house opens around its database")
}

/// The settings of a small newsroom in public, its rates waived so that a crawl is not taken for one.
fn settings(place: &TestPlace) -> Settings {
    let database = match &**place {
        Place::Sqlite(path) => format!("sqlite:{}", path.display()),
        Place::Postgres(url) => url.clone(),
    };
    let said = [
        ("NEWSROOM_NAME", "The Harbour Post"),
        ("NEWSROOM_TAGLINE", "News from the water"),
        ("NEWSROOM_ZONE", "Europe/Berlin"),
        ("SITE_URL", "https://news.example"),
        ("SITE_SECURITY_CONTACT", "mailto:security@news.example"),
        ("SERVE_WAIVE_RATES", "true"),
        ("METER_SECRET", FIRST_KEY),
        ("FEDIVERSE_ON", "true"),
        ("FEDIVERSE_KEY", &crate::fediverse::key("ours")),
        ("STORE_DATABASE", &database),
    ];
    let said = said.map(|(name, value)| (format!("DATELINE_{name}"), value.to_string()));
    settings::read(Path::new(""), said).expect("the settings of the tests are good")
}
