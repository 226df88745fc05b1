//! V-72: a scanner looks at every file that comes in, whichever way it comes.

use api::pictures::making::WhenSilent;
use courier::{
    scanner::Place,
    testing::scanner::{MARKER, Mood, SIGNATURE, StubScanner},
};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom};

use super::{
    brings, brought,
    elsewhere::{Copy, adoption, adopts, landed},
    make::wordless,
    uploads::{begun, sends, stands},
};
use crate::outgoing::receiver::{Asked, Receiver};

/// A picture like any other, behind which something stands that the scanner knows.
fn infected(seed: u8) -> Vec<u8> {
    [wordless(seed).as_slice(), MARKER].concat()
}

/// A newsroom with a scanner there.
async fn newsroom_with(place: &Place, when_silent: WhenSilent) -> Newsroom {
    Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
        settings.scanner = Some(place.clone());
        settings.when_scanner_silent = when_silent;
    })
    .await
}

/// No file lies anywhere, neither on the shelf nor on its way, and the library is empty.
async fn keeps_nothing(news: &Newsroom, editor: &Editor<'_>) {
    let house = news.house();
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    assert!(house.making.shelf.list().await.unwrap().is_empty());
    let library = editor.visitor.opens("/api/v1/pictures").await.is(200);
    assert_eq!(library.json()["pictures"], json!([]));
}

#[tokio::test]
async fn v_72_an_infected_file_is_refused_by_its_name_and_nothing_of_it_is_kept() {
    let stub = StubScanner::on_a_socket();
    let news = newsroom_with(&stub.place, WhenSilent::Accept).await;
    let editor = news.editor("ada").await;
    let file = infected(40);
    let refused = brings(&editor, "bridge.jpg", file.clone()).await.is(422);
    refused.refuses("file-infected").shows(SIGNATURE);
    keeps_nothing(&news, &editor).await;
    // Its log says who brought what.
    let log = news.log.text();
    let line = log.lines().find(|line| line.contains(SIGNATURE));
    let line = line.expect("the log tells of it");
    assert!(
        line.contains("WARN") && line.contains("bridge.jpg"),
        "{line}"
    );
    assert!(line.contains("refused a file of staff "), "{line}");

    let upload = begun(&editor, file.len()).await;
    let half = file.len() / 2;
    sends(&editor, &upload, 0, &file[..half]).await.is(200);
    let refused = sends(&editor, &upload, half, &file[half..]).await.is(422);
    refused.refuses("file-infected").shows(SIGNATURE);
    stands(&editor, &upload).await.is(404);
    keeps_nothing(&news, &editor).await;

    brought(&editor, "clean.jpg", wordless(41)).await;
    // What is in the library already is looked at like anything else.
    let again = brings(&editor, "clean.jpg", wordless(41)).await;
    again.is(200);
    assert_eq!(stub.heard().len(), 4, "{:?}", stub.heard());
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn v_72_a_file_that_is_fetched_or_lies_in_a_folder_is_scanned_as_an_upload_is() {
    let file = infected(42);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", file.len());
    let answer = [head.as_bytes(), &file].concat();
    let site = Receiver::open(move |_: &Asked| answer.clone()).await;
    let stub = StubScanner::on_a_port().await;
    let news = newsroom_with(&stub.place, WhenSilent::Refuse).await;
    news.restarts_with(|settings| settings.own_services = vec![site.place])
        .await;
    let editor = news.editor("ada").await;
    let address = site.at("/pictures/harbour.jpg");
    let ask = editor.visitor.asks("POST", "/api/v1/picture-fetches");
    let asked = ask.json(&json!({"address": address})).sends().await.is(202);
    news.settles().await;
    let at = format!(
        "/api/v1/picture-fetches/{}",
        asked.json()["id"].as_str().unwrap()
    );
    let ended: Value = editor.visitor.opens(&at).await.is(200).json();
    assert_eq!(ended["state"], "refused");
    assert_eq!(ended["refusal"]["key"], "file-infected", "{ended}");
    keeps_nothing(&news, &editor).await;

    let lying = site.at("/wp-content/uploads/2019/05/bridge.jpg");
    let named = [lying.clone(), address.clone()];
    landed(&news, "1", &named).await;
    news.settles().await;
    let copy = Copy::with(&[("uploads/2019/05/bridge.jpg", &infected(43))]);
    let report = adopts(&adoption(&news, &[site.place], Some(copy.0.clone()))).await;
    assert_eq!(
        (report.brought(), report.still_foreign),
        (0, 2),
        "{report:?}"
    );
    for address in &named {
        assert!(report.refused[address].contains(SIGNATURE), "{report:?}");
    }
    keeps_nothing(&news, &editor).await;
    news.closes().await;
}

#[tokio::test]
async fn v_72_while_the_scanner_does_not_answer_files_wait_or_come_in_as_the_setting_says() {
    let stub = StubScanner::on_a_socket();
    let news = newsroom_with(&stub.place, WhenSilent::Refuse).await;
    let editor = news.editor("ada").await;
    let file = wordless(44);
    let upload = begun(&editor, file.len()).await;
    for mood in [
        Mood::BreaksOffAfter(1_000),
        Mood::Says("stream: Can't open file ERROR"),
    ] {
        stub.is(mood);
        let refused = brings(&editor, "one.jpg", file.clone()).await.is(503);
        assert!(!refused.header("retry-after").is_empty());
        refused.refuses("scanner-silent").shows("Try again");
        keeps_nothing(&news, &editor).await;
    }
    // What came in parts is there when the scanner is, and an empty part goes on with it.
    sends(&editor, &upload, 0, &file).await.is(503);
    let kept = stands(&editor, &upload).await.is(200).json();
    assert_eq!(kept["received"], file.len());
    stub.is(Mood::Well);
    sends(&editor, &upload, file.len(), b"").await.is(201);

    stub.is(Mood::BreaksOffAfter(1_000));
    news.restarts_with(|settings| settings.when_scanner_silent = WhenSilent::Accept)
        .await;
    brought(&editor, "two.jpg", wordless(45)).await;
    let log = news.log.text();
    assert!(log.contains("took a file of staff "), "{log}");
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn v_72_a_file_that_the_scanner_finds_too_large_comes_in_by_neither_setting() {
    let stub = StubScanner::on_a_socket();
    stub.is(Mood::TakesAtMost(1_000));
    for when_silent in [WhenSilent::Refuse, WhenSilent::Accept] {
        let news = newsroom_with(&stub.place, when_silent).await;
        let editor = news.editor("ada").await;
        let refused = brings(&editor, "one.jpg", wordless(46)).await.is(413);
        refused
            .refuses("file-too-large-to-scan")
            .shows("StreamMaxLength");
        keeps_nothing(&news, &editor).await;
        news.closes().await;
    }
}

/// `cargo xtask test` starts it.
#[tokio::test]
async fn v_72_clamd_itself_stands_at_the_door() {
    let Ok(place) = std::env::var("DATELINE_TEST_CLAMD") else {
        assert!(std::env::var("CI").is_err(), "no clamd was started");
        return;
    };
    let news = newsroom_with(&place.parse().unwrap(), WhenSilent::Refuse).await;
    let editor = news.editor("ada").await;
    let refused = brings(&editor, "bridge.jpg", infected(47)).await.is(422);
    refused.refuses("file-infected").shows(SIGNATURE);
    keeps_nothing(&news, &editor).await;
    brought(&editor, "clean.jpg", wordless(48)).await;
    news.settles().await;
    news.closes().await;
}
