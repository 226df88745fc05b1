//! Pictures that lie elsewhere: adopted with the stories that name them, or asked for by address; always by the guard.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use base::Instant;
use courier::{Rules, Sender};
use dateline::adoption::{Adoption, Report};
use newsroom::{
    By,
    story::{
        Access, Change, Fields, Kind, StoryId, read,
        revise::{Save, revise},
        take_in::{Arrival, Import, Standing, Taken, take_in},
    },
};
use serde_json::{Value, json};
use testkit::Newsroom;

use super::{
    brought, caption_and_credit, files_in, looked_at,
    make::{encoded, plain},
    told,
};
use crate::outgoing::receiver::{Asked, Receiver};

/// A picture larger than the guard of these scenes lets through.
const TOO_LARGE: usize = 600_000;

/// A small picture of its own for each seed.
fn small(seed: u8) -> Vec<u8> {
    encoded(plain(300, 200, seed), image::ImageFormat::Jpeg)
}

fn answers(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// The old site: some pictures, and some that are none.
async fn old_site() -> Receiver {
    Receiver::open(|asked: &Asked| {
        let path = asked.head.split(' ').nth(1).unwrap_or_default();
        match path.rsplit('/').next().unwrap_or_default() {
            "harbour.jpg" => answers("200 OK", "", &small(7)),
            "moved.jpg" => answers("302 Found", "Location: /pictures/harbour.jpg\r\n", b""),
            "inward.jpg" => answers("302 Found", "Location: http://127.0.0.9/a.jpg\r\n", b""),
            "page.jpg" => answers("200 OK", "", b"<!doctype html><p>Sign in</p>"),
            "flood.jpg" => answers("200 OK", "", &vec![b'x'; TOO_LARGE]),
            _ => answers("404 Not Found", "", b""),
        }
    })
    .await
}

async fn newsroom_beside(place: SocketAddr) -> Newsroom {
    Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
        settings.own_services = vec![place];
    })
    .await
}

/// An import as the operator starts one, by a guard with little patience.
pub(super) fn adoption(news: &Newsroom, own: &[SocketAddr], from: Option<PathBuf>) -> Adoption {
    let house = news.house();
    let rules = Rules {
        own: own.to_vec(),
        redirects: 3,
        largest: TOO_LARGE - 1,
        deadline: Duration::from_millis(500),
        ..Rules::default()
    };
    let names = news.names.clone();
    Adoption {
        db: house.db.clone(),
        making: house.making.clone(),
        zone: house.zone.clone(),
        clock: house.clock.clone(),
        from,
        site: None,
        sender: Some(Sender::following(names, rules, house.clock.clone())),
        limit: None,
    }
}

pub(super) async fn adopts(adoption: &Adoption) -> Report {
    adoption.run(&mut |_| {}).await.unwrap()
}

