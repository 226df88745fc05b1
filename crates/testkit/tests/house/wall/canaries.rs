//! W-01: words that stand behind the gate are sought in every answer to everybody.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    io::Read,
};

use ring::digest::{SHA256, digest};
use serde_json::json;
use testkit::{Newsroom, Seen, Visitor, canary::Canary, front::DID};
use web::{Gate, Row, Verb};

use crate::{
    sheet,
    world::{DRAFT, METERED, PUBLIC, REGISTERED, World, plain_fields, rich_body},
};

const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const GOOGLES: &str = "66.249.66.1";
/// Before anything is remembered anywhere.
pub(super) const COLD: &str = "cold";
const ACCEPTED: [&str; 7] = [
    "text/html",
    "application/json",
    "application/xml",
    "application/rss+xml",
    "application/activity+json",
    "text/plain",
    "audio/*",
];

/// Somebody, and the canaries that a gate may show them.
struct Role<'a> {
    name: &'static str,
    visitor: Visitor<'a>,
    behind_the_gate: Vec<&'static str>,
    is_staff: bool,
}

pub(super) struct Hunt<'a> {
    canaries: [(&'static str, Canary); 3],
    roles: Vec<Role<'a>>,
    /// What was found in which bytes.
    looked_at: RefCell<HashMap<Vec<u8>, Vec<&'static str>>>,
    answers: Cell<usize>,
    /// Answers that a cache gave from memory.
    from_memory: Cell<usize>,
    leaks: RefCell<Vec<String>>,
    /// How often who saw what they may see: a hunt that finds nothing anywhere proves nothing.
    sightings: RefCell<BTreeMap<(&'static str, String), usize>>,
}

impl<'a> Hunt<'a> {
    pub(super) async fn begins(world: &World<'a>) -> Self {
        let news = world.news;
        news.names
            .reverse_is(GOOGLES, "crawl-66-249-66-1.googlebot.com");
        news.names
            .forward_is("crawl-66-249-66-1.googlebot.com", GOOGLES);
        let role = |name, visitor, behind: &[&'static str], is_staff| Role {
            name,
            visitor,
            behind_the_gate: behind.to_vec(),
            is_staff,
        };
        let all = [METERED, REGISTERED];
        let roles = vec![
            role("anonymous", news.anonymous(), &[METERED], false),
            role("over the limit", over_the_limit(world).await, &[], false),
            role("reader", news.reader().await, &all, false),
            role(
                "false crawler",
                news.crawler(GOOGLEBOT, "203.0.113.9"),
                &[METERED],
                false,
            ),
            role("crawler", news.crawler(GOOGLEBOT, GOOGLES), &all, false),
            role("editor", news.editor("ada").await.visitor, &all, true),
        ];
        Self {
            canaries: [METERED, REGISTERED, DRAFT].map(|word| (word, Canary::new(word))),
            roles,
            looked_at: RefCell::default(),
            answers: Cell::new(0),
            from_memory: Cell::new(0),
            leaks: RefCell::default(),
            sightings: RefCell::default(),
        }
    }

    /// Those come first who came last, and the other way round.
    pub(super) fn turns_round(&mut self) {
        self.roles.reverse();
    }

    /// How many answers came out of a cache's memory so far.
    pub(super) fn remembered(&self) -> usize {
        self.from_memory.get()
    }

    /// Everybody opens everything, in every way there is to ask.
    pub(super) async fn walks(&self, world: &World<'_>, when: &str) {
        for row in dateline::house::rows()
            .iter()
            .filter(|row| row.verb == Verb::Get)
        {
            for address in sheet::addresses(row, world).await {
                for role in &self.roles {
                    self.asks_every_way(row, &address, role, when).await;
                }
            }
        }
    }

    async fn asks_every_way(&self, row: &Row, address: &str, role: &Role<'_>, when: &str) {
        let plain = role.visitor.opens(address).await;
        let etag = plain.header("etag").to_string();
        self.looks(row, role, when, &plain);
        let mut ways = vec![
            ("GET", "if-none-match", etag.as_str()),
            ("GET", "accept-encoding", "br"),
        ];
        // Ways to ask that no memory of ours tells apart are tried once.
        if when == COLD {
            ways.extend([
                ("HEAD", "accept", "text/html"),
                ("GET", "range", "bytes=0-"),
                ("GET", "range", "bytes=200-900"),
                ("GET", "if-modified-since", "Sun, 22 Nov 2026 12:00:00 GMT"),
                ("GET", "accept-encoding", "gzip"),
            ]);
            ways.extend(ACCEPTED.map(|accepted| ("GET", "accept", accepted)));
        }
        for (method, name, value) in ways {
            let ask = role.visitor.asks(method, address).with(name, value);
            self.looks(row, role, when, &ask.sends().await);
        }
    }

    /// The canaries in an answer. The same bytes are not looked at twice.
    fn found(&self, seen: &Seen) -> Vec<&'static str> {
        let mut bytes = decoded(seen);
        for (name, value) in &seen.headers {
            bytes.extend_from_slice(name.as_str().as_bytes());
            bytes.extend_from_slice(value.as_bytes());
        }
        let hash = digest(&SHA256, &bytes).as_ref().to_vec();
        let look = || {
            let is_in = |(_, canary): &&(&str, Canary)| canary.is_in(&bytes);
            let found = self.canaries.iter().filter(is_in);
            found.map(|(word, _)| *word).collect()
        };
        let mut looked_at = self.looked_at.borrow_mut();
        looked_at.entry(hash).or_insert_with(look).clone()
    }

    fn looks(&self, row: &Row, role: &Role<'_>, when: &str, seen: &Seen) {
        self.answers.set(self.answers.get() + 1);
        if matches!(
            seen.header(DID),
            "HIT" | "STALE" | "UPDATING" | "REVALIDATED"
        ) {
            self.from_memory.set(self.from_memory.get() + 1);
            self.is_nobodys_own(role, when, seen);
        }
        for word in self.found(seen) {
            let is_entitled = match row.gate {
                Gate::Open | Gate::Shell => false,
                Gate::Gated => role.behind_the_gate.contains(&word),
                Gate::StaffOnly => role.is_staff,
            };
            if is_entitled && seen.header("cache-control") == "private, no-store" {
                let mut sightings = self.sightings.borrow_mut();
                *sightings.entry((role.name, word.into())).or_default() += 1;
            } else {
                let leak = format!(
                    "{when}: {} saw {word} at {} {}",
                    role.name, row.name, seen.asked
                );
                self.leaks.borrow_mut().push(leak);
            }
        }
    }

    /// What a cache remembers was made for somebody else: it says nothing of anybody.
    fn is_nobodys_own(&self, role: &Role<'_>, when: &str, seen: &Seen) {
        let names = ["set-cookie", "dateline-standing", "dateline-read"];
        for name in names
            .iter()
            .filter(|name| seen.headers.contains_key(**name))
        {
            let leak = format!(
                "{when}: {} was given another's {name} at {}",
                role.name, seen.asked
            );
            self.leaks.borrow_mut().push(leak);
        }
    }

    #[track_caller]
    pub(super) fn ends(&self) {
        let (answers, leaks) = (self.answers.get(), self.leaks.borrow());
        println!(
            "{answers} answers, {} leaks, {} bodies looked at",
            leaks.len(),
            self.looked_at.borrow().len()
        );
        println!("seen by those who may: {:#?}", self.sightings.borrow());
        assert!(
            leaks.is_empty(),
            "{} leaks, the first: {:#?}",
            leaks.len(),
            &leaks[..leaks.len().min(9)]
        );
        for role in &self.roles {
            for word in &role.behind_the_gate {
                let seen = self
                    .sightings
                    .borrow()
                    .contains_key(&(role.name, (*word).into()));
                assert!(
                    seen,
                    "{} never saw {word}, which is theirs to read",
                    role.name
                );
            }
        }
    }
}

/// A reader who has read this month's stories.
async fn over_the_limit<'a>(world: &World<'a>) -> Visitor<'a> {
    let visitor = world.news.anonymous();
    let limit = world.news.settings.borrow().policy.limit;
    let sections = world.wire.visitor.opens("/api/v1/sections").await.json();
    let city = sections["sections"][0]["id"].as_str().expect("a section");
    for nth in 0..=limit {
        let fields = plain_fields(city, &format!("One of many {nth}"), "Nothing special.");
        let story = world.wire.runs(&fields).await;
        visitor.opens(&story.gate()).await.is(200);
    }
    visitor
}

