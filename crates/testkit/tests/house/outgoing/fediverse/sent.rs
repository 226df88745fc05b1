//! What followers are sent, and what everybody can read.

use dateline::settings::Settings;
use newsroom::{staff::api_token::Scope, story::Access};
use serde_json::json;
use testkit::{Newsroom, Spans, canary::Canary};

use super::neighbour::{Neighbour, finds, follow, path};
use crate::world::{METERED, PUBLIC, plain_fields, rich_fields};

async fn newsroom_beside(neighbour: &Neighbour) -> Newsroom {
    let place = neighbour.receiver.place;
    Newsroom::open_with(|settings| settings.own_services = vec![place]).await
}

#[tokio::test]
async fn w_03_who_follows_a_section_is_sent_its_stories_and_no_word_behind_the_wall() {
    let neighbour = Neighbour::open().await;
    let place = neighbour.receiver.place;
    let set = |settings: &mut Settings| settings.own_services = vec![place];
    Newsroom::on_both_with(set, async |news| follows_a_section(news, &neighbour).await).await;
}

async fn follows_a_section(news: &Newsroom, neighbour: &Neighbour) {
    let city = news.given_section("City", Access::Metered).await;
    let editor = news.editor("ada").await;
    let actor = finds(news, "city").await;
    let id = actor["id"].as_str().unwrap().to_string();
    let eve = neighbour.somebody("eve");

    neighbour.follows(news, &eve, &id).await.is(202);
    assert!(
        neighbour.receiver.hears().is_empty(),
        "nothing is fetched while they wait"
    );
    news.works().await;
    let accepted = neighbour.is_sent(news).await.remove(0);
    assert_eq!(
        (&accepted["type"], &accepted["actor"]),
        (&json!("Accept"), &json!(id))
    );
    assert_eq!(accepted["object"]["id"], follow(&eve, &id)["id"]);
    let followers = format!("{}/followers", path(&id));
    let seen = news.anonymous().opens(&followers).await.is(200).json();
    assert_eq!(seen["totalItems"], 1);
    assert!(
        !seen.to_string().contains("eve"),
        "who follows is nobody's business"
    );

    let mut fields = rich_fields(&city, "Water rises", METERED);
    fields["sensitive"] = json!(true);
    let story = editor.runs(&fields).await;
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    let created = &sent[0];
    let object = &created["object"];
    let own = format!("https://news.example/_ap/stories/{}", story.id);
    assert_eq!(created["type"], "Create");
    assert_eq!(
        (&object["type"], &object["id"]),
        (&json!("Article"), &json!(own))
    );
    assert_eq!(object["attributedTo"], json!(id));
    assert_eq!(object["name"], format!("Water rises {PUBLIC}"));
    assert_eq!(object["summary"], format!("A deck, {PUBLIC}."));
    assert_eq!(object["url"], format!("https://news.example{}", story.path));
    assert_eq!(object["sensitive"], true);
    assert_eq!(object["tag"][0]["name"], "#Harbour");
    assert_eq!(object["attachment"][0]["name"], PUBLIC);
    assert_eq!(object["contentMap"]["en"], object["content"]);
    let html = object["content"].as_str().unwrap();
    assert!(html.starts_with("<p>By Ada Harbour</p>"), "{html}");
    assert!(
        html.contains("The second paragraph."),
        "the opening is there"
    );
    assert!(html.contains(&story.path), "and where to read on");
    assert!(object.get("updated").is_none());

    let read = news.anonymous().opens(&path(&own)).await.is(200).json();
    let mut bare = read.clone();
    bare.as_object_mut().unwrap().remove("@context");
    assert_eq!(&bare, object, "what is sent is what anybody reads");
    let page = news.anonymous().opens(&story.path).await.text();
    assert!(
        page.contains(&own),
        "the page says where other servers find it"
    );

    news.clock.passes(2.hours());
    let change = json!({"deck": "Another deck."});
    let story = editor
        .corrects(&story, "The river was another one.", &change)
        .await;
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["type"], "Update");
    assert_eq!(sent[0]["object"]["summary"], "Another deck.");
    assert!(sent[0]["object"]["updated"].is_string());
    let canary = Canary::new(METERED);
    for told in [created, &sent[0], &read] {
        assert!(!canary.is_in(told.to_string().as_bytes()), "{told}");
    }

    editor.withdraws(&story, "It was another river.").await;
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    assert_eq!(sent[0]["type"], "Delete");
    assert_eq!(sent[0]["object"]["type"], "Tombstone");
    assert_eq!(sent[0]["object"]["id"], own);
    let gone = news.anonymous().opens(&path(&own)).await.is(410).json();
    assert_eq!(
        (&gone["type"], &gone["formerType"]),
        (&json!("Tombstone"), &json!("Article"))
    );

    let undo = json!({
        "id": format!("{eve}#undoes/1"), "type": "Undo", "actor": eve, "object": follow(&eve, &id),
    });
    let signing = neighbour.signing(news, &eve);
    let visitor = news.anonymous();
    neighbour
        .brings(&visitor, "/_ap/inbox", &undo, &signing)
        .await
        .is(202);
    news.works().await;
    editor
        .runs(&plain_fields(&city, "Water falls", "More."))
        .await;
    news.settles().await;
    assert!(
        neighbour.is_sent(news).await.is_empty(),
        "who follows no more is sent nothing"
    );
    let seen = news.anonymous().opens(&followers).await.is(200).json();
    assert_eq!(seen["totalItems"], 0);
}

