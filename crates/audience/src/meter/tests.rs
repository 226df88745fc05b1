//! The rules as tables, the cookie under attack, and a ten-line model beside the meter (W-07).

use std::collections::{HashMap, HashSet};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;
use cookie::{Keys, LONGEST, MAX_AGE, NAME};

const HOST: &str = "news.example";
const NETWORK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7));

fn jar(host: &str, current: u8, previous: Option<u8>) -> Jar {
    let previous = previous.map(|seed| [seed; 32]);
    Jar::new(Keys::new(&[current; 32], previous.as_ref()).unwrap(), host)
}

/// A meter whose allowance nobody reaches, small enough to be made by the thousand.
fn meter(policy: Policy) -> Meter {
    Meter::with_allowance(policy, jar(HOST, 1, None), Allowance::sized(u16::MAX, 64))
}

fn story(number: u8) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A reader with a browser: sends the cookie it was given last, and drops it when its time is over.
struct Reader<'a> {
    meter: &'a Meter,
    cookie: Option<(String, Instant)>,
    now: Instant,
}

impl<'a> Reader<'a> {
    fn new(meter: &'a Meter, now: &str) -> Self {
        Self {
            meter,
            cookie: None,
            now: at(now),
        }
    }

    fn opens(&mut self, number: u8, access: Access, is_known: bool) -> Standing {
        let cookie = self
            .cookie
            .take_if(|(_, until)| *until > self.now)
            .or(self.cookie.take());
        self.cookie = cookie.filter(|(_, until)| *until > self.now);
        let sent = self.cookie.as_ref().map(|(value, _)| value.as_str());
        let ask = Ask {
            access,
            story: story(number),
            is_known,
            cookie: sent,
            from: NETWORK,
        };
        let (standing, set_cookie) = self.meter.answer(&ask, self.now);
        if let Some(set) = set_cookie {
            self.cookie = Some(kept(&set, self.now));
        }
        standing
    }

    fn reads(&mut self, number: u8) -> Standing {
        self.opens(number, Access::Metered, false)
    }
}

/// What a browser keeps of a `Set-Cookie`.
fn kept(set_cookie: &str, now: Instant) -> (String, Instant) {
    let (pair, attributes) = set_cookie.split_once("; ").unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    let (rest, max_age) = attributes.split_once("Max-Age=").unwrap();
    assert_eq!(
        (name, rest),
        (NAME, "Path=/; Secure; HttpOnly; SameSite=Lax; ")
    );
    let seconds: i64 = max_age.parse().unwrap();
    assert!((1..=MAX_AGE).contains(&seconds));
    (value.to_owned(), now + seconds.seconds())
}

#[track_caller]
fn check(standing: Standing, line: &str) {
    let figures = standing
        .figures()
        .map_or(String::new(), |(read, limit)| format!(" {read}/{limit}"));
    let why = match standing {
        Standing::Closed { because, .. } => format!(" {because:?}"),
        _ => String::new(),
    };
    assert_eq!(format!("{}{figures}{why}", standing.word()), line);
}

#[test]
fn two_stories_are_silent_then_it_asks_and_the_eleventh_is_closed() {
    let meter = meter(Policy::default());
    let mut reader = Reader::new(&meter, "2026-11-10T09:00:00Z");
    for number in 1..=10 {
        let word = if number < 3 { "counted" } else { "asked" };
        check(reader.reads(number), &format!("{word} {number}/10"));
    }
    check(reader.reads(11), "closed 10/10 AllRead");
    let Standing::Closed { opens, .. } = reader.reads(11) else {
        panic!("open")
    };
    assert_eq!(opens, Some(at("2026-12-01T00:00:00Z")));
}

#[test]
fn a_story_read_before_is_free_and_answers_as_it_did() {
    let meter = meter(Policy::default());
    let mut reader = Reader::new(&meter, "2026-11-10T09:00:00Z");
    check(reader.reads(1), "counted 1/10");
    check(reader.reads(1), "counted 1/10");
    for number in 2..=10 {
        reader.reads(number);
    }
    check(reader.reads(11), "closed 10/10 AllRead");
    check(reader.reads(2), "counted 10/10");
    check(reader.reads(7), "asked 10/10");
    check(reader.reads(11), "closed 10/10 AllRead");
}

