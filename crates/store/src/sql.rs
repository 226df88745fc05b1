//! Every statement about the store's own tables, and nothing else.

use crate::migrate::Migrations;

/// The store's own tables. [`crate::Db::open`] applies them without being told.
pub const MIGRATIONS: Migrations = Migrations {
    of: "store",
    steps: &[("0001_outbox_and_jobs", OUTBOX_AND_JOBS)],
};

/// Made before anything else, outside the steps: it is where they are recorded.
pub(crate) const MIGRATION_TABLE: &str = "
CREATE TABLE IF NOT EXISTS store_migration (
    of_crate TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 {blob} NOT NULL,
    applied_at {ts} NOT NULL,
    PRIMARY KEY (of_crate, name)
) {strict};
";

/// `due_at` is when the row may be taken next: while somebody works on it, the end of their lease.
/// `again_at` is set when a job was wanted once more while it ran.
const OUTBOX_AND_JOBS: &str = "
CREATE TABLE outbox_event (
    id {uuid} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject {uuid} NOT NULL,
    payload {json} NOT NULL,
    at {ts} NOT NULL,
    due_at {ts} NOT NULL,
    attempts {int} NOT NULL DEFAULT 0,
    dead_at {ts},
    why TEXT
) {strict};
CREATE INDEX outbox_event_due ON outbox_event (due_at) WHERE dead_at IS NULL;
CREATE INDEX outbox_event_dead ON outbox_event (dead_at) WHERE dead_at IS NOT NULL;

CREATE TABLE job (
    id {uuid} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT,
    payload {json} NOT NULL,
    run_at {ts} NOT NULL,
    due_at {ts} NOT NULL,
    running {bool} NOT NULL,
    again_at {ts},
    attempts {int} NOT NULL DEFAULT 0,
    fence {int} NOT NULL DEFAULT 0,
    dead_at {ts},
    why TEXT
) {strict};
CREATE UNIQUE INDEX job_one_alive ON job (kind, key) WHERE key IS NOT NULL AND dead_at IS NULL;
CREATE INDEX job_due ON job (due_at, id) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;
";

