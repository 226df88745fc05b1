//! All of it happens, or none.

use std::sync::Arc;

use store::{Engine, is_duplicate, is_unavailable, params, testing::on_both};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;

use crate::{SCENES, mark, names, sql};

#[tokio::test]
async fn a_transaction_sees_its_own_writes_and_others_do_not_until_it_commits() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        tx.write(&sql::MARK, params!["draft", 7]).await.unwrap();
        let seen = tx
            .read_one(&sql::MARKED, params!["draft"])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.get::<i64>("number").unwrap(), 7);
        assert!(
            db.read_one(&sql::MARKED, params!["draft"])
                .await
                .unwrap()
                .is_none()
        );
        tx.commit().await.unwrap();
        assert!(
            db.read_one(&sql::MARKED, params!["draft"])
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        tx.write(&sql::MARK, params!["dropped", 1]).await.unwrap();
        drop(tx);
        mark(&db, "kept").await;
        assert_eq!(names(&db).await, ["kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_stale_upsert_answers_with_nothing() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        for (number, expected) in [(5, Some(5)), (3, None), (9, Some(9))] {
            let row = tx
                .read_one(&sql::MARK_OR_RAISE, params!["score", number])
                .await
                .unwrap();
            assert_eq!(row.map(|row| row.get::<i64>("number").unwrap()), expected);
        }
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn reading_cannot_write() {
    on_both(SCENES, async |db| {
        let fault = db
            .read(&sql::MARK, params!["sneaked", 1])
            .await
            .unwrap_err();
        assert!(
            fault.chain().starts_with("reading by store::sql::MARK: "),
            "{fault:?}"
        );
        assert!(names(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_failed_statement_spoils_its_transaction_on_both_engines() {
    on_both(SCENES, async |db| {
        mark(&db, "taken").await;
        let mut tx = db.begin().await.unwrap();
        tx.write(&sql::MARK, params!["before", 1]).await.unwrap();
        let fault = tx.write(&sql::MARK, params!["taken", 2]).await.unwrap_err();
        assert!(is_duplicate(&fault) && !is_unavailable(&fault), "{fault:?}");
        let fault = tx.write(&sql::MARK, params!["after", 3]).await.unwrap_err();
        assert!(fault.chain().contains("an earlier statement"), "{fault:?}");
        tx.commit().await.unwrap_err();
        assert_eq!(names(&db).await, ["taken"]);
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_nothing_is_refused() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        let fault = tx
            .write(&sql::MARK_OF, params!["orphan", Uuid::now_v7()])
            .await
            .unwrap_err();
        assert!(!is_duplicate(&fault), "{fault:?}");
        drop(tx);
        assert!(names(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn transactions_that_wait_together_are_kept_by_fewer_commits() {
    on_both(SCENES, async |db| {
        const CROWD: usize = 64;
        let before = db.counts();
        let start = Arc::new(Barrier::new(CROWD));
        let mut crowd = JoinSet::new();
        for number in 0..CROWD {
            let (db, start) = (db.clone(), Arc::clone(&start));
            crowd.spawn(async move {
                start.wait().await;
                mark(&db, &format!("{number:02}")).await;
            });
        }
        crowd.join_all().await;
        assert_eq!(names(&db).await.len(), CROWD);
        let after = db.counts();
        let (transactions, commits) = (
            after.transactions - before.transactions,
            after.commits - before.commits,
        );
        assert_eq!(transactions, CROWD as u64);
        eprintln!("{transactions} transactions, {commits} commits");
        assert!(
            db.engine() == Engine::Postgres || commits < transactions / 2,
            "{commits} commits"
        );
    })
    .await;
}

#[tokio::test]
async fn one_failing_transaction_in_a_group_does_not_hurt_its_neighbours() {
    on_both(SCENES, async |db| {
        mark(&db, "taken").await;
        let mut crowd = JoinSet::new();
        for number in 0..32 {
            let db = db.clone();
            crowd.spawn(async move {
                let mut tx = db.begin().await.unwrap();
                tx.write(&sql::MARK, params![format!("{number:02}"), number])
                    .await
                    .unwrap();
                if number % 4 == 1 {
                    tx.write(&sql::MARK, params!["taken", number])
                        .await
                        .unwrap_err();
                    return tx.commit().await.is_ok();
                }
                // Every other fourth is dropped without a word.
                number % 4 != 3 && tx.commit().await.is_ok()
            });
        }
        let kept = crowd
            .join_all()
            .await
            .into_iter()
            .filter(|kept| *kept)
            .count();
        assert_eq!(kept, 16);
        let expected: Vec<String> = (0..32)
            .step_by(2)
            .map(|number| format!("{number:02}"))
            .chain(["taken".into()])
            .collect();
        assert_eq!(names(&db).await, expected);
    })
    .await;
}

#[tokio::test]
async fn a_silent_transaction_is_rolled_back_and_told_so() {
    on_both(SCENES, async |db| {
        let mut silent = db.begin().await.unwrap();
        silent
            .write(&sql::MARK, params!["wanted", 1])
            .await
            .unwrap();
        // The second must wait until the first has been silent for too long: on SQLite for its turn,
        // on PostgreSQL for the row.
        let mut next = db.begin().await.unwrap();
        next.write(&sql::MARK, params!["wanted", 2]).await.unwrap();
        next.commit().await.unwrap();
        let fault = silent
            .write(&sql::MARK, params!["more", 1])
            .await
            .unwrap_err();
        assert!(fault.chain().contains("silent for too long"), "{fault:?}");
        let fault = silent.commit().await.unwrap_err();
        assert!(fault.chain().contains("silent for too long"), "{fault:?}");
        assert_eq!(names(&db).await, ["wanted"]);
        mark(&db, "afterwards").await;
    })
    .await;
}

#[tokio::test]
async fn giving_up_the_wait_for_a_turn_holds_up_nobody() {
    on_both(SCENES, async |db| {
        let mut first = db.begin().await.unwrap();
        first.write(&sql::MARK, params!["first", 1]).await.unwrap();
        for _ in 0..20 {
            let waiting = tokio::spawn({
                let db = db.clone();
                async move { db.begin().await.map(drop) }
            });
            tokio::task::yield_now().await;
            waiting.abort();
        }
        first.commit().await.unwrap();
        mark(&db, "second").await;
        assert_eq!(names(&db).await, ["first", "second"]);
    })
    .await;
}
