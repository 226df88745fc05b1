//! What strangers send: none of it brings a parent down, and none of it is served as it came.

use std::{collections::BTreeMap, sync::Arc};

use darkroom::{Darkroom, Kind, Limits, darkroom::NotDone, look::look};
use tokio::task::JoinSet;

use crate::{
    children::{Folder, child_program, order},
    hostile_pictures::{self, COUNT, MARK},
    make,
};

/// Bytes by which the parent may grow while it has all of them developed: pictures and answers under way, and no more.
const MAX_GROWTH: u64 = 128_000_000;

#[tokio::test]
async fn v_68_a_26_f_11_of_two_hundred_hostile_pictures_none_harms_and_none_is_served_as_it_came() {
    let folder = Folder::new("hostile");
    let darkroom = Darkroom::new(child_program(), &folder.0, 2);
    let pictures = hostile_pictures::all();
    assert_eq!(pictures.len(), COUNT);
    let before = resident();
    let mut running = JoinSet::new();
    for (name, bytes) in pictures {
        let darkroom = darkroom.clone();
        running.spawn(async move {
            let outcome = darkroom.develop(bytes.into(), &order()).await;
            (name, outcome)
        });
    }
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        let (name, outcome) = done.unwrap();
        let end = match outcome {
            Ok(answer) => harmless(&name, &answer),
            Err(NotDone::Refused(refused)) => base::Refusal::from(refused).to_string(),
            Err(NotDone::Failed(fault)) => panic!("{name} was our fault: {}", fault.chain()),
        };
        println!("{name}: {end}");
        *ends.entry(end).or_default() += 1;
    }
    println!("{ends:#?}");
    assert!(ends.keys().any(|end| end == "developed") && ends.len() > 5);
    assert!(
        !ends.keys().any(|end| end.contains("kind=forbidden")),
        "decoders call for nothing that is forbidden"
    );
    let grown = resident().saturating_sub(before);
    assert!(grown < MAX_GROWTH, "the parent grew by {grown} bytes");
    assert_eq!(
        std::fs::read_dir(&folder.0).unwrap().count(),
        0,
        "nothing is left behind"
    );
}

/// Each print is a picture of our making with nothing of the mark in it.
fn harmless(name: &str, answer: &darkroom::Answer) -> String {
    let developed = answer.developed.as_ref().unwrap();
    for print in &developed.prints {
        assert!(
            !make::holds(&print.bytes, MARK.as_bytes()),
            "{name} carries its mark over"
        );
        assert!(
            !make::holds(&print.bytes, b"<script"),
            "{name} carries a script over"
        );
        let shown =
            image::load_from_memory(&print.bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((shown.width(), shown.height()), (print.width, print.height));
        let seen = look(&print.bytes, &Limits::default()).unwrap();
        assert!(matches!(seen.kind, Kind::Jpeg | Kind::Webp));
    }
    "developed".into()
}

/// Bytes of memory this process has in use (proc(5), `statm`).
fn resident() -> u64 {
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = told
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4_096
}

#[tokio::test]
async fn f_11_pictures_that_end_badly_do_not_keep_others_from_being_developed() {
    let folder = Folder::new("benches");
    let darkroom = Arc::new(Darkroom::new(child_program(), &folder.0, 1));
    let mut damaged = make::jpeg(64, 64);
    damaged.truncate(300);
    for _ in 0..5 {
        let _ = darkroom.develop(damaged.clone().into(), &order()).await;
    }
    assert!(
        darkroom
            .develop(make::jpeg(64, 64).into(), &order())
            .await
            .is_ok()
    );
}
