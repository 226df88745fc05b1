//! Work that may follow is done, by one at a time, or kept and shown.

use std::collections::HashSet;

use serde_json::json;
use store::{
    Db,
    jobs::{self, AfterFailure, Job, NewJob},
    testing::on_both,
};
use uuid::Uuid;

use crate::{SCENES, later};

async fn enqueue(db: &Db, key: Option<&str>, payload: i64, run_at: i64, now: i64) -> Uuid {
    let mut tx = db.begin().await.unwrap();
    let job = NewJob {
        kind: "index",
        key: key.map(str::to_owned),
        payload: json!(payload),
        run_at: later(run_at),
    };
    let id = jobs::enqueue(&mut tx, job, later(now)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn claim(db: &Db, now: i64) -> Option<Job> {
    jobs::claim(db, &["index", "mail"], later(now))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_job_is_not_claimed_before_its_time_nor_by_others_than_its_runners() {
    on_both(SCENES, async |db| {
        assert_eq!(jobs::due_at(&db).await.unwrap(), None);
        enqueue(&db, None, 1, 60, 0).await;
        assert_eq!(jobs::due_at(&db).await.unwrap(), Some(later(60)));
        assert!(claim(&db, 59).await.is_none());
        assert!(
            jobs::claim(&db, &["mail"], later(60))
                .await
                .unwrap()
                .is_none()
        );
        assert!(jobs::claim(&db, &[], later(60)).await.unwrap().is_none());
        let job = claim(&db, 60).await.unwrap();
        assert_eq!((job.payload.clone(), job.attempt), (json!(1), 1));
        jobs::done(&db, &job).await.unwrap();
        assert_eq!(jobs::waiting(&db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn two_claimers_get_each_job_once() {
    on_both(SCENES, async |db| {
        for number in 0..40 {
            enqueue(&db, None, number, 0, 0).await;
        }
        let claimer = |db: Db| async move {
            let mut got = Vec::new();
            while let Some(job) = claim(&db, 1).await {
                got.push(job.id);
                jobs::done(&db, &job).await.unwrap();
            }
            got
        };
        let one = tokio::spawn(claimer(db.clone()));
        let two = tokio::spawn(claimer(db.clone()));
        let got = [one.await.unwrap(), two.await.unwrap()].concat();
        assert_eq!(got.len(), 40);
        assert_eq!(got.iter().collect::<HashSet<_>>().len(), 40);
    })
    .await;
}

#[tokio::test]
async fn waiting_jobs_with_one_key_are_one_job_with_the_newest_payload_and_earliest_time() {
    on_both(SCENES, async |db| {
        let first = enqueue(&db, Some("story-7"), 1, 60, 0).await;
        assert_eq!(enqueue(&db, Some("story-7"), 2, 30, 1).await, first);
        assert_eq!(enqueue(&db, Some("story-7"), 3, 90, 2).await, first);
        assert_ne!(enqueue(&db, Some("story-8"), 1, 500, 0).await, first);
        assert_eq!(jobs::waiting(&db).await.unwrap(), 2);
        let job = claim(&db, 30).await.unwrap();
        assert_eq!((job.id, job.payload.clone()), (first, json!(3)));
        jobs::done(&db, &job).await.unwrap();
        assert!(claim(&db, 90).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_wanted_again_while_it_runs_runs_again() {
    on_both(SCENES, async |db| {
        enqueue(&db, Some("story-7"), 1, 0, 0).await;
        let running = claim(&db, 1).await.unwrap();
        enqueue(&db, Some("story-7"), 2, 20, 2).await;
        enqueue(&db, Some("story-7"), 3, 10, 3).await;
        assert!(
            claim(&db, 20).await.is_none(),
            "nobody else runs it meanwhile"
        );
        jobs::done(&db, &running).await.unwrap();
        assert_eq!(jobs::due_at(&db).await.unwrap(), Some(later(10)));
        let again = claim(&db, 10).await.unwrap();
        assert_eq!((again.payload.clone(), again.attempt), (json!(3), 1));
        jobs::done(&db, &again).await.unwrap();
        assert_eq!(jobs::waiting(&db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_runner_that_was_overtaken_can_neither_finish_nor_fail_the_job() {
    on_both(SCENES, async |db| {
        enqueue(&db, None, 1, 0, 0).await;
        let slow = claim(&db, 0).await.unwrap();
        let lease = jobs::LEASE.as_secs();
        assert!(claim(&db, lease - 1).await.is_none());
        let quick = claim(&db, lease).await.unwrap();
        assert_eq!((quick.id, quick.attempt), (slow.id, 2));
        jobs::done(&db, &slow).await.unwrap();
        let after = jobs::failed(&db, &slow, "late", later(lease))
            .await
            .unwrap();
        assert_eq!(after, AfterFailure::NotOurs);
        assert!(!jobs::renew(&db, &slow, later(lease)).await.unwrap());
        assert!(jobs::renew(&db, &quick, later(lease + 100)).await.unwrap());
        assert!(claim(&db, 2 * lease + 50).await.is_none());
        jobs::done(&db, &quick).await.unwrap();
        assert_eq!(jobs::waiting(&db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_failing_job_is_set_aside_after_five_runs_and_can_be_run_again() {
    on_both(SCENES, async |db| {
        enqueue(&db, Some("story-7"), 1, 0, 0).await;
        let mut now = 0;
        for attempt in 1..=5 {
            let job = claim(&db, now).await.unwrap();
            assert_eq!(job.attempt, attempt);
            let after = jobs::failed(&db, &job, "it always fails", later(now))
                .await
                .unwrap();
            assert_eq!(after == AfterFailure::Dead, attempt == 5, "{after:?}");
            now += 4000;
        }
        assert!(claim(&db, now).await.is_none());
        let dead = jobs::dead(&db).await.unwrap().remove(0);
        assert_eq!(
            (dead.why.as_deref(), dead.attempt),
            (Some("it always fails"), 5)
        );
        // A dead job does not stand in the way of a new one of its key, and merges with it.
        let alive = enqueue(&db, Some("story-7"), 2, now, now).await;
        assert!(jobs::revive(&db, dead.id, later(now)).await.unwrap());
        assert!(!jobs::revive(&db, dead.id, later(now)).await.unwrap());
        assert!(jobs::dead(&db).await.unwrap().is_empty());
        assert_eq!(claim(&db, now).await.unwrap().id, alive);
        assert_eq!(jobs::waiting(&db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_always_takes_the_process_down_lets_the_rest_of_the_queue_flow() {
    on_both(SCENES, async |db| {
        let poison = enqueue(&db, None, 1, 0, 0).await;
        let mut now = 0;
        for _ in 0..5 {
            assert_eq!(claim(&db, now).await.unwrap().id, poison);
            now += jobs::LEASE.as_secs();
        }
        let healthy = enqueue(&db, None, 2, now, now).await;
        assert_eq!(claim(&db, now).await.unwrap().id, healthy);
        let dead = jobs::dead(&db).await.unwrap();
        assert_eq!(
            (dead[0].id, dead[0].why.as_deref()),
            (poison, Some("every run ended with the process"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_finished_inside_a_transaction_is_finished_only_if_it_commits() {
    on_both(SCENES, async |db| {
        enqueue(&db, None, 1, 0, 0).await;
        let job = claim(&db, 0).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert!(jobs::done_in(&mut tx, &job).await.unwrap());
        drop(tx);
        assert_eq!(jobs::waiting(&db).await.unwrap(), 1);
        jobs::done(&db, &job).await.unwrap();
        assert_eq!(jobs::waiting(&db).await.unwrap(), 0);
    })
    .await;
}
