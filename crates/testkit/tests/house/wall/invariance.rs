//! W-05, A-04, A-05 and W-06: what is shared depends on its address, and on nothing behind the gate.

use http::{HeaderMap, header};
use serde_json::json;
use testkit::{Newsroom, Seen, editor::paragraphs};
use web::{Shield, Verb};

use crate::{
    sheet,
    world::{World, plain_fields},
};

const REQUESTS: u32 = 500;
/// Said when a case fails, and changed to look elsewhere.
const SEED: u64 = 0x5eed_2026;

const HEADERS: [&str; 34] = [
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-original-url",
    "x-rewrite-url",
    "x-host",
    "x-forwarded-server",
    "x-http-method-override",
    "x-method-override",
    "x-ghost-preview",
    "x-preview",
    "x-debug",
    "x-requested-with",
    "x-wp-nonce",
    "x-real-ip",
    "forwarded",
    "via",
    "cf-connecting-ip",
    "true-client-ip",
    "accept",
    "accept-language",
    "accept-charset",
    "user-agent",
    "referer",
    "origin",
    "dnt",
    "save-data",
    "sec-fetch-site",
    "sec-fetch-dest",
    "authorization",
    "pragma",
    "cache-control",
    "purpose",
];
const VALUES: [&str; 12] = [
    "evil.example",
    "https://evil.example/",
    "127.0.0.1",
    "66.249.66.1",
    "he",
    "application/json",
    "<script>canary</script>",
    "\"><img src=x>",
    "DELETE",
    "Googlebot/2.1",
    "Bearer 0123456789",
    "1",
];
const COOKIES: [&str; 6] = [
    "__Host-m",
    "__Host-reader",
    "__Host-staff",
    "preview",
    "theme",
    "lang",
];
const KEYS: [&str; 6] = [
    "utm_source",
    "preview",
    "callback",
    "_method",
    "amp",
    "nocache",
];

/// A small stream of numbers that is the same each time (Steele and others, SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next() as usize % words.len()]
    }
}

fn answer(seen: &Seen) -> (u16, HeaderMap, Vec<u8>) {
    (
        seen.status.as_u16(),
        seen.headers.clone(),
        seen.bytes.to_vec(),
    )
}

async fn odd_request(news: &Newsroom, chance: &mut Chance, address: &str) -> Seen {
    let visitor = news.anonymous();
    let asks_more = chance.next().is_multiple_of(4);
    let (joint, key, value) = (
        if address.contains('?') { '&' } else { '?' },
        chance.of(&KEYS),
        "evil",
    );
    let asked = if asks_more {
        format!("{address}{joint}{key}={value}")
    } else {
        address.into()
    };
    let mut ask = visitor.asks("GET", &asked);
    for _ in 0..chance.next() % 5 {
        ask = ask.with(chance.of(&HEADERS), chance.of(&VALUES));
    }
    for _ in 0..chance.next() % 3 {
        ask = ask.with(
            "cookie",
            &format!("{}={}", chance.of(&COOKIES), chance.of(&VALUES)),
        );
    }
    let seen = ask.sends().await;
    if !asks_more {
        return seen;
    }
    assert_eq!(
        (seen.status.as_u16(), seen.header("location")),
        (308, address),
        "{asked}"
    );
    assert!(!seen.headers.contains_key(header::SET_COOKIE));
    visitor.opens(address).await
}

#[tokio::test]
async fn w_05_a_04_a_05_a_shared_page_is_a_function_of_its_address() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let mut addresses = vec![
        "/nothing/here/at/all".to_string(),
        "/section/city?page=1".into(),
    ];
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.verb == Verb::Get && row.cache.is_shared())
        // On the site's host no frame is there, under no spelling; on their own: `outgoing/frames.rs`.
        .filter(|row| row.shield != Shield::Frame)
    {
        addresses.push(sheet::addresses(row, &world).await.swap_remove(0));
    }
    addresses.extend([world.metered.path.clone(), world.withdrawn.path.clone()]);
    let mut chance = Chance(SEED);
    for address in &addresses {
        let first = answer(&news.anonymous().opens(address).await);
        for nth in 0..REQUESTS {
            let seen = odd_request(&news, &mut chance, address).await;
            assert!(
                answer(&seen) == first,
                "request {nth}, seed {SEED:x}: {} {}",
                seen.asked,
                seen.text()
            );
        }
    }
    println!("{} addresses, {REQUESTS} requests each", addresses.len());
    news.closes().await;
}

/// The clock stands still and the words are as many, so that only the gated letters differ. What stays
/// different is the number of the revision in the gate's address, and the `ETag` with it; the time of
/// the change and the number of words are public by intention.
#[tokio::test]
async fn w_06_a_change_behind_the_gate_changes_nothing_in_the_shell_but_the_revisions_number() {
    Newsroom::on_both(async |news| {
        let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
        let city = news
            .given_section("City", newsroom::story::Access::Metered)
            .await;
        let story = wire
            .runs(&plain_fields(&city, "The tide", "It came in at noon."))
            .await;
        let visitor = news.anonymous();
        let before = visitor.opens(&story.path).await.is(200);
        let body = paragraphs(&[
            "The first paragraph.",
            "The second paragraph.",
            "It went out at dusk.",
        ]);
        let changed = wire.revises(&story, &json!({"body": body})).await;
        let changed = wire.publishes(&changed).await;
        assert_eq!((story.revision, changed.revision), (1, 2));
        let after = visitor.opens(&story.path).await.is(200);
        assert_eq!(after.bytes.len(), before.bytes.len());
        let as_before = after.text().replace(&changed.gate(), &story.gate());
        assert_eq!(as_before, before.text());
        assert_ne!(after.header("etag"), before.header("etag"));
        let differ: Vec<_> = after
            .headers
            .iter()
            .filter(|(name, value)| before.headers.get(*name) != Some(value))
            .collect();
        assert_eq!(
            differ
                .iter()
                .map(|(name, _)| name.as_str())
                .collect::<Vec<_>>(),
            ["etag"]
        );
        // A second shell of the same revision is the same to the byte.
        news.restarts_with(|_| {}).await;
        let again = visitor.opens(&story.path).await;
        assert_eq!((again.bytes, again.headers), (after.bytes, after.headers));
    })
    .await;
}
