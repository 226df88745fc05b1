//! Letters to servers of this machine: what arrives, what never leaves, and who rests.

use std::sync::atomic::{AtomicI64, Ordering};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use super::*;
use crate::testing::StubNames;

struct Hand(AtomicI64);

impl base::Clock for Hand {
    fn now(&self) -> Instant {
        Instant::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A server that answers each request with the same head and hands on what it was asked.
async fn server(answer: &'static str) -> (std::net::SocketAddr, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.88:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    let (says, hears) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = vec![0; 8192];
            let read = stream.read(&mut asked).await.unwrap_or(0);
            asked.truncate(read);
            let _ = says.send(String::from_utf8_lossy(&asked).into_owned());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (place, hears)
}

fn sender(own: &[std::net::SocketAddr]) -> (Arc<Hand>, Sender) {
    let hand = Arc::new(Hand(AtomicI64::new(1_000_000)));
    let names = StubNames::new();
    names.forward_is("hooks.example", "127.0.0.88");
    let rules = Rules {
        own: own.to_vec(),
        deadline: Duration::from_millis(500),
        ..Rules::default()
    };
    (
        hand.clone(),
        Sender::new(Arc::new(names), rules, hand.clone()),
    )
}

fn letter(to: &str) -> Letter<'_> {
    let headers = vec![("content-type", "application/json".into())];
    let body = Bytes::from_static(b"{\"a\":1}");
    Letter { to, headers, body }
}

#[tokio::test]
async fn a_letter_arrives_with_its_headers_and_its_body() {
    let (place, mut heard) = server("HTTP/1.1 204 No Content\r\n\r\n").await;
    let (_, sender) = sender(&[place]);
    let to = format!("http://hooks.example:{}/in?a=1", place.port());
    let receipt = sender.post(&letter(&to)).await.unwrap();
    assert!(receipt.is_taken());
    let heard = heard.recv().await.unwrap();
    assert!(heard.starts_with("POST /in?a=1 HTTP/1.1\r\n"), "{heard}");
    assert!(
        heard.contains("content-type: application/json\r\n"),
        "{heard}"
    );
    assert!(heard.ends_with("{\"a\":1}"), "{heard}");
}

#[tokio::test]
async fn a_16_a_17_a_letter_goes_to_no_place_of_ours_that_nobody_named() {
    let (place, mut heard) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let (_, sender) = sender(&[]);
    let port = place.port();
    let spelt = ["hooks.example", "127.0.0.88", "0x7f000058", "[::1]"];
    for host in spelt {
        for port in [port, 80] {
            let to = format!("http://{host}:{port}/");
            let refused = sender.post(&letter(&to)).await;
            let is_refused = matches!(
                refused,
                Err(Unsent::Unfetched(
                    Unfetched::NotPublic { .. } | Unfetched::Port(_)
                ))
            );
            assert!(is_refused, "{to}: {refused:?}");
        }
    }
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn a_place_of_ones_own_is_that_address_at_that_port_and_nothing_beside_it() {
    let (one, _heard) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let (other, mut unheard) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let (_, sender) = sender(&[one]);
    sender
        .post(&letter(&format!("http://{one}/")))
        .await
        .unwrap();
    let refused = sender.post(&letter(&format!("http://{other}/"))).await;
    assert!(refused.is_err(), "{refused:?}");
    assert!(unheard.try_recv().is_err());
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (canary, mut unheard) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let leads = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{canary}/\r\n\r\n");
    let (place, _heard) = server(leads.leak()).await;
    let (_, sender) = sender(&[place, canary]);
    let receipt = sender.post(&letter(&format!("http://{place}/"))).await;
    assert_eq!(receipt.unwrap().status, 307);
    assert!(unheard.try_recv().is_err());
}

#[tokio::test]
async fn f_30_a_host_with_too_much_to_do_is_left_alone_as_long_as_it_asks() {
    let busy = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 90\r\n\r\n";
    let (place, mut heard) = server(busy).await;
    let (other, _) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let (hand, sender) = sender(&[place, other]);
    let to = format!("http://{place}/");
    let receipt = sender.post(&letter(&to)).await.unwrap();
    assert_eq!(receipt.retry_after, Some(Duration::from_secs(90)));
    heard.recv().await.unwrap();
    hand.0.fetch_add(89, Ordering::SeqCst);
    let rests = sender.post(&letter(&to)).await;
    assert!(matches!(rests, Err(Unsent::Resting { .. })), "{rests:?}");
    assert!(heard.try_recv().is_err());
    let elsewhere = format!("http://{other}/");
    assert!(sender.post(&letter(&elsewhere)).await.unwrap().is_taken());
    hand.0.fetch_add(1, Ordering::SeqCst);
    sender.post(&letter(&to)).await.unwrap();
}

#[tokio::test]
async fn a_29_f_30_a_host_that_never_answers_costs_a_deadline_and_soon_nothing() {
    let listener = TcpListener::bind("127.0.0.88:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    let (_, sender) = sender(&[place]);
    let to = format!("http://{place}/");
    for _ in 0..crate::breaker::FAILURES_MOST {
        let late = sender.post(&letter(&to)).await;
        let is_late = matches!(late, Err(Unsent::Unfetched(Unfetched::TooSlow(_))));
        assert!(is_late, "{late:?}");
    }
    let rests = sender.post(&letter(&to)).await;
    assert!(matches!(rests, Err(Unsent::Resting { .. })), "{rests:?}");
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    #[track_caller]
    fn check(said: &str, seconds: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, said.parse().unwrap());
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let wait = retry_after(&headers, now);
        assert_eq!(wait, seconds.map(Duration::from_secs), "{said}");
    }
    check("120", Some(120));
    check("Mon, 23 Nov 2026 10:02:00 GMT", Some(120));
    check("Mon, 23 Nov 2026 09:00:00 GMT", None);
    check("soon", None);
    check("-5", None);
}
