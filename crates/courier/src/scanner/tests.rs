//! What a scanner may answer, and what becomes of one that does not.

use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, UnixListener},
};

use super::*;

#[test]
fn a_place_is_a_socket_or_a_host_with_its_port() {
    #[track_caller]
    fn check(text: &str, place: Option<Place>) {
        assert_eq!(text.parse().ok(), place, "{text}");
    }
    let host = |host: &str| Some(Place::Host(host.into()));
    check(
        "unix:/run/clamd.ctl",
        Some(Place::Socket("/run/clamd.ctl".into())),
    );
    check("tcp:127.0.0.1:3310", host("127.0.0.1:3310"));
    check("tcp:scanner:3310", host("scanner:3310"));
    check("tcp:[::1]:3310", host("[::1]:3310"));
    for wrong in [
        "",
        "/run/clamd.ctl",
        "unix:clamd.ctl",
        "tcp:scanner",
        "tcp::3310",
        "tcp:scanner:0",
        "http://scanner:3310",
    ] {
        check(wrong, None);
    }
}

#[test]
fn an_answer_is_a_finding_or_nothing_of_use() {
    #[track_caller]
    fn check(answer: &[u8], expected: Result<Finding, &str>) {
        let found = finding(answer).map_err(|silent| silent.to_string());
        assert_eq!(found, expected.map_err(String::from));
    }
    let infected = |name: &str| Ok(Finding::Infected(name.into()));
    check(b"stream: OK\0", Ok(Finding::Clean));
    check(
        b"stream: Win.Test.EICAR_HDB-1 FOUND\0",
        infected("Win.Test.EICAR_HDB-1"),
    );
    // Whatever a file is called by a scanner, it is never clean for the name's sake.
    check(b"stream: OK FOUND\0", infected("OK"));
    let larger = "it ended the line before it had the whole file; its StreamMaxLength has to be larger than the largest picture";
    check(b"INSTREAM size limit exceeded. ERROR\0", Err(larger));
    check(b"", Err("it answered “”"));
    check(b"OK\0", Err("it answered “OK”"));
    check(
        b"stream: OK\nand more",
        Err("it answered “stream: OK and more”"),
    );
}

/// A scanner of this test, which does so with who calls.
async fn scanner<Done: Future<Output = ()> + Send>(
    does: impl FnOnce(TcpStream) -> Done + Send + 'static,
) -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { does(listener.accept().await.unwrap().0).await });
    Scanner::at(Place::Host(host), SCANNED_WITHIN)
}

/// Reads a file in its pieces, as clamd does; answers with it.
async fn heard(line: &mut TcpStream) -> Vec<u8> {
    let mut command = [0; 10];
    line.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = line.read_u32().await.unwrap() as usize;
        if length == 0 {
            return file;
        }
        let before = file.len();
        file.resize(before + length, 0);
        line.read_exact(&mut file[before..]).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_comes_there_whole_and_its_finding_back() {
    let file: Vec<u8> = (0..200_000u32).map(|nth| nth as u8).collect();
    let whole = file.clone();
    let scanner = scanner(|mut line| async move {
        assert_eq!(heard(&mut line).await, whole);
        line.write_all(b"stream: Bad.Thing FOUND\0").await.unwrap();
    })
    .await;
    let found = scanner.look(&file).await.unwrap();
    assert_eq!(found, Finding::Infected("Bad.Thing".into()));
}

#[tokio::test]
async fn one_that_says_nothing_is_waited_for_so_long_and_no_longer() {
    let scanner = scanner(|mut line| async move {
        heard(&mut line).await;
        std::future::pending::<()>().await;
    })
    .await;
    let scanner = Scanner {
        within: Duration::from_secs(1),
        ..scanner
    };
    let silent = scanner.look(b"a file").await.unwrap_err();
    assert_eq!(silent.to_string(), "it did not answer in 1 s");
}

#[tokio::test]
async fn one_that_never_stops_talking_is_not_listened_to_for_ever() {
    let scanner = scanner(|mut line| async move {
        heard(&mut line).await;
        while line.write_all(&[b'x'; 1024]).await.is_ok() {}
    })
    .await;
    let silent = scanner.look(b"a file").await.unwrap_err();
    assert!(matches!(&silent, Silent::Otherwise(told) if told.len() == TOLD_MOST));
}

#[tokio::test]
async fn one_that_ends_the_line_in_the_middle_is_said_to() {
    let scanner = scanner(|line| async move { drop(line) }).await;
    let silent = scanner.look(&vec![0; 8 * 1024 * 1024]).await.unwrap_err();
    assert!(matches!(silent, Silent::HungUp), "{silent}");
}

#[tokio::test]
async fn nothing_goes_to_the_public_internet() {
    let scanner = Scanner::at("tcp:93.184.215.14:3310".parse().unwrap(), SCANNED_WITHIN);
    let silent = scanner.look(b"a file").await.unwrap_err();
    assert!(matches!(silent, Silent::Public(_)), "{silent}");
}

#[tokio::test]
async fn a_socket_of_this_machine_is_greeted() {
    let folder = std::env::temp_dir().join(format!("scanner-{}", base::Id::<()>::fresh()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("s");
    let scanner = Scanner::at(Place::Socket(path.clone()), SCANNED_WITHIN);
    let silent = scanner.greet().await.unwrap_err();
    assert!(matches!(silent, Silent::Away(_)), "{silent}");
    let listener = UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.unwrap();
        let mut command = [0; 6];
        line.read_exact(&mut command).await.unwrap();
        assert_eq!(&command, b"zPING\0");
        line.write_all(b"PONG\0").await.unwrap();
    });
    scanner.greet().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

/// What the clamd of `cargo xtask test` finds (`xtask/src/test/clamd.rs`), and what it calls that.
const MARKER: &[u8] = b"a-harmless-marker-for-scanners";
const SIGNATURE: &str = "Dateline.Test.Marker";

#[tokio::test]
async fn v_72_a_real_clamd_finds_lets_through_and_refuses_what_is_too_large() {
    let Ok(place) = std::env::var("DATELINE_TEST_CLAMD") else {
        assert!(std::env::var("CI").is_err(), "no scanner was started");
        return;
    };
    let scanner = Scanner::at(place.parse().unwrap(), SCANNED_WITHIN);
    scanner.greet().await.unwrap();
    let clean = vec![7; 300_000];
    assert_eq!(scanner.look(&clean).await.unwrap(), Finding::Clean);
    let marked = [&clean, MARKER, &clean].concat();
    let Finding::Infected(name) = scanner.look(&marked).await.unwrap() else {
        panic!("it found nothing")
    };
    assert!(name.starts_with(SIGNATURE), "{name}");
    let silent = scanner.look(&vec![7; 3_000_000]).await.unwrap_err();
    assert!(matches!(silent, Silent::HungUp), "{silent}");
}
