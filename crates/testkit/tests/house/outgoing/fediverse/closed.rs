//! Stories that are closed, or opened, by what stands around them: whoever was sent them is told.

use dateline::settings::Settings;
use newsroom::{staff::Role, story::Access};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, canary::Canary};

use super::neighbour::{Neighbour, finds};
use crate::world::{METERED, plain_fields};

#[tokio::test]
async fn w_03_a_section_that_closes_takes_back_elsewhere_what_was_open_and_opens_it_again() {
    let neighbour = Neighbour::open().await;
    let place = neighbour.receiver.place;
    let set = |settings: &mut Settings| settings.own_services = vec![place];
    Newsroom::on_both_with(set, async |news| closes_and_opens(news, &neighbour).await).await;
}

async fn closes_and_opens(news: &Newsroom, neighbour: &Neighbour) {
    let city = news.given_section("City", Access::Open).await;
    let owner = news.staff("ada", Role::Owner).await;
    owner
        .runs(&plain_fields(&city, "Before anybody followed", METERED))
        .await;
    news.given_import("From the archive", "/?p=7").await;
    is_followed(news, neighbour).await;
    for (headline, own_rule) in [("Water rises", None), ("Free for all", Some("open"))] {
        let mut fields = plain_fields(&city, headline, METERED);
        fields["access"] = json!(own_rule);
        owner.runs(&fields).await;
        assert_eq!(told(news, neighbour).await, [("Create", headline, true)]);
    }

    let both = ["Water rises", "Before anybody followed"];
    for (access, is_open) in [("metered", false), ("open", true)] {
        sets(&owner, &city, access).await;
        let now_open = both.map(|headline| ("Update", headline, is_open));
        let mut found = told(news, neighbour).await;
        found.sort_by_key(|(_, headline, _)| both.iter().position(|one| one == headline));
        assert_eq!(found, now_open, "{access}");
    }
    sets(&owner, &city, "metered").await;
    told(news, neighbour).await;
    sets(&owner, &city, "registered").await;
    assert!(
        told(news, neighbour).await.is_empty(),
        "nothing is read otherwise by anybody"
    );
}

#[tokio::test]
async fn w_03_a_running_story_that_is_open_for_safety_no_more_is_told_elsewhere() {
    let neighbour = Neighbour::open().await;
    let place = neighbour.receiver.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let city = news.given_section("City", Access::Metered).await;
    let flood = news.given_running_story("The flood", "Water rises.").await;
    let editor = news.editor("ada").await;
    is_followed(&news, &neighbour).await;
    let mut fields = plain_fields(&city, "Where to go", METERED);
    fields["running_story_id"] = json!(flood);
    editor.runs(&fields).await;
    assert_eq!(
        told(&news, &neighbour).await,
        [("Create", "Where to go", false)]
    );
    let switch = format!("/api/v1/running-stories/{flood}/public-safety");
    for (method, is_open) in [("PUT", true), ("DELETE", false)] {
        editor.sends(method, &switch, &json!({})).await.is(200);
        assert_eq!(
            told(&news, &neighbour).await,
            [("Update", "Where to go", is_open)]
        );
    }
    news.closes().await;
}

async fn is_followed(news: &Newsroom, neighbour: &Neighbour) {
    let city = finds(news, "city").await["id"]
        .as_str()
        .unwrap()
        .to_string();
    let eve = neighbour.somebody("eve");
    neighbour.follows(news, &eve, &city).await.is(202);
    news.settles().await;
    neighbour.is_sent(news).await;
}

async fn sets(owner: &Editor<'_>, section: &str, access: &str) {
    let at = format!("/api/v1/sections/{section}");
    let now = owner.visitor.opens(&at).await.is(200);
    let body = json!({
        "name": "City", "description": "What happens here.", "language": "en", "access": access,
    });
    let ask = owner.visitor.asks("PUT", &at);
    let ask = ask.with("if-match", now.header("etag")).json(&body);
    ask.sends().await.is(200);
}

/// What was sent: what was done, to which story, and whether its whole text was in it.
async fn told(news: &Newsroom, neighbour: &Neighbour) -> Vec<(&'static str, &'static str, bool)> {
    news.settles().await;
    let sent = neighbour.is_sent(news).await;
    sent.iter().map(line).collect()
}

fn line(activity: &Value) -> (&'static str, &'static str, bool) {
    let known = |at: &str, known: &[&'static str]| {
        let word = activity.pointer(at).and_then(Value::as_str).unwrap();
        *known.iter().find(|one| **one == word).expect(word)
    };
    let is_open = Canary::new(METERED).is_in(activity.to_string().as_bytes());
    let act = known("/type", &["Create", "Update"]);
    if act == "Update" {
        assert!(activity["object"]["updated"].is_string(), "{activity}");
    }
    let headlines = [
        "Water rises",
        "Free for all",
        "Before anybody followed",
        "Where to go",
    ];
    (act, known("/object/name", &headlines), is_open)
}
