//! What comes in and is not believed.

use newsroom::story::Access;
use serde_json::{Value, json};
use syndication::fediverse::Key;
use testkit::{Newsroom, Seen, fediverse::key};

use super::neighbour::{Neighbour, Signing, finds, follow, path};

struct Scene {
    neighbour: Neighbour,
    news: Newsroom,
    section: String,
}

impl Scene {
    async fn open() -> Self {
        let neighbour = Neighbour::open().await;
        let place = neighbour.receiver.place;
        let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
        news.given_section("City", Access::Open).await;
        let section = finds(&news, "city").await["id"]
            .as_str()
            .unwrap()
            .to_string();
        Self {
            neighbour,
            news,
            section,
        }
    }

    async fn brings(&self, activity: &Value, spoil: impl FnOnce(&mut Signing)) -> Seen {
        let by = activity["actor"].as_str().unwrap_or_default();
        let mut signing = self.neighbour.signing(&self.news, by);
        spoil(&mut signing);
        let visitor = self.news.anonymous();
        let inbox = path(&format!("{}/inbox", self.section));
        self.neighbour
            .brings(&visitor, &inbox, activity, &signing)
            .await
    }

    async fn followers(&self) -> Value {
        let list = path(&format!("{}/followers", self.section));
        self.news.anonymous().opens(&list).await.is(200).json()["totalItems"].clone()
    }
}

#[tokio::test]
async fn a_request_that_is_not_signed_as_it_should_be_is_refused_by_name() {
    let scene = Scene::open().await;
    let eve = scene.neighbour.somebody("eve");
    let asks = follow(&eve, &scene.section);
    let old = "Sun, 22 Nov 2026 10:59:59 GMT";
    let check = async |name: &str, key: &str, spoil: fn(&mut Signing)| {
        println!("{name}");
        scene.brings(&asks, spoil).await.is(401).refuses(key);
    };
    check("another body", "fediverse-digest", |signing| {
        signing.sum_of = Some("{}".into());
    })
    .await;
    check("no digest", "fediverse-covers", |signing| {
        signing.headers = "(request-target) host date";
    })
    .await;
    check("no address", "fediverse-covers", |signing| {
        signing.headers = "host date digest";
    })
    .await;
    check("no moment", "fediverse-covers", |signing| {
        signing.headers = "(request-target) host digest";
    })
    .await;
    check("another server's key", "fediverse-another", |signing| {
        signing.key_id = "https://elsewhere.example/users/eve#main-key".into();
    })
    .await;
    check("a date that is none", "fediverse-signature", |signing| {
        signing.date = "yesterday".into();
    })
    .await;
    let seen = scene
        .brings(&asks, |signing| signing.date = old.into())
        .await;
    seen.is(401).refuses("fediverse-old");
    let unsigned = scene.news.anonymous();
    let seen = unsigned
        .asks("POST", "/_ap/inbox")
        .json(&asks)
        .sends()
        .await;
    seen.is(401).refuses("fediverse-unsigned");
    for odd in [json!([]), json!({"type": "Follow"}), deep()] {
        let seen = scene.brings(&odd, |_| {}).await;
        seen.is(422).refuses("fediverse-activity");
    }
    scene.news.works().await;
    assert!(
        scene.neighbour.receiver.hears().is_empty(),
        "nobody was asked"
    );
    assert_eq!(scene.followers().await, 0);
    scene.news.closes().await;
}

fn deep() -> Value {
    let deepest = syndication::fediverse::DEEPEST_ACTIVITY;
    (0..=deepest).fold(json!("bottom"), |below, _| json!([below]))
}

#[tokio::test]
async fn a_20_a_forged_request_is_checked_by_the_signers_own_key_and_nothing_else_is_fetched() {
    let scene = Scene::open().await;
    let inside = Neighbour::open().await;
    let eve = scene.neighbour.somebody("eve");
    // Somebody else's key, in the name of eve: her server is asked for hers, and says no.
    let mut asks = follow(&eve, &scene.section);
    asks["object"] = json!({"id": scene.section, "image": inside.receiver.at("/logo.png")});
    let forged = |signing: &mut Signing| signing.with = Some(Key::read(&key("ours")).unwrap());
    scene.brings(&asks, forged).await.is(202);
    scene.news.works().await;
    let asked = scene.neighbour.receiver.hears();
    assert_eq!(asked.len(), 1, "asked once: {asked:?}");
    assert!(asked[0].head.starts_with("GET /users/eve "));
    // A place inside that nobody named in the settings is not gone to at all.
    let there = inside.somebody("eve");
    scene
        .brings(&follow(&there, &scene.section), |_| {})
        .await
        .is(202);
    scene.news.works().await;
    assert!(inside.receiver.hears().is_empty());
    assert_eq!(scene.followers().await, 0);

    // Hers, and it is kept: the next request is checked without asking anybody.
    scene
        .brings(&follow(&eve, &scene.section), |_| {})
        .await
        .is(202);
    scene.news.works().await;
    assert_eq!(scene.followers().await, 1);
    scene.neighbour.receiver.hears();
    let undo = json!({"type": "Undo", "actor": eve, "object": follow(&eve, &scene.section)});
    scene.brings(&undo, forged).await.is(202);
    scene.news.works().await;
    assert_eq!(scene.followers().await, 1, "nobody takes back in her name");
    assert_eq!(
        scene.neighbour.receiver.hears().len(),
        1,
        "her key could be a new one"
    );
    scene.brings(&undo, |_| {}).await.is(202);
    scene.news.works().await;
    assert_eq!(scene.followers().await, 0);
    assert!(scene.neighbour.receiver.hears().is_empty());
    scene.news.closes().await;
}

