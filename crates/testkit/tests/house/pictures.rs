//! Pictures from the desk to readers: brought by the API, developed by the real program's child, seen on the site.

mod elsewhere;
mod hostile;
mod make;
mod origin;
mod rights;
mod scanning;
mod uploads;
mod weight;

use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Seen, Story};

use crate::pictures::make::{
    SECRET_CAMERA, SECRET_PLACE, caption_and_credit, holds, told, wordless,
};

/// A newsroom whose children are the program itself, as an operator has it.
async fn newsroom() -> Newsroom {
    Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
    })
    .await
}

async fn brings(editor: &Editor<'_>, name: &str, file: Vec<u8>) -> Seen {
    let path = format!("/api/v1/pictures?name={name}");
    let ask = editor.visitor.asks("POST", &path);
    ask.body("image/jpeg", file).sends().await
}

async fn brought(editor: &Editor<'_>, name: &str, file: Vec<u8>) -> Value {
    brings(editor, name, file).await.is(201).json()
}

async fn looked_at(editor: &Editor<'_>, picture: &Value) -> Value {
    let path = format!("/api/v1/pictures/{}", picture["id"].as_str().unwrap());
    editor.visitor.opens(&path).await.is(200).json()
}

/// A story led by this picture, with it once more in its body.
fn story_with(picture: &Value, section: &str) -> Value {
    let used = json!({
        "id": picture["id"], "src": picture["preview"], "alt": "A bridge over water",
        "caption": "The bridge on Friday.",
    });
    json!({
        "headline": "The bridge reopens", "section_id": section, "access": "open", "lead_picture": used,
        "body": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "The bridge is open."}]},
            {"type": "picture", "attrs": used},
        ]},
    })
}

async fn runs_with(editor: &Editor<'_>, picture: &Value) -> Story {
    let news = editor.visitor.news;
    let section = news
        .given_section("City", newsroom::story::Access::Open)
        .await;
    editor.runs(&story_with(picture, &section)).await
}

/// The addresses of files that a page names.
fn files_in(page: &str) -> Vec<String> {
    let mut found: Vec<String> = page
        .split(['"', ' ', ','])
        .filter(|part| part.starts_with("/media/"))
        .map(String::from)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn v_73_a_picture_comes_to_readers_with_its_credit_and_without_its_place() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = told(1, &caption_and_credit("A bridge.", "Ada Quill/The Post"));
    assert!(holds(&file, SECRET_PLACE) && holds(&file, SECRET_CAMERA));
    let picture = brought(&editor, "bridge.jpg", file).await;
    assert_eq!(picture["fields"]["caption"], "A bridge.");
    assert_eq!(picture["fields"]["credit"], "Ada Quill/The Post");
    assert_eq!(picture["state"], "developing");
    let preview = picture["preview"].as_str().unwrap().to_string();
    editor.visitor.opens(&preview).await.is(200);
    news.settles().await;
    assert_eq!(looked_at(&editor, &picture).await["state"], "ready");

    let story = runs_with(&editor, &picture).await;
    let reader = news.anonymous();
    let page = reader.opens(&story.path).await.is(200).text();
    assert!(
        page.contains("<source type=\"image/webp\" srcset=\"/media/"),
        "{page}"
    );
    assert!(page.contains("1600w") && page.contains("fill=\"#"));
    assert!(page.contains("Ada Quill/The Post"));
    let files = files_in(&page);
    assert!(files.len() >= 8, "{files:?}");
    for address in &files {
        let seen = reader.opens(address).await.is(200);
        let says = if address.ends_with(".webp") {
            "image/webp"
        } else {
            "image/jpeg"
        };
        assert_eq!(seen.header("content-type"), says);
        assert_eq!(seen.header("x-content-type-options"), "nosniff");
        assert!(seen.header("content-security-policy").contains("sandbox"));
        assert!(seen.header("cache-control").contains("immutable"));
        assert!(seen.header("content-disposition").contains("bridge."));
        assert!(
            holds(&seen.bytes, "Ada Quill/The Post"),
            "{address} has its credit"
        );
        for secret in [SECRET_PLACE, SECRET_CAMERA] {
            assert!(!holds(&seen.bytes, secret), "{address} tells {secret}");
        }
    }
    news.closes().await;
}

