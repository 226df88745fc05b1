//! The guard against a loopback world: canaries, tarpits, floods, redirects and a name that moves.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;
use crate::testing::StubNames;

mod certificates;
mod spelling;

/// Where the one server that may be fetched from lives; everything else on loopback is a canary.
const ALLOWED: &str = "127.0.0.77";

/// How many ports are tried until one is free on two addresses.
const PORTS_TRIED: usize = 50;

/// A server that counts who connects and answers each with the same bytes.
struct Server {
    place: SocketAddr,
    hits: Arc<AtomicUsize>,
}

#[derive(Clone)]
enum Manner {
    Says(String),
    /// Headers, then a byte at a time, for ever, never quite idle.
    Drips,
    /// Headers without a length, then bytes for ever.
    Floods,
}

impl Server {
    async fn open(place: &str, manner: Manner) -> Self {
        Self::on(TcpListener::bind(place).await.unwrap(), manner)
    }

    /// Two servers on one port of two addresses, so that only the address tells them apart.
    async fn pair(first: &str, second: &str, manners: [Manner; 2]) -> [Self; 2] {
        let [one, two] = manners;
        for _ in 0..PORTS_TRIED {
            let here = TcpListener::bind(format!("{first}:0")).await.unwrap();
            let port = here.local_addr().unwrap().port();
            // Somebody else may hold that port of the other address.
            if let Ok(there) = TcpListener::bind(format!("{second}:{port}")).await {
                return [Self::on(here, one), Self::on(there, two)];
            }
        }
        panic!("no port is free on both {first} and {second}");
    }

    fn on(listener: TcpListener, manner: Manner) -> Self {
        let place = listener.local_addr().unwrap();
        let hits = Arc::new(AtomicUsize::new(0));
        let counted = hits.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(stream, manner.clone()));
            }
        });
        Self { place, hits }
    }

    async fn says(text: impl Into<String>) -> Self {
        Self::open(&format!("{ALLOWED}:0"), Manner::Says(text.into())).await
    }

    fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: TcpStream, manner: Manner) {
    let mut head = [0; 4096];
    let _ = stream.read(&mut head).await;
    let endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    match manner {
        Manner::Says(text) => drop(stream.write_all(text.as_bytes()).await),
        Manner::Floods => {
            let _ = stream.write_all(endless.as_bytes()).await;
            while stream.write_all(&[b'x'; 8192]).await.is_ok() {}
        }
        Manner::Drips => {
            let _ = stream.write_all(endless.as_bytes()).await;
            let mut beat = tokio::time::interval(Duration::from_millis(20));
            while stream.write_all(b"x").await.is_ok() {
                beat.tick().await;
            }
        }
    }
}

fn page(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}")
}

fn leading_to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
}

fn rules(ports: &[u16]) -> Rules {
    let allowed = vec![ALLOWED.parse().unwrap()];
    Rules {
        ports: ports.to_vec(),
        allowed,
        ..Rules::default()
    }
}

fn fetcher(names: StubNames, rules: Rules) -> Fetcher {
    Fetcher::new(Arc::new(names), rules)
}

#[tokio::test]
async fn a_page_of_an_allowed_host_is_fetched_with_its_type() {
    let server = Server::says(page("hello")).await;
    let names = StubNames::new();
    names.forward_is("news.example", ALLOWED);
    let port = server.place.port();
    let fetched = fetcher(names, rules(&[port]))
        .get(&format!("http://news.example:{port}/a"))
        .await;
    let fetched = fetched.unwrap();
    assert_eq!((fetched.status, &fetched.body[..]), (200, &b"hello"[..]));
    assert_eq!(fetched.media_type.as_deref(), Some("text/plain"));
}

#[tokio::test]
async fn a_16_a_17_v_74_nothing_on_this_machine_is_touched_however_it_is_spelled() {
    let secrets = [Manner::Says(page("secret")), Manner::Says(page("secret"))];
    let [canary, six] = Server::pair("0.0.0.0", "[::1]", secrets).await;
    let port = canary.place.port();
    let names = StubNames::new();
    names
        .forward_is("localhost", "127.0.0.1")
        .forward_is("localhost.", "127.0.0.1");
    names
        .forward_is("inside.example", "10.0.0.1")
        .forward_is("six.example", "::1");
    names.forward_is("mapped.example", "::ffff:127.0.0.1");
    names
        .forward_is("linked.example", "169.254.1.1")
        .forward_is("own.example", "fc00::7");
    names
        .forward_is("half.example", "8.8.8.8")
        .forward_is("half.example", "127.0.0.1");
    let fetcher = fetcher(names, rules(&[port]));
    let hosts = [
        "127.0.0.1",
        "127.1.2.3",
        "127.1",
        "0.0.0.0",
        "0",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "0xa9fea9fe",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fe80::1]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "inside.example",
        "linked.example",
        "own.example",
        "six.example",
        "mapped.example",
        "half.example",
    ];
    for host in hosts {
        let refused = fetcher.get(&format!("http://{host}:{port}/")).await;
        assert!(
            matches!(refused, Err(Unfetched::NotPublic { .. })),
            "{host}: {refused:?}"
        );
    }
    assert_eq!((canary.hits(), six.hits()), (0, 0));
}

