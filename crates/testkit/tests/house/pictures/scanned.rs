//! Files that are shown to a scanner before they are kept: found out, let in, or sent again when the scanner is back.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use api::pictures::making::WhenSilent;
use courier::scanner::Place;
use serde_json::json;
use testkit::Newsroom;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{
    brings, brought,
    make::{caption_and_credit, holds, told, wordless},
    uploads::{begun, sends, stands},
};

/// Who says so is found out by the stub.
const BAD: &str = "X-DATELINE-BAD-X";

/// A scanner as clamd is one, to who asks it.
struct Stub {
    place: SocketAddr,
    files: Arc<AtomicUsize>,
}

impl Stub {
    async fn open() -> Self {
        let place = SocketAddr::from(([127, 0, 0, 1], 0));
        Self::open_at(place).await
    }

    async fn open_at(place: SocketAddr) -> Self {
        let listener = TcpListener::bind(place).await.unwrap();
        let place = listener.local_addr().unwrap();
        let files = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&files);
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                answer(line).await;
            }
        });
        Self { place, files }
    }

    fn looked_at(&self) -> usize {
        self.files.load(Ordering::Relaxed)
    }
}

/// Reads `zINSTREAM`, then pieces with their lengths until one of none (clamd(8)).
async fn answer(mut line: TcpStream) {
    let mut command = [0; 10];
    line.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = line.read_u32().await.unwrap() as usize;
        if length == 0 {
            break;
        }
        let before = file.len();
        file.resize(before + length, 0);
        line.read_exact(&mut file[before..]).await.unwrap();
    }
    let said = if holds(&file, BAD) {
        "stream: Dateline.Test.Bad FOUND\0"
    } else {
        "stream: OK\0"
    };
    line.write_all(said.as_bytes()).await.unwrap();
}

async fn newsroom_with(place: SocketAddr, when_silent: WhenSilent) -> Newsroom {
    Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
        settings.scanner = Some(Place::Host(place.to_string()));
        settings.when_scanner_silent = when_silent;
    })
    .await
}

fn bad() -> Vec<u8> {
    told(51, &caption_and_credit(BAD, "Ada Quill"))
}

async fn nothing_is_kept(news: &Newsroom) {
    let house = news.house();
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    assert!(house.making.shelf.list().await.unwrap().is_empty());
}

/// An address at which nothing listens.
async fn nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

#[tokio::test]
async fn v_72_a_file_in_which_the_scanner_finds_something_is_refused_and_nothing_of_it_is_kept() {
    let stub = Stub::open().await;
    let news = newsroom_with(stub.place, WhenSilent::Refuse).await;
    let editor = news.editor("ada").await;
    brings(&editor, "bad.jpg", bad())
        .await
        .is(422)
        .refuses("picture-infected")
        .shows("Dateline.Test.Bad");
    nothing_is_kept(&news).await;

    let upload = begun(&editor, bad().len()).await;
    let last = sends(&editor, &upload, 0, &bad()).await;
    last.is(422).refuses("picture-infected");
    stands(&editor, &upload).await.is(404);
    nothing_is_kept(&news).await;
    let log = news.log.text();
    assert!(
        log.contains("bad.jpg") && log.contains("by=\"ada\""),
        "{log}"
    );

    let good = brought(&editor, "good.jpg", wordless(52)).await;
    let again = brings(&editor, "good.jpg", wordless(52)).await.is(200);
    assert_eq!(again.json()["id"], good["id"]);
    assert_eq!(stub.looked_at(), 3, "what is here is not looked at twice");
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn v_72_while_the_scanner_is_silent_nothing_comes_in_and_what_came_in_parts_goes_on_later() {
    let place = nobody().await;
    let news = newsroom_with(place, WhenSilent::Refuse).await;
    let editor = news.editor("ada").await;
    let file = wordless(53);
    let refused = brings(&editor, "one.jpg", file.clone()).await.is(503);
    assert!(!refused.header("retry-after").is_empty());
    refused.refuses("scanner-silent");
    nothing_is_kept(&news).await;

    let upload = begun(&editor, file.len()).await;
    let last = sends(&editor, &upload, 0, &file).await;
    last.is(503).refuses("scanner-silent");
    let waits = stands(&editor, &upload).await.is(200).json();
    assert_eq!(waits["received"], file.len());

    let stub = Stub::open_at(place).await;
    let done = sends(&editor, &upload, file.len(), b"").await.is(201);
    assert_eq!(done.json()["picture"]["file_name"], "large.jpg");
    assert_eq!(stub.looked_at(), 1);
    news.settles().await;
    let faults = news.closes_broken().await;
    assert_eq!(
        faults.len(),
        2,
        "one line for each that was refused: {faults:?}"
    );
}

#[tokio::test]
async fn v_72_where_the_operator_says_so_files_come_in_while_the_scanner_is_silent() {
    let news = newsroom_with(nobody().await, WhenSilent::Accept).await;
    let editor = news.editor("ada").await;
    let picture = brought(&editor, "one.jpg", wordless(54)).await;
    news.settles().await;
    let path = format!("/api/v1/pictures/{}", picture["id"].as_str().unwrap());
    let seen = editor.visitor.opens(&path).await.is(200).json();
    assert_eq!(seen["state"], json!("ready"));
    let log = news.log.text();
    assert!(log.contains("was taken in unscanned"), "{log}");
    news.closes().await;
}
