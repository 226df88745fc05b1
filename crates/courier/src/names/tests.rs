//! The real resolver against a name server on loopback, honest and otherwise.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use hickory_resolver::{
    config::NameServerConfig,
    proto::{
        op::{Message, MessageType, OpCode, ResponseCode},
        rr::{Name, Record, RecordType, rdata},
    },
};
use tokio::net::UdpSocket;

use super::*;
use crate::{Fetcher, Rules, Unfetched};

/// A name server that knows one table. A name with several answers gives one after the other, and the
/// last for ever; each may be forgotten at once (TTL 0).
struct NameServer {
    place: SocketAddr,
    asked: Arc<AtomicUsize>,
}

type Zone = HashMap<(&'static str, RecordType), Vec<RData>>;

impl NameServer {
    async fn open(zone: Zone) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let place = socket.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        tokio::spawn(async move {
            let mut datagram = [0; 1500];
            let mut turns = HashMap::new();
            while let Ok((length, from)) = socket.recv_from(&mut datagram).await {
                let query = Message::from_vec(&datagram[..length]).unwrap();
                let reply = reply_to(&query, &zone, &mut turns, &counted);
                let _ = socket.send_to(&reply.to_vec().unwrap(), from).await;
            }
        });
        Self { place, asked }
    }

    fn names(&self) -> DomainNames {
        let mut server = NameServerConfig::udp(self.place.ip());
        server.connections[0].port = self.place.port();
        DomainNames::asking(ResolverConfig::from_parts(None, vec![], vec![server])).unwrap()
    }
}

fn reply_to(
    query: &Message,
    zone: &Zone,
    turns: &mut HashMap<(String, RecordType), usize>,
    asked: &AtomicUsize,
) -> Message {
    let question = query.queries[0].clone();
    let name = question.name().to_ascii().to_lowercase();
    let kind = question.query_type();
    let mut reply = Message::new(query.metadata.id, MessageType::Response, OpCode::Query);
    reply.add_query(question.clone());
    let known = zone
        .iter()
        .find(|((owner, of), _)| *owner == name && *of == kind);
    let Some((_, answers)) = known else {
        let elsewhere = zone.keys().any(|(owner, _)| *owner == name);
        reply.metadata.response_code = if elsewhere {
            ResponseCode::NoError
        } else {
            ResponseCode::NXDomain
        };
        return reply;
    };
    asked.fetch_add(1, Ordering::SeqCst);
    let turn = turns.entry((name, kind)).or_default();
    let answer = answers[(*turn).min(answers.len() - 1)].clone();
    *turn += 1;
    reply.add_answer(Record::from_rdata(question.name().clone(), 0, answer));
    reply
}

fn a(ip: &str) -> RData {
    RData::A(rdata::A(ip.parse::<Ipv4Addr>().unwrap()))
}

fn ptr(name: &str) -> RData {
    RData::PTR(rdata::PTR(Name::from_ascii(name).unwrap()))
}

#[tokio::test]
async fn names_are_asked_forwards_and_in_reverse() {
    let server = NameServer::open(HashMap::from([
        (("crawl.example.", RecordType::A), vec![a("66.249.66.1")]),
        (
            ("1.66.249.66.in-addr.arpa.", RecordType::PTR),
            vec![ptr("crawl.example.")],
        ),
    ]))
    .await;
    let names = server.names();
    let ip: IpAddr = "66.249.66.1".parse().unwrap();
    assert_eq!(names.forward("crawl.example").await.unwrap(), [ip]);
    assert_eq!(names.forward("crawl.example.").await.unwrap(), [ip]);
    assert_eq!(names.reverse(ip).await.unwrap(), ["crawl.example"]);
}

#[tokio::test]
async fn a_name_that_is_not_there_has_no_addresses() {
    let server = NameServer::open(HashMap::new()).await;
    let names = server.names();
    assert!(names.forward("nowhere.example").await.unwrap().is_empty());
    assert!(names.forward("").await.unwrap().is_empty());
    assert!(names.forward(&"a".repeat(300)).await.unwrap().is_empty());
    assert!(
        names
            .reverse("66.249.66.1".parse().unwrap())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_name_server_that_changes_its_mind_moves_no_fetch() {
    let moving = vec![a("127.0.0.78"), a("127.0.0.1")];
    let server = NameServer::open(HashMap::from([(
        ("moving.example.", RecordType::A),
        moving,
    )]))
    .await;
    let rules = Rules {
        // Nobody listens there: what matters is where it was tried.
        allowed: vec!["127.0.0.78".parse().unwrap()],
        ..Rules::default()
    };
    let fetcher = Fetcher::new(Arc::new(server.names()), rules);
    let tried = fetcher.get("http://moving.example/").await;
    assert!(matches!(tried, Err(Unfetched::Failed(_))), "{tried:?}");
    assert_eq!(server.asked.load(Ordering::SeqCst), 1);
    let refused = fetcher.get("http://moving.example/").await;
    let Err(Unfetched::NotPublic { ip, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(ip, IpAddr::from([127, 0, 0, 1]));
}
