//! What followers are sent, and what everybody can read.

use dateline::settings::Settings;
use newsroom::{staff::api_token::Scope, story::Access};
use serde_json::{Value, json};
use testkit::{Newsroom, Spans, Story, canary::Canary};

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
    is_told_yes(news, neighbour, (&eve, &id)).await;

    let mut fields = rich_fields(&city, "Water rises", METERED);
    fields["sensitive"] = json!(true);
    let story = editor.runs(&fields).await;
    is_sent_what_anybody_reads(news, neighbour, (&story, &id)).await;

    news.clock.passes(2.hours());
    let change = json!({"deck": "Another deck."});
    let story = editor
        .corrects(&story, "The river was another one.", &change)
        .await;
    let update = is_sent_one(news, neighbour).await;
    let says = [
        ("/type", json!("Update")),
        ("/object/summary", json!("Another deck.")),
    ];
    check(&update, &says);
    assert!(update["object"]["updated"].is_string());

    editor.withdraws(&story, "It was another river.").await;
    let own = format!("https://news.example/_ap/stories/{}", story.id);
    let says = [
        ("/type", json!("Delete")),
        ("/object/type", json!("Tombstone")),
        ("/object/id", json!(own)),
    ];
    check(&is_sent_one(news, neighbour).await, &says);
    let gone = news.anonymous().opens(&path(&own)).await.is(410).json();
    let says = [
        ("/type", json!("Tombstone")),
        ("/formerType", json!("Article")),
    ];
    check(&gone, &says);

    follows_no_more(news, neighbour, (&eve, &id)).await;
    editor
        .runs(&plain_fields(&city, "Water falls", "More."))
        .await;
    news.settles().await;
    assert!(
        neighbour.is_sent(news).await.is_empty(),
        "who follows no more is sent nothing"
    );
}

async fn is_told_yes(news: &Newsroom, neighbour: &Neighbour, (eve, id): (&str, &str)) {
    neighbour.follows(news, eve, id).await.is(202);
    assert!(
        neighbour.receiver.hears().is_empty(),
        "nothing is fetched while they wait"
    );
    let accepted = is_sent_one(news, neighbour).await;
    let says = [
        ("/type", json!("Accept")),
        ("/actor", json!(id)),
        ("/object/id", follow(eve, id)["id"].clone()),
    ];
    check(&accepted, &says);
    let seen = followers_of(news, id).await;
    check(&seen, &[("/totalItems", json!(1))]);
    assert!(
        !seen.to_string().contains("eve"),
        "who follows is nobody's business"
    );
}

async fn is_sent_what_anybody_reads(
    news: &Newsroom,
    neighbour: &Neighbour,
    (story, id): (&Story, &str),
) {
    let created = is_sent_one(news, neighbour).await;
    let own = format!("https://news.example/_ap/stories/{}", story.id);
    let url = format!("https://news.example{}", story.path);
    let says = [
        ("/type", json!("Create")),
        ("/object/type", json!("Article")),
        ("/object/id", json!(own)),
        ("/object/attributedTo", json!(id)),
        ("/object/name", json!(format!("Water rises {PUBLIC}"))),
        ("/object/summary", json!(format!("A deck, {PUBLIC}."))),
        ("/object/url", json!(url)),
        ("/object/sensitive", json!(true)),
        ("/object/tag/0/name", json!("#Harbour")),
        ("/object/attachment/0/name", json!(PUBLIC)),
        (
            "/object/contentMap/en",
            created["object"]["content"].clone(),
        ),
        ("/object/updated", json!(null)),
    ];
    check(&created, &says);
    let html = created["object"]["content"].as_str().unwrap();
    let (names, opening) = ("<p>By Ada Harbour</p>", "The second paragraph.");
    assert!(html.starts_with(names) && html.contains(opening), "{html}");
    assert!(html.contains(&story.path), "and where to read on");

    let read = news.anonymous().opens(&path(&own)).await.is(200).json();
    let mut bare = read.clone();
    bare.as_object_mut().unwrap().remove("@context");
    assert_eq!(
        bare, created["object"],
        "what is sent is what anybody reads"
    );
    let page = news.anonymous().opens(&story.path).await.text();
    assert!(
        page.contains(&own),
        "the page says where other servers find it"
    );
}

async fn follows_no_more(news: &Newsroom, neighbour: &Neighbour, (eve, id): (&str, &str)) {
    let undo = json!({
        "id": format!("{eve}#undoes/1"), "type": "Undo", "actor": eve, "object": follow(eve, id),
    });
    let signing = neighbour.signing(news, eve);
    let visitor = news.anonymous();
    neighbour
        .brings(&visitor, "/_ap/inbox", &undo, &signing)
        .await
        .is(202);
    news.works().await;
    check(&followers_of(news, id).await, &[("/totalItems", json!(0))]);
}

async fn followers_of(news: &Newsroom, id: &str) -> Value {
    let followers = path(&format!("{id}/followers"));
    news.anonymous().opens(&followers).await.is(200).json()
}

/// The one activity that is sent now, with no word behind the wall.
async fn is_sent_one(news: &Newsroom, neighbour: &Neighbour) -> Value {
    news.settles().await;
    let mut sent = neighbour.is_sent(news).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    let one = sent.remove(0);
    assert!(
        !Canary::new(METERED).is_in(one.to_string().as_bytes()),
        "{one}"
    );
    one
}

/// What stands at each of these places (RFC 6901) of an activity; null, where nothing does.
#[track_caller]
fn check(activity: &Value, says: &[(&str, Value)]) {
    for (at, said) in says {
        let found = activity.pointer(at).unwrap_or(&Value::Null);
        assert_eq!(found, said, "{at} of {activity}");
    }
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
    check(
        &followers_of(&news, &id).await,
        &[("/totalItems", json!(0))],
    );
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
