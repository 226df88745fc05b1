//! Cards: of our stories for other sites (oEmbed), and of other sites' things for our stories.

use newsroom::story::Access;
use serde_json::{Value, json};
use testkit::Newsroom;

use super::receiver::{Receiver, says};
use crate::world::{METERED, World, rich_fields};

#[tokio::test]
async fn w_03_a_card_of_a_story_holds_its_public_fields_and_its_page_says_where_it_is() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let visitor = news.anonymous();
    let page = visitor.opens(&world.metered.path).await.is(200).text();
    let (_, rest) = page.split_once("application/json+oembed").unwrap();
    let address = rest
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let address = address.replace("&amp;", "&");
    let address = address.strip_prefix("https://news.example").unwrap();
    let card: Value = visitor.opens(address).await.is(200).json();
    assert_eq!(
        (&card["version"], &card["type"]),
        (&json!("1.0"), &json!("rich"))
    );
    assert_eq!(card["author_name"], "Ada Harbour");
    let html = card["html"].as_str().unwrap();
    assert!(html.contains(&format!(
        "href=\"https://news.example{}\"",
        world.metered.path
    )));
    assert!(!card.to_string().contains(METERED));
    assert!(!html.contains("<script") && !html.contains("<iframe"));

    let narrow = format!(
        "/oembed?url=https://news.example{}&maxwidth=320&format=xml",
        world.open.path
    );
    let xml = visitor
        .opens(&narrow)
        .await
        .is(200)
        .is_cached_until_purged();
    xml.shows("<width>320</width>").shows("<type>rich</type>");
    let check = async |query: &str, status: u16| {
        visitor.opens(&format!("/oembed?{query}")).await.is(status);
    };
    check("url=https://other.example/a", 404).await;
    check(
        &format!("url=https://news.example{}", world.withdrawn.path),
        404,
    )
    .await;
    check("format=json", 404).await;
    check("url=https://news.example/&format=yaml", 404).await;
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn a_story_with_hostile_words_has_a_card_in_which_they_are_words() {
    let news = Newsroom::open().await;
    let city = news.given_section("City", Access::Open).await;
    let editor = news.editor("ada").await;
    let mut fields = rich_fields(&city, "\"><script>alert(1)</script>", "x");
    fields["deck"] = "<img src=x onerror=alert(1)>".into();
    let story = editor.runs(&fields).await;
    news.settles().await;
    let address = format!("/oembed?url=https://news.example{}", story.path);
    let card: Value = news.anonymous().opens(&address).await.is(200).json();
    let html = card["html"].as_str().unwrap();
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    news.closes().await;
}

#[tokio::test]
async fn a_16_a_21_a_card_of_something_elsewhere_is_its_words_and_never_its_html() {
    let elsewhere = Receiver::open(|asked| {
        let host = asked.header("host");
        match asked.head.lines().next().unwrap_or_default() {
            first if first.starts_with("GET /film ") => says(
                "text/html",
                &format!(
                    "<title>Film</title><meta property=og:description content='Of a river.'>\
                     <link rel=alternate type=application/json+oembed href=http://{host}/o>"
                ),
            ),
            first if first.starts_with("GET /o ") => says(
                "application/json",
                "{\"type\":\"video\",\"title\":\"The river\",\"provider_name\":\"Films\",\
                 \"html\":\"<script>alert(1)</script>\"}",
            ),
            first if first.starts_with("GET /inside ") => {
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n".into()
            }
            _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".into(),
        }
    })
    .await;
    let place = elsewhere.place;
    let news = Newsroom::open_with(|settings| settings.own_services = vec![place]).await;
    let editor = news.editor("ada").await;
    let asks = async |url: &str| {
        editor
            .sends("POST", "/api/v1/embeds", &json!({"url": url}))
            .await
    };
    let found = asks(&elsewhere.at("/film")).await.is(200);
    let found = found.does_not_show("<script").json();
    let attrs = &found["embed"]["attrs"];
    assert_eq!(
        (&attrs["title"], &attrs["provider"]),
        (&json!("The river"), &json!("Films"))
    );
    assert_eq!(found["description"], "Of a river.");
    assert_eq!(found["dropped_html"], true);
    assert_eq!(
        (&found["frame_url"], &attrs["frame"]),
        (&Value::Null, &Value::Null)
    );
    let bare: Value = asks(&elsewhere.at("/nothing")).await.is(200).json();
    assert_eq!(bare["embed"]["attrs"]["url"], elsewhere.at("/nothing"));
    for inside in [
        "http://127.0.0.1/",
        "http://[::1]/",
        &elsewhere.at("/inside"),
    ] {
        asks(inside).await.is(422).refuses("embed-not-fetched");
    }
    asks("javascript:alert(1)")
        .await
        .is(422)
        .refuses("embed-not-fetched");
    news.closes().await;
}
