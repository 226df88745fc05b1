//! F-10: a client that dawdles is cut off in time, and nobody else notices.

use std::time::{Duration, Instant};

use testkit::{
    Newsroom,
    wire::{Server, exchange, hears},
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::world::World;

/// How long headers may take; with it what a busy machine adds.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
const SLACK: Duration = Duration::from_secs(8);
const DAWDLERS: usize = 50;

#[tokio::test]
async fn f_10_whoever_sends_no_headers_is_cut_off_and_others_are_served_meanwhile() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let server = Server::of(&news);
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
        began.elapsed() < HEADERS_WITHIN,
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
    assert!(took < HEADERS_WITHIN + SLACK, "{took:?}");
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
