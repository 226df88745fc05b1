//! Where a picture comes from: signed elsewhere, told to readers, and signed by us.

use provenance::{Deed, Hand, Original, Standing, Trust, hand::made_for, read};

use super::{
    brought, looked_at,
    make::{SECRET_PLACE, caption_and_credit, holds, told, wordless},
    newsroom, runs_with,
};

const JPEG: &str = "image/jpeg";

/// A picture as an agency signs it.
fn signed(picture: &[u8]) -> Vec<u8> {
    let pem = made_for("The Quay Agency", 2026).unwrap();
    let hand = Hand::of(&pem.certificates, &pem.key).unwrap();
    let deed = Deed {
        title: "Quay 7".into(),
        newsroom: "The Quay Agency".into(),
        version: "1".into(),
        at: "2026-11-20T14:03:00Z".into(),
    };
    let original = Original::of(picture, JPEG, "Quay 7").unwrap();
    original.seal(picture, JPEG, &deed, false, &hand).unwrap()
}

#[tokio::test]
async fn readers_are_told_who_signed_a_picture_and_whether_the_signature_fits() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let good = signed(&told(40, &caption_and_credit("A quay.", "Quay")));
    let mut bad = signed(&told(41, &caption_and_credit("A ship.", "Quay")));
    let last = bad.len() - 3;
    bad[last] ^= 1;
    let reader = news.anonymous();
    let cases = [
        (good, "fits", "Signed with the name The Quay Agency."),
        (bad, "broken", "The signature does not match this picture."),
    ];
    for (file, standing, words) in cases {
        let picture = brought(&editor, "quay.jpg", file).await;
        assert_eq!(picture["told"]["standing"], standing);
        news.settles().await;
        let address = format!("/picture/{}", picture["id"].as_str().unwrap());
        reader.opens(&address).await.is(404);
        let story = runs_with(&editor, &picture).await;
        let page = reader.opens(&story.path).await.is(200).text();
        assert_eq!(
            page.matches(&format!("href=\"{address}\"")).count(),
            2,
            "above and within"
        );
        let page = reader.opens(&address).await.is(200).text();
        assert!(page.contains(words), "{page}");
        assert!(page.contains(&story.path));
        assert_eq!(
            page.contains("Quay 7"),
            standing == "fits",
            "of a broken note nothing is repeated"
        );
    }
    news.closes().await;
}

#[tokio::test]
async fn a_picture_that_says_nothing_of_itself_has_no_such_page_and_no_link_to_one() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let picture = brought(
        &editor,
        "plain.jpg",
        told(42, &caption_and_credit("A.", "B")),
    )
    .await;
    news.settles().await;
    let story = runs_with(&editor, &picture).await;
    let reader = news.anonymous();
    let page = reader.opens(&story.path).await.is(200).text();
    assert!(!page.contains("/picture/"));
    let address = format!("/picture/{}", picture["id"].as_str().unwrap());
    reader.opens(&address).await.is(404);
    let nothing = wordless(43);
    assert_eq!(read(&nothing, JPEG, &Trust::default()), None);
    news.closes().await;
}

#[tokio::test]
async fn every_file_we_serve_is_signed_and_still_is_when_its_credit_changes() {
    let pem = made_for("The Harbour Post", 2026).unwrap();
    let folder = std::env::temp_dir().join(format!("house-origin-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let certificates = folder.join("certificates.pem");
    std::fs::write(&certificates, &pem.certificates).unwrap();
    let news = testkit::Newsroom::open_with(|settings| {
        settings.darkroom = Some(env!("CARGO_BIN_EXE_dateline-under-test").into());
        settings.certificates = Some(certificates.clone());
        settings.picture_key = Some(pem.key.clone());
    })
    .await;
    let editor = news.editor("ada").await;
    let file = told(44, &caption_and_credit("A bridge.", "Ada Quill"));
    let picture = brought(&editor, "bridge.jpg", file).await;
    news.settles().await;
    let developed = looked_at(&editor, &picture).await;
    all_are_signed(&news, &developed).await;
    let amended = editor
        .visitor
        .asks(
            "PATCH",
            &format!("/api/v1/pictures/{}", picture["id"].as_str().unwrap()),
        )
        .with("if-match", "\"1\"")
        .json(&serde_json::json!({"credit": "Somebody Else"}))
        .sends()
        .await;
    amended.is(200);
    news.settles().await;
    let pressed = looked_at(&editor, &picture).await;
    assert_ne!(pressed["prints"][0]["url"], developed["prints"][0]["url"]);
    all_are_signed(&news, &pressed).await;
    news.closes().await;
    std::fs::remove_dir_all(folder).unwrap();
}

async fn all_are_signed(news: &testkit::Newsroom, picture: &serde_json::Value) {
    let prints = picture["prints"].as_array().unwrap();
    assert!(prints.len() > 10);
    for print in prints {
        let seen = news
            .anonymous()
            .opens(print["url"].as_str().unwrap())
            .await
            .is(200);
        let media_type = seen.header("content-type").to_string();
        let told = read(&seen.bytes, &media_type, &Trust::default()).unwrap();
        assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
        assert_eq!(told.signer.unwrap().name, "The Harbour Post");
        assert!(told.ingredients[0].is_parent);
        assert!(!holds(&seen.bytes, SECRET_PLACE));
    }
}
