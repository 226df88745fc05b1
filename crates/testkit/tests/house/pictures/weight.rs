//! V-67: a large file costs the program no memory while it comes, and one that comes too slowly is cut.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use dateline::serve::Patience;
use newsroom::staff::api_token::{self, Scope};
use testkit::{
    Newsroom, Program,
    wire::{Server, hears},
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

/// Bytes that are sent at once.
const PIECE: usize = 64 * 1024;
/// The largest file that the settings allow, in bytes.
const LARGEST: usize = 200_000_000;
/// What the most memory it ever had may grow by, in KiB, while ten times as much goes through.
const MOST_GROWTH: u64 = 20_000;

/// The most memory that a process had so far, in KiB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let words = line.expect("Linux says it").split_whitespace();
    words.filter_map(|word| word.parse().ok()).next().unwrap()
}

fn head(host: &str, token: &str, length: &str) -> String {
    format!(
        "POST /api/v1/pictures?name=large.jpg HTTP/1.1\r\nhost: {host}\r\ncontent-type: image/jpeg\r\n\
         authorization: Bearer {token}\r\n{length}\r\n\r\n"
    )
}

/// Sends so many bytes as chunks, whose sum nobody is told before, and what is answered.
async fn streams(address: SocketAddr, token: &str, bytes: usize) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = head(&address.to_string(), token, "transfer-encoding: chunked");
    stream.write_all(head.as_bytes()).await.unwrap();
    let (listening, mut speaking) = stream.split();
    let heard = async {
        let mut heard = vec![0; 4_096];
        let mut listening = listening;
        let read = tokio::io::AsyncReadExt::read(&mut listening, &mut heard).await;
        String::from_utf8_lossy(&heard[..read.unwrap_or(0)]).into_owned()
    };
    let said = async {
        let mut chunk = format!("{PIECE:x}\r\n").into_bytes();
        chunk.resize(chunk.len() + PIECE, b'x');
        chunk.extend(b"\r\n");
        for _nth in 0..bytes / PIECE {
            // Whoever answered early takes no more.
            if speaking.write_all(&chunk).await.is_err() {
                break;
            }
        }
        let _ = speaking.write_all(b"0\r\n\r\n").await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        heard = heard => heard,
        () = said => unreachable!("it never ends"),
        () = tokio::time::sleep(Duration::from_secs(60)) => panic!("nobody answered"),
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn v_67_a_file_however_large_costs_no_memory_while_it_comes_and_is_cut_at_the_limit() {
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let settings = program.folder().join("dateline.toml");
    let set = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, set + "\n[pictures]\nlargest_mb = 200\n").unwrap();
    let token = program.token();
    let running = program.serves();
    // What is made once, at the first upload, is no part of it.
    let small = streams(running.address, &token, PIECE).await;
    assert!(small.starts_with("HTTP/1.1 422"), "{small}");
    let before = peak(running.process());
    for bytes in [LARGEST + 10_000_000, 10_000_000_000] {
        let said = streams(running.address, &token, bytes).await;
        assert!(said.starts_with("HTTP/1.1 413"), "{bytes}: {said}");
        let grown = peak(running.process()) - before;
        assert!(grown < MOST_GROWTH, "{bytes}: {grown} KiB");
    }
    let left = std::fs::read_dir(program.folder().join("pictures/incoming")).unwrap();
    assert_eq!(left.count(), 0, "something was left");
}

/// The server's patience in this scene, for all of a request; it is 30 seconds where nobody says otherwise.
const SHORT: Patience = Patience {
    headers: Duration::from_secs(3),
    answered: Duration::from_secs(2),
    stalled: Duration::from_secs(2),
};
/// What a busy machine adds.
const SLACK: Duration = Duration::from_secs(8);

#[tokio::test]
async fn v_67_a_file_that_drips_is_cut_when_the_time_of_its_request_is_up_and_nothing_of_it_is_kept()
 {
    let news = Newsroom::open().await;
    let house = news.house();
    let now = base::Clock::now(&*news.clock);
    let token = api_token::create(&house.db, "wire", &Scope::ALL, (now, None)).await;
    let token = token.unwrap();
    let server = Server::with(&news, SHORT);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = head("news.example", token.reveal(), "content-length: 40000000");
    let began = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    while began.elapsed() < SHORT.answered && stream.write_all(&[b'x'; 1_000]).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let said = String::from_utf8_lossy(&hears(stream).await).into_owned();
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(began.elapsed() < SHORT.answered + SLACK);
    server.stops();
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    assert!(house.making.shelf.list().await.unwrap().is_empty());
    news.closes_broken().await;
}