#[test]
fn the_month_is_the_publishers() {
    let zone = TimeZone::get("Asia/Jerusalem").unwrap();
    let meter = meter(Policy {
        limit: 1,
        zone,
        ..Policy::default()
    });
    let mut reader = Reader::new(&meter, "2026-11-30T21:59:59Z");
    check(reader.reads(1), "counted 1/1");
    check(reader.reads(2), "closed 1/1 AllRead");
    reader.now = at("2026-11-30T22:00:00Z");
    check(reader.reads(2), "counted 1/1");
}

#[test]
fn a_kept_cookie_of_last_month_is_no_cookie() {
    let meter = meter(Policy {
        limit: 1,
        ..Policy::default()
    });
    let mut reader = Reader::new(&meter, "2026-10-31T23:59:00Z");
    reader.reads(1);
    reader.cookie = reader.cookie.map(|(value, _)| (value, Instant::MAX));
    check(reader.reads(2), "closed 1/1 AllRead");
    reader.now = at("2026-11-01T00:00:00Z");
    check(reader.reads(2), "counted 1/1");
}

#[test]
fn open_stories_and_known_readers_are_not_counted() {
    let meter = meter(Policy {
        limit: 1,
        ..Policy::default()
    });
    let mut reader = Reader::new(&meter, "2026-11-10T09:00:00Z");
    reader.reads(1);
    check(reader.opens(2, Access::Open, false), "open");
    check(reader.opens(2, Access::Metered, true), "open");
    check(reader.opens(2, Access::Registered, true), "open");
    check(
        reader.opens(2, Access::Registered, false),
        "closed 0/1 ForRegistered",
    );
    check(reader.reads(2), "closed 1/1 AllRead");
}

#[test]
fn a_network_beyond_its_allowance_meets_the_wall_and_a_valid_cookie_passes() {
    let allowance = Allowance::sized(2, 64);
    let meter = Meter::with_allowance(Policy::default(), jar(HOST, 1, None), allowance);
    let mut early = Reader::new(&meter, "2026-11-10T09:00:00Z");
    check(early.reads(1), "counted 1/10");
    check(
        Reader::new(&meter, "2026-11-10T09:00:01Z").reads(1),
        "counted 1/10",
    );
    let mut late = Reader::new(&meter, "2026-11-10T09:00:02Z");
    check(late.reads(1), "closed 0/10 BusyNetwork");
    check(late.opens(1, Access::Open, false), "open");
    check(late.opens(1, Access::Metered, true), "open");
    check(early.reads(2), "counted 2/10");
    late.now = at("2026-11-11T00:00:00Z");
    check(late.reads(1), "counted 1/10");
    assert_eq!(meter.estimated_reset_reads(), 1);
}

#[test]
fn a_changed_policy_is_kinder_at_once_and_takes_nothing_back() {
    let strict = meter(Policy {
        limit: 2,
        ..Policy::default()
    });
    let generous = meter(Policy {
        limit: 5,
        ..Policy::default()
    });
    let mut reader = Reader::new(&generous, "2026-11-10T09:00:00Z");
    for number in 1..=4 {
        reader.reads(number);
    }
    reader.meter = &strict;
    check(reader.reads(1), "counted 4/4");
    check(reader.reads(5), "closed 4/2 AllRead");
    reader.meter = &generous;
    check(reader.reads(5), "asked 5/5");
}

#[test]
fn a_policy_outside_its_bounds_is_refused_field_by_field() {
    let policy = Policy {
        limit: 51,
        asks_from: 0,
        daily_allowance: 0,
        ..Policy::default()
    };
    let refused = policy.check().unwrap_err();
    let fields: Vec<_> = refused
        .iter()
        .filter_map(|refusal| refusal.field.as_deref())
        .collect();
    assert_eq!(fields, ["limit", "asks_from", "daily_allowance"]);
    assert!(Policy::default().check().is_ok());
}

#[test]
fn a_rotation_costs_nobody_a_read_until_the_month_is_over() {
    let before = meter(Policy::default());
    let mut reader = Reader::new(&before, "2026-11-10T09:00:00Z");
    for number in 1..=4 {
        reader.reads(number);
    }
    let after = Meter::new(Policy::default(), jar(HOST, 2, Some(1)));
    reader.meter = &after;
    check(reader.reads(4), "asked 4/10");
    check(reader.reads(5), "asked 5/10");
    check(reader.reads(1), "counted 5/10");
    let thrown_away = Meter::new(Policy::default(), jar(HOST, 2, None));
    reader.meter = &thrown_away;
    check(reader.reads(6), "counted 1/10");
}