#[tokio::test]
async fn the_newsroom_passes_on_what_its_sections_tell_and_a_server_is_sent_it_once() {
    let neighbour = Neighbour::open().await;
    let place = neighbour.receiver.place;
    let set = |settings: &mut Settings| settings.own_services = vec![place];
    Newsroom::on_both_with(set, async |news| passes_on(news, &neighbour).await).await;
}

async fn passes_on(news: &Newsroom, neighbour: &Neighbour) {
    let city = news.given_section("City", Access::Open).await;
    let editor = news.editor("ada").await;
    let newsroom = finds(news, "newsroom").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    let section = finds(news, "city").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    for (who, whom) in [("eve", &newsroom), ("max", &section), ("kim", &section)] {
        neighbour
            .follows(news, &neighbour.somebody(who), whom)
            .await
            .is(202);
    }
    news.works().await;
    assert_eq!(neighbour.is_sent(news).await.len(), 3, "each is told yes");

    let story = editor
        .runs(&plain_fields(&city, "Water rises", "More."))
        .await;
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    let said = |kind: &str| sent.iter().filter(|one| one["type"] == kind).count();
    assert_eq!(
        (sent.len(), said("Create"), said("Announce")),
        (2, 1, 1),
        "{sent:?}"
    );
    let passed_on = sent.iter().find(|one| one["type"] == "Announce").unwrap();
    assert_eq!(passed_on["actor"], newsroom.as_str());
    assert_eq!(
        passed_on["object"],
        format!("https://news.example/_ap/stories/{}", story.id)
    );

    editor.withdraws(&story, "It was another river.").await;
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    assert_eq!(sent.len(), 1, "one server is told once: {sent:?}");
    assert_eq!(
        (&sent[0]["type"], &sent[0]["actor"]),
        (&json!("Delete"), &json!(section))
    );
}

#[tokio::test]
async fn an_outbox_has_an_actors_stories_page_by_page() {
    let news = Newsroom::open().await;
    let city = news.given_section("City", Access::Open).await;
    let wire = news.editor("ada").await;
    for nth in 0..=site::fediverse::outbox::STORIES_A_PAGE {
        wire.runs(&plain_fields(&city, &format!("One of many {nth}"), "More."))
            .await;
        news.clock.passes(jiff::SignedDuration::from_mins(1));
    }
    news.settles().await;
    let visitor = news.anonymous();
    for (name, act) in [("city", "Create"), ("newsroom", "Announce")] {
        let actor = finds(&news, name).await;
        let outbox = visitor
            .opens(&path(actor["outbox"].as_str().unwrap()))
            .await
            .json();
        assert_eq!(
            (&outbox["totalItems"], &outbox["type"]),
            (&json!(21), &json!("OrderedCollection"))
        );
        let first = visitor
            .opens(&path(outbox["first"].as_str().unwrap()))
            .await
            .json();
        assert_eq!(first["orderedItems"].as_array().unwrap().len(), 20);
        assert_eq!(first["orderedItems"][0]["type"], act);
        let last = visitor
            .opens(&path(first["next"].as_str().unwrap()))
            .await
            .json();
        assert_eq!(last["orderedItems"].as_array().unwrap().len(), 1);
        assert_eq!(last["id"], outbox["last"]);
        assert!(last.get("next").is_none());
    }
    news.closes().await;
}

