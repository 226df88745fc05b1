//! What was acknowledged is there after `kill -9` (F-21).

use std::{
    env,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use store::{Db, Place, params, testing};
use tokio::task::JoinSet;

use crate::{NOON, SCENES, sql};

/// Set for the child only: where it writes.
const CHILD_SETTING: &str = "DATELINE_TEST_STORE_CHILD";

/// How many acknowledged writes are waited for before each kill.
const ACKNOWLEDGED: usize = 300;

/// How often the writer is killed.
const KILLS: usize = 3;

/// How many of the child's tasks write at once.
const WRITERS: usize = 8;

#[tokio::test]
async fn everything_acknowledged_is_there_after_a_kill() {
    for place in testing::places().await {
        for round in 0..KILLS {
            let acknowledged = kill_a_writer(&place, round);
            assert!(acknowledged.len() >= ACKNOWLEDGED);
            let db = Db::open(&place, SCENES, NOON).await.unwrap();
            for name in &acknowledged {
                let found = db.read_one(&sql::MARKED, params![name]).await.unwrap();
                assert!(found.is_some(), "{name} was acknowledged and is lost");
            }
            assert_eq!(db.check().await.unwrap(), Vec::<String>::new());
            db.close().await;
        }
    }
}

/// Starts this test binary once more as the writer below, and kills it in the middle of its work.
fn kill_a_writer(place: &Place, round: usize) -> Vec<String> {
    let setting = match place {
        Place::Sqlite(path) => format!("sqlite:{}", path.display()),
        Place::Postgres(settings) => settings.clone(),
    };
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "durability::the_writer_that_is_killed",
            "--nocapture",
        ])
        .env(CHILD_SETTING, format!("{round} {setting}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged: Vec<String> = Vec::new();
    while acknowledged.len() < ACKNOWLEDGED {
        let line = lines
            .next()
            .expect("the writer writes until it is killed")
            .unwrap();
        acknowledged.extend(line.strip_prefix("kept ").map(str::to_owned));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died counts as well, but for a line cut short.
    let rest = lines
        .map_while(Result::ok)
        .filter(|line| line.ends_with('.'));
    acknowledged.extend(rest.filter_map(|line| line.strip_prefix("kept ").map(str::to_owned)));
    acknowledged
}

/// Does nothing unless started by the test above.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_writer_that_is_killed() {
    let Ok(setting) = env::var(CHILD_SETTING) else {
        return;
    };
    let (round, place) = setting.split_once(' ').unwrap();
    let db = Db::open(&Place::parse(place).unwrap(), SCENES, NOON)
        .await
        .unwrap();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (db, round) = (db.clone(), round.to_owned());
        writers.spawn(async move {
            for number in 0.. {
                let name = format!("{round}-{writer}-{number}.");
                crate::mark(&db, &name).await;
                writeln!(std::io::stdout(), "kept {name}").unwrap();
            }
        });
    }
    writers.join_all().await;
}
