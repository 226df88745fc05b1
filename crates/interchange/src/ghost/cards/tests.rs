//! What every card becomes.

use base::{
    Direction,
    document::{Block, HtmlOptions},
};
use serde_json::json;

use super::*;
use crate::{address::Addresses, margin::Margin};

fn written(name: &str, card: &Value) -> (Vec<Block>, Vec<String>) {
    let mut margin = Margin::new("ghost");
    let addresses = Addresses::of_site("https://herald.test");
    let mut pen = Pen::new(&addresses, &mut margin, Direction::Ltr);
    write(name, card, &mut pen);
    let document = pen.finish();
    assert!(document.refusals().is_empty(), "{card}");
    let told = margin.into_warnings("here");
    let told = told.map(|warning| format!("{}: {}", warning.what, warning.why));
    (document.content, told.collect())
}

#[track_caller]
fn check(name: &str, card: Value, expected: &str) -> Vec<String> {
    let (blocks, told) = written(name, &card);
    let html = HtmlOptions {
        lazy_pictures: false,
        ..HtmlOptions::default()
    };
    let html = html.write(&blocks).replace('\n', "");
    let html = html
        .replace(" decoding=\"async\"", "")
        .replace(" rel=\"noopener\"", "");
    assert_eq!(html, expected, "{name} {card}");
    told
}

#[track_caller]
fn check_kept(name: &str, card: Value, why: &str) {
    let (blocks, told) = written(name, &card);
    let [Block::Kept(kept)] = blocks.as_slice() else {
        panic!("{name} became {blocks:?}")
    };
    assert_eq!(
        (kept.attrs.source.as_str(), kept.attrs.name.as_str()),
        ("ghost", name)
    );
    assert_eq!(kept.attrs.text, card.to_string());
    assert!(told.len() == 1 && told[0].contains(why), "{told:?}");
}

#[test]
fn cards_of_text_become_text() {
    for name in ["markdown", "card-markdown"] {
        check(
            name,
            json!({"markdown": "**a**\n\n- b"}),
            "<p><strong>a</strong></p><ul><li>b</li></ul>",
        );
    }
    check(
        "html",
        json!({"html": "<div><p>a</p><table><tr><td>1</td><td>2</td></tr></table></div>"}),
        "<p>a</p><div class=\"table-scroll\" tabindex=\"0\"><table><tr><td>1</td><td>2</td></tr></table></div>",
    );
    for name in ["code", "codeblock"] {
        check(
            name,
            json!({"code": "if a < b {\n  c\n}", "language": "rust", "caption": "C"}),
            "<pre>if a &lt; b {  c}</pre><p>C</p>",
        );
    }
    for name in ["hr", "horizontalrule"] {
        check(name, json!({}), "<hr>");
    }
}

#[test]
fn a_mark_between_what_all_and_what_members_read_is_the_fold() {
    for name in ["paywall", "members-only"] {
        assert_eq!(written(name, &json!({})).0, [Block::Fold]);
    }
    let (blocks, _) = written(
        "html",
        &json!({"html": "<p>a</p><!--members-only--><p>b</p>"}),
    );
    assert_eq!(blocks[1], Block::Fold);
}

#[test]
fn pictures_come_with_caption_description_and_size() {
    check(
        "image",
        json!({"src": "/content/images/a.jpg", "alt": "A \"bridge\"", "caption": "The <b>bridge</b>", "width": 800, "height": 600}),
        "<figure class=\"picture\"><img src=\"https://herald.test/content/images/a.jpg\" \
         alt=\"A &quot;bridge&quot;\" width=\"800\" height=\"600\"><figcaption><span class=\"caption\">The bridge</span>\
         </figcaption></figure>",
    );
    let told = check(
        "image",
        json!({"src": "https://e.test/a.jpg", "href": "https://e.test/page"}),
        "<figure class=\"picture\"><img src=\"https://e.test/a.jpg\" alt=\"\"></figure>",
    );
    assert!(told[0].starts_with("https://e.test/page"), "{told:?}");
    check_kept("image", json!({"alt": "none"}), "no picture");
}

