//! Files on their way: in parts, too large, broken off, forgotten.

use jiff::ToSpan;
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Seen};

use super::{
    brings, brought, files_in,
    make::{caption_and_credit, told, wordless},
    newsroom, runs_with,
};

pub(super) async fn begun(editor: &Editor<'_>, length: usize) -> Value {
    let body = json!({"length": length, "name": "large.jpg"});
    editor
        .sends("POST", "/api/v1/picture-uploads", &body)
        .await
        .is(201)
        .json()
}

pub(super) async fn sends(editor: &Editor<'_>, upload: &Value, offset: usize, part: &[u8]) -> Seen {
    let id = upload["id"].as_str().unwrap();
    let path = format!("/api/v1/picture-uploads/{id}?offset={offset}");
    let ask = editor.visitor.asks("PATCH", &path);
    ask.body("application/octet-stream", part.to_vec())
        .sends()
        .await
}

pub(super) async fn stands(editor: &Editor<'_>, upload: &Value) -> Seen {
    let path = format!("/api/v1/picture-uploads/{}", upload["id"].as_str().unwrap());
    editor.visitor.opens(&path).await
}

#[tokio::test]
async fn a_large_file_comes_in_parts_and_goes_on_where_it_broke_off() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = wordless(20);
    let upload = begun(&editor, file.len()).await;
    let half = file.len() / 2;
    sends(&editor, &upload, 0, &file[..half]).await.is(200);
    let again = sends(&editor, &upload, 0, &file[..half]).await.is(409);
    assert_eq!(again.refuses("upload-elsewhere").json()["received"], half);
    assert_eq!(
        stands(&editor, &upload).await.is(200).json()["received"],
        half
    );
    let stranger = news.editor("grace").await;
    stands(&stranger, &upload).await.is(404);
    let done = sends(&editor, &upload, half, &file[half..])
        .await
        .is(201)
        .json();
    assert_eq!(done["picture"]["file_name"], "large.jpg");
    let later = stands(&editor, &upload).await.is(200).json();
    assert_eq!(later["picture"]["id"], done["picture"]["id"]);
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn f_11_an_upload_that_is_never_finished_is_forgotten_with_what_had_come() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let upload = begun(&editor, 1_000).await;
    sends(&editor, &upload, 0, &[1; 400]).await.is(200);
    sends(&editor, &upload, 400, &[1; 601])
        .await
        .is(413)
        .refuses("picture-too-large");
    dateline::upkeep::sweep_once(&news.house()).await.unwrap();
    stands(&editor, &upload).await.is(200);
    news.clock.passes(jiff::SignedDuration::from_hours(25));
    dateline::upkeep::sweep_once(&news.house()).await.unwrap();
    let house = news.house();
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    news.closes().await;
}

#[tokio::test]
async fn v_67_a_file_beyond_the_limit_is_cut_while_it_comes_and_nothing_of_it_is_kept() {
    let news = Newsroom::open_with(|settings| settings.largest_picture_mb = 1).await;
    let editor = news.editor("ada").await;
    let large = [b"\xFF\xD8\xFF".as_slice(), &vec![0; 1_000_001]].concat();
    let refused = brings(&editor, "large.jpg", large).await.is(413);
    refused
        .refuses("picture-too-large")
        .shows("1 million bytes");
    let body = json!({"length": 1_000_001});
    editor
        .sends("POST", "/api/v1/picture-uploads", &body)
        .await
        .is(413);
    let house = news.house();
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    assert!(house.making.shelf.list().await.unwrap().is_empty());
    news.closes().await;
}

#[tokio::test]
async fn files_that_no_row_names_are_thrown_away_when_they_are_old_enough() {
    let news = newsroom().await;
    let house = news.house();
    let orphan = house.making.shelf.put(b"an orphan".to_vec()).await.unwrap();
    let now = base::Clock::now(&base::clock::SystemClock);
    assert_eq!(
        house.making.sweep(&house.db, now).await.unwrap(),
        0,
        "it may be on its way into a row"
    );
    assert_eq!(
        house
            .making
            .sweep(&house.db, now + 25.hours())
            .await
            .unwrap(),
        1
    );
    assert_eq!(house.making.shelf.get(orphan).await.unwrap(), None);
    news.closes().await;
}

#[tokio::test]
async fn f_11_an_object_store_that_is_away_refuses_uploads_and_no_page() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let file = told(31, &caption_and_credit("A bridge.", "Ada Quill/dpa"));
    let picture = brought(&editor, "one.jpg", file).await;
    news.settles().await;
    let story = runs_with(&editor, &picture).await;
    // A port on which nobody listens any more.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = gone.local_addr().unwrap();
    drop(gone);
    news.restarts_with(|settings| {
        settings.bucket = Some(courier::bucket::Place {
            endpoint: format!("http://{place}"),
            bucket: "pictures".into(),
            region: "us-east-1".into(),
            path_style: true,
            keys: courier::bucket::Keys {
                id: "id".into(),
                secret: "secret".into(),
            },
        });
    })
    .await;
    let seen = brings(&editor, "two.jpg", wordless(32)).await.is(503);
    assert!(!seen.header("retry-after").is_empty());
    let library = editor
        .visitor
        .opens("/api/v1/pictures")
        .await
        .is(200)
        .json();
    assert_eq!(library["pictures"].as_array().unwrap().len(), 1);
    let reader = news.anonymous();
    let page = reader.opens(&story.path).await.is(200).text();
    // What lay in the folder before the bucket was set is served from there.
    let file = files_in(&page).remove(0);
    reader.opens(&file).await.is(200);
    news.closes_broken().await;
}