crate::statements! {
    /// Every step that was applied.
    STEPS_APPLIED = "SELECT of_crate, name, sha256 FROM store_migration ORDER BY of_crate, name";

    /// Crate, name, hash, now.
    STEP_APPLIED = "INSERT INTO store_migration (of_crate, name, sha256, applied_at)
        VALUES ($1, $2, $3, $4)";

    /// Id, kind, subject, payload, now.
    EVENT_EMIT = "INSERT INTO outbox_event (id, kind, subject, payload, at, due_at)
        VALUES ($1, $2, $3, $4, $5, $5)";

    /// Whether anything may be taken at $1: spares a transaction where there is nothing.
    EVENT_IS_DUE = "SELECT id FROM outbox_event WHERE dead_at IS NULL AND due_at <= $1
        ORDER BY due_at, id LIMIT 1";

    /// Now, the most attempts, why: events whose every handler took the process down with it.
    EVENT_BURY_SPENT = "UPDATE outbox_event SET dead_at = $1, why = COALESCE(why, $3)
        WHERE dead_at IS NULL AND due_at <= $1 AND attempts >= $2";

    /// Now, end of the lease, limit.
    EVENT_TAKE = "WITH due AS MATERIALIZED (
            SELECT id FROM outbox_event WHERE dead_at IS NULL AND due_at <= $1
            ORDER BY at, id LIMIT $3 {skip_locked})
        UPDATE outbox_event SET attempts = attempts + 1, due_at = $2
        WHERE id IN (SELECT id FROM due)
        RETURNING id, kind, subject, payload, at, attempts, dead_at, why";

    /// Id. Whoever handled it, it is handled.
    EVENT_DONE = "DELETE FROM outbox_event WHERE id = $1";

    /// Id, the attempt it was, next try or none, time of death or none, why.
    EVENT_FAILED = "UPDATE outbox_event SET due_at = COALESCE($3, due_at), dead_at = $4, why = $5
        WHERE id = $1 AND attempts = $2 AND dead_at IS NULL";

    /// Limit.
    EVENTS_DEAD = "SELECT id, kind, subject, payload, at, attempts, dead_at, why
        FROM outbox_event WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1";

    /// Id, now.
    EVENT_REVIVE = "UPDATE outbox_event SET dead_at = NULL, attempts = 0, due_at = $2
        WHERE id = $1 AND dead_at IS NOT NULL";

    /// How many events wait to be handled, also those somebody is at.
    EVENTS_WAITING = "SELECT COUNT(*) AS waiting FROM outbox_event WHERE dead_at IS NULL";

    /// Id, kind, key or none, payload, when to run, now, no.
    JOB_ENQUEUE = "INSERT INTO job (id, kind, key, payload, run_at, due_at, running)
        VALUES ($1, $2, $3, $4, $5, $5, $7)
        ON CONFLICT (kind, key) WHERE key IS NOT NULL AND dead_at IS NULL DO UPDATE SET
            payload = excluded.payload,
            run_at = CASE WHEN job.running AND job.due_at > $6 THEN job.run_at
                WHEN job.run_at < excluded.run_at THEN job.run_at ELSE excluded.run_at END,
            due_at = CASE WHEN job.running AND job.due_at > $6 THEN job.due_at
                WHEN job.due_at < excluded.due_at THEN job.due_at ELSE excluded.due_at END,
            again_at = CASE WHEN NOT (job.running AND job.due_at > $6) THEN job.again_at
                WHEN job.again_at < excluded.run_at THEN job.again_at ELSE excluded.run_at END
        RETURNING id";

    /// Whether a job of these kinds may be claimed at $1.
    JOB_IS_DUE = "SELECT id FROM job WHERE dead_at IS NULL AND due_at <= $1
        AND kind IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ORDER BY due_at, id LIMIT 1";

    /// Now, the most attempts, why: jobs whose every run took the process down with it.
    JOB_BURY_SPENT = "UPDATE job SET dead_at = $1, running = $4, why = COALESCE(why, $3)
        WHERE dead_at IS NULL AND due_at <= $1 AND attempts >= $2";

    /// Now, the kinds, end of the lease, yes.
    JOB_CLAIM = "WITH due AS MATERIALIZED (
            SELECT id FROM job WHERE dead_at IS NULL AND due_at <= $1
            AND kind IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ORDER BY due_at, id LIMIT 1 {skip_locked})
        UPDATE job SET attempts = attempts + 1, fence = fence + 1, due_at = $18, running = $19
        WHERE id IN (SELECT id FROM due)
        RETURNING id, kind, key, payload, run_at, attempts, fence, dead_at, why";

    /// Id, fence, end of the lease.
    JOB_RENEW = "UPDATE job SET due_at = $3 WHERE id = $1 AND fence = $2 AND running AND dead_at IS NULL";

    /// Id, fence.
    JOB_DONE = "DELETE FROM job WHERE id = $1 AND fence = $2 AND again_at IS NULL AND dead_at IS NULL";

    /// Id, fence, no: it was wanted again while it ran.
    JOB_DONE_ONCE = "UPDATE job SET run_at = again_at, due_at = again_at, again_at = NULL,
            running = $3, attempts = 0, why = NULL
        WHERE id = $1 AND fence = $2 AND again_at IS NOT NULL AND dead_at IS NULL";

    /// Id, fence, next try or none, time of death or none, why, no.
    JOB_FAILED = "UPDATE job SET due_at = COALESCE($3, due_at), dead_at = $4, why = $5, running = $6
        WHERE id = $1 AND fence = $2 AND dead_at IS NULL";

    /// When the next job may be claimed.
    JOB_NEXT = "SELECT due_at FROM job WHERE dead_at IS NULL ORDER BY due_at, id LIMIT 1";

    /// Limit.
    JOBS_DEAD = "SELECT id, kind, key, payload, run_at, attempts, fence, dead_at, why
        FROM job WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1";

    /// Id: takes a dead job out, to be enqueued afresh.
    JOB_EXHUME = "DELETE FROM job WHERE id = $1 AND dead_at IS NOT NULL RETURNING kind, key, payload";

    /// How many jobs wait or run.
    JOBS_WAITING = "SELECT COUNT(*) AS waiting FROM job WHERE dead_at IS NULL";
}
