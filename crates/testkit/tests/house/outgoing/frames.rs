//! Frames: what providers of embeds offer is on an origin of its own, and in no answer of ours.

use std::net::SocketAddr;

use newsroom::{frame::LONGEST, story::Access};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Seen, Visitor, editor::paragraphs};
use web::{Row, Verb};

use super::receiver::{Receiver, says};
use crate::{sheet, world::World};

/// In what the provider offers, and in nothing else.
const CANARY: &str = "canaryframed7q";
const ORIGIN: &str = "https://frames.example";
const HOST: &str = "frames.example";

/// A provider of films, of one that is too long, and of things without a frame.
async fn provider() -> Receiver {
    Receiver::open(|asked| {
        let host = asked.header("host");
        let first = asked.head.lines().next().unwrap_or_default();
        let named = |oembed: &str| {
            let page = format!(
                "<title>Film</title><link rel=alternate type=application/json+oembed href=http://{host}{oembed}>"
            );
            says("text/html", &page)
        };
        let offers = |html: &str| {
            let said = json!({"type": "video", "title": "The river", "provider_name": "Films",
                "html": html, "width": 640, "height": 360});
            says("application/json", &said.to_string())
        };
        match first.split(' ').nth(1).unwrap_or_default() {
            "/film" => named("/o"),
            "/long" => named("/o-long"),
            "/o" => offers(&format!("<script>{CANARY}</script>")),
            "/o-long" => offers(&"x".repeat(LONGEST + 1)),
            _ => says("text/html", "<title>A page</title>"),
        }
    })
    .await
}

async fn found(editor: &Editor<'_>, url: &str) -> Value {
    let asked = json!({"url": url});
    let found = editor.sends("POST", "/api/v1/embeds", &asked).await;
    found.is(200).does_not_show(CANARY).json()
}

/// Two paragraphs, and then the embed.
fn body_with(embed: &Value) -> Value {
    let mut body = paragraphs(&["One.", "Two."]);
    body["content"].as_array_mut().unwrap().push(embed.clone());
    body
}

fn opened_for(place: SocketAddr) -> impl Fn(&mut dateline::settings::Settings) {
    move |settings| {
        settings.own_services = vec![place];
        settings.frame_origin = Some(ORIGIN.into());
    }
}

async fn there(visitor: &Visitor<'_>, method: &str, path: &str) -> Seen {
    let asked = visitor.asks(method, path).without("host");
    asked.with("host", HOST).sends().await
}

#[tokio::test]
async fn a_21_what_a_provider_offers_is_on_its_own_host_alone_and_nothing_else_is_there() {
    let films = provider().await;
    Newsroom::on_both_with(opened_for(films.place), async |news| {
        let world = World::of(news).await;
        let editor = news.editor("ada").await;
        let found = found(&editor, &films.at("/film")).await;
        let frame = &found["embed"]["attrs"]["frame"];
        assert_eq!(
            (&frame["width"], &frame["height"]),
            (&json!(640), &json!(360))
        );
        assert_eq!(found["dropped_html"], false);
        let url = found["frame_url"].as_str().unwrap();
        let path = url.strip_prefix(ORIGIN).unwrap();
        assert_eq!(path, format!("/_frame/{}", frame["hash"].as_str().unwrap()));

        // The same for everybody, whatever they bring, and it leaves nothing with them.
        let anonymous = news.anonymous();
        let stranger = there(&anonymous, "GET", path).await.is(200).shows(CANARY);
        let known = there(&editor.visitor, "GET", path).await.is(200);
        assert_eq!(known.bytes, stranger.bytes);
        for seen in [&stranger, &known] {
            assert!(!seen.headers.contains_key("set-cookie"));
            assert_eq!(
                seen.header("cache-control"),
                "public, max-age=31536000, immutable"
            );
            assert_eq!(seen.header("x-robots-tag"), "noindex");
            assert_eq!(seen.header("x-content-type-options"), "nosniff");
            assert_eq!(seen.header("referrer-policy"), "strict-origin");
            let policy = seen.header("content-security-policy");
            assert!(
                policy.ends_with("; frame-ancestors https://news.example"),
                "{policy}"
            );
            assert!(policy.contains("; sandbox allow-scripts") && !policy.contains("http:"));
        }
        for visitor in [&anonymous, &editor.visitor] {
            visitor.opens(path).await.is(404).does_not_show(CANARY);
        }
        for none in [
            "/_frame/".to_string() + &"0".repeat(64),
            "/_frame/x".into(),
            path.to_uppercase(),
        ] {
            there(&anonymous, "GET", &none).await.is(404);
        }
        let more = there(&anonymous, "GET", &format!("{path}?callback=x")).await;
        assert_eq!((more.status.as_u16(), more.header("location")), (308, path));
        nothing_else(&world, &editor).await;
    })
    .await;
}

/// Every door of the house, and addresses that are none.
async fn nothing_else(world: &World<'_>, editor: &Editor<'_>) {
    let rows = dateline::house::rows();
    let others = rows.iter().filter(|row| row.path != "/_frame/{hash}");
    for row in others {
        for address in sheet::addresses(row, world).await {
            let seen = there(&editor.visitor, sheet::method(row), &address)
                .await
                .is(404);
            is_bare(&seen, row);
        }
    }
    for none in [
        "/nothing",
        "/ARCHIVE",
        "/archive/",
        "//",
        "/_frame",
        "/favicon.ico",
    ] {
        there(&editor.visitor, "GET", none).await.is(404);
    }
    there(&editor.visitor, "PUT", "/archive").await.is(404);
}

