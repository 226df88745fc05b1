//! Tables are brought up to date once, and never by an edited step.

use store::{Db, Migrations, params, testing};

use crate::{NOON, SCENES, later, mark, names};

const EDITED: &[Migrations] = &[Migrations {
    of: "scenes",
    steps: &[(
        "0001_shelf",
        "CREATE TABLE mark (name TEXT NOT NULL PRIMARY KEY) {strict};",
    )],
}];

const BROKEN: &[Migrations] = &[Migrations {
    of: "other",
    steps: &[
        (
            "0001_fine",
            "CREATE TABLE fine (id {int} NOT NULL PRIMARY KEY) {strict};",
        ),
        (
            "0002_broken",
            "CREATE TABLE half (id {int}) {strict}; CREATE TABLE fine (id {int}) {strict};",
        ),
    ],
}];

const MENDED: &[Migrations] = &[Migrations {
    of: "other",
    steps: &[
        (
            "0001_fine",
            "CREATE TABLE fine (id {int} NOT NULL PRIMARY KEY) {strict};",
        ),
        ("0002_broken", "CREATE TABLE half (id {int}) {strict};"),
    ],
}];

mod sql {
    store::statements! {
        /// How many steps were recorded.
        STEPS = "SELECT COUNT(*) AS steps FROM store_migration";
        /// Whether the table is there.
        HALF = "SELECT id FROM half";
    }
}

async fn steps(db: &Db) -> i64 {
    let row = db.read_one(&sql::STEPS, params![]).await.unwrap().unwrap();
    row.get("steps").unwrap()
}

#[tokio::test]
async fn opening_again_keeps_everything_and_applies_nothing() {
    for place in testing::places().await {
        let db = Db::open(&place, SCENES, NOON).await.unwrap();
        mark(&db, "kept").await;
        let applied = steps(&db).await;
        db.close().await;
        let db = Db::open(&place, SCENES, later(60)).await.unwrap();
        assert_eq!(names(&db).await, ["kept"]);
        assert_eq!(steps(&db).await, applied);
        db.close().await;
    }
}

#[tokio::test]
async fn an_edited_step_is_refused_and_nothing_changes() {
    for place in testing::places().await {
        let db = Db::open(&place, SCENES, NOON).await.unwrap();
        mark(&db, "kept").await;
        db.close().await;
        let fault = Db::open(&place, EDITED, NOON).await.err().unwrap();
        assert!(
            fault.chain().contains("scenes/0001_shelf was edited"),
            "{fault:?}"
        );
        let db = Db::open(&place, SCENES, NOON).await.unwrap();
        assert_eq!(names(&db).await, ["kept"]);
        db.close().await;
    }
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_half_made() {
    for place in testing::places().await {
        let fault = Db::open(&place, BROKEN, NOON).await.err().unwrap();
        assert!(
            fault.chain().contains("the step other/0002_broken failed"),
            "{fault:?}"
        );
        assert!(!store::is_unavailable(&fault));
        let db = Db::open(&place, MENDED, NOON).await.unwrap();
        assert!(db.read(&sql::HALF, params![]).await.unwrap().is_empty());
        db.close().await;
    }
}

#[tokio::test]
async fn two_openers_at_once_migrate_once() {
    for place in testing::places().await {
        let (one, two) = tokio::join!(
            Db::open(&place, SCENES, NOON),
            Db::open(&place, SCENES, NOON)
        );
        // On SQLite the second is told who was first; on PostgreSQL it waits and finds it done.
        let opened: Vec<Db> = [one, two].into_iter().filter_map(Result::ok).collect();
        let expected = match opened[0].engine() {
            store::Engine::Sqlite => 1,
            store::Engine::Postgres => 2,
        };
        assert_eq!(opened.len(), expected);
        for db in opened {
            assert_eq!(steps(&db).await, 2);
            mark(&db, &uuid::Uuid::now_v7().to_string()).await;
            db.close().await;
        }
    }
}
