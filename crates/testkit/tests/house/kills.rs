//! F-01, F-16, F-21: the program is killed at any moment; what it said was done is done, once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use testkit::{Program, editor::paragraphs, process::ask};
use uuid::Uuid;

/// How often it is killed, unless `DATELINE_TEST_KILLS` says more.
const KILLS: u32 = 8;
/// Editors who publish at once.
const EDITORS: usize = 4;
/// What a start may take on a machine that does other things too; the plan says two seconds.
const STARTS_WITHIN: Duration = Duration::from_secs(10);

/// Headlines whose publication was acknowledged, with their addresses.
type Acknowledged = Arc<Mutex<BTreeMap<String, String>>>;

fn kills() -> u32 {
    let said = std::env::var("DATELINE_TEST_KILLS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(KILLS)
}

/// Publishes one story after the other until nobody answers any more.
async fn publishes(
    address: std::net::SocketAddr,
    token: String,
    section: String,
    done: Acknowledged,
) {
    loop {
        let headline = format!("Story {}", Uuid::now_v7().simple());
        let fields = json!({"headline": headline, "section_id": section,
            "body": paragraphs(&["One.", "Two.", "Three."])});
        let Some((201, draft)) = ask(address, ("POST", "/api/v1/stories"), &token, &fields).await
        else {
            return;
        };
        let path = format!(
            "/api/v1/stories/{}/publication",
            draft["id"].as_str().unwrap()
        );
        let Some((200, story)) = ask(address, ("PUT", &path), &token, &json!({})).await else {
            return;
        };
        done.lock()
            .unwrap()
            .insert(headline, story["url"].as_str().unwrap().into());
    }
}

/// Every published story by its headline, with how often it is there.
async fn published(address: std::net::SocketAddr, token: &str) -> BTreeMap<String, usize> {
    let (mut all, mut after) = (BTreeMap::new(), String::new());
    loop {
        let path = format!("/api/v1/stories?state=published&limit=100{after}");
        let (status, page) = ask(address, ("GET", &path), token, &Value::Null)
            .await
            .unwrap();
        assert_eq!(status, 200, "{page}");
        for story in page["stories"].as_array().unwrap() {
            *all.entry(story["headline"].as_str().unwrap().to_string())
                .or_default() += 1;
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return all,
        }
    }
}

/// A section comes in with an import: no door makes one yet.
fn given_a_section(program: &Program) {
    let folder = program.folder().join("incoming");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "---\ntitle: The first\nsection: City\ndate: 2026-11-01\n---\n\nIt came in.\n";
    std::fs::write(folder.join("first.md"), text).unwrap();
    program.runs("import folder", &[folder.to_str().unwrap()]);
}

#[tokio::test]
async fn f_01_f_21_what_was_acknowledged_survives_every_kill_and_is_there_once() {
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    given_a_section(&program);
    let token = program.token();
    let done = Acknowledged::default();
    let mut slowest = Duration::ZERO;
    for kill in 0..kills() {
        let began = Instant::now();
        let mut running = program.serves();
        slowest = slowest.max(began.elapsed());
        let lists = ("GET", "/api/v1/sections");
        let (_, sections) = ask(running.address, lists, &token, &Value::Null)
            .await
            .unwrap();
        let section = sections["sections"][0]["id"]
            .as_str()
            .expect("a section")
            .to_string();
        let before = done.lock().unwrap().len();
        let editors: Vec<_> = (0..EDITORS)
            .map(|_| {
                let (token, section, done) = (token.clone(), section.clone(), done.clone());
                tokio::spawn(publishes(running.address, token, section, done))
            })
            .collect();
        // Killed after a few more were acknowledged than the last time: somewhere else in the work.
        while done.lock().unwrap().len() < before + 1 + kill as usize {
            tokio::task::yield_now().await;
        }
        running.is_killed();
        for editor in editors {
            editor.await.unwrap();
        }
        let report: Value = serde_json::from_str(&program.runs("check", &["--json"])).unwrap();
        assert_eq!(report["complaints"], json!([]), "after kill {kill}");
    }
    let running = program.serves();
    let there = published(running.address, &token).await;
    let acknowledged = done.lock().unwrap().clone();
    for (headline, path) in &acknowledged {
        assert_eq!(there.get(headline), Some(&1), "{headline}");
        let (status, _) = ask(running.address, ("GET", path), &token, &Value::Null)
            .await
            .unwrap();
        assert_eq!(status, 200, "{headline} at {path}");
    }
    assert!(there.values().all(|times| *times == 1));
    println!(
        "{} kills, {} acknowledged, {} there, slowest start {slowest:?}",
        kills(),
        acknowledged.len(),
        there.len()
    );
    assert!(slowest < STARTS_WITHIN, "{slowest:?}");
}

/// Files in the archive that is taken in under kills.
const FILES: usize = 1000;
/// How long a whole import takes at most, on a machine that is not busy: kills are spread over it.
const WHOLE: Duration = Duration::from_millis(1_600);

fn an_archive(program: &Program) -> std::path::PathBuf {
    let archive = program.folder().join("archive");
    std::fs::create_dir_all(&archive).unwrap();
    for nth in 0..FILES {
        let day = 1 + nth % 28;
        let text = format!(
            "---\ntitle: Number {nth}\nsection: City\nauthor: Ada Harbour\ntags: [harbour, tide]\n\
             date: 2024-02-{day:02}\n---\n\nIt came in.\n\nAnd [more](2024-02-01-number-0.md).\n"
        );
        std::fs::write(
            archive.join(format!("2024-02-{day:02}-number-{nth}.md")),
            text,
        )
        .unwrap();
    }
    archive
}

#[test]
fn f_16_f_21_an_import_that_is_killed_at_any_row_is_taken_up_and_doubles_nothing() {
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let archive = an_archive(&program);
    let arguments = [archive.to_str().unwrap(), "--json"];
    let report = |command: &str, arguments: &[&str]| -> Value {
        serde_json::from_str(&program.runs(command, arguments)).unwrap()
    };
    // Each run lives a little longer than the one before it.
    let longer = WHOLE / kills();
    let (mut halfway, mut run) = (0, 1);
    while program.is_killed_after(longer * run, "import folder", &arguments) {
        let checked = report("check", &["--json"]);
        assert_eq!(checked["complaints"], json!([]), "after run {run}");
        let here = checked["stories"].as_u64().unwrap() as usize;
        halfway += usize::from((1..FILES).contains(&here));
        run += 1;
    }
    println!("killed {run} times, {halfway} of them in the middle");
    assert!(
        halfway > 0,
        "no kill came in the middle, which proves nothing"
    );
    let last = report("import folder", &arguments);
    assert_eq!(last["warnings"], json!([]));
    let checked = report("check", &["--json"]);
    let here = (checked["stories"].as_u64(), &checked["complaints"]);
    assert_eq!(here, (Some(FILES as u64), &json!([])));
    let again = report("import folder", &arguments);
    for new in ["stories", "drafts", "pages", "redirects", "changed"] {
        assert_eq!(again[new], 0, "{new} of a second run: {again}");
    }
    assert_eq!(again["unchanged"], FILES);
}
