//! False Googlebots of every kind (W-08), and real ones.

use std::sync::Arc;

use courier::testing::StubNames;

use super::{
    evidence::{BUDGET, KEPT, KEPT_UNANSWERED},
    *,
};

const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const CRAWL: &str = "66.249.66.1";
const CRAWL_NAME: &str = "crawl-66-249-66-1.googlebot.com";
const NOW: base::Instant = base::Instant::constant(1_800_000_000, 0);

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn full_google() -> Crawler {
    Crawler::Verified {
        name: "google",
        offers: Offers::Full,
    }
}

#[track_caller]
fn check(from: &str, name: &str, leads_to: &[&str], expected: Crawler) {
    let leads_to = leads_to.iter().map(|text| ip(text)).collect();
    let evidence = Evidence::none().with(name, leads_to);
    assert_eq!(
        verdict(&Roll::default(), GOOGLEBOT, ip(from), &evidence),
        expected,
        "{name}"
    );
}

#[test]
fn a_name_counts_when_it_is_under_the_domain_and_leads_back() {
    check(CRAWL, CRAWL_NAME, &[CRAWL], full_google());
    check(
        CRAWL,
        "geo-crawl-1.geo.GoogleBot.com.",
        &["1.1.1.1", CRAWL],
        full_google(),
    );
    check("::ffff:66.249.66.1", CRAWL_NAME, &[CRAWL], full_google());
    check(
        "2001:4860:4801:10::1",
        "crawl-1.googlebot.com",
        &["2001:4860:4801:10::1"],
        full_google(),
    );
}

#[test]
fn a_name_that_does_not_lead_back_proves_nothing() {
    // A hoster's address carried this very name.
    let borrowed = "crawl-95-216-227-158.googlebot.com";
    check("95.216.227.158", borrowed, &[], Crawler::Unverified);
    check("95.216.227.158", borrowed, &[CRAWL], Crawler::Unverified);
    check("2001:db8::1", CRAWL_NAME, &[CRAWL], Crawler::Unverified);
}

#[test]
fn a_name_that_only_looks_like_the_domain_proves_nothing() {
    let names = [
        "evilgooglebot.com",
        "crawl.evilgooglebot.com",
        "googlebot.com.evil.example",
        "googlebot.com",
        ".googlebot.com",
        "googlebot.co",
        "crawl-googlebot.com",
        "",
        ".",
        "com",
        "vm.googleusercontent.com",
        "crawl.search.msn.com",
    ];
    for name in names {
        check(CRAWL, name, &[CRAWL], Crawler::Unverified);
    }
}

#[test]
fn who_says_nothing_is_nobody_whatever_the_address() {
    let evidence = Evidence::none().with(CRAWL_NAME, vec![ip(CRAWL)]);
    let long = format!("{}Googlebot", "x".repeat(AGENT_READ));
    for agent in ["", "Mozilla/5.0", "Google", "Goooglebot", &long] {
        assert_eq!(
            verdict(&Roll::default(), agent, ip(CRAWL), &evidence),
            Crawler::Unverified
        );
    }
    assert_eq!(
        verdict(&Roll::default(), "GOOGLEBOT", ip(CRAWL), &evidence),
        full_google()
    );
}

#[test]
fn published_ranges_are_enough_and_outlive_a_bad_copy() {
    let mut roll = Roll::default();
    let published = br#"{"creationTime": "2026-11-01T00:00:00", "prefixes": [
        {"ipv6Prefix": "2001:4860:4801:10::/64"}, {"ipv4Prefix": "66.249.64.0/27", "service": "x"}]}"#;
    roll.renew("google", &[published]).unwrap();
    let judge = |roll: &Roll, from: &str| verdict(roll, GOOGLEBOT, ip(from), &Evidence::none());
    for _ in 0..2 {
        for inside in [
            "66.249.64.0",
            "66.249.64.31",
            "2001:4860:4801:10::1",
            "::ffff:66.249.64.1",
        ] {
            assert_eq!(judge(&roll, inside), full_google(), "{inside}");
        }
        for outside in [
            "66.249.63.255",
            "66.249.64.32",
            "2001:4860:4801:11::1",
            "127.0.0.1",
        ] {
            assert_eq!(judge(&roll, outside), Crawler::Unverified, "{outside}");
        }
        for bad in [
            &b"{}"[..],
            b"",
            b"<html>",
            br#"{"prefixes":[]}"#,
            br#"{"prefixes":[{}]}"#,
        ] {
            assert!(roll.renew("google", &[bad]).is_err());
        }
    }
    assert!(roll.renew("nobody", &[published]).is_err());
}

