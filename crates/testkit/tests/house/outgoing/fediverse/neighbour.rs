//! Another server, as we see it: it signs what it sends, and checks what it is sent by the key that we show.

use base::Clock as _;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use syndication::fediverse::{Key, key::PublicKey};
use testkit::{Newsroom, Seen, Visitor, fediverse::key};

use super::super::receiver::{Asked, Receiver, says};

/// Another server with one key for everybody there.
pub struct Neighbour {
    pub receiver: Receiver,
    pub key: Key,
}

/// How a request is signed; each scene spoils what it is about.
pub struct Signing {
    pub headers: &'static str,
    pub date: String,
    pub sum_of: Option<String>,
    pub key_id: String,
    pub with: Option<Key>,
}

impl Neighbour {
    /// One that shows whoever is asked for below `/users`, and takes everything.
    pub async fn open() -> Self {
        Self::that(|_| None).await
    }

    /// One that answers some requests as it is told.
    pub async fn that(answers: impl Fn(&Asked) -> Option<String> + Send + Sync + 'static) -> Self {
        let pem = key("theirs");
        let public = Key::read(&pem).unwrap().public_pem().to_string();
        let receiver = Receiver::open(move |asked| {
            answers(asked).unwrap_or_else(|| match asked.head.starts_with("GET /users/") {
                true => shows(asked, &public),
                false => "HTTP/1.1 202 Accepted\r\n\r\n".into(),
            })
        });
        Self {
            receiver: receiver.await,
            key: Key::read(&pem).unwrap(),
        }
    }

    /// Somebody there.
    pub fn somebody(&self, name: &str) -> String {
        self.receiver.at(&format!("/users/{name}"))
    }

    /// As its people's server signs.
    pub fn signing(&self, news: &Newsroom, by: &str) -> Signing {
        let date = news.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT");
        Signing {
            headers: "(request-target) host date digest",
            date: date.to_string(),
            sum_of: None,
            key_id: format!("{by}#main-key"),
            with: None,
        }
    }

    /// Brings an activity of this person to an address of ours.
    pub async fn brings(
        &self,
        visitor: &Visitor<'_>,
        to: &str,
        activity: &Value,
        signing: &Signing,
    ) -> Seen {
        let body = activity.to_string();
        let summed = signing.sum_of.as_ref().unwrap_or(&body);
        let sum = format!(
            "SHA-256={}",
            STANDARD.encode(digest(&SHA256, summed.as_bytes()))
        );
        let line = |name: &str| match name {
            "(request-target)" => format!("(request-target): post {to}"),
            "host" => "host: news.example".into(),
            "date" => format!("date: {}", signing.date),
            _ => format!("digest: {sum}"),
        };
        let text: Vec<String> = signing.headers.split(' ').map(line).collect();
        let key = signing.with.as_ref().unwrap_or(&self.key);
        let signature = STANDARD.encode(key.sign(text.join("\n").as_bytes()).unwrap());
        let header = format!(
            "keyId=\"{}\",algorithm=\"rsa-sha256\",headers=\"{}\",signature=\"{signature}\"",
            signing.key_id, signing.headers
        );
        let ask = visitor.asks("POST", to).with("date", &signing.date);
        let ask = ask.with("digest", &sum).with("signature", &header);
        ask.body("application/activity+json", body).sends().await
    }

    /// Somebody there asks to follow one of ours.
    pub async fn follows(&self, news: &Newsroom, by: &str, whom: &str) -> Seen {
        let signing = self.signing(news, by);
        let inbox = path(&format!("{whom}/inbox"));
        let visitor = news.anonymous();
        self.brings(&visitor, &inbox, &follow(by, whom), &signing)
            .await
    }

    /// What it was sent since this was last called: activities alone, each with its signature checked by the key
    /// of whoever it says to be from.
    pub async fn is_sent(&self, news: &Newsroom) -> Vec<Value> {
        let mut sent = Vec::new();
        for asked in self.receiver.hears() {
            if asked.head.starts_with("POST ") {
                let activity: Value = serde_json::from_str(&asked.body).unwrap();
                let actor = activity["actor"].as_str().unwrap();
                let shown = news.anonymous().opens(&path(actor)).await.is(200).json();
                is_signed(&asked, &shown);
                sent.push(activity);
            }
        }
        sent
    }
}

/// That somebody wants to follow one of ours.
pub fn follow(by: &str, whom: &str) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{by}#follows/1"), "type": "Follow", "actor": by, "object": whom,
    })
}

/// The path of a whole address of ours.
pub fn path(url: &str) -> String {
    url.strip_prefix("https://news.example")
        .unwrap()
        .to_string()
}

/// The actor of the section of this name, found as other servers find it.
pub async fn finds(news: &Newsroom, name: &str) -> Value {
    let visitor = news.anonymous();
    let asked = format!("/.well-known/webfinger?resource=acct:{name}@news.example");
    let found = visitor.opens(&asked).await.is(200).json();
    let links = found["links"].as_array().unwrap();
    let own = links.iter().find(|link| link["rel"] == "self").unwrap();
    assert_eq!(own["type"], "application/activity+json");
    let shown = visitor.opens(&path(own["href"].as_str().unwrap())).await;
    let shown = shown.is(200);
    assert_eq!(
        shown.header("content-type"),
        "application/activity+json; charset=utf-8"
    );
    assert_eq!(shown.json()["id"], own["href"]);
    shown.json()
}

fn shows(asked: &Asked, public: &str) -> String {
    let target = asked.head.split(' ').nth(1).unwrap();
    let host = format!("http://{}", asked.header("host"));
    let id = format!("{host}{target}");
    let shown = json!({
        "id": id, "type": "Person", "preferredUsername": "somebody",
        "inbox": format!("{id}/inbox"), "endpoints": {"sharedInbox": format!("{host}/inbox")},
        "publicKey": {"id": format!("{id}#main-key"), "owner": id, "publicKeyPem": public},
    });
    says("application/activity+json", &shown.to_string())
}

/// Whether what was sent is signed as it should be: address, host, moment and body, by the actor's key.
#[track_caller]
fn is_signed(asked: &Asked, actor: &Value) {
    let header = asked.header("signature");
    let parameter = |name: &str| {
        let (_, rest) = header
            .split_once(&format!("{name}=\""))
            .expect("a parameter");
        rest.split('"').next().unwrap().to_string()
    };
    assert_eq!(
        parameter("keyId"),
        actor["publicKey"]["id"].as_str().unwrap()
    );
    assert_eq!(actor["publicKey"]["owner"], actor["id"]);
    assert_eq!(parameter("headers"), "(request-target) host date digest");
    let sum = STANDARD.encode(digest(&SHA256, asked.body.as_bytes()));
    assert_eq!(asked.header("digest"), format!("SHA-256={sum}"));
    let target = asked.head.split(' ').nth(1).unwrap();
    let text = format!(
        "(request-target): post {target}\nhost: {}\ndate: {}\ndigest: SHA-256={sum}",
        asked.header("host"),
        asked.header("date")
    );
    let key = PublicKey::read(actor["publicKey"]["publicKeyPem"].as_str().unwrap()).unwrap();
    let signature = STANDARD.decode(parameter("signature")).unwrap();
    assert!(key.signed(text.as_bytes(), &signature), "{asked:?}");
}