/// A story that an import brought, with these pictures in its body, the first of them leading it.
pub(super) async fn landed(news: &Newsroom, key: &str, addresses: &[String]) -> StoryId {
    let section = news.given_section("City", Access::Open).await;
    let used =
        |address: &String| json!({"src": address, "alt": "A bridge", "credit": "Old Herald"});
    let mut content =
        vec![json!({"type": "paragraph", "content": [{"type": "text", "text": "It stands."}]})];
    content.extend(
        addresses
            .iter()
            .map(|address| json!({"type": "picture", "attrs": used(address)})),
    );
    let fields = Fields {
        headline: format!("Story {key}"),
        section_id: Some(section.parse().unwrap()),
        access: Some(Access::Open),
        lead_picture: serde_json::from_value(used(&addresses[0])).unwrap(),
        body: serde_json::from_value(json!({"type": "doc", "content": content})).unwrap(),
        ..Fields::default()
    };
    let at: Instant = "2019-05-04T10:00:00Z".parse().unwrap();
    let arrival = Arrival {
        source: "wordpress".into(),
        source_key: key.into(),
        kind: Kind::Story,
        fields,
        standing: Standing::Published {
            first_at: at,
            changed_at: at,
        },
        old_addresses: Vec::new(),
        notes: Vec::new(),
        kept: Value::Null,
    };
    let house = news.house();
    let by = By::machine("Import: wordpress");
    let import = Import {
        zone: &house.zone,
        by: &by,
        now: house.clock.now(),
    };
    let mut tx = house.db.begin().await.unwrap();
    let taken = take_in(&mut tx, &arrival, &import).await.unwrap();
    newsroom::story::take_in::tell_of_batch(&mut tx, import.now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (Taken::New(id) | Taken::Changed(id) | Taken::Unchanged(id)) = taken;
    id
}

async fn path_of(news: &Newsroom, id: StoryId) -> String {
    let story = read::story(&news.house().db, id).await.unwrap().unwrap();
    story.publication.unwrap().path
}

/// A copy of an old site's folder, which goes with the test.
pub(super) struct Copy(pub(super) PathBuf);

impl Copy {
    pub(super) fn with(files: &[(&str, &[u8])]) -> Self {
        let root = std::env::temp_dir().join(format!("old-site-{}", uuid::Uuid::now_v7()));
        for (name, bytes) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self(root)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn f_16_stories_from_elsewhere_get_their_pictures_once_and_look_no_newer_for_it() {
    let site = old_site().await;
    let news = newsroom_beside(site.place).await;
    let uploads = site.at("/wp-content/uploads/2019/05");
    let named = [
        format!("{uploads}/bridge-1024x683.jpg"),
        format!("{uploads}/bridge-300x200.jpg"),
        site.at("/pictures/harbour.jpg"),
        site.at("/pictures/moved.jpg"),
        site.at("/pictures/gone.jpg"),
    ];
    let id = landed(&news, "1", &named).await;
    news.settles().await;
    let path = path_of(&news, id).await;
    let reader = news.anonymous();
    let before = reader.opens(&path).await.is(200).text();
    assert!(files_in(&before).is_empty() && before.contains("bridge-1024x683.jpg"));
    // Importing fetched nothing by itself.
    assert!(site.hears().is_empty());

    let said = told(5, &caption_and_credit("The bridge.", "Ada Quill/The Post"));
    let copy = Copy::with(&[("uploads/2019/05/bridge.jpg", &said)]);
    let report = adopts(&adoption(&news, &[site.place], Some(copy.0.clone()))).await;
    assert_eq!((report.found, report.fetched), (1, 1), "{report:?}");
    // The other size, and the lead's address again once more, and the same file by another address.
    assert_eq!((report.known, report.stories), (2, 1), "{report:?}");
    assert_eq!(report.still_foreign, 1);
    assert!(report.refused[&named[4]].contains("404"), "{report:?}");
    news.settles().await;

    let after = reader.opens(&path).await.is(200).text();
    assert!(!after.contains("bridge-1024x683.jpg") && !after.contains("harbour.jpg"));
    assert!(
        after.contains("gone.jpg") && files_in(&after).len() >= 8,
        "{after}"
    );
    assert!(
        after.contains("2019-05-04") && !after.contains("2026-"),
        "{after}"
    );
    let db = news.house().db;
    let story = read::story(&db, id).await.unwrap().unwrap();
    let public = story.publication.as_ref().unwrap();
    assert_eq!(public.changed_at, public.first_at);
    assert_eq!(public.revision, story.revision);
    let history = read::revisions(&db, id, None, 10).await.unwrap();
    assert_eq!(history[0].by, "Import: pictures");
    // What the file says of itself stands in the record; what it does not say is the import's.
    let editor = news.editor("ada").await;
    let lead = story.fields.lead_picture.unwrap();
    let record = looked_at(&editor, &json!({"id": lead.id.unwrap().to_string()})).await;
    assert_eq!(record["fields"]["credit"], "Ada Quill/The Post");
    assert_eq!(record["fields"]["alt"], "A bridge");
    assert_eq!(record["fields"]["caption"], "The bridge.");
    assert_eq!(record["uses"], 1);

    site.hears();
    let again = adopts(&adoption(&news, &[site.place], None)).await;
    assert_eq!((again.found, again.fetched, again.stories), (0, 0, 0));
    let asked = site.hears();
    assert_eq!(
        asked.len(),
        1,
        "only what is still missing is asked for: {asked:?}"
    );
    // The import again brings nothing back.
    landed(&news, "1", &named).await;
    news.settles().await;
    let still = reader.opens(&path).await.is(200).text();
    assert_eq!(files_in(&still), files_in(&after));
    news.closes().await;
}

#[tokio::test]
async fn what_the_desk_has_begun_stays_the_newest_and_unpublished() {
    let site = old_site().await;
    let news = newsroom_beside(site.place).await;
    let id = landed(&news, "2", &[site.at("/pictures/harbour.jpg")]).await;
    let house = news.house();
    let change = json!({"headline": "A better headline"});
    let change = Change(change.as_object().unwrap().clone());
    let save = Save {
        upon: 1,
        change: &change,
        why: None,
    };
    let by = By::machine("ada");
    revise(&house.db, id, &save, &by, house.clock.now())
        .await
        .unwrap();
    let report = adopts(&adoption(&news, &[site.place], None)).await;
    assert_eq!((report.fetched, report.stories), (1, 1), "{report:?}");
    news.settles().await;
    let story = read::story(&house.db, id).await.unwrap().unwrap();
    assert_eq!(story.fields.headline, "A better headline");
    assert!(story.fields.lead_picture.unwrap().id.is_some());
    assert!(story.publication.as_ref().unwrap().revision < story.revision);
    let page = news.anonymous().opens(&path_of(&news, id).await).await;
    let page = page.is(200).text();
    assert!(page.contains("Story 2") && !page.contains("A better headline"));
    assert!(!page.contains("harbour.jpg") && !files_in(&page).is_empty());
    news.closes().await;
}

#[tokio::test]
async fn v_74_pictures_from_elsewhere_are_fetched_by_the_guard_alone() {
    let site = old_site().await;
    let news = newsroom_beside(site.place).await;
    let port = site.place.port();
    // It takes connections and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = silent.local_addr().map(|place| (silent, place)).unwrap();
    let named = [
        format!("http://127.0.0.9:{port}/private.jpg"),
        site.at("/pictures/inward.jpg"),
        site.at("/pictures/page.jpg"),
        site.at("/pictures/flood.jpg"),
        format!("http://{}/slow.jpg", silent.1),
        "http://169.254.169.254/latest/meta-data".to_string(),
    ];
    let id = landed(&news, "3", &named).await;
    news.settles().await;
    let report = adopts(&adoption(&news, &[site.place, silent.1], None)).await;
    for (address, why) in named.iter().zip([
        "not on the public internet",
        "not on the public internet",
        "web page",
        "too large",
        "not complete after",
        "not on the public internet",
    ]) {
        let said = &report.refused[address];
        assert!(said.contains(why), "{address}: {said}");
    }
    assert_eq!((report.still_foreign, report.stories), (6, 0));
    let path = path_of(&news, id).await;
    let page = news.anonymous().opens(&path).await.is(200).text();
    assert!(files_in(&page).is_empty());
    news.closes().await;
}

#[tokio::test]
async fn a_picture_comes_from_its_address_for_who_asked_and_is_one_with_the_same_file() {
    let site = old_site().await;
    let news = newsroom_beside(site.place).await;
    let (ada, ben) = (news.editor("ada").await, news.editor("ben").await);
    let there = brought(&ada, "harbour.jpg", small(7)).await;
    let asks = async |address: String| -> Value {
        let ask = ada.visitor.asks("POST", "/api/v1/picture-fetches");
        ask.json(&json!({"address": address}))
            .sends()
            .await
            .is(202)
            .json()
    };
    let fetch = asks(site.at("/pictures/moved.jpg")).await;
    assert_eq!(fetch["state"], "under-way");
    let refused = asks(site.at("/pictures/page.jpg")).await;
    news.settles().await;
    let at = |fetch: &Value| format!("/api/v1/picture-fetches/{}", fetch["id"].as_str().unwrap());
    let came = ada.visitor.opens(&at(&fetch)).await.is(200).json();
    assert_eq!(came["state"], "brought");
    assert_eq!(came["picture"]["id"], there["id"]);
    ben.visitor.opens(&at(&fetch)).await.is(404);
    let refused = ada.visitor.opens(&at(&refused)).await.is(200).json();
    assert_eq!(refused["state"], "refused");
    assert_eq!(refused["refusal"]["key"], "picture-foreign");
    let said = refused["refusal"]["message"].as_str().unwrap();
    assert!(said.contains("This is a web page."), "{said}");
    for address in [
        "file:///etc/passwd",
        "here",
        "https://a:b@example.org/a.jpg",
    ] {
        let ask = ada.visitor.asks("POST", "/api/v1/picture-fetches");
        let seen = ask.json(&json!({"address": address})).sends().await;
        seen.is(422);
    }
    news.closes().await;
}