#[test]
fn several_pictures_become_a_gallery() {
    let pictures = "<div class=\"gallery\"><figure class=\"picture\"><img src=\"https://e.test/1.jpg\" alt=\"one\" width=\"6\" \
         height=\"4\"></figure><figure class=\"picture\"><img src=\"https://e.test/2.jpg\" alt=\"\"></figure></div>";
    let (one, two) = (
        json!({"src": "https://e.test/1.jpg", "alt": "one", "width": 6, "height": 4}),
        json!({"src": "https://e.test/2.jpg"}),
    );
    check(
        "gallery",
        json!({"images": [one, two], "caption": "All"}),
        &format!("{pictures}<p>All</p>"),
    );
    let told = check(
        "before-after",
        json!({"beforeImage": one, "afterImage": two}),
        pictures,
    );
    assert!(told[0].contains("slider"));
    check_kept("gallery", json!({"images": []}), "no picture");
    check_kept("before-after", json!({"beforeImage": one}), "missing");
}

#[test]
fn what_lives_elsewhere_becomes_a_card_with_a_link() {
    check(
        "embed",
        json!({"url": "https://www.youtube.com/embed/aB_1", "html": "<iframe src='https://www.youtube.com/embed/aB_1'></iframe>",
            "metadata": {"title": "A film"}, "caption": "See <i>this</i>"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://www.youtube.com/watch?v=aB_1\">A film \
         <span class=\"provider\"><bdi>YouTube</bdi></span></a><p class=\"caption\">See this</p></div>",
    );
    check(
        "embed",
        json!({"html": "<iframe src='https://maps.test/x' title='Map'></iframe>"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://maps.test/x\">Map <span class=\"provider\"><bdi>maps.test</bdi>\
         </span></a></div>",
    );
    check(
        "embed",
        json!({"url": "https://x.com/a/status/1", "html": "<blockquote><p>Words</p></blockquote><script src='https://p.test'></script>"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://x.com/a/status/1\">Words <span class=\"provider\"><bdi>X</bdi>\
         </span></a></div>",
    );
    check(
        "nft",
        json!({"url": "https://opensea.test/1", "metadata": {"title": "T"}}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://opensea.test/1\">T <span class=\"provider\"><bdi>opensea.test</bdi>\
         </span></a></div>",
    );
    check(
        "bookmark",
        json!({"url": "https://herald.test/old/", "metadata": {"title": "Old & new", "description": "D", "publisher": "P"}}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"/old/\">Old &amp; new <span class=\"provider\"><bdi>P</bdi></span></a>\
         <p class=\"caption\">D</p></div>",
    );
    check_kept("embed", json!({"url": ""}), "no address");
    check_kept(
        "bookmark",
        json!({"url": "", "metadata": {"title": "T"}}),
        "no address",
    );
}

#[test]
fn files_and_recordings_become_cards_with_a_link() {
    check(
        "file",
        json!({"src": "/content/files/a.pdf", "fileTitle": "Plan", "fileName": "a.pdf", "fileCaption": "The plan"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://herald.test/content/files/a.pdf\">Plan</a>\
         <p class=\"caption\">The plan</p></div>",
    );
    check(
        "audio",
        json!({"src": "/content/media/a.mp3", "title": "Talk"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://herald.test/content/media/a.mp3\">Talk</a></div>",
    );
    let told = check(
        "video",
        json!({"src": "/content/media/a.mp4", "fileName": "a.mp4", "caption": "C", "thumbnailSrc": "/content/media/t.jpg"}),
        "<div class=\"embed\"><a class=\"embed-card\" href=\"https://herald.test/content/media/a.mp4\">a.mp4</a>\
         <p class=\"caption\">C</p></div>",
    );
    assert!(told[0].contains("t.jpg"));
    for name in ["file", "audio", "video"] {
        check_kept(name, json!({"title": "nothing"}), "no file");
    }
}

#[test]
fn words_in_a_frame_are_taken_and_the_frame_is_told() {
    let told = check(
        "callout",
        json!({"calloutEmoji": "💡", "calloutText": "<p>See <b>this</b></p>", "backgroundColor": "blue"}),
        "<p>💡 See <strong>this</strong></p>",
    );
    assert!(told[0].starts_with("callout"));
    let told = check(
        "toggle",
        json!({"heading": "Why?", "content": "<p>a</p><p>b</p>"}),
        "<p><strong>Why?</strong></p><p>a</p><p>b</p>",
    );
    assert!(told[0].contains("stand open"));
    check(
        "button",
        json!({"buttonText": "Go & see", "buttonUrl": "https://e.test/"}),
        "<p><a href=\"https://e.test/\">Go &amp; see</a></p>",
    );
    check(
        "product",
        json!({"productImageSrc": "https://e.test/p.jpg", "productTitle": "A lamp", "productDescription": "<p>Bright</p>",
            "productRatingEnabled": true, "productStarRating": 4, "productButtonEnabled": true, "productButton": "Shop",
            "productUrl": "https://e.test/lamp"}),
        "<figure class=\"picture\"><img src=\"https://e.test/p.jpg\" alt=\"\"></figure><p><strong>A lamp</strong></p>\
         <p>★★★★☆</p><p>Bright</p><p><a href=\"https://e.test/lamp\">Shop</a></p>",
    );
    check(
        "header",
        json!({"header": "Big", "subheader": "small", "backgroundImageSrc": "https://e.test/h.jpg", "buttonEnabled": true,
            "buttonText": "Go", "buttonUrl": "/go/"}),
        "<h2>Big</h2><p>small</p><figure class=\"picture\"><img src=\"https://e.test/h.jpg\" alt=\"\"></figure>\
         <p><a href=\"/go/\">Go</a></p>",
    );
    check_kept("callout", json!({"calloutEmoji": "💡"}), "no words");
    check_kept("toggle", json!({}), "no words");
    check_kept("button", json!({"buttonText": "Go"}), "leads nowhere");
}

#[test]
fn what_was_for_mails_for_some_or_asked_for_something_is_kept_for_the_desk() {
    for (name, why) in [
        ("email", "mails"),
        ("email-cta", "mails"),
        ("signup", "asked"),
        ("call-to-action", "asked"),
        ("transistor", "asked"),
        ("collection", "anew"),
        ("acme-poll", "not known"),
    ] {
        check_kept(name, json!({"html": "<p>secret</p>"}), why);
    }
    for visibility in [
        json!({"web": {"nonMember": false, "memberSegment": "status:free"}}),
        json!({"showOnWeb": false}),
        json!({"emailOnly": true, "segment": ""}),
    ] {
        check_kept(
            "html",
            json!({"html": "<p>secret</p>", "visibility": visibility}),
            "some readers",
        );
    }
    let all = json!({"web": {"nonMember": true, "memberSegment": "status:free,status:-free"}});
    check(
        "html",
        json!({"html": "<p>a</p>", "visibility": all}),
        "<p>a</p>",
    );
}

#[test]
fn one_card_left_open_harms_no_other() {
    let mut margin = Margin::new("ghost");
    let addresses = Addresses::default();
    let mut pen = Pen::new(&addresses, &mut margin, Direction::Ltr);
    write(
        "html",
        &json!({"html": format!("<p>a{}", "<b><div>".repeat(400))}),
        &mut pen,
    );
    write("html", &json!({"html": "</div></p><p>b"}), &mut pen);
    let blocks = pen.finish().content;
    assert_eq!(blocks.first(), Some(&Block::paragraph("a")));
    assert_eq!(blocks.last(), Some(&Block::paragraph("b")));
}

#[test]
fn v_33_nothing_that_runs_comes_out_of_any_card() {
    let evil = "javascript:alert(1)";
    let html = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>press</a><svg onload=alert(1)>";
    let card = json!({
        "src": evil, "url": evil, "html": html, "markdown": format!("[a]({evil}) {html}"), "caption": html, "alt": html,
        "href": evil, "code": html, "calloutText": html, "heading": html, "content": html, "header": html, "subheader": html,
        "backgroundImageSrc": evil, "buttonEnabled": true, "buttonText": html, "buttonUrl": evil, "fileTitle": html, "title": html,
        "productTitle": html, "productDescription": html, "productImageSrc": evil, "productButtonEnabled": true,
        "productButton": html, "productUrl": evil, "images": [{"src": evil, "alt": html}], "metadata": {"title": html},
        "beforeImage": {"src": evil}, "afterImage": {"src": evil},
    });
    for name in [
        "markdown",
        "html",
        "image",
        "gallery",
        "before-after",
        "embed",
        "nft",
        "bookmark",
        "file",
        "audio",
        "video",
        "code",
        "callout",
        "toggle",
        "button",
        "product",
        "header",
        "signup",
        "email",
        "acme",
    ] {
        let (blocks, _) = written(name, &card);
        let html = HtmlOptions::default().write(&blocks).to_lowercase();
        for attack in [
            "<script",
            "href=\"javascript",
            "src=\"javascript",
            "<svg",
            "<img src=x",
        ] {
            assert!(!html.contains(attack), "{name}: {html}");
        }
    }
}