#[tokio::test]
async fn what_asks_for_nothing_that_we_do_is_taken_and_dropped_without_asking_anybody() {
    let scene = Scene::open().await;
    let eve = scene.neighbour.somebody("eve");
    for kind in [
        "Create", "Like", "Announce", "Block", "Move", "Flag", "Add", "Nonsense",
    ] {
        let told = json!({"id": format!("{eve}#1"), "type": kind, "actor": {"id": eve}, "object": scene.section});
        scene
            .brings(&told, |signing| signing.key_id = format!("{eve}#main-key"))
            .await
            .is(202);
    }
    let nobody = "https://news.example/_ap/actors/0192f0c0-0000-7000-8000-000000000000";
    for told in [
        follow(&eve, nobody),
        follow(&eve, "https://elsewhere.example/users/max"),
        json!({"type": "Undo", "actor": eve, "object": follow(&eve, &scene.section)}),
        json!({"type": "Delete", "actor": eve, "object": eve}),
    ] {
        scene.brings(&told, |_| {}).await.is(202);
    }
    scene.news.works().await;
    assert!(scene.neighbour.receiver.hears().is_empty());
    assert_eq!(scene.followers().await, 0);
    scene.news.closes().await;
}

#[tokio::test]
async fn too_much_that_waits_of_one_server_is_refused_and_kept_by_nobody() {
    let scene = Scene::open().await;
    let mut taken = 0;
    loop {
        let by = scene.neighbour.somebody(&format!("n{taken}"));
        let seen = scene.brings(&follow(&by, &scene.section), |_| {}).await;
        if seen.status == 429 {
            seen.refuses("fediverse-full");
            break;
        }
        taken += 1;
    }
    assert_eq!(taken, syndication::fediverse::WAITING_MOST.1);
    scene.news.works().await;
    assert_eq!(scene.followers().await, taken);
    scene.news.closes().await;
}

#[tokio::test]
async fn a_follower_who_signs_by_the_standard_is_believed_too() {
    use base::Clock as _;
    use base64::{Engine, engine::general_purpose::STANDARD};
    use ring::digest::{SHA256, digest};

    let scene = Scene::open().await;
    let eve = scene.neighbour.somebody("eve");
    let body = follow(&eve, &scene.section).to_string();
    let sum = STANDARD.encode(digest(&SHA256, body.as_bytes()));
    let sum = format!("sha-256=:{sum}:");
    let created = scene.news.clock.now().as_second();
    let inbox = path(&format!("{}/inbox", scene.section));
    let brings = async |names: &str, created: i64, sum: &str| {
        let input = format!("({names});created={created};keyid=\"{eve}#main-key\"");
        let line = |name: &str| match name {
            "\"@method\"" => "\"@method\": POST\n".to_string(),
            "\"@target-uri\"" => format!("\"@target-uri\": https://news.example{inbox}\n"),
            _ => format!("\"content-digest\": {sum}\n"),
        };
        let lines: String = names.split(' ').map(line).collect();
        let text = format!("{lines}\"@signature-params\": {input}");
        let signature = STANDARD.encode(scene.neighbour.key.sign(text.as_bytes()).unwrap());
        let visitor = scene.news.anonymous();
        let ask = visitor.asks("POST", &inbox).with("content-digest", sum);
        let ask = ask.with("signature-input", &format!("sig1={input}"));
        let ask = ask.with("signature", &format!("sig1=:{signature}:"));
        ask.body("application/activity+json", body.clone())
            .sends()
            .await
    };
    let all = "\"@method\" \"@target-uri\" \"content-digest\"";
    brings("\"@method\" \"@target-uri\"", created, &sum)
        .await
        .is(401)
        .refuses("fediverse-covers");
    brings(all, created - 3601, &sum)
        .await
        .is(401)
        .refuses("fediverse-old");
    let other = format!("sha-256=:{}:", STANDARD.encode(digest(&SHA256, b"other")));
    brings(all, created, &other)
        .await
        .is(401)
        .refuses("fediverse-digest");
    brings(all, created, &sum).await.is(202);
    scene.news.works().await;
    assert_eq!(scene.followers().await, 1);
    scene.news.closes().await;
}

#[tokio::test]
async fn a_newsroom_that_does_not_want_it_shows_nothing_to_other_servers() {
    let news = Newsroom::open_with(|settings| settings.fediverse = false).await;
    news.given_section("City", Access::Open).await;
    let visitor = news.anonymous();
    for address in [
        "/.well-known/webfinger?resource=acct:city@news.example",
        "/.well-known/host-meta",
        "/.well-known/nodeinfo",
        "/nodeinfo/2.1",
        "/_ap/actors/newsroom",
        "/_ap/actors/newsroom/outbox",
        "/_ap/actors/newsroom/followers",
    ] {
        visitor.opens(address).await.is(404);
    }
    let front = visitor.opens("/").await.is(200).text();
    assert!(!front.contains("activity+json"));
    visitor
        .asks("POST", "/_ap/inbox")
        .json(&json!({}))
        .sends()
        .await
        .is(404);
    news.closes().await;
}