#[track_caller]
fn check(refused: Result<Fetched, Unfetched>, sentence: &str) {
    let said = refused.expect_err("a refusal").to_string();
    assert_eq!(said, sentence);
}

#[tokio::test]
async fn v_74_a_refusal_names_its_rule() {
    let names = StubNames::new();
    names.forward_is("news.example", "8.8.8.8");
    let fetcher = fetcher(names, Rules::default());
    check(
        fetcher.get("news").await,
        "this is not an address that can be fetched",
    );
    check(
        fetcher.get("http://").await,
        "this is not an address that can be fetched",
    );
    let file = fetcher.get("file:///etc/passwd").await;
    check(file, "only http and https addresses are fetched, not file");
    let gopher = fetcher.get("gopher://news.example/").await;
    check(
        gopher,
        "only http and https addresses are fetched, not gopher",
    );
    let named = fetcher.get("http://ada:secret@news.example/").await;
    check(
        named,
        "an address with a user name or password in it is not fetched",
    );
    let port = fetcher.get("http://news.example:22/").await;
    check(port, "port 22 is not among those that may be fetched from");
    check(
        fetcher.get("http://nowhere.example/").await,
        "there is no host named nowhere.example",
    );
    let metadata = fetcher.get("http://169.254.169.254/latest").await;
    check(
        metadata,
        "169.254.169.254 is not on the public internet (169.254.169.254)",
    );
    let long = fetcher
        .get(&format!("http://news.example/{}", "a".repeat(2048)))
        .await;
    check(long, "the address is longer than 2048 bytes");
}

#[tokio::test]
async fn v_74_a_redirect_is_refused_unless_asked_for() {
    let goal = Server::says(page("there")).await;
    let start = Server::says(leading_to(&format!("http://{}/", goal.place))).await;
    let ports = [goal.place.port(), start.place.port()];
    let address = format!("http://{}/", start.place);

    let refused = fetcher(StubNames::new(), rules(&ports)).get(&address).await;
    assert!(
        matches!(refused, Err(Unfetched::Redirected(0))),
        "{refused:?}"
    );
    assert_eq!(goal.hits(), 0);

    let following = Rules {
        redirects: 1,
        ..rules(&ports)
    };
    let fetched = fetcher(StubNames::new(), following)
        .get(&address)
        .await
        .unwrap();
    assert_eq!(&fetched.body[..], b"there");
}

#[tokio::test]
async fn a_16_a_19_v_74_a_redirect_into_this_machine_is_refused() {
    let canary = Server::open("127.0.0.1:0", Manner::Says(page("secret"))).await;
    for to in ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"] {
        let port = canary.place.port();
        let start = Server::says(leading_to(&format!("http://{to}:{port}/"))).await;
        let names = StubNames::new();
        names.forward_is("localhost", "127.0.0.1");
        let following = Rules {
            redirects: 3,
            ..rules(&[port, start.place.port()])
        };
        let refused = fetcher(names, following)
            .get(&format!("http://{}/", start.place))
            .await;
        assert!(
            matches!(refused, Err(Unfetched::NotPublic { .. })),
            "{to}: {refused:?}"
        );
    }
    let start = Server::says(leading_to("file:///etc/passwd")).await;
    let following = Rules {
        redirects: 3,
        ..rules(&[start.place.port()])
    };
    let refused = fetcher(StubNames::new(), following)
        .get(&format!("http://{}/", start.place))
        .await;
    assert!(matches!(refused, Err(Unfetched::Scheme(_))), "{refused:?}");
    assert_eq!(canary.hits(), 0);
}

#[tokio::test]
async fn v_74_a_ring_of_redirects_ends() {
    let ring = Server::says(leading_to("/again")).await;
    let following = Rules {
        redirects: u8::MAX,
        ..rules(&[ring.place.port()])
    };
    let refused = fetcher(StubNames::new(), following)
        .get(&format!("http://{}/", ring.place))
        .await;
    assert!(
        matches!(refused, Err(Unfetched::Redirected(REDIRECTS_MOST))),
        "{refused:?}"
    );
    assert_eq!(ring.hits(), 1 + usize::from(REDIRECTS_MOST));
}

