//! A gate answered from memory is the gate: same words, same headers, same count.

use http::HeaderMap;
use serde_json::json;
use testkit::{Newsroom, editor::paragraphs};

use crate::world::World;

/// Headers with their values, but for what is one reader's.
fn shared(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != "set-cookie" && *name != "dateline-read")
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_remembered_gate_answers_as_its_guard_does() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let gate = world.metered.gate();
        for coding in ["identity", "gzip", "br"] {
            // Another cookie beside the meter's sends a reader to the guard every time.
            let guarded = news.anonymous().with_cookie("__Host-other", "1");
            let by_the_guard = guarded.asks("GET", &gate).with("accept-encoding", coding);
            let by_the_guard = by_the_guard.sends().await.is(200).is_never_shared();
            for _ in 0..3 {
                let reader = news.anonymous();
                let ask = reader.asks("GET", &gate).with("accept-encoding", coding);
                let answer = ask.sends().await.is(200).stands("counted", "1/10");
                assert_eq!(answer.bytes, by_the_guard.bytes, "{coding}");
                assert_eq!(shared(&answer.headers), shared(&by_the_guard.headers));
                assert!(
                    reader
                        .cookie("__Host-m")
                        .is_some_and(|value| value.len() > 50)
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_remembered_gates_is_counted_asked_and_stopped_like_any_other() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let sections = world.wire.visitor.opens("/api/v1/sections").await.json();
        let section = &sections["sections"][0]["id"];
        let mut gates = Vec::new();
        for number in 1..=11 {
            let body = paragraphs(&["One.", "Two.", "Three.", &format!("rest{number}")]);
            let fields =
                json!({"headline": format!("Story {number}"), "access": "metered", "section_id": section, "body": body});
            gates.push(world.wire.runs(&fields).await.gate());
        }
        for _round in 0..2 {
            let reader = news.anonymous();
            for (nth, gate) in (1..).zip(&gates) {
                let (standing, read) = match nth {
                    1 | 2 => ("counted", format!("{nth}/10")),
                    11 => ("closed", "10/10".into()),
                    _ => ("asked", format!("{nth}/10")),
                };
                let seen = reader.opens(gate).await.is(200).stands(standing, &read);
                match nth {
                    11 => seen.does_not_show("rest11"),
                    _ => seen.shows(&format!("rest{nth}")),
                };
            }
            // What was read stays free, and stands as it stood.
            reader.opens(&gates[0]).await.stands("counted", "10/10");
            reader.opens(&gates[4]).await.stands("asked", "10/10");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_the_guard_must_look_at_is_not_answered_from_memory() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let gate = world.metered.gate();
        for _warm in 0..2 {
            news.anonymous()
                .opens(&gate)
                .await
                .stands("counted", "1/10");
        }
        news.reader().await.opens(&gate).await.stands("open", "");
        let editor = news.editor("ada").await;
        editor.visitor.opens(&gate).await.stands("open", "");
        let reader = news.anonymous();
        reader
            .asks("HEAD", &gate)
            .sends()
            .await
            .is(200)
            .stands("counted", "1/10");
        reader
            .opens(&format!("{gate}?a=1"))
            .await
            .stands("counted", "1/10");
        reader.asks("POST", &gate).sends().await.is(405);
        reader
            .opens(&gate.to_uppercase().replace("_GATE", "_gate"))
            .await
            .is(308);
        let two = reader.asks("GET", &gate).with("host", "elsewhere.example");
        two.sends().await.is(400);
    })
    .await;
}

#[tokio::test]
async fn an_edited_cookie_at_a_remembered_gate_is_no_cookie() {
    Newsroom::on_both(async |news| {
        let world = World::of(news).await;
        let gate = world.metered.gate();
        for broken in ["", "a", "AAAA", "x; y", &"A".repeat(4_000)] {
            let reader = news.anonymous().with_cookie("__Host-m", broken);
            reader.opens(&gate).await.is(200).stands("counted", "1/10");
        }
    })
    .await;
}
