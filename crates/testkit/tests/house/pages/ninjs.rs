//! A story as a document of ninjs: what anybody may read of it, under the id that feeds have, and no more.

use serde_json::{Value, json};
use testkit::Newsroom;

use crate::world::{METERED, World};

async fn document(news: &Newsroom, path: &str) -> Value {
    let seen = news.anonymous().opens(&format!("{path}/ninjs.json")).await;
    let seen = seen.is(200);
    assert!(seen.header("content-type").starts_with("application/json"));
    serde_json::from_slice(&seen.bytes).unwrap()
}

#[tokio::test]
async fn w_01_a_document_holds_what_anybody_may_read_and_what_no_desk_keeps_to_itself() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let open = document(&news, &world.open.path).await;
    assert_eq!(open["representationType"], "full");
    assert_eq!(open["uri"], json!(format!("urn:uuid:{}", world.open.id)));
    assert_eq!(open["standard"]["version"], "3.1");
    assert_eq!(open["by"], "Ada Harbour");
    assert_eq!(open["located"], "Bremen");
    assert_eq!(open["subjects"][0]["rel"], "section");
    assert_eq!(open["associations"][0]["rel"], "lead");
    for only_the_desks in ["slugline", "urgency", "embargoedUntil"] {
        assert!(open.get(only_the_desks).is_none(), "{only_the_desks}");
    }
    let metered = document(&news, &world.metered.path).await;
    assert_eq!(metered["representationType"], "partial");
    assert!(!metered.to_string().contains(METERED));
    assert!(
        metered["edNote"]
            .as_str()
            .unwrap()
            .starts_with("correction")
    );
    news.closes().await;
}

#[tokio::test]
async fn a_document_is_named_by_its_page_and_goes_with_it() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let anybody = news.anonymous();
    let page = anybody.opens(&world.open.path).await.text();
    let address = format!("https://news.example{}/ninjs.json", world.open.path);
    assert!(page.contains(&address), "the page does not name it");
    let gone = format!("{}/ninjs.json", world.withdrawn.path);
    anybody.opens(&gone).await.is(410);
    anybody.opens("/2026/11/never-was/ninjs.json").await.is(404);
    news.closes().await;
}