#[test]
fn every_cookie_is_sealed_afresh_and_as_long_as_any_other() {
    let (jar, today) = (jar(HOST, 1, None), november());
    let mut tally = jar.blank(&today);
    let mut seen = HashSet::new();
    for number in 1..=10 {
        tally = tally.with(jar.mark(&tally, story(number)));
        for _ in 0..2 {
            let sealed = jar.seal(&tally, 10, &today).unwrap();
            assert_eq!(sealed.len(), 127);
            assert!(seen.insert(sealed));
        }
    }
}

#[test]
fn marks_of_two_readers_or_two_months_cannot_be_compared() {
    let (jar, november) = (jar(HOST, 1, None), november());
    let (one, other) = (jar.blank(&november), jar.blank(&november));
    assert_ne!(jar.mark(&one, story(1)), jar.mark(&other, story(1)));
    assert_eq!(jar.mark(&one, story(1)), jar.mark(&one, story(1)));
    assert_ne!(jar.mark(&one, story(1)), jar.mark(&one, story(2)));
}

fn november() -> Today {
    Today::at(at("2026-11-22T12:00:00Z"), &TimeZone::UTC).unwrap()
}

#[test]
fn every_flipped_bit_makes_it_no_cookie() {
    let (jar, today) = (jar(HOST, 1, Some(2)), november());
    let good = jar.seal(&jar.blank(&today), 10, &today).unwrap();
    assert!(jar.open(&good, &today).is_some());
    for at in 0..good.len() {
        for bit in 0..7 {
            let mut bad = good.clone().into_bytes();
            bad[at] ^= 1 << bit;
            let bad = String::from_utf8(bad).unwrap();
            assert!(jar.open(&bad, &today).is_none(), "letter {at} bit {bit}");
        }
    }
}

#[test]
fn every_cut_or_lengthened_cookie_is_no_cookie() {
    let (jar, today) = (jar(HOST, 1, None), november());
    let good = jar.seal(&jar.blank(&today), 10, &today).unwrap();
    for length in 0..good.len() {
        assert!(jar.open(&good[..length], &today).is_none(), "{length}");
        assert!(
            jar.open(&good[length + 1..], &today).is_none(),
            "from {length}"
        );
    }
    for tail in [
        "A",
        "AA",
        "AAAA",
        "=",
        " ",
        ";",
        "é",
        &"A".repeat(LONGEST),
        &"A".repeat(1 << 16),
    ] {
        assert!(jar.open(&format!("{good}{tail}"), &today).is_none());
    }
}

#[test]
fn a_cookie_of_another_site_key_or_month_is_no_cookie() {
    let (ours, today) = (jar(HOST, 1, None), november());
    let sealed = ours.seal(&ours.blank(&today), 10, &today).unwrap();
    let december = Today::at(at("2026-12-01T00:00:00Z"), &TimeZone::UTC).unwrap();
    let october = Today::at(at("2026-10-31T23:59:59Z"), &TimeZone::UTC).unwrap();
    assert!(ours.open(&sealed, &today).is_some());
    assert!(jar("NEWS.example", 1, None).open(&sealed, &today).is_some());
    assert!(
        jar("news2.example", 1, None)
            .open(&sealed, &today)
            .is_none()
    );
    assert!(jar(HOST, 2, None).open(&sealed, &today).is_none());
    assert!(jar(HOST, 2, Some(3)).open(&sealed, &today).is_none());
    assert!(ours.open(&sealed, &december).is_none());
    assert!(ours.open(&sealed, &october).is_none());
}

#[test]
fn two_keys_with_one_id_byte_are_still_told_apart() {
    // Among 257 secrets two must share the byte that the cookie shows.
    let today = november();
    let mut seen = HashMap::new();
    for seed in 0..=256_u16 {
        let mut secret = [0; 32];
        secret[..2].copy_from_slice(&seed.to_be_bytes());
        let jar = Jar::new(Keys::new(&secret, None).unwrap(), HOST);
        let tally = jar.blank(&today);
        let mark = jar.mark(&tally, story(1));
        let sealed = jar.seal(&tally.with(mark), 10, &today).unwrap();
        let Some(other) = seen.insert(sealed[..1].to_owned() + &kid(&sealed), secret) else {
            continue;
        };
        let both = Jar::new(Keys::new(&other, Some(&secret)).unwrap(), HOST);
        let opened = both.open(&sealed, &today).unwrap();
        assert_eq!(opened.place_of(both.mark(&opened, story(1))), Some(1));
        return;
    }
    panic!("no two of 257 bytes were alike");
}

