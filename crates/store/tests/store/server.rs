//! When the server of PostgreSQL hangs up or its tables change under us. On SQLite there is nobody
//! to hang up, and the scenes say so by leaving early.

use store::{Db, Engine, Migrations, is_unavailable, params, testing};

use crate::{NOON, SCENES, mark, names, sql};

mod only_postgres {
    store::statements! {
        /// Ends every other connection to this database.
        HANG_UP = "SELECT pg_terminate_backend(pid, 5000) AS ended FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
    }
}

mod starred {
    store::statements! {
        /// Every column there is, so that its plan goes stale.
        ALL = "SELECT * FROM mark";
    }
}

const WIDENED: Migrations = Migrations {
    of: "wider",
    steps: &[("0001_note", "ALTER TABLE mark ADD COLUMN note TEXT;")],
};

async fn servers() -> Vec<testing::TestDb> {
    let mut databases = testing::databases(SCENES).await;
    databases.retain(|db| db.engine() == Engine::Postgres);
    databases
}

#[tokio::test]
async fn connections_that_the_server_ended_are_replaced() {
    for db in servers().await {
        let (mut one, two) = (db.begin().await.unwrap(), db.begin().await.unwrap());
        drop(two);
        db.read(&only_postgres::HANG_UP, params![]).await.unwrap();
        let fault = one.write(&sql::MARK, params!["lost", 1]).await.unwrap_err();
        assert!(is_unavailable(&fault), "{fault:?}");
        drop(one);
        for name in ["a", "b", "c"] {
            mark(&db, name).await;
        }
        assert_eq!(names(&db).await, ["a", "b", "c"]);
    }
}

#[tokio::test]
async fn a_read_goes_on_when_another_process_widens_the_table() {
    for db in servers().await {
        mark(&db, "kept").await;
        assert_eq!(db.read(&starred::ALL, params![]).await.unwrap().len(), 1);
        let newer = Db::open(db.place(), &[SCENES[0], WIDENED], NOON)
            .await
            .unwrap();
        let row = db
            .read_one(&starred::ALL, params![])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.get::<Option<String>>("note").unwrap(), None);
        newer.close().await;
    }
}

#[tokio::test]
async fn more_transactions_than_connections_wait_their_turn() {
    for db in servers().await {
        let mut held = Vec::new();
        for _ in 0..8 {
            held.push(db.begin().await.unwrap());
        }
        let mut waiting = Box::pin(mark(&db, "patient"));
        let came_first = tokio::select! {
            biased;
            () = &mut waiting => true,
            () = std::future::ready(()) => false,
        };
        assert!(!came_first);
        drop(held);
        waiting.await;
        assert_eq!(names(&db).await, ["patient"]);
    }
}