/// The body with its coding taken off.
fn decoded(seen: &Seen) -> Vec<u8> {
    let mut plain = Vec::new();
    let coded = &seen.bytes[..];
    let read = match seen.header("content-encoding") {
        _ if coded.is_empty() => Ok(0),
        "gzip" => flate2::read::GzDecoder::new(coded).read_to_end(&mut plain),
        "br" => brotli::Decompressor::new(coded, 4096).read_to_end(&mut plain),
        "" => coded.take(u64::MAX).read_to_end(&mut plain),
        other => panic!("{}: an unknown coding {other}", seen.asked),
    };
    read.expect("a whole body");
    plain
}

#[tokio::test]
async fn w_01_w_03_no_word_behind_the_gate_is_in_any_answer_to_those_it_is_not_for() {
    let news = Newsroom::open_with(|settings| settings.policy.limit = 3).await;
    let mut world = World::of(&news).await;
    let hunt = Hunt::begins(&world).await;
    hunt.walks(&world, COLD).await;
    hunt.walks(&world, "after readers, crawlers and editors")
        .await;

    let (city, edited) = (json!({}), json!({"body": rich_body("edited", METERED)}));
    world.metered = world
        .wire
        .corrects(&world.metered, &format!("Edited {PUBLIC}"), &edited)
        .await;
    world.registered = world
        .wire
        .corrects(&world.registered, "Nothing but a note", &city)
        .await;
    hunt.walks(&world, "after an edit").await;

    let closed = json!({"access": "registered", "body": rich_body(PUBLIC, REGISTERED)});
    world.open = world
        .wire
        .corrects(&world.open, "Now for registered readers", &closed)
        .await;
    hunt.walks(&world, "after an open story was closed").await;
    news.restarts_with(|_| {}).await;
    hunt.walks(&world, "after a restart").await;
    hunt.ends();
    let shell = news.anonymous().opens(&world.metered.path).await;
    shell
        .is_cached_until_purged()
        .shows(PUBLIC)
        .does_not_show(METERED);
    super::crawlers::asked_only_for_names(&news);
    news.closes().await;
}

