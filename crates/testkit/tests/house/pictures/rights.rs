//! What may not run is taken from readers at once, from every page and behind every gate.

use serde_json::{Value, json};
use testkit::Editor;

use super::{brought, files_in, looked_at, make, newsroom, runs_with, story_with};
use make::{caption_and_credit, told, wordless};

#[tokio::test]
async fn a_story_with_an_uncredited_picture_is_refused_and_the_refusal_names_picture_and_rule() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(&editor, "nobodys.jpg", wordless(10)).await;
    assert_eq!(picture["rights"], "no-credit");
    let section = news
        .given_section("City", newsroom::story::Access::Open)
        .await;
    let draft = editor.drafts(&story_with(&picture, &section)).await;
    let refused = editor
        .sends("PUT", &draft.api("/publication"), &json!({}))
        .await
        .is(422);
    let told = refused.refuses("picture-no-credit").json();
    let said = told["refusals"][0]["message"].as_str().unwrap();
    assert!(
        said.contains("nobodys.jpg") && said.contains("no credit"),
        "{said}"
    );
    assert_eq!(told["refusals"][0]["field"], "lead_picture");
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn a_pulled_picture_is_off_every_page_at_once_and_its_files_are_gone() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(
        &editor,
        "one.jpg",
        told(11, &caption_and_credit("A bridge.", "dpa")),
    )
    .await;
    news.settles().await;
    let story = runs_with(&editor, &picture).await;
    let reader = news.anonymous();
    let files = files_in(&reader.opens(&story.path).await.is(200).text());
    reader.opens("/").await.shows("/media/");
    let uses = format!("/api/v1/pictures/{}/uses", picture["id"].as_str().unwrap());
    let runs = editor.visitor.opens(&uses).await.is(200).json();
    assert_eq!(
        runs["uses"].as_array().unwrap().len(),
        2,
        "it leads, and it is in the body"
    );
    assert_eq!(looked_at(&editor, &picture).await["uses"], 1, "one story");

    let body = json!({"ids": [picture["id"]], "reason": "The family asked."});
    let done = editor
        .sends("POST", "/api/v1/picture-pulls", &body)
        .await
        .is(200)
        .json();
    assert_eq!(done["taken_off"][0]["url"], story.path.as_str());
    news.settles().await;
    reader
        .opens(&story.path)
        .await
        .is(200)
        .shows("The bridge is open.")
        .does_not_show("/media/");
    reader.opens("/").await.is(200).does_not_show("/media/");
    reader
        .opens("/feed.json")
        .await
        .is(200)
        .does_not_show("/media/");
    for address in &files {
        reader.opens(address).await.is(410);
    }
    let listed = editor
        .visitor
        .opens("/api/v1/pictures?rights=pulled")
        .await
        .is(200)
        .json();
    assert_eq!(listed["pictures"][0]["pull"]["reason"], "The family asked.");
    let off = editor.visitor.opens(&uses).await.is(200).json();
    assert_eq!(off["taken_off"][0]["title"], "The bridge reopens");

    let pull = format!("/api/v1/pictures/{}/pull", picture["id"].as_str().unwrap());
    editor.sends("DELETE", &pull, &json!({})).await.is(200);
    news.settles().await;
    reader.opens(&story.path).await.is(200).shows("/media/");
    reader.opens(&files[0]).await.is(200);
    news.closes().await;
}

#[tokio::test]
async fn w_01_a_pulled_picture_is_gone_behind_the_gate_as_well() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(
        &editor,
        "one.jpg",
        told(12, &caption_and_credit("A bridge.", "dpa")),
    )
    .await;
    news.settles().await;
    let section = news
        .given_section("City", newsroom::story::Access::Metered)
        .await;
    let used = json!({"id": picture["id"], "src": picture["preview"], "alt": "A bridge"});
    let text =
        |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
    let fields = json!({
        "headline": "The bridge reopens", "section_id": section,
        "body": {"type": "doc", "content": [
            text("One."), text("Two."), text("Three."), {"type": "picture", "attrs": used},
        ]},
    });
    let story = editor.runs(&fields).await;
    let reader = news.anonymous();
    reader.opens(&story.gate()).await.is(200).shows("/media/");
    let pull = format!("/api/v1/pictures/{}/pull", picture["id"].as_str().unwrap());
    editor
        .sends("PUT", &pull, &json!({"reason": "The family asked."}))
        .await
        .is(200);
    news.settles().await;
    reader
        .opens(&story.gate())
        .await
        .is(200)
        .shows("Three.")
        .does_not_show("/media/");
    news.closes().await;
}

