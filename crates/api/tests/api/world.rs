//! A small newsroom behind its API, people who act in it, and their requests.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use api::{Api, Identity, Opening, door, pictures::making::Making};
use axum::{
    Router,
    body::{Body, to_bytes},
};
use base::{Clock, Id, Instant, Language, clock::SharedClock};
use courier::{Fetcher, Rules, testing::StubNames};
use darkroom::{Darkroom, darkroom::Program};
use http::{HeaderMap, Method, Request, StatusCode};
use jiff::{SignedDuration, tz::TimeZone};
use newsroom::{
    edition::Keeper,
    section::{self, Section},
    staff::{
        Role, Token,
        api_token::{self, Scope},
        enrol::{self, Enrolment},
        session,
    },
    story::Access,
};
use ring::hmac;
use serde_json::{Value, json};
use store::{Db, Migrations, shelf::LocalShelf};
use tower::ServiceExt;
use web::{House, Peer, Words, house::Rates};

pub const MIGRATIONS: &[Migrations] = &[
    newsroom::MIGRATIONS,
    manuscript::MIGRATIONS,
    audience::MIGRATIONS,
    api::MIGRATIONS,
    syndication::MIGRATIONS,
];
pub const PASSWORD: &str = "a harbour without ships";
const HOST: &str = "news.example";

/// Where files would lie; it goes with its world.
struct Tray(PathBuf);

impl Tray {
    fn fresh() -> Self {
        Self(std::env::temp_dir().join(format!("dateline-api-{}", uuid::Uuid::now_v7())))
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Nothing is developed here: scenes with pictures are played in the house.
fn making(tray: &Tray) -> Making {
    let shelf = LocalShelf::open(&tray.0).unwrap();
    let program = Program::itself("none").unwrap();
    Making::new(
        shelf,
        Darkroom::new(program, &tray.0, 1),
        "/media/".into(),
        1_000_000,
    )
}

/// A clock that only a test moves.
pub struct Hand(Mutex<Instant>);

impl Clock for Hand {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

pub struct World {
    pub db: Db,
    pub clock: Arc<Hand>,
    pub keeper: Arc<Keeper>,
    pub city: Id<Section>,
    service: Router,
    _tray: Tray,
}

impl World {
    pub async fn open(db: Db) -> Self {
        Self::with(db, Rates::Waived).await
    }

    pub async fn with(db: Db, rates: Rates) -> Self {
        let noon = "2026-11-22T12:00:00Z".parse().unwrap();
        let clock = Arc::new(Hand(Mutex::new(noon)));
        let shared: SharedClock = clock.clone();
        let city = given_a_section(&db).await;
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let keeper = Arc::new(Keeper::load(db.clone(), zone.clone()).await.unwrap());
        let words = Arc::new(Words::shipped());
        let tray = Tray::fresh();
        let api = Api::open(Opening {
            fetcher: Arc::new(Fetcher::new(Arc::new(StubNames::new()), Rules::default())),
            db: db.clone(),
            keeper: keeper.clone(),
            words: words.clone(),
            identity: Identity {
                name: "The Harbour Post".into(),
                language: Language::english(),
                zone,
                credit_needed: true,
            },
            clock: shared.clone(),
            making: making(&tray),
            frame_origin: None,
        });
        let house = House {
            doorkeeper: Arc::new(door::Keeper::new(db.clone(), shared.clone())),
            hosts: web::Hosts::Ours(vec![HOST.into()]),
            https: true,
            words,
            rates,
            ..House::plain(shared)
        };
        let (service, _) = api::doors().with_state(api).into_service((), house);
        Self {
            db,
            clock,
            keeper,
            city,
            service,
            _tray: tray,
        }
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn wait(&self, seconds: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now += SignedDuration::from_secs(seconds);
    }

    /// Somebody with this role, signed in. Written to the store, not through the door.
    pub async fn staff(&self, role: Role) -> Actor {
        let email = format!("{role:?}-{}@news.example", Id::<()>::fresh());
        let mut tx = self.db.begin().await.unwrap();
        let token = enrol::invite(&mut tx, role, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        let enrolment = Enrolment {
            token: &token,
            name: &format!("{role:?}"),
            email: &email,
            password: PASSWORD,
        };
        let begun = enrol::begin(&self.db, "news", &enrolment, self.now()).await;
        let code = code(&begun.unwrap().secret, self.now());
        let staff = enrol::confirm(&self.db, &token, &code, self.now()).await;
        let session = session::open(&self.db, &staff.unwrap(), self.now()).await;
        Actor::Staff(session.unwrap().reveal().to_string())
    }

    pub async fn machine(&self, scopes: &[Scope]) -> Actor {
        let made = api_token::create(&self.db, "wire", scopes, (self.now(), None)).await;
        Actor::Machine(made.unwrap().reveal().to_string())
    }

    /// A one-time token, as `dateline init` prints it.
    pub async fn invitation(&self, role: Role) -> Token {
        let mut tx = self.db.begin().await.unwrap();
        let token = enrol::invite(&mut tx, role, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    pub fn ask<'a>(&'a self, method: &str, path: &str, actor: &Actor) -> Ask<'a> {
        let request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(path)
            .header("host", HOST);
        let request = match actor {
            Actor::Anonymous => request,
            Actor::Staff(token) => request
                .header("cookie", format!("{}={token}", door::STAFF_COOKIE))
                .header("sec-fetch-site", "same-origin"),
            Actor::Machine(token) => request.header("authorization", format!("Bearer {token}")),
        };
        Ask {
            world: self,
            request,
            body: Vec::new(),
        }
    }

    pub async fn get(&self, path: &str, actor: &Actor) -> Told {
        self.ask("GET", path, actor).send().await
    }

    /// A draft that is ready to be published.
    pub async fn draft(&self, actor: &Actor) -> Told {
        let fields = json!({
            "headline": "The bridge reopens",
            "section_id": self.city,
            "topics": ["Bridges"],
            "body": {"type": "doc", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "It is open."}]},
            ]},
        });
        let told = self
            .ask("POST", "/api/v1/stories", actor)
            .json(fields)
            .send()
            .await;
        told.is(StatusCode::CREATED)
    }

    pub async fn published(&self, actor: &Actor) -> Told {
        let draft = self.draft(actor).await;
        let path = format!("/api/v1/stories/{}/publication", draft.id());
        let told = self.ask("PUT", &path, actor).json(json!({})).send().await;
        told.is(StatusCode::OK)
    }
}

#[derive(Clone, Debug)]
pub enum Actor {
    Anonymous,
    Staff(String),
    Machine(String),
}

pub struct Ask<'a> {
    world: &'a World,
    request: http::request::Builder,
    body: Vec<u8>,
}

