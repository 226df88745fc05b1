//! V-23: whatever is asked, an answer that leads on leads to our own house.

use testkit::{Newsroom, Seen, Visitor};
use web::Verb;

use crate::{sheet, world::World};

/// Ends of an address that browsers or careless programs read as another house, or as a second header.
const ENDS: [&str; 18] = [
    "//evil.example",
    "///evil.example/",
    "/%5C%5Cevil.example",
    "/%2F%2Fevil.example",
    "/%2f/evil.example/..",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example/",
    "/%0D%0ASet-Cookie:%20a=b",
    "/%E5%98%8A%E5%98%8DLocation:evil.example",
    "@evil.example/",
    "//news.example@evil.example/",
    "//xn--vil-9cd.example/",
    "//%D0%B5vil.example//",
    "/evil%E3%80%82example//",
    "/https://evil.example/",
    "/.//evil.example",
    "//?to=https://evil.example/",
    "/?next=//evil.example&page=1&page_id=//evil.example",
];
/// Whole addresses of the kind.
const WHOLE: [&str; 8] = [
    "//evil.example/",
    "//evil.example/%2e%2e",
    "///evil.example",
    "/%2F/evil.example/",
    "/%5Cevil.example/",
    "/@evil.example//",
    "//evil.example?p=1",
    "/?p=//evil.example&x=1",
];

/// Answers whether it led on.
#[track_caller]
fn stays_here(seen: &Seen) -> bool {
    for (name, value) in &seen.headers {
        let bytes = value.as_bytes();
        assert!(
            !bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n')),
            "{} {name}",
            seen.asked
        );
    }
    assert!(!seen.headers.contains_key("refresh"), "{}", seen.asked);
    let Some(location) = seen.headers.get("location") else {
        assert!(
            !seen.status.is_redirection() || seen.status == 304,
            "{}",
            seen.asked
        );
        return false;
    };
    let location = location.to_str().expect("an address is ASCII");
    let is_ours = location.starts_with('/') && !location.starts_with("//");
    let odd = |letter: char| letter <= ' ' || letter == '\\';
    assert!(
        is_ours && !location.contains(odd),
        "{}: to {location}",
        seen.asked
    );
    true
}

async fn follows(visitor: &Visitor<'_>, method: &str, address: &str) -> bool {
    let ask = visitor.asks(method, address);
    let ask = ask
        .with("x-forwarded-host", "evil.example")
        .with("x-forwarded-proto", "gopher")
        .with("x-original-url", "//evil.example/")
        .with("x-rewrite-url", "//evil.example/")
        .with("referer", "https://evil.example/");
    let seen = ask.sends().await;
    let led_on = stays_here(&seen);
    if led_on {
        // And the next step does not leave either.
        stays_here(&visitor.opens(seen.header("location")).await);
    }
    led_on
}

#[tokio::test]
async fn v_23_no_spelling_of_an_address_leads_out_of_the_house() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let ada = news.editor("ada").await.visitor;
    let mut addresses: Vec<String> = WHOLE.map(String::from).to_vec();
    for row in dateline::house::rows() {
        if row.verb == Verb::Get {
            let address = sheet::addresses(&row, &world).await.swap_remove(0);
            let path = address.split('?').next().unwrap_or_default();
            addresses.extend(ENDS.map(|end| format!("{}{end}", path.trim_end_matches('/'))));
        }
    }
    let (mut asked, mut led_on) = (0, 0);
    for address in addresses {
        // Some of the corpus is no address at all to the client's own library.
        if address.parse::<http::Uri>().is_err() {
            continue;
        }
        for (visitor, method) in [(&news.anonymous(), "GET"), (&ada, "GET"), (&ada, "HEAD")] {
            led_on += usize::from(follows(visitor, method, &address).await);
            asked += 1;
        }
    }
    println!("{asked} asked, {led_on} led on");
    assert!(
        led_on > 50,
        "a corpus that leads nowhere proves nothing: {led_on} of {asked}"
    );
    news.closes().await;
}

/// Archives bring addresses and headlines that nobody of ours wrote.
#[tokio::test]
async fn v_23_an_old_address_out_of_an_archive_leads_to_its_story_and_nowhere_else() {
    let news = Newsroom::open().await;
    let odd = [
        ("//evil.example", "//evil.example/a"),
        ("https://evil.example/", "https://evil.example/b"),
        ("/\\evil.example", "/\\evil.example/c"),
        (
            "\r\nLocation: https://evil.example",
            "/d\r\nLocation: https://evil.example",
        ),
        ("@evil.example", "/@evil.example/e"),
        ("..//..//evil.example", "/../..//evil.example/f"),
    ];
    for (headline, old) in odd {
        news.given_import(headline, old).await;
    }
    let visitor = news.anonymous();
    let feed = visitor.opens("/feed.xml").await.is(200).text();
    let links = feed
        .split("<link>")
        .skip(2)
        .filter_map(|rest| rest.split('<').next());
    let links: Vec<&str> = links.collect();
    assert_eq!(links.len(), odd.len(), "{feed}");
    assert!(
        links
            .iter()
            .all(|link| link.starts_with("https://news.example/2026/11/")),
        "{links:?}"
    );
    for (_, old) in odd {
        let coded: String = old.bytes().map(coded).collect();
        for address in [
            coded.clone(),
            format!("/{coded}"),
            coded.replacen("//", "/", 1),
        ] {
            if address.starts_with('/') && address.parse::<http::Uri>().is_ok() {
                follows(&visitor, "GET", &address).await;
            }
        }
    }
    news.closes().await;
}

/// What an archive says about where an old page leads is not believed past our own door.
#[tokio::test]
async fn v_23_an_old_page_that_is_said_to_lead_elsewhere_leads_nowhere() {
    let news = Newsroom::open().await;
    let now = base::Clock::now(&*news.clock);
    let mut tx = news.house().db.begin().await.unwrap();
    for (old, to) in [
        ("/old-a", "//evil.example/"),
        ("/old-b", "https://evil.example/"),
        ("/old-c", "/\\evil.example"),
        ("/old-d", "/a\r\nSet-Cookie: a=b"),
        ("/old-e", "/section/city"),
    ] {
        let kept = newsroom::story::take_in::keep_old_page(&mut tx, old, to, now).await;
        assert!(kept.unwrap(), "{old}");
    }
    tx.commit().await.unwrap();
    let visitor = news.anonymous();
    for old in ["/old-a", "/old-b", "/old-c", "/old-d"] {
        assert!(!stays_here(&visitor.opens(old).await), "{old} led on");
    }
    let seen = visitor.opens("/old-e").await.is(301);
    assert_eq!(seen.header("location"), "/section/city");
    news.closes_broken().await;
}

fn coded(byte: u8) -> String {
    match byte {
        b'!'..=b'~' if byte != b'\\' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