#[tokio::test]
async fn a_lapsed_picture_is_taken_off_running_stories_and_the_desk_is_told_which() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    news.clock.moves_to("2026-11-22T12:00:00Z");
    let properties = caption_and_credit("A bridge.", "dpa")
        + "<plus:LicenseEndDate>2026-11-22</plus:LicenseEndDate>";
    let picture = brought(&editor, "one.jpg", told(13, &properties)).await;
    assert_eq!(picture["fields"]["rights_end"], "2026-11-22");
    assert_eq!(picture["rights"], "lapsing");
    news.settles().await;
    let story = runs_with(&editor, &picture).await;
    let reader = news.anonymous();
    dateline::upkeep::sweep_once(&news.house()).await.unwrap();
    news.settles().await;
    reader.opens(&story.path).await.is(200).shows("/media/");

    news.clock.moves_to("2026-11-22T23:30:00Z");
    dateline::upkeep::sweep_once(&news.house()).await.unwrap();
    news.settles().await;
    reader
        .opens(&story.path)
        .await
        .is(200)
        .does_not_show("/media/");
    let listed = editor
        .visitor
        .opens("/api/v1/pictures?rights=lapsed")
        .await
        .is(200)
        .json();
    assert_eq!(listed["pictures"][0]["id"], picture["id"]);
    let uses = format!("/api/v1/pictures/{}/uses", picture["id"].as_str().unwrap());
    let off = editor.visitor.opens(&uses).await.is(200).json();
    assert_eq!(off["taken_off"][0]["why"], "lapsed");
    assert_eq!(off["taken_off"][0]["url"], story.path.as_str());
    assert_eq!(waiting(&editor).await[0]["why"], "lapsed");

    let at = format!("/api/v1/pictures/{}", picture["id"].as_str().unwrap());
    let version = format!("\"{}\"", listed["pictures"][0]["version"]);
    let ask = editor.visitor.asks("PATCH", &at).with("if-match", &version);
    ask.json(&json!({"rights_end": "2027-11-22"}))
        .sends()
        .await
        .is(200);
    news.settles().await;
    reader.opens(&story.path).await.is(200).shows("/media/");
    assert_eq!(waiting(&editor).await, json!([]), "the term is longer");
    news.closes().await;
}

#[tokio::test]
async fn a_picture_runs_in_live_entries_and_trust_pages_as_it_does_in_stories_until_it_is_pulled() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = told(21, &caption_and_credit("A bridge.", "Ada Quill/dpa"));
    let picture = brought(&editor, "one.jpg", file).await;
    let text = json!({"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "The bridge is open."}]},
        {"type": "picture", "attrs": {"id": picture["id"], "src": picture["preview"], "alt": "A bridge"}},
    ]});
    let flood = json!({"name": "The flood"});
    let flood = editor
        .sends("POST", "/api/v1/running-stories", &flood)
        .await;
    let entries = format!("{}/entries", flood.is(201).header("location"));
    let entry = json!({"title": "It opens", "body": text});
    editor.sends("POST", &entries, &entry).await.is(201);
    let trust = "/api/v1/trust-pages/ethics";
    let tag = editor
        .visitor
        .opens(trust)
        .await
        .is(200)
        .header("etag")
        .to_string();
    let ask = editor.visitor.asks("PUT", trust).with("if-match", &tag);
    let adapted = json!({"title": "Ethics", "body": text});
    ask.json(&adapted).sends().await.is(200);
    let show = format!("{trust}/publication");
    editor.sends("PUT", &show, &json!({})).await.is(200);
    news.settles().await;

    let reader = news.anonymous();
    let pages = [
        "/running/the-flood",
        "/about/ethics",
        "/running/the-flood/feed.json",
    ];
    for page in pages {
        let seen = reader.opens(page).await.is(200);
        seen.shows("The bridge is open.")
            .shows("1600w")
            .shows("Ada Quill/dpa");
    }
    let id = picture["id"].as_str().unwrap();
    let uses = format!("/api/v1/pictures/{id}/uses");
    let runs = editor.visitor.opens(&uses).await.is(200).json();
    assert_eq!(runs["live_entries"][0]["title"], "It opens");
    assert_eq!(runs["trust_pages"][0]["url"], "/about/ethics");

    let pull = format!("/api/v1/pictures/{id}/pull");
    let why = json!({"reason": "The family asked."});
    editor.sends("PUT", &pull, &why).await.is(200);
    news.settles().await;
    for page in pages {
        let seen = reader.opens(page).await.is(200);
        seen.shows("The bridge is open.").does_not_show("/media/");
    }
    let off = editor.visitor.opens(&uses).await.is(200).json();
    assert_eq!(off["live_entries"], json!([]));
    assert_eq!(off["trust_pages"], json!([]));
    let places = |tasks: &Value| -> Vec<Value> {
        let tasks = tasks.as_array().unwrap().iter();
        let mut places: Vec<_> = tasks.map(|task| task["place"].clone()).collect();
        places.sort_by_key(ToString::to_string);
        places
    };
    let both = [json!("live_entry"), json!("trust_page")];
    assert_eq!(places(&off["taken_off"]), both);
    assert_eq!(places(&waiting(&editor).await), both);
    editor.sends("DELETE", &pull, &json!({})).await.is(200);
    news.settles().await;
    for page in pages {
        reader.opens(page).await.is(200).shows("1600w");
    }
    news.closes().await;
}