impl Ask<'_> {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// From another network than others.
    pub fn from(mut self, network: u8) -> Self {
        let peer = SocketAddr::from(([198, 51, 100, network], 4000));
        self.request = self.request.extension(Peer(peer));
        self
    }

    pub fn upon(self, revision: u64) -> Self {
        self.with("if-match", &format!("\"{revision}\""))
    }

    pub fn json(self, body: Value) -> Self {
        self.bytes(body.to_string().as_bytes())
    }

    pub fn bytes(self, body: &[u8]) -> Self {
        self.raw(body, "application/json")
    }

    pub fn raw(mut self, body: &[u8], content_type: &str) -> Self {
        self.body = body.to_vec();
        self.with("content-type", content_type)
    }

    pub async fn send(self) -> Told {
        let request = self.request.body(Body::from(self.body)).unwrap();
        let response = self.world.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Told {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or_default(),
            bytes,
        }
    }
}

#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
    pub bytes: Vec<u8>,
}

impl Told {
    #[track_caller]
    pub fn is(self, status: StatusCode) -> Self {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        self
    }

    /// Refused with this status, on this field, by this key, in words.
    #[track_caller]
    pub fn refuses(&self, status: u16, field: Option<&str>, key: &str) {
        let refusals = self.json["refusals"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let said = refusals
            .iter()
            .any(|refusal| refusal["key"] == key && refusal["field"].as_str() == field);
        assert!(
            said && self.status == status,
            "{status} {field:?} {key}, not {} {}",
            self.status,
            self.json
        );
        for refusal in refusals {
            let message = refusal["message"].as_str().unwrap();
            assert!(message.contains(' '), "no words for {}", refusal["key"]);
            assert!(!message.contains("{ $"), "{message}");
        }
        assert_eq!(self.headers["content-type"], "application/problem+json");
    }

    pub fn id(&self) -> String {
        self.json["id"].as_str().unwrap().to_string()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

async fn given_a_section(db: &Db) -> Id<Section> {
    let mut tx = db.begin().await.unwrap();
    let section = Section {
        id: Id::fresh(),
        slug: "city".parse().unwrap(),
        name: "City".into(),
        description: "What happens here.".into(),
        language: Language::english(),
        access: Access::Metered,
        position: 1,
        version: 1,
    };
    let id = section::put(&mut tx, &section).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The code an authenticator app shows (RFC 6238), made here a second time on purpose.
pub fn code(secret: &str, now: Instant) -> String {
    let mut bits = String::new();
    for letter in secret.bytes() {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let value = letters.iter().position(|known| *known == letter).unwrap();
        bits.push_str(&format!("{value:05b}"));
    }
    let bytes: Vec<u8> = (0..bits.len() / 8)
        .map(|nth| u8::from_str_radix(&bits[nth * 8..nth * 8 + 8], 2).unwrap())
        .collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let tag = hmac::sign(&key, &(now.as_second() / 30).to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