#[tokio::test]
async fn the_very_same_file_is_one_picture() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let first = brought(&editor, "one.jpg", wordless(2)).await;
    let again = brings(&editor, "two.jpg", wordless(2)).await.is(200).json();
    assert_eq!(first["id"], again["id"]);
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn a_changed_credit_is_in_every_served_file_without_developing_anew() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(
        &editor,
        "one.jpg",
        told(3, &caption_and_credit("A bridge.", "Wrong/dpa")),
    )
    .await;
    news.settles().await;
    let before = looked_at(&editor, &picture).await;
    let path = format!("/api/v1/pictures/{}", picture["id"].as_str().unwrap());
    let ask = editor
        .visitor
        .asks("PATCH", &path)
        .with("if-match", "\"1\"");
    let change = json!({"credit": "Right/afp", "place": {"city": "Kiel"}});
    ask.json(&change).sends().await.is(200);
    news.settles().await;
    let after = looked_at(&editor, &picture).await;
    assert_eq!(after["state"], "ready");
    assert_eq!(
        after["fields"]["caption"], "A bridge.",
        "what was not named stays"
    );
    let count = after["prints"].as_array().unwrap().len();
    assert!(count >= 20, "{count} prints");
    for print in after["prints"].as_array().unwrap() {
        let file = news
            .anonymous()
            .opens(print["url"].as_str().unwrap())
            .await
            .is(200);
        assert!(holds(&file.bytes, "Right/afp") && !holds(&file.bytes, "Wrong/dpa"));
    }
    let old = before["prints"][0]["url"].as_str().unwrap();
    news.anonymous().opens(old).await.is(200);
    let unknown = editor
        .visitor
        .asks("PATCH", &path)
        .with("if-match", "\"2\"");
    unknown
        .json(&json!({"colour": "#fff"}))
        .sends()
        .await
        .is(422)
        .refuses("unknown-field");
    news.closes().await;
}

#[tokio::test]
async fn crops_follow_the_focus() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(&editor, "one.jpg", wordless(4)).await;
    news.settles().await;
    let square = |picture: &Value| picture["thumbnail"].as_str().unwrap().to_string();
    let middle = square(&looked_at(&editor, &picture).await);
    let path = format!("/api/v1/pictures/{}/focus", picture["id"].as_str().unwrap());
    let set = editor
        .sends("PUT", &path, &json!({"x": 0, "y": 500}))
        .await
        .is(200)
        .json();
    assert_eq!(set["state"], "developing");
    news.settles().await;
    let after = looked_at(&editor, &picture).await;
    assert_eq!(
        (&after["state"], &after["focus"]["x"]),
        (&json!("ready"), &json!(0))
    );
    assert_ne!(square(&after), middle, "the square shows another part");
    news.closes().await;
}

#[tokio::test]
async fn structured_data_names_a_lead_picture_in_each_of_its_shapes() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = told(6, &caption_and_credit("A bridge.", "Ada Quill/The Post"));
    let picture = brought(&editor, "bridge.jpg", file).await;
    news.settles().await;
    let shown = looked_at(&editor, &picture).await;
    let story = runs_with(&editor, &picture).await;
    let page = news.anonymous().opens(&story.path).await.is(200).text();
    let data = page.split("application/ld+json").nth(1).unwrap();
    let data = data.split(['>', '<']).nth(1).unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    let shapes: Vec<&str> = data["image"]
        .as_array()
        .unwrap()
        .iter()
        .map(|address| {
            let address = address.as_str().unwrap();
            let is_it = |print: &&Value| address.ends_with(print["url"].as_str().unwrap());
            let print = shown["prints"].as_array().unwrap().iter().find(is_it);
            print.expect("a print of this picture")["shape"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert_eq!(shapes, ["wide", "square", "tall"]);
    news.closes().await;
}

#[tokio::test]
async fn v_15_files_have_a_host_of_their_own_where_it_is_set_and_it_serves_nothing_else() {
    let news = Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
        settings.media_url = Some("https://media.example".into());
    })
    .await;
    let editor = news.editor("ada").await;
    let picture = brought(
        &editor,
        "one.jpg",
        told(5, &caption_and_credit("A bridge.", "dpa")),
    )
    .await;
    news.settles().await;
    let story = runs_with(&editor, &picture).await;
    let page = news.anonymous().opens(&story.path).await.is(200);
    let page = page
        .shows("https://media.example/media/")
        .does_not_show("\"/media/")
        .text();
    let at = page.split("https://media.example").nth(1).unwrap();
    let address = at.split([' ', '"']).next().unwrap();
    let reader = news.anonymous();
    let there = reader
        .asks("GET", address)
        .without("host")
        .with("host", "media.example");
    there.sends().await.is(200);
    reader.opens(address).await.is(404);
    for elsewhere in ["/", &story.path, "/api/v1/openapi.json", "/desk"] {
        let ask = reader
            .asks("GET", elsewhere)
            .without("host")
            .with("host", "media.example");
        ask.sends().await.is(404);
    }
    news.closes().await;
}
