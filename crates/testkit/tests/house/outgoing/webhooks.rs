//! A webhook from the desk's side and from its receiver's.

use newsroom::{staff::Role, story::Access};
use serde_json::{Value, json};
use testkit::{Newsroom, Spans};

use super::receiver::Receiver;
use crate::world::{METERED, plain_fields};

const TAKEN: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const ALL: [&str; 4] = [
    "story.published",
    "story.changed",
    "correction.published",
    "story.withdrawn",
];

#[tokio::test]
async fn w_03_a_webhook_hears_what_readers_are_told_and_no_word_behind_the_wall() {
    let receiver = Receiver::open(|_| TAKEN).await;
    let place = receiver.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let owner = news.staff("olive", Role::Owner).await;
    let asked = json!({"url": receiver.at("/hook"), "events": ALL});
    let made = owner
        .sends("POST", "/api/v1/webhooks", &asked)
        .await
        .is(201);
    let made: Value = made.json();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"), "{made}");

    let city = news.given_section("City", Access::Metered).await;
    let editor = news.editor("ada").await;
    let story = editor
        .runs(&plain_fields(&city, "Water rises", METERED))
        .await;
    news.settles().await;
    news.works().await;
    let story = editor
        .corrects(&story, "It was the river.", &json!({"deck": "Slowly."}))
        .await;
    news.settles().await;
    news.works().await;
    editor.withdraws(&story, "It was another river.").await;
    news.settles().await;
    news.works().await;

    let heard = receiver.hears();
    let bodies: Vec<Value> = heard.iter().map(|one| one.body.parse().unwrap()).collect();
    let kinds: Vec<&str> = bodies
        .iter()
        .map(|one| one["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ALL);
    let told = &bodies[0]["data"]["story"];
    assert_eq!(told["url"], format!("https://news.example{}", story.path));
    assert_eq!(told["access"], "metered");
    assert_eq!(bodies[1]["data"]["story"]["deck"], "Slowly.");
    assert_eq!(bodies[2]["data"]["note"]["text"], "It was the river.");
    assert_eq!(
        bodies[3]["data"]["story"]["reason"],
        "It was another river."
    );
    for one in &heard {
        assert!(
            !one.body.contains(METERED) && !one.body.contains("paragraph"),
            "{}",
            one.body
        );
        assert!(one.header("webhook-signature").starts_with("v1,"));
    }

    let webhook = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
    let shown = owner.visitor.opens(&webhook).await.is(200);
    shown.does_not_show(secret);
    let log = format!("{webhook}/deliveries");
    let lines: Value = owner.visitor.opens(&log).await.is(200).json();
    assert_eq!(lines["deliveries"].as_array().unwrap().len(), 4);
    let line = &lines["deliveries"][3];
    assert_eq!(
        (&line["state"], &line["status"]),
        (&json!("delivered"), &json!(204))
    );
    let again = format!("{log}/{}/redelivery", line["id"].as_str().unwrap());
    owner.sends("POST", &again, &json!({})).await.is(202);
    news.works().await;
    let repeat = receiver.hears().remove(0);
    assert_eq!(repeat.header("webhook-id"), heard[0].header("webhook-id"));
    assert_eq!(repeat.body, heard[0].body);
    news.closes().await;
}

#[tokio::test]
async fn a_webhook_is_for_whoever_administers_and_goes_nowhere_inside() {
    let receiver = Receiver::open(|_| TAKEN).await;
    let news = Newsroom::open().await;
    let asked = json!({"url": receiver.at("/hook"), "events": ["story.published"]});
    let editor = news.editor("ada").await;
    editor
        .sends("POST", "/api/v1/webhooks", &asked)
        .await
        .is(403);
    let owner = news.staff("olive", Role::Owner).await;
    let wrong = json!({"url": "ftp://a.example", "events": ["story.read"]});
    let wrong = owner
        .sends("POST", "/api/v1/webhooks", &wrong)
        .await
        .is(422);
    wrong
        .refuses("unknown-event")
        .refuses("not-an-address-to-send-to");

    // The address is judged when something is sent: nobody named this place as the newsroom's own.
    let made: Value = owner
        .sends("POST", "/api/v1/webhooks", &asked)
        .await
        .is(201)
        .json();
    let city = news.given_section("City", Access::Open).await;
    editor
        .runs(&plain_fields(&city, "Water rises", "More."))
        .await;
    news.settles().await;
    news.works().await;
    assert!(receiver.hears().is_empty());
    let webhook = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
    let log: Value = owner
        .visitor
        .opens(&format!("{webhook}/deliveries"))
        .await
        .json();
    let line = &log["deliveries"][0];
    assert_eq!(
        (&line["state"], &line["status"]),
        (&json!("waiting"), &Value::Null)
    );
    let why = line["why"].as_str().unwrap();
    assert!(
        why.contains("port") || why.contains("public internet"),
        "{why}"
    );

    let off = json!({"url": receiver.at("/hook"), "events": ["story.withdrawn"], "on": false});
    owner
        .sends("PUT", &webhook, &off)
        .await
        .is(200)
        .shows("olive turned it off");
    let again = format!(
        "{webhook}/deliveries/{}/redelivery",
        line["id"].as_str().unwrap()
    );
    owner
        .sends("POST", &again, &json!({}))
        .await
        .is(422)
        .refuses("webhook-is-off");
    news.clock.passes(1.hours());
    news.works().await;
    owner.sends("DELETE", &webhook, &json!({})).await.is(204);
    owner.visitor.opens(&webhook).await.is(404);
    news.closes().await;
}
