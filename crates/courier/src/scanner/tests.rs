//! What a scanner answers, and how one fails: against a stub, and against clamd itself.

use super::*;
use crate::testing::scanner::{MARKER, Mood, SIGNATURE, StubScanner};

/// A file that the stub finds something in, larger than one piece and than what a socket holds.
fn marked(bytes: usize) -> Vec<u8> {
    let mut file = vec![b'.'; bytes];
    let from = bytes / 2;
    file[from..from + MARKER.len()].copy_from_slice(MARKER);
    file
}

#[tokio::test]
async fn v_72_a_scanner_says_what_it_found_by_socket_and_by_port() {
    for stub in [StubScanner::on_a_socket(), StubScanner::on_a_port().await] {
        let scanner = Scanner::at(stub.place.clone());
        scanner.answers().await.unwrap();
        assert_eq!(scanner.scan(b"a bridge").await, Ok(Finding::Clean));
        assert_eq!(scanner.scan(b"").await, Ok(Finding::Clean));
        let found = scanner.scan(&marked(3_000_000)).await;
        assert_eq!(found, Ok(Finding::Infected(SIGNATURE.into())));
        assert_eq!(stub.heard(), [8, 0, 3_000_000]);
    }
}

#[tokio::test]
async fn v_72_a_file_that_the_scanner_does_not_take_is_told_by_that_name_though_it_hangs_up_midway()
{
    for stub in [StubScanner::on_a_socket(), StubScanner::on_a_port().await] {
        let scanner = Scanner::at(stub.place.clone());
        stub.is(Mood::TakesAtMost(100_000));
        let refused = scanner.scan(&marked(40_000_000)).await;
        assert_eq!(refused, Err(Unscanned::TooLarge(stub.place.clone())));
        assert!(stub.heard().is_empty());
    }
}

#[tokio::test]
async fn v_72_a_scanner_that_breaks_off_or_is_not_there_is_away() {
    let stub = StubScanner::on_a_socket();
    let scanner = Scanner::at(stub.place.clone());
    for after in [0, 100_000, 3_000_000] {
        stub.is(Mood::BreaksOffAfter(after));
        let broken = scanner.scan(&marked(3_000_000)).await;
        assert!(matches!(broken, Err(Unscanned::Away(..))), "{broken:?}");
    }
    assert!(matches!(scanner.answers().await, Err(Unscanned::Away(..))));
    drop(stub);
    let gone = scanner.scan(b"a bridge").await;
    assert!(matches!(gone, Err(Unscanned::Away(..))), "{gone:?}");
}

/// The clock jumps on whenever nothing else is left to do, so nobody waits for it.
#[tokio::test(start_paused = true)]
async fn v_72_a_scanner_that_says_nothing_is_left_when_its_time_is_up() {
    let stub = StubScanner::on_a_socket();
    let scanner = Scanner::at(stub.place.clone());
    stub.is(Mood::Silent);
    let began = tokio::time::Instant::now();
    let silent = Err(Unscanned::Silent(stub.place.clone(), SCANNED_WITHIN));
    assert_eq!(scanner.scan(b"a bridge").await.map(|_| ()), silent);
    assert_eq!(scanner.answers().await, silent);
    assert_eq!(began.elapsed().as_secs(), 2 * SCANNED_WITHIN.as_secs());
}

#[tokio::test]
async fn v_72_whatever_else_it_says_is_no_answer_and_is_told_in_plain_letters() {
    let stub = StubScanner::on_a_socket();
    let scanner = Scanner::at(stub.place.clone());
    for (said, told) in [
        (
            "stream: Can't allocate memory ERROR",
            "stream: Can't allocate memory ERROR",
        ),
        ("stream: OK \u{1b}[31m\nFOUND", "stream: OK ?[31m?FOUND"),
        ("OK", "OK"),
        ("", ""),
    ] {
        stub.is(Mood::Says(said));
        let unclear = Unscanned::Unclear(stub.place.clone(), told.into());
        assert_eq!(scanner.scan(b"a bridge").await, Err(unclear.clone()));
        assert_eq!(scanner.answers().await, Err(unclear));
    }
}

#[test]
fn a_scanner_stands_on_this_machine_or_in_a_network_of_ones_own() {
    for (text, good) in [
        ("unix:/run/clamav/clamd.ctl", true),
        ("tcp:127.0.0.1:3310", true),
        ("tcp:10.1.2.3:3310", true),
        ("tcp:[::1]:3310", true),
        ("tcp:[fd00::3]:3310", true),
        ("unix:clamd.ctl", false),
        ("unix:", false),
        ("tcp:8.8.8.8:3310", false),
        ("tcp:[2001:4860:4860::8888]:3310", false),
        ("tcp:clamd.example:3310", false),
        ("tcp:127.0.0.1", false),
        ("/run/clamav/clamd.ctl", false),
        ("", false),
    ] {
        let place: Result<Place, _> = text.parse();
        assert_eq!(place.is_ok(), good, "{text}: {place:?}");
        if let Ok(place) = place {
            assert_eq!(place.to_string(), text);
        }
    }
}

/// `cargo xtask test` starts it, with a database of one signature, that finds [`MARKER`], and one million bytes at most.
#[tokio::test]
async fn v_72_clamd_itself_is_understood() {
    let Ok(place) = std::env::var("DATELINE_TEST_CLAMD") else {
        assert!(std::env::var("CI").is_err(), "no clamd was started");
        return;
    };
    let place: Place = place.parse().unwrap();
    let scanner = Scanner::at(place.clone());
    scanner.answers().await.unwrap();
    assert_eq!(scanner.scan(b"a bridge").await, Ok(Finding::Clean));
    // A signature out of a file is named with what its maker did not vouch for.
    let found = scanner.scan(&marked(700_000)).await;
    let name = format!("{SIGNATURE}.UNOFFICIAL");
    assert_eq!(found, Ok(Finding::Infected(name)));
    for bytes in [1_100_000, 30_000_000] {
        let refused = scanner.scan(&marked(bytes)).await;
        assert_eq!(refused, Err(Unscanned::TooLarge(place.clone())), "{bytes}");
    }
}
