//! What goes in comes out, as the same type, on both engines.

use base::{Id, Instant};
use serde_json::json;
use store::{params, testing::on_both};
use uuid::Uuid;

use crate::{NOON, SCENES, sql};

struct Shelf;

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_went_in() {
    on_both(SCENES, async |db| {
        let id = Id::<Shelf>::fresh();
        let words = "Ein „Zitat“, اقتباس, 引用, 🗞";
        let told_at: Instant = "2026-02-28T23:59:59.123456789Z".parse().unwrap();
        let body = json!({"kicker": "Live", "deep": [1, 2.5, null, {"a": "b"}], "big": i64::MAX});
        let bytes: Vec<u8> = (0..=255).collect();
        let mut tx = db.begin().await.unwrap();
        let all = params![
            id,
            words,
            i64::MIN,
            -0.125,
            told_at,
            true,
            &body,
            bytes.as_slice()
        ];
        assert_eq!(tx.write(&sql::PUT, all).await.unwrap(), 1);
        tx.commit().await.unwrap();

        let row = db.read_one(&sql::TAKE, params![id]).await.unwrap().unwrap();
        assert_eq!(row.get::<Id<Shelf>>("id").unwrap(), id);
        assert_eq!(row.get::<Uuid>("id").unwrap(), id.uuid());
        assert_eq!(row.get::<String>("words").unwrap(), words);
        assert_eq!(row.get::<i64>("number").unwrap(), i64::MIN);
        assert_eq!(row.get::<f64>("share").unwrap(), -0.125);
        let microseconds: Instant = "2026-02-28T23:59:59.123456Z".parse().unwrap();
        assert_eq!(row.get::<Instant>("told_at").unwrap(), microseconds);
        assert!(row.get::<bool>("ready").unwrap());
        assert_eq!(row.get::<serde_json::Value>("body").unwrap(), body);
        assert_eq!(row.get::<Vec<u8>>("bytes").unwrap(), bytes);
        assert_eq!(row.get::<String>("kicker").unwrap(), "Live");
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_back_as_nothing_and_only_where_it_may() {
    on_both(SCENES, async |db| {
        let id = Uuid::now_v7();
        let nothing = None::<&str>;
        let mut tx = db.begin().await.unwrap();
        let all = params![
            id,
            nothing,
            None::<i64>,
            None::<f64>,
            None::<Instant>,
            None::<bool>,
            None::<serde_json::Value>,
            None::<Vec<u8>>,
        ];
        tx.write(&sql::PUT, all).await.unwrap();
        let row = tx.read_one(&sql::TAKE, params![id]).await.unwrap().unwrap();
        assert_eq!(row.get::<Option<String>>("words").unwrap(), None);
        assert_eq!(row.get::<Option<Instant>>("told_at").unwrap(), None);
        let fault = row.get::<String>("words").unwrap_err();
        assert!(
            fault
                .chain()
                .ends_with("the column `words` holds nothing where text was wanted")
        );
        let fault = row.get::<String>("word").unwrap_err();
        assert!(
            fault.chain().contains("no column `word`, only id, words"),
            "{fault:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn numbers_are_never_cut() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        tx.write(&sql::MARK, params!["large", 1_i64 << 40])
            .await
            .unwrap();
        let row = tx
            .read_one(&sql::MARKED, params!["large"])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.get::<u64>("number").unwrap(), 1 << 40);
        assert!(row.get::<u32>("number").is_err());
        assert!(row.get::<i32>("number").is_err());
        assert!(row.get::<bool>("number").is_err());
    })
    .await;
}

#[tokio::test]
async fn parameters_are_bound_by_their_number() {
    on_both(SCENES, async |db| {
        let row = db
            .read_one(&sql::SWAPPED, params!["one", "two"])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.get::<String>("first").unwrap(), "one");
        assert_eq!(row.get::<String>("second").unwrap(), "two");
    })
    .await;
}

#[tokio::test]
async fn what_only_one_engine_could_keep_is_refused_by_both() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        let fault = tx.write(&sql::MARK, params!["a\0b", 1]).await.unwrap_err();
        assert!(fault.chain().contains("NUL"), "{fault:?}");
        let nested = params![
            Uuid::now_v7(),
            "",
            0,
            0.0,
            NOON,
            false,
            json!({"a": ["\0"]}),
            Vec::<u8>::new()
        ];
        let mut tx = db.begin().await.unwrap();
        let fault = tx.write(&sql::PUT, nested).await.unwrap_err();
        assert!(fault.chain().contains("NUL"), "{fault:?}");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_number_of_parameters_is_told_with_the_statement() {
    on_both(SCENES, async |db| {
        let fault = db.read(&sql::MARKED, params![]).await.unwrap_err();
        assert!(
            fault
                .chain()
                .ends_with("sql::MARKED takes 1 parameters, not 0"),
            "{fault:?}"
        );
        assert!(!store::is_unavailable(&fault));
    })
    .await;
}
