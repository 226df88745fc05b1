//! What a link to a story shows elsewhere: its lead picture, or one drawn from its public words.

use newsroom::story::Access;
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Seen, Story};

use crate::world::{METERED, plain_fields};

const SIGNATURE_OF_PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const A_YEAR: &str = "public, max-age=31536000, immutable";

/// The value of a meta element on a page.
fn meta(page: &Seen, property: &str) -> String {
    let text = page.text();
    let element = format!("property=\"{property}\" content=\"");
    let value = text.split_once(&element);
    let value = value.and_then(|(_, after)| after.split('"').next());
    value.unwrap_or_default().into()
}

/// The path of the picture that a story's page names; it is one of ours.
async fn drawn(news: &Newsroom, story: &Story) -> String {
    let page = news.anonymous().opens(&story.path).await.is(200);
    let url = meta(&page, "og:image");
    let path = url.strip_prefix("https://news.example");
    let path = path.unwrap_or_else(|| panic!("{url} is not ours"));
    assert!(path.starts_with("/_share/"), "{path}");
    path.into()
}

/// Revises and publishes.
async fn changes(editor: &Editor<'_>, story: &Story, fields: &Value) -> Story {
    let revised = editor.revises(story, fields).await;
    editor.publishes(&revised).await
}

#[tokio::test]
async fn a_story_without_a_picture_is_shared_with_its_words() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Open).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let story = ada
            .runs(&plain_fields(&city, "The bridge reopens", "x"))
            .await;
        let page = visitor.opens(&story.path).await.is(200);
        let size = ["og:image:width", "og:image:height"].map(|name| meta(&page, name));
        assert_eq!(size, ["1200", "630"]);
        assert!(meta(&page, "og:image:alt").contains("The bridge reopens"));
        let path = drawn(news, &story).await;
        page.shows("name=\"twitter:card\" content=\"summary_large_image\"")
            .shows(&format!("\"image\":[\"https://news.example{path}\"]"));
        let picture = visitor.opens(&path).await.is(200);
        assert_eq!(picture.header("content-type"), "image/png");
        assert_eq!(picture.header("cache-control"), A_YEAR);
        assert!(picture.bytes.starts_with(SIGNATURE_OF_PNG));
    })
    .await;
}

#[tokio::test]
async fn new_words_have_a_new_address_and_the_old_one_leads_there() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Open).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let story = ada
            .runs(&plain_fields(&city, "The bridge reopens", "x"))
            .await;
        let before = drawn(news, &story).await;
        let old = visitor.opens(&before).await.is(200);
        let story = changes(&ada, &story, &json!({"headline": "The bridge stays shut"})).await;
        let now = drawn(news, &story).await;
        assert_ne!(before, now);
        let led = visitor.opens(&before).await.is(303).is_never_shared();
        assert_eq!(led.header("location"), now);
        let new = visitor.opens(&now).await.is(200);
        assert_ne!(old.bytes, new.bytes);
    })
    .await;
}

#[tokio::test]
async fn w_01_what_is_behind_the_gate_changes_nothing_in_the_picture() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Metered).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let story = ada.runs(&plain_fields(&city, "Water", METERED)).await;
        let path = drawn(news, &story).await;
        let picture = visitor.opens(&path).await.is(200);
        let other = plain_fields(&city, "Water", "Something else altogether.");
        let story = changes(&ada, &story, &json!({"body": other["body"]})).await;
        assert_eq!(drawn(news, &story).await, path);
        assert_eq!(visitor.opens(&path).await.is(200).bytes, picture.bytes);
        let page = visitor.opens(&story.path).await;
        assert!(!meta(&page, "og:image:alt").contains(METERED));
    })
    .await;
}

#[tokio::test]
async fn on_a_hard_day_no_photograph_is_shared() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Open).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let mut fields = plain_fields(&city, "Nine dead", "x");
        fields["lead_picture"] = json!({"src": "/media/lead.jpg", "alt": "Smoke"});
        let story = ada.runs(&fields).await;
        let page = visitor.opens(&story.path).await.is(200);
        assert_eq!(
            meta(&page, "og:image"),
            "https://news.example/media/lead.jpg"
        );
        assert_eq!(meta(&page, "og:image:alt"), "Smoke");
        let story = changes(&ada, &story, &json!({"sensitive": true})).await;
        let hard = drawn(news, &story).await;
        let story = changes(
            &ada,
            &story,
            &json!({"sensitive": false, "lead_picture": null}),
        )
        .await;
        let plain = drawn(news, &story).await;
        assert_ne!(hard, plain, "it has no colour");
    })
    .await;
}

#[tokio::test]
async fn only_what_is_public_has_a_picture() {
    Newsroom::on_both(async |news| {
        let city = news.given_section("City", Access::Open).await;
        let (ada, visitor) = (news.editor("ada").await, news.anonymous());
        let draft = ada.drafts(&plain_fields(&city, "Not yet", "x")).await;
        let of_draft = format!("/_share/{}/0123456789abcdef.png", draft.id);
        visitor.opens(&of_draft).await.is(404);
        let story = ada.publishes(&draft).await;
        let path = drawn(news, &story).await;
        visitor.opens(&path).await.is(200);
        visitor
            .opens(&format!("/_share/{}/other.png", story.id))
            .await
            .is(404);
        visitor
            .opens("/_share/none/0123456789abcdef.png")
            .await
            .is(404);
        ada.withdraws(&story, "There was no bridge.").await;
        visitor.opens(&path).await.is(404);
    })
    .await;
}
