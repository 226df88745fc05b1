//! Jobs are run: a few at a time, each claimed, kept while it runs, and its end written down.

use std::time::Duration;

use base::Fault;
use store::jobs::{self, AfterFailure, Job};
use tokio::task::JoinSet;

use crate::{house::Newsroom, wiring};

/// Jobs run at once in one process. What is heavy has a narrower door of its own (the darkroom's
/// children, a host's breaker).
const AT_ONCE: usize = 4;
/// How long we sleep when nobody rings: what another process wrote, and what falls due, is seen by then.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often a running job's claim is renewed: several times within `store::jobs::LEASE`.
const RENEW_EVERY: Duration = Duration::from_secs(60);

/// Runs jobs for as long as the house stands. What runs when it closes is dropped, and runs again
/// when its claim has ended.
pub async fn work(newsroom: Newsroom) {
    let mut running = JoinSet::new();
    for _ in 0..AT_ONCE {
        running.spawn(work_one_by_one(newsroom.clone()));
    }
    running.join_all().await;
}

async fn work_one_by_one(newsroom: Newsroom) {
    let bell = newsroom.db.rung();
    loop {
        match run_next(&newsroom).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(LOOK_EVERY, bell.notified()).await;
            }
            Err(fault) => {
                tracing::error!(
                    fault = fault.chain(),
                    "jobs could not be read or closed; trying again"
                );
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    }
}

/// Runs the job that has been due longest, and answers whether there was one.
///
/// # Errors
/// When the database is unavailable; what the job itself failed with is written down with the job.
pub async fn run_next(newsroom: &Newsroom) -> Result<bool, Fault> {
    let now = newsroom.clock.now();
    let Some(job) = jobs::claim(&newsroom.db, wiring::JOBS, now).await? else {
        return Ok(false);
    };
    match run(newsroom, &job).await {
        Ok(()) => jobs::done(&newsroom.db, &job).await?,
        Err(fault) => write_down(newsroom, &job, &fault).await?,
    }
    Ok(true)
}

/// Runs it, keeping the claim; a panic is that job's failure and nobody else's (F-26).
async fn run(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let work = web::caught(wiring::run(newsroom, job));
    tokio::pin!(work);
    loop {
        tokio::select! {
            ended = &mut work => return ended.flatten(),
            () = tokio::time::sleep(RENEW_EVERY) => {
                jobs::renew(&newsroom.db, job, newsroom.clock.now()).await?;
            }
        }
    }
}

async fn write_down(newsroom: &Newsroom, job: &Job, fault: &Fault) -> Result<(), Fault> {
    let now = newsroom.clock.now();
    let (kind, attempt, fault) = (job.kind.as_str(), job.attempt, fault.chain());
    match jobs::failed(&newsroom.db, job, &fault, now).await? {
        AfterFailure::Dead => tracing::error!(job = kind, attempt, fault, "a job was set aside"),
        _ => tracing::warn!(
            job = kind,
            attempt,
            fault,
            "a job failed and will run again"
        ),
    }
    Ok(())
}