/// The first byte, as its two letters without the nonce's bits in the second.
fn kid(sealed: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.decode(&sealed[..4]).unwrap()[0].to_string()
}

#[test]
fn racing_tabs_gain_at_most_one_read_less_than_there_are_tabs() {
    let meter = meter(Policy::default());
    for tabs in 1..=8_u8 {
        let mut reader = Reader::new(&meter, "2026-11-10T09:00:00Z");
        reader.reads(0);
        let before = reader.cookie.clone();
        // All tabs send the cookie as it was; the answer that comes last is the one that is kept.
        for tab in 1..=tabs {
            reader.cookie = before.clone();
            assert!(reader.reads(tab).grants());
        }
        let mut granted = 1 + tabs;
        granted += (100..150)
            .filter(|number| reader.reads(*number).grants())
            .count() as u8;
        assert_eq!(granted, 10 + tabs - 1, "{tabs} tabs");
    }
}

#[test]
fn a_day_is_the_publishers_also_where_the_clocks_change_at_midnight() {
    let zone = TimeZone::get("Africa/Cairo").unwrap();
    // Midnight of 24 April 2026 did not happen in Cairo.
    let today = Today::at(at("2026-04-23T22:30:00Z"), &zone).unwrap();
    assert_eq!(today.begins, at("2026-04-23T22:00:00Z"));
    assert_eq!(today.ends, at("2026-04-24T21:00:00Z"));
    let epoch = date(1970, 1, 1);
    let days = |day: jiff::civil::Date| day.since(epoch).unwrap().get_days() as u16;
    assert_eq!(today.day, days(date(2026, 4, 24)));
    assert_eq!(today.period_start, days(date(2026, 4, 1)));
}

/// One thing that happens between a reader, a publisher and an attacker.
#[derive(Debug, Clone, Copy)]
enum Act {
    Read(u8),
    Reload,
    Rotate,
    Wait { hours: u8 },
    FlipBit { letter: u8, bit: u8 },
    Cut(u8),
    Replay,
    Forget,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        60 => (0..25_u8).prop_map(Act::Read),
        20 => Just(Act::Reload),
        2 => Just(Act::Rotate),
        10 => (0..72_u8).prop_map(|hours| Act::Wait { hours }),
        1 => (0..127_u8, 0..6_u8).prop_map(|(letter, bit)| Act::FlipBit { letter, bit }),
        1 => (0..127_u8).prop_map(Act::Cut),
        1 => Just(Act::Replay),
        1 => Just(Act::Forget),
    ]
}

/// The model: which stories the jar in hand knows of, in order. It knows no cryptography.
#[derive(Debug, Clone, Default)]
struct Model {
    month: (i16, i8),
    read: Vec<u8>,
}

impl Model {
    /// The line that [`check`] would accept.
    fn reads(&mut self, month: (i16, i8), number: u8) -> String {
        if self.month != month {
            *self = Self {
                month,
                read: Vec::new(),
            };
        }
        if !self.read.contains(&number) && self.read.len() == 10 {
            return "closed 10/10 AllRead".into();
        }
        if !self.read.contains(&number) {
            self.read.push(number);
        }
        let place = self.read.iter().position(|read| *read == number).unwrap();
        format!(
            "{} {}/10",
            if place < 2 { "counted" } else { "asked" },
            self.read.len()
        )
    }
}

/// A browser of the random runs, with the jar that it put aside, and what the model knew of each.
#[derive(Clone)]
struct Browser<Jarful> {
    now: Instant,
    last: u8,
    held: Option<Jarful>,
    model: Model,
    aside: (Option<Jarful>, Model),
}

impl<Jarful: Clone> Browser<Jarful> {
    fn new() -> Self {
        let (held, aside) = (None, (None, Model::default()));
        Self {
            now: at("2026-01-01T00:00:00Z"),
            last: 0,
            held,
            model: Model::default(),
            aside,
        }
    }