#[test]
fn a_range_that_is_malformed_or_too_wide_spoils_the_document() {
    for text in [
        "0.0.0.0/0",
        "66.0.0.0/7",
        "::/0",
        "2000::/3",
        "66.249.64.0",
        "66.249.64.0/33",
        "66.249.64.1/27",
        "66.249.64.0/-1",
        "2001:4860::1/64",
        "2001:4860::/129",
        "a/8",
        "/",
        "66.249.64.0/27/27",
    ] {
        let document = format!(r#"{{"prefixes":[{{"ipv4Prefix":"{text}"}}]}}"#);
        assert!(Ranges::parse(&[document.as_bytes()]).is_err(), "{text}");
    }
    for text in ["66.249.64.7/32", "66.0.0.0/8", "2001:4860::1/128"] {
        let document = format!(r#"{{"prefixes":[{{"ipv6Prefix":"{text}"}}]}}"#);
        assert!(Ranges::parse(&[document.as_bytes()]).is_ok(), "{text}");
    }
}

#[test]
fn the_publisher_chooses_for_each_and_trainers_have_nothing_at_first() {
    let mut roll = Roll::default();
    for crawler in KNOWN {
        let expected = match crawler.purpose {
            Purpose::Search => Offers::Full,
            Purpose::Answers => Offers::Teaser,
            Purpose::Training => Offers::None,
        };
        assert_eq!(roll.offers(crawler), expected, "{}", crawler.name);
    }
    assert!(roll.choose("google", Offers::Teaser));
    assert!(!roll.choose("nobody", Offers::Full));
    let evidence = Evidence::none().with(CRAWL_NAME, vec![ip(CRAWL)]);
    let verified = verdict(&roll, GOOGLEBOT, ip(CRAWL), &evidence);
    assert_eq!(
        verified,
        Crawler::Verified {
            name: "google",
            offers: Offers::Teaser
        }
    );
}

#[test]
fn every_known_crawler_can_be_verified_somehow_and_has_its_own_name() {
    for (nth, crawler) in KNOWN.iter().enumerate() {
        assert!(
            !crawler.domains.is_empty() || !crawler.ranges.is_empty(),
            "{}",
            crawler.name
        );
        assert!(KNOWN[..nth].iter().all(|other| other.name != crawler.name));
        assert!(
            crawler
                .ranges
                .iter()
                .all(|address| address.starts_with("https://"))
        );
    }
}

fn google_names() -> Arc<StubNames> {
    let names = StubNames::new();
    names
        .reverse_is(CRAWL, CRAWL_NAME)
        .forward_is(CRAWL_NAME, CRAWL);
    Arc::new(names)
}

#[tokio::test]
async fn a_real_googlebot_is_asked_about_once_a_day() {
    let names = google_names();
    let verifier = Verifier::new(names.clone(), Roll::default());
    for _ in 0..3 {
        assert_eq!(
            verifier.verify(GOOGLEBOT, ip(CRAWL), NOW).await,
            full_google()
        );
    }
    assert_eq!(names.questions(), 2);
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip(CRAWL), NOW + KEPT).await,
        full_google()
    );
    assert_eq!(names.questions(), 4);
}

#[tokio::test]
async fn a_false_googlebot_is_asked_about_once_a_day_too() {
    let names = Arc::new(StubNames::new());
    names.reverse_is("95.216.227.158", "crawl-95-216-227-158.googlebot.com");
    let verifier = Verifier::new(names.clone(), Roll::default());
    for _ in 0..3 {
        let verdict = verifier.verify(GOOGLEBOT, ip("95.216.227.158"), NOW).await;
        assert_eq!(verdict, Crawler::Unverified);
    }
    assert_eq!(names.questions(), 2);
}

#[tokio::test]
async fn nobody_is_asked_about_readers_or_published_ranges_or_names_of_strangers() {
    let names = google_names();
    names.reverse_is("192.0.2.1", "host.evil.example");
    let verifier = Verifier::new(names.clone(), Roll::default());
    assert_eq!(
        verifier.verify("Mozilla/5.0", ip(CRAWL), NOW).await,
        Crawler::Unverified
    );
    assert_eq!(
        verifier.verify("GPTBot/1.3", ip(CRAWL), NOW).await,
        Crawler::Unverified
    );
    verifier
        .renew(
            "google",
            &[br#"{"prefixes":[{"ipv4Prefix":"66.249.64.0/19"}]}"#],
        )
        .unwrap();
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip(CRAWL), NOW).await,
        full_google()
    );
    assert_eq!(names.questions(), 0);
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip("192.0.2.1"), NOW).await,
        Crawler::Unverified
    );
    assert_eq!(names.questions(), 1);
}

#[tokio::test(start_paused = true)]
async fn slow_names_make_an_ordinary_reader_after_the_budget_and_for_five_minutes() {
    let names = google_names();
    names.fall_silent();
    let verifier = Verifier::new(names.clone(), Roll::default());
    let begun = tokio::time::Instant::now();
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip(CRAWL), NOW).await,
        Crawler::Unverified
    );
    assert!(begun.elapsed() < BUDGET * 2, "{:?}", begun.elapsed());
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip(CRAWL), NOW).await,
        Crawler::Unverified
    );
    assert_eq!(names.questions(), 1);
    verifier
        .verify(GOOGLEBOT, ip(CRAWL), NOW + KEPT_UNANSWERED)
        .await;
    assert_eq!(names.questions(), 2);
}

#[tokio::test]
async fn broken_names_make_an_ordinary_reader() {
    let names = google_names();
    names.break_down();
    let verifier = Verifier::new(names, Roll::default());
    assert_eq!(
        verifier.verify(GOOGLEBOT, ip(CRAWL), NOW).await,
        Crawler::Unverified
    );
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_false_crawlers_is_no_flood_of_questions() {
    let names = google_names();
    names.fall_silent();
    let verifier = Arc::new(Verifier::new(names.clone(), Roll::default()));
    let mut asking = tokio::task::JoinSet::new();
    for host in 0..=255_u8 {
        let verifier = verifier.clone();
        let from = IpAddr::from([192, 0, 2, host]);
        asking.spawn(async move { verifier.verify(GOOGLEBOT, from, NOW).await });
    }
    let verdicts = asking.join_all().await;
    assert!(
        verdicts
            .iter()
            .all(|verdict| *verdict == Crawler::Unverified)
    );
    assert_eq!(names.questions(), evidence::ASKED_AT_ONCE);
}