#[tokio::test]
async fn a_29_v_74_a_server_that_drips_is_cut_off_at_the_deadline() {
    let tarpit = Server::open(&format!("{ALLOWED}:0"), Manner::Drips).await;
    let deadline = Duration::from_millis(150);
    let rules = Rules {
        deadline,
        ..rules(&[tarpit.place.port()])
    };
    let refused = fetcher(StubNames::new(), rules)
        .get(&format!("http://{}/", tarpit.place))
        .await;
    assert!(
        matches!(refused, Err(Unfetched::TooSlow(at)) if at == deadline),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_29_a_name_server_that_never_answers_is_cut_off_too() {
    let names = StubNames::new();
    names.fall_silent();
    let rules = Rules {
        deadline: Duration::from_millis(50),
        ..Rules::default()
    };
    let refused = fetcher(names, rules).get("http://news.example/").await;
    assert!(matches!(refused, Err(Unfetched::TooSlow(_))), "{refused:?}");
}

#[tokio::test]
async fn a_29_v_74_a_body_is_cut_off_at_the_largest_size_whether_announced_or_not() {
    let announced = Server::says(page(&"x".repeat(1001))).await;
    let flood = Server::open(&format!("{ALLOWED}:0"), Manner::Floods).await;
    for server in [announced, flood] {
        let rules = Rules {
            largest: 1000,
            ..rules(&[server.place.port()])
        };
        let refused = fetcher(StubNames::new(), rules)
            .get(&format!("http://{}/", server.place))
            .await;
        assert!(
            matches!(refused, Err(Unfetched::TooLarge(1000))),
            "{refused:?}"
        );
    }
    let just = Server::says(page(&"x".repeat(1000))).await;
    let rules = Rules {
        largest: 1000,
        ..rules(&[just.place.port()])
    };
    let fetched = fetcher(StubNames::new(), rules)
        .get(&format!("http://{}/", just.place))
        .await;
    assert_eq!(fetched.unwrap().body.len(), 1000);
}

#[tokio::test]
async fn v_74_a_packed_body_stays_packed() {
    let bomb = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nPK..";
    let server = Server::says(bomb).await;
    let fetcher = fetcher(StubNames::new(), rules(&[server.place.port()]));
    let fetched = fetcher
        .get(&format!("http://{}/", server.place))
        .await
        .unwrap();
    assert_eq!(&fetched.body[..], b"PK..");
}

/// Answers the first question with the allowed address and every later one with the canary's.
struct Rebinding(AtomicUsize);

impl Names for Rebinding {
    fn reverse(&self, _: IpAddr) -> crate::names::Answer<'_, String> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn forward<'a>(&'a self, _: &'a str) -> crate::names::Answer<'a, IpAddr> {
        let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
        let ip = if first { ALLOWED } else { "127.0.0.1" };
        Box::pin(std::future::ready(Ok(vec![
            ip.parse().expect("an address"),
        ])))
    }
}

#[tokio::test]
async fn a_19_v_74_a_name_that_moves_between_check_and_use_moves_nothing() {
    let manners = [Manner::Says(page("hello")), Manner::Says(page("secret"))];
    let [server, canary] = Server::pair(ALLOWED, "127.0.0.1", manners).await;
    let port = server.place.port();
    let names = Arc::new(Rebinding(AtomicUsize::new(0)));
    let fetcher = Fetcher::new(names.clone(), rules(&[port]));
    let address = format!("http://moving.example:{port}/");
    let fetched = fetcher.get(&address).await.unwrap();
    assert_eq!(&fetched.body[..], b"hello");
    assert_eq!(names.0.load(Ordering::SeqCst), 1);
    let refused = fetcher.get(&address).await;
    assert!(
        matches!(refused, Err(Unfetched::NotPublic { .. })),
        "{refused:?}"
    );
    assert_eq!(canary.hits(), 0);
}

#[tokio::test]
async fn a_19_a_redirect_back_to_a_name_that_moved_is_judged_anew() {
    let manners = [
        Manner::Says(leading_to("/again")),
        Manner::Says(page("secret")),
    ];
    let [start, canary] = Server::pair(ALLOWED, "127.0.0.1", manners).await;
    let port = start.place.port();
    let rules = Rules {
        redirects: 3,
        ..rules(&[port])
    };
    let fetcher = Fetcher::new(Arc::new(Rebinding(AtomicUsize::new(0))), rules);
    let refused = fetcher.get(&format!("http://moving.example:{port}/")).await;
    assert!(
        matches!(refused, Err(Unfetched::NotPublic { .. })),
        "{refused:?}"
    );
    assert_eq!((start.hits(), canary.hits()), (1, 0));
}

#[tokio::test]
async fn v_76_a_server_that_speaks_no_tls_is_no_https_server() {
    let server = Server::says(page("plain")).await;
    let fetcher = fetcher(StubNames::new(), rules(&[server.place.port()]));
    let refused = fetcher.get(&format!("https://{}/", server.place)).await;
    assert!(matches!(refused, Err(Unfetched::Failed(_))), "{refused:?}");
}