#[track_caller]
fn is_bare(seen: &Seen, row: &Row) {
    assert!(!seen.headers.contains_key("set-cookie"), "{}", row.name);
    let page = seen.text();
    for ours in ["The Harbour Post", "/assets/", "href=", "water"] {
        assert!(!page.contains(ours), "{}: {ours} in {page}", row.name);
    }
}

#[tokio::test]
async fn a_21_pages_offer_a_frame_and_ask_nobody_for_it_and_no_answer_has_its_html() {
    let films = provider().await;
    let news = Newsroom::open_with(opened_for(films.place)).await;
    let world = World::of(&news).await;
    let embed = found(&world.wire, &films.at("/film")).await["embed"].clone();
    let hash = embed["attrs"]["frame"]["hash"]
        .as_str()
        .unwrap()
        .to_string();
    let city = news.given_section("Films", Access::Metered).await;
    let told = |access: &str| {
        json!({"headline": format!("A film, {access}"), "section_id": city, "access": access,
            "body": body_with(&embed)})
    };
    let open = world.wire.runs(&told("open")).await;
    let gated = world.wire.runs(&told("metered")).await;
    let running = news.given_running_story("The fire", "Smoke.").await;
    let entries = format!("/api/v1/running-stories/{running}/entries");
    let entry = json!({"title": "A film", "body": body_with(&embed)});
    world.wire.sends("POST", &entries, &entry).await.is(201);
    news.settles().await;

    let offer =
        format!("data-frame=\"{ORIGIN}/_frame/{hash}\" data-width=\"640\" data-height=\"360\"");
    let reader = news.anonymous();
    for path in [
        &open.path,
        &gated.gate(),
        &format!("{}/full", gated.path),
        "/running/the-fire",
    ] {
        let page = reader.opens(path).await.is(200).shows(&offer);
        let page = page.shows("Its provider then learns your internet address.");
        page.does_not_show("<iframe").does_not_show(CANARY);
    }
    let page = reader.opens(&open.path).await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.ends_with("; frame-src https://frames.example"),
        "{policy}"
    );
    reader.opens(&gated.path).await.is(200).does_not_show(&hash);

    nowhere(&world, [&open, &gated]).await;
    news.restarts_with(|settings| settings.frame_origin = None)
        .await;
    let card = reader.opens(&open.path).await.is(200).shows("The river");
    let card = card.does_not_show(&hash).does_not_show("Show it here");
    assert!(!card.header("content-security-policy").contains("frame-src"));
    there(&reader, "GET", &format!("/_frame/{hash}"))
        .await
        .is(421);
    news.settles().await;
    news.closes().await;
}

/// The HTML in no answer to anybody, and the frame's address in none but those of pages and of the desk.
async fn nowhere(world: &World<'_>, stories: [&testkit::Story; 2]) {
    let mut addresses = Vec::new();
    for row in dateline::house::rows()
        .iter()
        .filter(|row| row.verb == Verb::Get)
    {
        addresses.extend(sheet::addresses(row, world).await);
        let path = row.path.replace("{story}", "STORY");
        for story in stories.iter().filter(|_| path.contains("STORY")) {
            let revision = story.revision.to_string();
            let path = path
                .replace("STORY", &story.id)
                .replace("{revision}", &revision);
            addresses.push(path.replace("{number}", &revision));
        }
    }
    for story in stories {
        addresses.extend(["", "/full", "/ninjs.json"].map(|end| format!("{}{end}", story.path)));
        addresses.push(format!("/oembed?url=https://news.example{}", story.path));
    }
    let slugs = [
        ("/section/{slug}", "films"),
        ("/running/{slug}", "the-fire"),
    ];
    for (path, slug) in slugs {
        for file in ["", "/feed.xml", "/atom.xml", "/feed.json"] {
            addresses.push(path.replace("{slug}", slug) + file);
        }
    }
    let (reader, mut answers) = (world.news.anonymous(), 0);
    for address in addresses {
        for visitor in [&reader, &world.wire.visitor] {
            let seen = visitor.opens(&address).await.does_not_show(CANARY);
            let for_others = ["feed", "atom", "ninjs", "/_ap/", "oembed"];
            let is_for_others = for_others.iter().any(|part| address.contains(part));
            assert!(
                !is_for_others || !seen.text().contains("_frame"),
                "{address}"
            );
            answers += 1;
        }
    }
    println!("{answers} answers looked at");
}

#[tokio::test]
async fn a_21_a_frame_that_is_too_long_is_none_and_one_that_is_not_here_is_refused() {
    let films = provider().await;
    Newsroom::on_both_with(opened_for(films.place), async |news| {
        let city = news.given_section("City", Access::Open).await;
        let editor = news.editor("ada").await;
        let long = found(&editor, &films.at("/long")).await;
        assert_eq!(long["dropped_html"], true);
        assert_eq!(long["embed"]["attrs"]["frame"], Value::Null);
        let bare = found(&editor, &films.at("/other")).await;
        assert_eq!(
            (&bare["dropped_html"], &bare["frame_url"]),
            (&json!(false), &Value::Null)
        );

        let mut embed = found(&editor, &films.at("/film")).await["embed"].clone();
        embed["attrs"]["frame"]["hash"] = "0".repeat(64).into();
        let unknown = body_with(&embed);
        let fields = json!({"headline": "A film", "section_id": city, "body": unknown});
        let drafted = editor.sends("POST", "/api/v1/stories", &fields).await;
        drafted
            .is(422)
            .refuses("unknown-frame")
            .shows("body.content[2].attrs.frame");
        let running = news.given_running_story("The fire", "Smoke.").await;
        let entries = format!("/api/v1/running-stories/{running}/entries");
        let entry = json!({"title": "A film", "body": unknown});
        editor
            .sends("POST", &entries, &entry)
            .await
            .is(422)
            .refuses("unknown-frame");
    })
    .await;
}
