//! F-10: a client that dawdles is cut off in time, and nobody else notices.

use std::time::{Duration, Instant};

use dateline::serve::Patience;
use serde_json::json;
use testkit::{
    Newsroom,
    editor::paragraphs,
    wire::{Server, exchange, hears},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::world::World;

/// The server's patience in these scenes, as short as a busy machine lets others be served in.
const SHORT: Patience = Patience {
    headers: Duration::from_secs(3),
    answered: Duration::from_secs(2),
    stalled: Duration::from_secs(2),
};
/// What a busy machine adds.
const SLACK: Duration = Duration::from_secs(8);
const DAWDLERS: usize = 50;

#[tokio::test]
async fn f_10_whoever_sends_no_headers_is_cut_off_and_others_are_served_meanwhile() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let server = Server::with(&news, SHORT);
    let began = Instant::now();
    let mut dawdlers = Vec::new();
    for nth in 0..DAWDLERS {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let sent: &[u8] = match nth % 5 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nhost: news.example\r\nx-a: b",
            2 => b"GET / HTTP/1.1\r\n",
            3 => b"PRI * HT",
            _ => b"P",
        };
        stream.write_all(sent).await.unwrap();
        dawdlers.push(tokio::spawn(hears(stream)));
    }
    let request = format!(
        "GET {} HTTP/1.1\r\nhost: news.example\r\nconnection: close\r\n\r\n",
        world.open.path
    );
    for _other in 0..20 {
        let heard = exchange(server.address, request.as_bytes()).await;
        assert!(
            heard.starts_with(b"HTTP/1.1 200"),
            "{}",
            String::from_utf8_lossy(&heard)
        );
    }
    assert!(
        began.elapsed() < SHORT.headers,
        "others waited for the dawdlers"
    );
    for dawdler in dawdlers {
        let heard = dawdler.await.unwrap();
        assert!(
            !heard.starts_with(b"HTTP/1.1 2"),
            "{}",
            String::from_utf8_lossy(&heard)
        );
    }
    let took = began.elapsed();
    assert!(took < SHORT.headers + SLACK, "{took:?}");
    server.stops();
    news.closes_broken().await;
}

#[tokio::test]
async fn headers_larger_than_their_buffer_are_refused() {
    let news = Newsroom::open().await;
    let server = Server::of(&news);
    for (name, size) in [("one header", 1), ("many headers", 3_000)] {
        let line = "x".repeat(200_000 / size);
        let mut request = String::from("GET / HTTP/1.1\r\nhost: news.example\r\n");
        for nth in 0..size {
            request += &format!("x-{nth}: {line}\r\n");
        }
        request += "\r\n";
        let heard = exchange(server.address, request.as_bytes()).await;
        let is_refused = heard.is_empty() || heard.starts_with(b"HTTP/1.1 431");
        assert!(
            is_refused,
            "{name}: {}",
            String::from_utf8_lossy(&heard[..heard.len().min(200)])
        );
    }
    server.stops();
    news.closes_broken().await;
}

/// Bytes of text in a story that no buffer on the way holds.
const LONG: usize = 800_000;
/// What a small device gives an answer to arrive in.
const SMALL_BUFFER: u32 = 4 * 1024;

/// A story whose page is megabytes long.
async fn long_story(news: &Newsroom) -> String {
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news
        .given_section("City", newsroom::story::Access::Open)
        .await;
    let text = "The water rose until the market stood in it. ".repeat(400);
    let texts = vec![text.as_str(); LONG.div_ceil(text.len())];
    let fields = json!({"headline": "A long one", "section_id": city, "body": paragraphs(&texts)});
    wire.runs(&fields).await.path
}

async fn asks_with_a_small_buffer(server: &Server, request: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(SMALL_BUFFER).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn f_10_whoever_takes_an_answer_byte_by_byte_is_cut_off_and_others_are_served_meanwhile() {
    let news = Newsroom::open().await;
    let path = long_story(&news).await;
    let server = Server::with(&news, SHORT);
    let request = format!("GET {path} HTTP/1.1\r\nhost: news.example\r\nconnection: close\r\n\r\n");
    let began = Instant::now();
    let mut dawdlers = Vec::new();
    for nth in 0..DAWDLERS {
        let mut stream = asks_with_a_small_buffer(&server, &request).await;
        dawdlers.push(tokio::spawn(async move {
            let mut taken = 0;
            // Half of them take a byte now and then; the others never read, as if their line were cut.
            while nth % 2 == 0 && stream.read_u8().await.is_ok() {
                taken += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
                if began.elapsed() > SHORT.stalled + SLACK {
                    break;
                }
            }
            tokio::time::sleep((SHORT.stalled + SLACK / 2).saturating_sub(began.elapsed())).await;
            // What the machines between had in hand still comes; then it is over, before the end.
            taken + hears(stream).await.len()
        }));
    }
    for _other in 0..5 {
        let heard = exchange(server.address, request.as_bytes()).await;
        assert!(heard.starts_with(b"HTTP/1.1 200") && heard.len() > LONG);
    }
    assert!(began.elapsed() < SHORT.stalled + SLACK / 2, "others waited");
    for dawdler in dawdlers {
        let taken = dawdler.await.unwrap();
        assert!(taken < LONG, "{taken} bytes: nobody was cut off");
    }
    server.stops();
    news.closes_broken().await;
}

#[tokio::test]
async fn f_10_whoever_sends_a_body_byte_by_byte_is_cut_off() {
    let news = Newsroom::open().await;
    let server = Server::with(&news, SHORT);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = "POST /api/v1/session HTTP/1.1\r\nhost: news.example\r\norigin: https://news.example\r\n\
                content-type: application/json\r\ncontent-length: 1000\r\n\r\n{";
    let began = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    while began.elapsed() < SHORT.answered && stream.write_all(b" ").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let heard = hears(stream).await;
    let said = String::from_utf8_lossy(&heard);
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(began.elapsed() < SHORT.answered + SLACK);
    server.stops();
    news.closes_broken().await;
}