#[tokio::test]
async fn what_a_pull_leaves_behind_is_a_task_until_somebody_saw_to_it_or_nothing_is_left_to_do() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = told(31, &caption_and_credit("A bridge.", "Ada Quill/dpa"));
    let picture = brought(&editor, "one.jpg", file).await;
    let story = runs_with(&editor, &picture).await;
    news.settles().await;
    assert_eq!(waiting(&editor).await, json!([]));
    let pull = format!("/api/v1/pictures/{}/pull", picture["id"].as_str().unwrap());
    let why = json!({"reason": "The family asked."});
    let tasks = "/api/v1/tasks";

    editor.sends("PUT", &pull, &why).await.is(200);
    let one = waiting(&editor).await;
    assert_eq!(
        one.as_array().unwrap().len(),
        1,
        "a story, not each place in it"
    );
    assert_eq!(one[0]["title"], "The bridge reopens");
    assert_eq!(one[0]["story"], json!(story.id));
    assert_eq!(one[0]["why"], "pulled");
    assert_eq!(one[0]["done"], Value::Null);

    let done = format!("{tasks}/{}/completion", one[0]["id"].as_str().unwrap());
    let by = editor.sends("PUT", &done, &json!({})).await.is(200).json();
    assert_eq!(by["done"]["how"], "by_hand");
    assert_eq!(waiting(&editor).await, json!([]));
    let listed = editor.visitor.opens("/api/v1/tasks?state=done").await;
    assert_eq!(listed.is(200).json()["tasks"][0]["done"], by["done"]);
    editor.sends("DELETE", &done, &json!({})).await.is(200);
    assert_eq!(waiting(&editor).await.as_array().unwrap().len(), 1);

    editor.sends("DELETE", &pull, &json!({})).await.is(200);
    assert_eq!(waiting(&editor).await, json!([]), "it may run again");

    editor.sends("PUT", &pull, &why).await.is(200);
    assert_eq!(waiting(&editor).await.as_array().unwrap().len(), 1);
    let without = json!({"lead_picture": null, "body": {"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "The bridge is open."}]},
    ]}});
    editor.revises(&story, &without).await;
    assert_eq!(
        waiting(&editor).await.as_array().unwrap().len(),
        1,
        "readers have not seen it yet"
    );
    editor.publishes(&story).await;
    assert_eq!(waiting(&editor).await, json!([]));
    let listed = editor
        .visitor
        .opens("/api/v1/tasks?state=done&limit=1")
        .await
        .is(200)
        .json();
    assert_eq!(listed["tasks"][0]["done"]["how"], "changed");
    assert_eq!(listed["tasks"][0]["done"]["by"], "ada");
    let next = format!(
        "/api/v1/tasks?state=done&limit=1&after={}",
        listed["next"].as_str().unwrap()
    );
    let before = editor.visitor.opens(&next).await.is(200).json();
    assert_eq!(before["tasks"][0]["done"]["how"], "restored");
    news.settles().await;
    news.closes().await;
}

/// What the desk is to look at.
async fn waiting(editor: &Editor<'_>) -> Value {
    let told = editor.visitor.opens("/api/v1/tasks").await.is(200).json();
    let count = told["tasks"].as_array().unwrap().len();
    assert_eq!(told["waiting"], json!(count));
    told["tasks"].clone()
}
