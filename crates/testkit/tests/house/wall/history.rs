//! W-11 and V-77: who read what is kept nowhere.

use std::{collections::HashMap, fs};

use testkit::{Newsroom, Visitor};

use crate::world::World;

const READERS: u16 = 200;

/// The bytes of one piece of evidence, by a name.
fn evidence(news: &Newsroom) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(news.folder().expect("a folder")).unwrap();
    let mut all: Vec<_> = files
        .map(|file| file.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    assert!(
        all.iter()
            .any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty()),
        "no log"
    );
    all.push(("the log".into(), news.log.text().into_bytes()));
    all
}

/// Letters by which a secret is looked up; none is shorter.
const BEGINS: usize = 8;

/// Those of the secrets that are in these bytes.
fn found<'a>(bytes: &[u8], secrets: &'a [String]) -> Vec<&'a str> {
    let mut by_beginning: HashMap<&[u8], Vec<&'a str>> = HashMap::new();
    for secret in secrets {
        let begins = &secret.as_bytes()[..BEGINS];
        by_beginning.entry(begins).or_default().push(secret);
    }
    let mut found = Vec::new();
    for (at, window) in bytes.windows(BEGINS).enumerate() {
        if let Some(candidates) = by_beginning.get(window) {
            let here = |secret: &&str| bytes[at..].starts_with(secret.as_bytes());
            found.extend(candidates.iter().copied().filter(here));
        }
    }
    found
}

/// A network of their own for each, in documentation ranges of both families.
fn from_their_own_network(news: &Newsroom, number: u16) -> Visitor<'_> {
    match number % 2 {
        0 => news.visitor_from(&format!("203.0.{}.{}", 113 + number / 250, number % 250)),
        _ => news.visitor_from(&format!("2001:db8:{number:x}::77")),
    }
}

#[tokio::test]
async fn w_11_v_77_two_hundred_readers_leave_no_trace_of_who_read_what() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let (mut secrets, mut read) = (Vec::new(), 0);
    for number in 0..READERS {
        let visitor = from_their_own_network(&news, number);
        let visitor = match number % 3 {
            0 => {
                let session = news.given_reader().await.reveal();
                secrets.push(session.clone());
                visitor.with_cookie("__Host-reader", &session)
            }
            _ => visitor,
        };
        for story in [&world.metered, &world.registered, &world.open] {
            visitor.opens(&story.path).await.is(200);
            visitor.opens(&story.gate()).await.is(200);
            read += 2;
        }
        let full = format!("{}/full", world.metered.path);
        visitor.opens(&full).await.is(200);
        visitor.opens("/2026/11/nothing").await.is(404);
        read += 2;
        secrets.push(visitor.ip.to_string());
        secrets.extend(visitor.cookie("__Host-m"));
    }
    let evidence = evidence(&news);
    println!(
        "{read} pages, {} secrets sought in {} places",
        secrets.len(),
        evidence.len()
    );
    assert!(
        secrets.len() > usize::from(READERS) + 100,
        "{}",
        secrets.len()
    );
    for (name, bytes) in &evidence {
        assert_eq!(found(bytes, &secrets), [""; 0], "in {name}");
    }
    // The search finds what is there: a headline is no secret.
    let headline = ["Metered water".to_string()];
    let is_somewhere = |(_, bytes): &(String, Vec<u8>)| !found(bytes, &headline).is_empty();
    assert!(evidence.iter().any(is_somewhere));
    news.closes().await;
}

#[tokio::test]
async fn v_01_v_78_tokens_and_cookies_are_in_no_log_and_only_as_hashes_in_the_database() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let ada = news.editor("ada").await;
    let session = ada.visitor.cookie("__Host-staff").unwrap();
    ada.visitor.opens("/api/v1/session").await.is(200);
    ada.sends(
        "POST",
        "/api/v1/stories",
        &serde_json::json!({"nonsense": 1}),
    )
    .await
    .is(422);
    let confirm = "0123456789abcdeffedcba98765432100123456789abcdeffedcba9876543210";
    let path = format!("/api/v1/enrolment/{confirm}");
    let code = serde_json::json!({"code": "123456"});
    let ask = news.anonymous();
    ask.asks("PUT", &path)
        .with("sec-fetch-site", "same-origin")
        .json(&code)
        .sends()
        .await
        .is(422);
    world.wire.visitor.opens("/api/v1/sections?q=1").await;
    let secrets = [session.as_str(), confirm, "__Host-staff=", "Bearer 0"].map(String::from);
    for (name, bytes) in evidence(&news) {
        assert_eq!(found(&bytes, &secrets), [""; 0], "in {name}");
    }
    news.closes().await;
}
