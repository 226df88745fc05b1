//! What scenes start from, written straight to the store because no door makes it yet.

use audience::reader::{self, session::Token as ReaderToken};
use base::{Clock as _, Document, Id, Language};
use newsroom::{
    By,
    running::{self, EntryStatus, LiveEntry, RunningState, RunningStory},
    section::{self, Section},
    staff::{
        Role,
        api_token::{self, Scope},
        enrol::{self, Enrolment},
        session,
    },
    story::{
        Access, Fields, Kind,
        take_in::{self, Arrival, Import, Standing},
    },
};

use crate::{code::code, editor::Editor, newsroom::Newsroom};

/// The password of everybody on the staff.
pub const PASSWORD: &str = "a harbour without ships";
/// The cookie of a session of staff.
const STAFF_COOKIE: &str = "__Host-staff";

impl Newsroom {
    /// A section of this name with this rule; written to the store, and in the edition at once.
    pub async fn given_section(&self, name: &str, access: Access) -> String {
        let section = Section {
            id: Id::fresh(),
            slug: base::Slug::from_words(name).expect("a name with letters"),
            name: name.into(),
            description: "What happens here.".into(),
            language: Language::english(),
            access,
            position: 1,
            version: 1,
        };
        let mut tx = self.house().db.begin().await.unwrap();
        let id = section::put(&mut tx, &section).await.unwrap();
        tx.commit().await.unwrap();
        self.house().keeper.refresh_furniture().await.unwrap();
        id.to_string()
    }

    /// A running story of this name with one live entry of these words; written to the store.
    pub async fn given_running_story(&self, name: &str, entry: &str) -> String {
        let now = self.clock.now();
        let running = RunningStory {
            id: Id::fresh(),
            slug: base::Slug::from_words(name).expect("a name with letters"),
            name: name.into(),
            label: name.into(),
            language: Language::english(),
            state: RunningState::Developing,
            summary: vec![entry.into()],
            public_safety_open: false,
            reviewed_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let entry = LiveEntry {
            id: Id::fresh(),
            title: Some(entry.into()),
            body: Document::of_paragraphs([entry]),
            byline: Some(entry.into()),
            key_event: true,
            pinned: false,
            status: EntryStatus::Confirmed,
            at: now,
            version: 1,
        };
        let mut tx = self.house().db.begin().await.unwrap();
        let id = running::put(&mut tx, &running).await.unwrap();
        running::put_entry(&mut tx, id, &entry).await.unwrap();
        tx.commit().await.unwrap();
        self.house().keeper.refresh_furniture().await.unwrap();
        id.to_string()
    }

    /// A registered reader's session; written to the store.
    pub async fn given_reader(&self) -> ReaderToken {
        let mut tx = self.house().db.begin().await.unwrap();
        let reader = reader::register(&mut tx, self.clock.now()).await.unwrap();
        let token = reader::session::open(&mut tx, reader, self.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        token
    }

    /// Somebody with this role, enrolled and signed in; written to the store.
    pub async fn staff(&self, name: &str, role: Role) -> Editor<'_> {
        self.staff_called(name, name, role).await
    }

    /// As [`Newsroom::staff`], with a name that is not the one before the `@` of their address.
    pub async fn staff_called(&self, name: &str, mailbox: &str, role: Role) -> Editor<'_> {
        let (db, now) = (self.house().db, self.clock.now());
        let mut tx = db.begin().await.unwrap();
        let token = enrol::invite(&mut tx, role, now).await.unwrap();
        tx.commit().await.unwrap();
        let email = format!("{mailbox}@news.example");
        let enrolment = Enrolment {
            token: &token,
            name,
            email: &email,
            password: PASSWORD,
        };
        let begun = enrol::begin(&db, "news", &enrolment, now).await.unwrap();
        let code = code(&begun.secret, now);
        let staff = enrol::confirm(&db, &token, &code, now).await.unwrap();
        let session = session::open(&db, &staff, now).await.unwrap();
        let visitor = self.anonymous().with_cookie(STAFF_COOKIE, session.reveal());
        Editor { visitor }
    }

    /// A program with a token for these acts; written to the store.
    pub async fn machine(&self, scopes: &[Scope]) -> Editor<'_> {
        let (db, now) = (self.house().db, self.clock.now());
        let token = api_token::create(&db, "wire", scopes, (now, None))
            .await
            .unwrap();
        Editor {
            visitor: self.anonymous().with_bearer(token.reveal()),
        }
    }
}

impl Newsroom {
    /// A standing page that came in from elsewhere, where it had an old address; written to the store.
    pub async fn given_page(&self, title: &str, old_address: &str) {
        self.given_arrival(Kind::Page, title, old_address).await;
    }

    /// A story that came in from elsewhere, where it had an old address; written to the store.
    pub async fn given_import(&self, headline: &str, old_address: &str) {
        self.given_arrival(Kind::Story, headline, old_address).await;
    }

    async fn given_arrival(&self, kind: Kind, headline: &str, old_address: &str) {
        let now = self.clock.now();
        let arrival = Arrival {
            source: "folder".into(),
            source_key: headline.into(),
            kind,
            fields: Fields {
                headline: headline.into(),
                body: Document::of_paragraphs(["It came in from elsewhere."]),
                ..Fields::default()
            },
            standing: Standing::Published {
                first_at: now,
                changed_at: now,
            },
            old_addresses: vec![old_address.into()],
            notes: Vec::new(),
            kept: serde_json::Value::Null,
        };
        let zone = self.settings.borrow().zone.clone();
        let import = Import {
            zone: &zone,
            by: &By::machine("import"),
            now,
        };
        let mut tx = self.house().db.begin().await.unwrap();
        take_in::take_in(&mut tx, &arrival, &import).await.unwrap();
        tx.commit().await.unwrap();
        self.house().keeper.reload().await.unwrap();
    }
}
