//! What is no picture, or one that means harm, is refused by its bytes; nothing of it is ever served.

use image::ImageFormat;

use super::{
    brings, brought, looked_at,
    make::{encoded, holds, plain, wordless},
    newsroom,
};

/// What a page would run, were the file taken for one.
const SCRIPT: &str = "<script>alert('SECRET-SCRIPT')</script>";

#[tokio::test]
async fn a_22_drawings_pages_archives_and_broken_files_are_refused_by_name_and_leave_nothing() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{SCRIPT}</svg>");
    let cut = wordless(30);
    let cases: [(&str, Vec<u8>, &str); 7] = [
        ("a.jpg", svg.into_bytes(), "picture-foreign"),
        (
            "a.png",
            format!("<!doctype html>{SCRIPT}").into_bytes(),
            "picture-foreign",
        ),
        ("a.jpg", b"PK\x03\x04 shell.php".to_vec(), "picture-foreign"),
        (
            "shell.php",
            b"<?php system($_GET['c']); ?>".to_vec(),
            "picture-foreign",
        ),
        ("a.jpg", Vec::new(), "picture-empty"),
        ("a.jpg", cut[..300].to_vec(), "picture-unreadable"),
        ("a.gif", b"GIF89a".to_vec(), "picture-unreadable"),
    ];
    for (name, file, key) in cases {
        brings(&editor, name, file).await.is(422).refuses(key);
    }
    let house = news.house();
    assert!(house.making.shelf.list().await.unwrap().is_empty());
    assert!(house.making.tray.all_incoming().await.unwrap().is_empty());
    news.closes().await;
}

#[tokio::test]
async fn a_28_of_a_polyglot_only_the_pixels_are_served_and_the_original_has_no_address() {
    let news = newsroom().await;
    let editor = news.editor("ada").await;
    let png = encoded(plain(900, 600, 31), ImageFormat::Png);
    // A picture and a page at once: browsers that guess would find the page behind the pixels.
    let polyglot = [png, format!("<html>{SCRIPT}</html>").into_bytes()].concat();
    let original = store::shelf::Hash::of(&polyglot);
    let picture = brought(&editor, "evil.html.png", polyglot).await;
    news.settles().await;
    let reader = news.anonymous();
    for print in looked_at(&editor, &picture).await["prints"]
        .as_array()
        .unwrap()
    {
        let seen = reader.opens(print["url"].as_str().unwrap()).await.is(200);
        assert!(!holds(&seen.bytes, "SECRET-SCRIPT"));
        assert!(seen.header("content-type").starts_with("image/"));
    }
    for extension in ["png", "jpg", "webp", "html"] {
        reader
            .opens(&format!("/media/{original}.{extension}"))
            .await
            .is(404);
    }
    let first = picture["prints"][0]["url"].as_str().unwrap();
    let (hash, _) = first.rsplit_once('.').unwrap();
    reader.opens(&format!("{hash}.html")).await.is(404);
    reader.opens("/media/../dateline.db").await.is(404);
    news.closes().await;
}
