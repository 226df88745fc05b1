//! What happened is told at least once, and what cannot be told is kept and shown.

use serde_json::json;
use store::{Db, jobs::AfterFailure, outbox, testing::on_both};
use uuid::Uuid;

use crate::{NOON, SCENES, later};

async fn emit(db: &Db, kind: &'static str, seconds: i64) {
    let mut tx = db.begin().await.unwrap();
    outbox::emit(
        &mut tx,
        kind,
        Uuid::now_v7(),
        json!({"n": seconds}),
        later(seconds),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn take(db: &Db, seconds: i64) -> Vec<outbox::Event> {
    outbox::take(db, 10, later(seconds)).await.unwrap()
}

fn kinds(events: &[outbox::Event]) -> Vec<&str> {
    events.iter().map(|event| event.kind.as_str()).collect()
}

#[tokio::test]
async fn an_event_happened_only_if_its_transaction_was_committed() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        outbox::emit(&mut tx, "published", Uuid::now_v7(), json!({}), NOON)
            .await
            .unwrap();
        drop(tx);
        assert!(take(&db, 1).await.is_empty());
        emit(&db, "published", 0).await;
        let events = take(&db, 1).await;
        assert_eq!(kinds(&events), ["published"]);
        assert_eq!((events[0].at, &events[0].payload), (NOON, &json!({"n": 0})));
    })
    .await;
}

#[tokio::test]
async fn events_are_taken_oldest_first_and_by_one_at_a_time() {
    on_both(SCENES, async |db| {
        for (kind, at) in [("second", 2), ("first", 1), ("third", 3)] {
            emit(&db, kind, at).await;
        }
        let taken = outbox::take(&db, 2, later(10)).await.unwrap();
        assert_eq!(kinds(&taken), ["first", "second"]);
        assert_eq!(kinds(&take(&db, 10).await), ["third"]);
        assert!(take(&db, 10).await.is_empty());
        for event in &taken {
            outbox::done(&db, event).await.unwrap();
        }
        assert_eq!(outbox::waiting(&db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_event_whose_taker_died_comes_again_when_the_lease_ends() {
    on_both(SCENES, async |db| {
        emit(&db, "published", 0).await;
        let lease = outbox::LEASE.as_secs();
        assert_eq!(take(&db, 1).await[0].attempt, 1);
        assert!(take(&db, lease).await.is_empty());
        let again = take(&db, lease + 1).await;
        assert_eq!(again[0].attempt, 2);
        outbox::done(&db, &again[0]).await.unwrap();
        assert!(take(&db, 10 * lease).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_failing_event_comes_later_and_later_and_is_then_set_aside_and_kept() {
    on_both(SCENES, async |db| {
        emit(&db, "published", 0).await;
        let mut now = 1;
        for attempt in 1..=outbox::ATTEMPTS_MOST {
            let event = take(&db, now).await.remove(0);
            assert_eq!(event.attempt, attempt);
            let after = outbox::failed(&db, &event, "the index is away", later(now))
                .await
                .unwrap();
            if attempt < outbox::ATTEMPTS_MOST {
                assert!(
                    matches!(after, AfterFailure::Again { at } if at > later(now)),
                    "{after:?}"
                );
                assert!(take(&db, now).await.is_empty());
            } else {
                assert_eq!(after, AfterFailure::Dead);
            }
            now += 4000;
        }
        assert!(take(&db, now).await.is_empty());
        let dead = outbox::dead(&db).await.unwrap();
        assert_eq!(dead[0].why.as_deref(), Some("the index is away"));
        assert!(outbox::revive(&db, dead[0].id, later(now)).await.unwrap());
        assert_eq!(take(&db, now).await[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn an_event_that_always_takes_the_process_down_is_set_aside_as_well() {
    on_both(SCENES, async |db| {
        emit(&db, "poison", 0).await;
        let mut now = 1;
        for _ in 0..outbox::ATTEMPTS_MOST {
            assert_eq!(take(&db, now).await.len(), 1);
            now += outbox::LEASE.as_secs() + 1;
        }
        emit(&db, "healthy", now).await;
        assert_eq!(kinds(&take(&db, now).await), ["healthy"]);
        assert_eq!(kinds(&outbox::dead(&db).await.unwrap()), ["poison"]);
    })
    .await;
}

#[tokio::test]
async fn a_taker_that_was_overtaken_cannot_fail_the_event() {
    on_both(SCENES, async |db| {
        emit(&db, "published", 0).await;
        let slow = take(&db, 1).await.remove(0);
        let lease = outbox::LEASE.as_secs();
        assert_eq!(take(&db, lease + 2).await.len(), 1);
        let after = outbox::failed(&db, &slow, "late", later(lease + 3))
            .await
            .unwrap();
        assert_eq!(after, AfterFailure::NotOurs);
    })
    .await;
}

#[tokio::test]
async fn the_bell_rings_when_an_event_was_committed() {
    on_both(SCENES, async |db| {
        let bell = db.rung();
        let mut tx = db.begin().await.unwrap();
        outbox::emit(&mut tx, "published", Uuid::now_v7(), json!({}), NOON).await.unwrap();
        drop(tx);
        crate::mark(&db, "no event").await;
        let rang = tokio::select! { biased; () = bell.notified() => true, () = std::future::ready(()) => false };
        assert!(!rang);
        emit(&db, "published", 0).await;
        bell.notified().await;
    })
    .await;
}

#[tokio::test]
async fn a_payload_as_large_as_a_story_is_refused() {
    on_both(SCENES, async |db| {
        let mut tx = db.begin().await.unwrap();
        let story = json!({"body": "x".repeat(store::jobs::PAYLOAD_MOST_BYTES)});
        let fault = outbox::emit(&mut tx, "published", Uuid::now_v7(), story, NOON)
            .await
            .unwrap_err();
        assert!(fault.chain().contains("65536"), "{fault:?}");
    })
    .await;
}
