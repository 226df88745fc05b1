//! Fresh databases for tests, on both engines.
//!
//! SQLite always; PostgreSQL when [`POSTGRES_SETTING`] names a server on which databases can be made.
//! Where CI runs, or [`REQUIRE_SETTING`] is set, a missing server fails the test: nothing is skipped.

use std::{env, ops::Deref, path::PathBuf, thread};

use base::{Fault, Instant, no::Doing};
use tokio_postgres::{Config, NoTls};
use uuid::Uuid;

use crate::{db::Db, migrate::Migrations, place::Place};

/// The environment variable with the URL of a PostgreSQL server, such as
/// `postgres:///postgres?host=/run/test-postgres&user=tests`.
pub const POSTGRES_SETTING: &str = "DATELINE_TEST_POSTGRES";

/// The environment variable that makes a missing server a failure; `CI` does so as well.
pub const REQUIRE_SETTING: &str = "DATELINE_TEST_REQUIRE_POSTGRES";

/// When test databases are migrated: tests have no clock.
pub const OPENED_AT: Instant = Instant::constant(1_700_000_000, 0);

/// Plays the scene in a fresh database on each engine.
///
/// ```no_run
/// # async fn example(migrations: &[store::Migrations]) {
/// store::testing::on_both(migrations, async |db| {
///     assert!(db.check().await.unwrap().is_empty());
/// })
/// .await;
/// # }
/// ```
///
/// # Panics
/// When a database cannot be made, when PostgreSQL is required and not there, and where the scene does.
pub async fn on_both(migrations: &[Migrations], scene: impl AsyncFn(Db)) {
    for database in databases(migrations).await {
        eprintln!("on {:?}", database.engine());
        scene(database.clone()).await;
    }
}

/// A fresh, migrated database on each engine.
///
/// # Panics
/// When one cannot be made, or PostgreSQL is required and not there.
pub async fn databases(migrations: &[Migrations]) -> Vec<TestDb> {
    let mut opened = Vec::new();
    for place in places().await {
        let db = Db::open(&place.place, migrations, OPENED_AT).await;
        opened.push(TestDb {
            db: db.expect("a fresh database opens"),
            place,
        });
    }
    opened
}

/// An empty place for a database on each engine, for tests that open it themselves.
///
/// # Panics
/// As [`databases`].
pub async fn places() -> Vec<TestPlace> {
    let mut places = vec![TestPlace::file()];
    if let Some(server) = server() {
        places.push(
            TestPlace::on(server)
                .await
                .expect("the test server makes a database"),
        );
    }
    places
}

/// A database that goes when it is dropped.
pub struct TestDb {
    db: Db,
    place: TestPlace,
}

impl TestDb {
    /// Where it is, to open it once more.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// A place whose database goes when it is dropped.
pub struct TestPlace {
    place: Place,
    leavings: Leavings,
}

enum Leavings {
    Folder(PathBuf),
    Database { server: String, name: String },
}

impl TestPlace {
    fn file() -> Self {
        let folder = env::temp_dir().join(format!("dateline-test-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        Self {
            place: Place::Sqlite(folder.join("test.db")),
            leavings: Leavings::Folder(folder),
        }
    }

    async fn on(server: String) -> Result<Self, Fault> {
        let name = format!("dateline_test_{}", Uuid::now_v7().simple());
        // C.UTF-8, so that text is in the same order on both engines.
        let create =
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        tell(&server, &create).await?;
        let place = Place::Postgres(with_database(&server, &name));
        Ok(Self {
            place,
            leavings: Leavings::Database { server, name },
        })
    }
}

impl Deref for TestPlace {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl Drop for TestPlace {
    fn drop(&mut self) {
        match &self.leavings {
            Leavings::Folder(folder) => {
                // What is left in the system's temporary folder does no harm.
                let _ = std::fs::remove_dir_all(folder);
            }
            Leavings::Database { server, name } => drop_database(server.clone(), name),
        }
    }
}

/// The server's URL; none where none is set and none is required.
fn server() -> Option<String> {
    let is_required = env::var_os("CI").is_some() || env::var_os(REQUIRE_SETTING).is_some();
    let server = env::var(POSTGRES_SETTING)
        .ok()
        .filter(|url| !url.is_empty());
    assert!(
        server.is_some() || !is_required,
        "{POSTGRES_SETTING} must name a PostgreSQL server here: no test is skipped"
    );
    server
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    match server {
        url if !url.contains("://") => format!("{url} dbname={name}"),
        url if url.contains('?') => format!("{url}&dbname={name}"),
        url => format!("{url}?dbname={name}"),
    }
}

async fn tell(server: &str, sql: &str) -> Result<(), Fault> {
    let config: Config = server.parse().doing("reading the test server's URL")?;
    let (client, wire) = config
        .connect(NoTls)
        .await
        .doing("connecting to the test server")?;
    let wire = tokio::spawn(wire);
    client
        .batch_execute(sql)
        .await
        .doing("asking the test server")?;
    drop(client);
    wire.await
        .doing("leaving the test server")?
        .doing("leaving the test server")
}

/// Dropping is not asynchronous, so a thread with a small runtime of its own does it.
fn drop_database(server: String, name: &str) {
    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    let thread = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime
            .doing("starting a runtime")?
            .block_on(tell(&server, &sql))
    });
    if let Ok(Err(fault)) = thread.join() {
        eprintln!("a test database was left behind: {}", fault.chain());
    }
}