#[tokio::test]
async fn w_12_a_search_for_a_gated_word_finds_what_a_search_for_any_word_finds() {
    let news = Newsroom::open().await;
    let _world = World::of(&news).await;
    let visitor = news.anonymous();
    let answer = async |word: &str| {
        let seen = visitor
            .opens(&format!("/search?q={word}"))
            .await
            .is(200)
            .is_never_shared();
        seen.text().replace(word, "WORD")
    };
    let nothing = answer("nowordofours7q").await;
    for word in [METERED, REGISTERED, DRAFT] {
        assert_eq!(answer(word).await, nothing, "{word}");
    }
    assert_ne!(answer(PUBLIC).await, nothing);
    news.closes().await;
}

#[tokio::test]
async fn w_03_logs_hold_no_word_of_a_body() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    for story in [&world.metered, &world.registered, &world.draft] {
        news.reader().await.opens(&story.gate()).await;
        world
            .wire
            .tries_to_revise(story, &json!({"body": {"type": METERED}}))
            .await
            .is(422);
    }
    news.anonymous().opens("/api/v1/session").await.is(401);
    let logged = news.log.text();
    assert!(
        logged.contains("SESSION"),
        "a log that keeps nothing proves nothing"
    );
    for word in [METERED, REGISTERED, DRAFT] {
        assert!(
            !Canary::new(word).is_in(logged.as_bytes()),
            "{word} in {logged}"
        );
    }
    news.closes().await;
}