    fn month(&self) -> (i16, i8) {
        let date = self.now.to_zoned(TimeZone::UTC).date();
        (date.year(), date.month())
    }

    /// Does what needs no meter; whether the reader then asks for a story.
    fn does(&mut self, act: Act) -> bool {
        match act {
            Act::Read(number) => self.last = number,
            Act::Wait { hours } => {
                self.now += i64::from(hours).hours();
                if hours % 8 == 0 {
                    self.aside = (self.held.clone(), self.model.clone());
                }
                return false;
            }
            // A browser drops last month's by itself.
            Act::Replay if self.aside.1.month != self.month() => return false,
            Act::Replay => (self.held, self.model) = self.aside.clone(),
            Act::Forget => (self.held, self.model) = (None, Model::default()),
            Act::Reload | Act::Rotate | Act::FlipBit { .. } | Act::Cut(_) => {}
        }
        true
    }

    #[track_caller]
    fn expects(&mut self, standing: Standing) {
        let expected = self.model.reads(self.month(), self.last);
        check(standing, &expected);
    }
}

/// How many random acts are tried in all (W-07): a million on the rule itself, and a hundred and fifty
/// thousand through sealed cookies, which take four times as long.
const CASES: u32 = 500;
const ACTS: usize = 2_000;
const SEALED_ACTS: usize = 300;

/// The default generator is a stream cipher, which unoptimised takes longer than all the meters.
fn runs() -> ProptestConfig {
    let rng_algorithm = prop::test_runner::RngAlgorithm::XorShift;
    ProptestConfig {
        cases: CASES,
        rng_algorithm,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(runs())]

    #[test]
    fn the_rule_does_as_its_model(acts in prop::collection::vec(any_act(), ACTS)) {
        let (policy, jar) = (Policy::default(), jar(HOST, 1, None));
        let calendar = Calendar::new(TimeZone::UTC);
        let mut browser = Browser::<(Tally, u16)>::new();
        for act in acts {
            if !browser.does(act) {
                continue;
            }
            let today = calendar.today(browser.now).unwrap();
            let held = browser.held.take().filter(|(_, month)| *month == today.period_start);
            let tally = held.map_or_else(|| jar.blank(&today), |(tally, _)| tally);
            let mark = jar.mark(&tally, story(browser.last));
            let reader = ReaderKind::Unknown(&tally, mark);
            let (standing, next) = standing(&policy, Access::Metered, &reader, &today);
            browser.held = Some((next.unwrap_or(tally), today.period_start));
            browser.expects(standing);
        }
    }

    #[test]
    fn the_meter_and_its_cookies_do_as_the_model(
        acts in prop::collection::vec(any_act(), SEALED_ACTS),
    ) {
        let mut meter = meter(Policy::default());
        let (mut secret, mut rotated) = (1_u8, None);
        let mut browser = Browser::<String>::new();
        for act in acts {
            if !browser.does(act) {
                continue;
            }
            match act {
                // Not twice in a month: the tallies of the last but one secret are forgotten.
                Act::Rotate if rotated != Some(browser.month()) => {
                    rotated = Some(browser.month());
                    secret += 1;
                    meter.jar = jar(HOST, secret, Some(secret - 1));
                }
                Act::FlipBit { letter, bit } => {
                    browser.held = browser.held.map(|text| flipped(text, letter.into(), bit));
                    browser.model = Model::default();
                }
                Act::Cut(length) => {
                    browser.held = browser.held.map(|text| text[..text.len().min(length.into())].to_owned());
                    browser.model = Model::default();
                }
                _ => {}
            }
            let ask = Ask {
                access: Access::Metered,
                story: story(browser.last),
                is_known: false,
                cookie: browser.held.as_deref(),
                from: NETWORK,
            };
            let (standing, set_cookie) = meter.answer(&ask, browser.now);
            if let Some(set) = set_cookie {
                browser.held = Some(kept(&set, browser.now).0);
            }
            browser.expects(standing);
        }
    }
}

fn flipped(text: String, letter: usize, bit: u8) -> String {
    let mut bytes = text.into_bytes();
    if let Some(byte) = bytes.get_mut(letter) {
        *byte ^= 1 << bit;
    }
    String::from_utf8(bytes).unwrap()
}
