//! When the disk fails: nobody is told yes, and nothing is tried twice (F-19, F-20).

use std::sync::Arc;

use rusqlite::Connection;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::*;
use crate::{params, sql};

/// How many transactions wait when the disk fails.
const WAITING: usize = 12;

struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Self {
        let folder =
            std::env::temp_dir().join(format!("dateline-disk-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A file whose writing connection was tampered with after it was migrated.
fn file(folder: &Folder, tamper: impl FnOnce(&mut Connection)) -> Arc<Sqlite> {
    let path = folder.0.join("test.db");
    let lock = FileLock::take(&path).unwrap();
    connection::make_private(&path).unwrap();
    let mut to_write = connection::to_write(&path).unwrap();
    migrating::migrate(&mut to_write, &[sql::MIGRATIONS], Instant::UNIX_EPOCH).unwrap();
    tamper(&mut to_write);
    Arc::new(Sqlite::start(&path, Some((to_write, lock))).unwrap())
}

async fn emit(sqlite: &Sqlite, bytes: usize) -> Result<(), StoreError> {
    let payload = serde_json::json!("x".repeat(bytes));
    let mut turn = sqlite.begin().await?;
    let fields = params![
        Uuid::now_v7(),
        "noted",
        Uuid::now_v7(),
        payload,
        Instant::UNIX_EPOCH
    ];
    turn.write(&sql::EVENT_EMIT, fields).await?;
    turn.commit().await
}

async fn emit_together(sqlite: &Arc<Sqlite>) -> Vec<Result<(), StoreError>> {
    let mut crowd = JoinSet::new();
    for _ in 0..WAITING {
        let sqlite = Arc::clone(sqlite);
        crowd.spawn(async move { emit(&sqlite, 10).await });
    }
    crowd.join_all().await
}

async fn events(sqlite: &Sqlite) -> i64 {
    sqlite.read(&sql::EVENTS_WAITING, params![]).await.unwrap()[0]
        .get("waiting")
        .unwrap()
}

#[tokio::test]
async fn a_failed_commit_is_told_to_everybody_who_waited_and_ends_the_use_of_the_file() {
    let folder = Folder::fresh();
    let sqlite = file(&folder, |connection| {
        connection.commit_hook(Some(|| true)).unwrap();
    });
    for answer in emit_together(&sqlite).await {
        assert!(matches!(answer, Err(StoreError::Unusable(_))), "{answer:?}");
    }
    assert!(matches!(
        emit(&sqlite, 10).await,
        Err(StoreError::Unusable(_))
    ));
    let reading = sqlite.read(&sql::EVENTS_WAITING, params![]).await;
    assert!(matches!(reading, Err(StoreError::Unusable(_))));
    assert!(!sqlite.condition().given_up().await.is_empty());
    assert_eq!(sqlite.counts().commits, 0);
    sqlite.close().await;

    let sqlite = file(&folder, |_| {});
    assert_eq!(events(&sqlite).await, 0);
    emit(&sqlite, 10).await.unwrap();
    assert_eq!(events(&sqlite).await, 1);
    sqlite.close().await;
}

#[tokio::test]
async fn a_full_disk_refuses_what_does_not_fit_and_goes_on() {
    let folder = Folder::fresh();
    let sqlite = file(&folder, |connection| {
        let pages: i64 = connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        let most = format!("PRAGMA max_page_count = {}", pages + 2);
        connection.query_row(&most, [], |_| Ok(())).unwrap();
    });
    let refused = emit(&sqlite, 60_000).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unavailable(why) if why.contains("full")),
        "{refused}"
    );
    assert!(sqlite.condition().check().is_ok());
    emit(&sqlite, 10).await.unwrap();
    assert_eq!(events(&sqlite).await, 1);
    sqlite.close().await;
}

#[tokio::test]
async fn the_log_is_folded_in_before_it_grows_long() {
    let folder = Folder::fresh();
    let sqlite = file(&folder, |_| {});
    for _ in 0..150 {
        emit(&sqlite, 60_000).await.unwrap();
    }
    let log = std::fs::metadata(folder.0.join("test.db-wal"))
        .unwrap()
        .len();
    assert!(log < 6_000_000, "the log has {log} bytes");
    sqlite.close().await;
    let log = std::fs::metadata(folder.0.join("test.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0);
}
