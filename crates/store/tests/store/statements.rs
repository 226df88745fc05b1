//! Every registered statement is understood by both engines.

use store::{params, testing::on_both};

use crate::{SCENES, sql};

mod wrong {
    store::statements! {
        /// Fine.
        FINE = "SELECT 1 AS one";
        /// No such column.
        MISSPELT = "SELECT nmae FROM mark WHERE name = $1";
        /// A text in double quotes is a column's name.
        QUOTED = "SELECT name FROM mark WHERE name = \"lead\"";
        /// An aggregate that must be cast.
        UNCAST = "SELECT AVG(number) AS average FROM mark";
    }
}

#[tokio::test]
async fn every_statement_of_the_store_is_prepared_on_both_engines() {
    on_both(SCENES, async |db| {
        db.prepare_all(store::STATEMENTS).await.unwrap();
        db.prepare_all(sql::STATEMENTS).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_cannot_be_prepared_is_named() {
    on_both(SCENES, async |db| {
        let fault = db.prepare_all(&wrong::STATEMENTS[..2]).await.unwrap_err();
        assert!(
            fault.chain().contains("store::statements::wrong::MISSPELT"),
            "{fault:?}"
        );
        assert!(fault.chain().contains("nmae"), "{fault:?}");
        let fault = db.prepare_all(&[&wrong::QUOTED]).await.unwrap_err();
        assert!(fault.chain().contains("lead"), "{fault:?}");
    })
    .await;
}

#[tokio::test]
async fn a_column_that_only_one_engine_has_says_how_to_mend_it() {
    for db in store::testing::databases(SCENES).await {
        crate::mark(&db, "one").await;
        let answer = db.read_one(&wrong::UNCAST, params![]).await;
        match db.engine() {
            store::Engine::Sqlite => assert!(answer.is_ok()),
            store::Engine::Postgres => {
                assert!(answer.unwrap_err().chain().contains("CAST it"));
            }
        }
    }
}