#[tokio::test]
async fn a_server_that_says_it_is_gone_is_sent_nothing_more() {
    let neighbour = Neighbour::that(|asked| {
        let is_story = asked.body.contains("\"Create\"");
        is_story.then(|| "HTTP/1.1 410 Gone\r\n\r\n".into())
    })
    .await;
    let news = newsroom_beside(&neighbour).await;
    let city = news.given_section("City", Access::Open).await;
    let editor = news.editor("ada").await;
    let id = finds(&news, "city").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    neighbour
        .follows(&news, &neighbour.somebody("eve"), &id)
        .await
        .is(202);
    news.works().await;
    neighbour.receiver.hears();
    for (headline, letters) in [("Water rises", 1), ("Water falls", 0)] {
        editor.runs(&plain_fields(&city, headline, "More.")).await;
        news.settles().await;
        assert_eq!(neighbour.receiver.hears().len(), letters, "{headline}");
    }
    news.closes().await;
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_by_the_schedule_and_forgotten_after_five_days() {
    let neighbour = Neighbour::that(|asked| {
        let is_story = asked.body.contains("\"Create\"");
        is_story.then(|| "HTTP/1.1 500 Oh\r\n\r\n".into())
    })
    .await;
    let news = newsroom_beside(&neighbour).await;
    let city = news.given_section("City", Access::Open).await;
    // A session would have ended before the server is forgotten.
    let editor = news.machine(&Scope::ALL).await;
    let id = finds(&news, "city").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    neighbour
        .follows(&news, &neighbour.somebody("eve"), &id)
        .await
        .is(202);
    news.works().await;
    neighbour.receiver.hears();
    editor
        .runs(&plain_fields(&city, "Water rises", "More."))
        .await;
    news.settles().await;
    let mut tries = neighbour.receiver.hears().len();
    for _a_quarter_of_an_hour in 0..(4 * 24 * 4) {
        news.clock.passes(jiff::SignedDuration::from_mins(15));
        news.works().await;
        tries += neighbour.receiver.hears().len();
    }
    assert_eq!(tries, 10, "as often as the schedule has it");
    news.clock.passes(24.hours());
    editor
        .runs(&plain_fields(&city, "Water falls", "More."))
        .await;
    news.settles().await;
    let followers = path(&format!("{id}/followers"));
    let seen = news.anonymous().opens(&followers).await.is(200).json();
    assert_eq!(seen["totalItems"], 0, "it is forgotten");
    news.closes().await;
}

#[tokio::test]
async fn who_left_their_server_is_forgotten_because_it_says_so() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static LEFT: AtomicBool = AtomicBool::new(false);
    let neighbour = Neighbour::that(|asked| {
        let is_gone = asked.head.starts_with("GET ") && LEFT.load(Ordering::SeqCst);
        is_gone.then(|| "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n".into())
    })
    .await;
    let news = newsroom_beside(&neighbour).await;
    news.given_section("City", Access::Open).await;
    let id = finds(&news, "city").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    let eve = neighbour.somebody("eve");
    neighbour.follows(&news, &eve, &id).await.is(202);
    news.works().await;
    LEFT.store(true, Ordering::SeqCst);
    let leaves =
        json!({"id": format!("{eve}#left"), "type": "Delete", "actor": eve, "object": eve});
    let mut signing = neighbour.signing(&news, &eve);
    // Whose key it is that signs for somebody who left cannot be seen any more.
    signing.with =
        Some(syndication::fediverse::Key::read(&testkit::fediverse::key("ours")).unwrap());
    let visitor = news.anonymous();
    neighbour
        .brings(&visitor, "/_ap/inbox", &leaves, &signing)
        .await
        .is(202);
    news.works().await;
    let followers = path(&format!("{id}/followers"));
    let seen = visitor.opens(&followers).await.is(200).json();
    assert_eq!(seen["totalItems"], 0);
    news.closes().await;
}
