//! A-24, V-17: every screen of the desk in Chromium, over stories made to run in it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use newsroom::staff::Role;
use serde_json::{Value, json};
use testkit::{Newsroom, wire::Server};

use crate::pages::markup::{POLYGLOTS, story};

/// The walk through the screens.
const WALK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../xtask/scenes/parts/payloads.mjs"
);
/// Stories that are walked through sheet by sheet; the others are seen in lists.
const WALKED: usize = 3;

/// Where `cargo xtask test` says that something it installed is.
fn installed(variable: &str, usual: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| usual.into(), PathBuf::from)
}

/// Runs the walk, and answers what it told.
fn walks(address: &str, pages: &Value) -> Vec<Value> {
    let list = std::env::temp_dir().join(format!("dateline-pages-{}.json", uuid::Uuid::now_v7()));
    std::fs::write(&list, pages.to_string()).expect("a file of its own");
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools");
    let ended = Command::new(installed("DATELINE_TEST_NODE", "node"))
        .arg(Path::new(WALK))
        .env("SCENE_ADDRESS", address)
        .env(
            "SCENE_TOOLS",
            installed("DATELINE_TEST_TOOLS", tools).join("node"),
        )
        .env(
            "SCENE_CHROMIUM",
            installed("DATELINE_TEST_CHROMIUM", "/usr/bin/chromium"),
        )
        .env("SCENE_PAGES", &list)
        .output()
        .expect("there is a node: `cargo xtask test` installs it");
    let _ = std::fs::remove_file(&list);
    let (said, complaints) = (
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
    assert!(
        ended.status.success(),
        "the walk broke: {complaints}\n{said}"
    );
    let lines = said.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .expect("a JSON object on each line")
}

#[tokio::test]
async fn a_24_v_17_nothing_that_is_written_runs_in_the_desk() {
    let news = Newsroom::open().await;
    let city = news
        .given_section("City", newsroom::story::Access::Metered)
        .await;
    let ada = news.editor("ada").await;
    let mut ids = Vec::new();
    let mut paths = vec![
        "/".to_string(),
        "/corrections".into(),
        "/search?q=alert".into(),
    ];
    for (nth, words) in POLYGLOTS.into_iter().enumerate() {
        news.given_running_story(words, words).await;
        news.given_section(words, newsroom::story::Access::Open)
            .await;
        if nth >= WALKED {
            story(&ada, &city, words).await;
            continue;
        }
        // Each was changed by somebody whose name would run, too.
        let mailbox = format!("b{nth}");
        let other = news.staff_called(words, &mailbox, Role::DutyEditor).await;
        let story = story(&other, &city, words).await;
        if nth == 1 {
            other.withdraws(&story, words).await;
        }
        paths.push(story.path.clone());
        ids.push(story.id);
    }
    let draft = ada
        .drafts(&json!({"headline": POLYGLOTS[0], "deck": POLYGLOTS[0]}))
        .await;
    // What was written was written at the house's own address; the browser comes to this machine's.
    news.restarts_with(|settings| settings.url = "http://127.0.0.1".into())
        .await;
    let server = Server::of(&news);
    let pages = json!({
        "cookie": ada.visitor.cookie("__Host-staff"), "stories": ids, "draft": draft.id, "odd": POLYGLOTS, "readers": paths,
    });
    let told = walks(&server.address.to_string(), &pages);
    let of = |level: &str| told.iter().filter(|line| line["level"] == level).count();
    let wrong: Vec<&Value> = told
        .iter()
        .filter(|line| !matches!(line["level"].as_str(), Some("opened" | "control")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let shut: Vec<&Value> = told
        .iter()
        .filter(|line| line.to_string().contains("did not open"))
        .collect();
    println!("{} screens", of("opened"));
    assert!(shut.len() <= 1, "{shut:#?}");
    assert!(of("opened") > 60, "{told:#?}");
    // The browser refuses to make markup or code of strings, and the walk would have heard of it.
    let control = told
        .iter()
        .find(|line| line["level"] == "control")
        .expect("a control");
    assert_eq!(control["refused"], json!(["markup", "address", "policy"]));
    assert!(control["heard"].as_u64() >= Some(3), "{control}");
    server.stops();
    news.closes_broken().await;
}
