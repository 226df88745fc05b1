//! The store on both engines: the same scenes, the same answers.

mod durability;
mod jobs;
mod migrating;
mod opening;
mod outbox;
mod server;
mod statements;
mod transactions;
mod values;

use base::Instant;
use jiff::SignedDuration;
use store::{Db, Migrations, params};

/// Two plain tables to play with.
const SCENES: &[Migrations] = &[Migrations {
    of: "scenes",
    steps: &[(
        "0001_shelf",
        "CREATE TABLE shelf (
            id {uuid} NOT NULL PRIMARY KEY,
            words TEXT, number {int}, share {real}, told_at {ts}, ready {bool}, body {json}, bytes {blob}
        ) {strict};
        CREATE TABLE mark (
            name TEXT NOT NULL PRIMARY KEY,
            number {int} NOT NULL,
            of {uuid} REFERENCES shelf (id)
        ) {strict};",
    )],
}];

mod sql {
    store::statements! {
        /// Name, number.
        MARK = "INSERT INTO mark (name, number) VALUES ($1, $2)";
        /// Name, number; the later number wins.
        MARK_OR_RAISE = "INSERT INTO mark (name, number) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET number = excluded.number
            WHERE mark.number < excluded.number RETURNING number";
        /// Name, a shelf's id.
        MARK_OF = "INSERT INTO mark (name, number, of) VALUES ($1, 0, $2)";
        /// Name.
        MARKED = "SELECT number FROM mark WHERE name = $1";
        /// How many.
        MARKS = "SELECT COUNT(*) AS marks FROM mark";
        /// All names in order.
        NAMES = "SELECT name FROM mark ORDER BY name";
        /// Id, words, number, share, when, ready, body, bytes.
        PUT = "INSERT INTO shelf (id, words, number, share, told_at, ready, body, bytes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        /// Id.
        TAKE = "SELECT id, words, number, share, told_at, ready, body, bytes, body->>'kicker' AS kicker
            FROM shelf WHERE id = $1";
        /// $2 before $1.
        SWAPPED = "SELECT CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first";
    }
}

/// When the scenes begin.
const NOON: Instant = Instant::constant(1_760_000_000, 0);

fn later(seconds: i64) -> Instant {
    NOON + SignedDuration::from_secs(seconds)
}

async fn mark(db: &Db, name: &str) {
    let mut tx = db.begin().await.unwrap();
    tx.write(&sql::MARK, params![name, 1]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn names(db: &Db) -> Vec<String> {
    let rows = db.read(&sql::NAMES, params![]).await.unwrap();
    rows.iter().map(|row| row.get("name").unwrap()).collect()
}
