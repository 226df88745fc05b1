//! What pages of other sites can take from us, or send us: nothing that is one person's.

use std::{fs, path::Path};

use testkit::Newsroom;
use web::{Shield, Verb, Who};

use crate::{sheet, world::World};

/// What a foreign page could put an address of ours into, where its bytes would reach that page.
const PULLED_AS: [&str; 9] = [
    "image", "script", "style", "font", "audio", "video", "iframe", "object", "empty",
];
/// By which windows speak to each other; none of ours does, so that no sender has to be checked.
const CALLS: [&str; 4] = [
    "postMessage",
    "onmessage",
    "MessageChannel",
    "BroadcastChannel",
];
/// Listening to messages, in each way a script may be written.
const LISTENS: [&str; 3] = [
    "addEventListener(\"message\"",
    "addEventListener('message'",
    "addEventListener(`message`",
];
/// The scripts of the desk, as they are built and shipped.
const DESK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/desk/dist/assets");

#[tokio::test]
async fn v_21_a_foreign_page_can_pull_in_nothing_that_is_one_persons() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let ada = news.editor("ada").await.visitor;
    let mut tried = 0;
    for row in dateline::house::rows() {
        if row.verb != Verb::Get || row.who == Who::Anyone {
            continue;
        }
        let address = sheet::addresses(&row, &world).await.swap_remove(0);
        let opened = ada.opens(&address).await;
        assert_ne!(
            row.shield,
            Shield::Site,
            "{} wears the readers' shield",
            row.name
        );
        for (name, value) in [
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(opened.header(name), value, "{}", opened.asked);
        }
        for destination in PULLED_AS {
            for site in ["cross-site", "same-site"] {
                let ask = ada.asks("GET", &address).without("sec-fetch-site");
                let ask = ask
                    .with("sec-fetch-site", site)
                    .with("sec-fetch-dest", destination);
                let seen = ask.sends().await.is_never_shared();
                assert_eq!(
                    seen.status, 403,
                    "{} as {destination} from {site}",
                    seen.asked
                );
                tried += 1;
            }
        }
        // A link on another site that is followed by hand still opens.
        let ask = ada.asks("GET", &address).without("sec-fetch-site");
        let ask = ask.with("sec-fetch-site", "cross-site");
        let seen = ask.with("sec-fetch-dest", "document").sends().await;
        assert_eq!(seen.status, opened.status, "{}", seen.asked);
    }
    assert!(tried > 100, "{tried}");
    news.closes().await;
}

#[tokio::test]
async fn v_22_no_script_of_ours_speaks_to_other_windows_or_listens_to_them() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let mut scripts = Vec::new();
    let built = fs::read_dir(Path::new(DESK)).expect("the desk is built");
    for file in built {
        let path = file.expect("a readable folder").path();
        if path.extension().is_some_and(|ending| ending == "js") {
            scripts.push((
                path.display().to_string(),
                fs::read_to_string(path).unwrap(),
            ));
        }
    }
    let visitor = news.anonymous();
    for page in ["/", &world.metered.path, "/search", "/desk"] {
        let text = visitor.opens(page).await.is(200).text();
        for part in text.split("src=\"").skip(1) {
            let address = part.split('"').next().unwrap_or_default();
            if address.ends_with(".js") {
                let script = visitor.opens(address).await.is(200).text();
                scripts.push((address.to_string(), script));
            }
        }
    }
    assert!(scripts.len() > 5, "{} scripts", scripts.len());
    for (name, script) in &scripts {
        assert!(script.len() > 20, "{name} is empty");
        for call in CALLS {
            assert!(!script.contains(call), "{call} in {name}");
        }
        // The desk's line listens to its own WebSocket (`web/desk/src/manuscript/socket.js`), and nothing else to anything.
        let listens: usize = LISTENS.iter().map(|way| script.matches(way).count()).sum();
        let lines = script.matches("new WebSocket(").count();
        assert_eq!(listens, lines, "{name} listens to something");
    }
    news.closes().await;
}
