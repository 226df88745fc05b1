//! The body's rules, as tables.

use serde_json::json;

use super::*;

fn read(json: serde_json::Value) -> Result<Document, String> {
    serde_json::from_value(json).map_err(|error| error.to_string())
}

#[test]
fn a_body_reads_back_as_it_was_written() {
    let body = json!({"type": "doc", "content": [
        {"type": "paragraph", "attrs": {"dir": "rtl"}, "content": [
            {"type": "text", "text": "שלום", "marks": [{"type": "strong"}]},
            {"type": "hard_break"},
            {"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "/a"}}]}]},
        {"type": "fold"},
        {"type": "list", "attrs": {"ordered": true, "start": 3}, "content": [
            {"type": "list_item", "content": [{"type": "paragraph", "content": []}]}]},
        {"type": "picture", "attrs": {"src": "/media/a.jpg", "alt": "A bridge"}}]});
    let document = read(body.clone()).unwrap();
    assert_eq!(serde_json::to_value(&document).unwrap(), body);
    assert!(document.refusals().is_empty());
}

#[test]
fn v_32_v_62_what_the_schema_does_not_name_is_refused() {
    for bad in [
        json!({"type": "doc", "content": [{"type": "script", "content": []}]}),
        json!({"type": "doc", "content": [{"type": "paragraph", "attrs": {"onclick": "x"}}]}),
        json!({"type": "doc", "content": [{"type": "picture", "attrs": {"src": "data:text/html,x"}}]}),
        json!({"type": "paragraph", "content": []}),
    ] {
        assert!(read(bad.clone()).is_err(), "{bad}");
    }
}

#[test]
fn v_33_no_script_address_survives() {
    #[track_caller]
    fn check(text: &str, good: bool) {
        assert_eq!(text.parse::<Href>().is_ok(), good, "{text:?}");
    }
    for good in [
        "https://example.org/a?b#c",
        "/2026/11/bridge",
        "#note-1",
        "mailto:a@example.org",
    ] {
        check(good, true);
    }
    for bad in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://",
        "file:///etc/passwd",
        "",
        "relative/path",
    ] {
        check(bad, false);
    }
}

#[test]
fn v_29_text_stays_text_in_every_place() {
    let nasty = "\"><img src=x onerror=alert(1)>&'";
    let picture = Picture {
        src: "/a.jpg".parse().unwrap(),
        alt: nasty.into(),
        caption: Some(nasty.into()),
        credit: Some(nasty.into()),
        ..Default::default()
    };
    let quote = Quote {
        attrs: QuoteAttrs {
            speaker: Some(nasty.into()),
            ..Default::default()
        },
        content: vec![Block::paragraph(nasty)],
    };
    let embed = EmbedAttrs {
        url: "https://example.org/\"x".parse().unwrap(),
        provider: Some(nasty.into()),
        title: Some(nasty.into()),
        caption: Some(nasty.into()),
        frame: None,
    };
    let html = HtmlOptions::default().write(&[
        Block::paragraph(nasty),
        Block::Picture(PictureBlock { attrs: picture }),
        Block::Quote(quote),
        Block::Embed(Embed { attrs: embed }),
        Block::Preformatted(Preformatted {
            attrs: PreformattedAttrs { text: nasty.into() },
        }),
        Block::Kept(Kept {
            attrs: KeptAttrs {
                source: "x".into(),
                name: "x".into(),
                text: nasty.into(),
            },
        }),
    ]);
    assert!(!html.contains("<img src=x"), "{html}");
    assert_eq!(html.matches("<img").count(), 1);
    assert!(!html.contains("\"x\"") && html.contains("&quot;x\""));
}

#[test]
fn names_that_are_put_in_are_set_apart_from_the_line() {
    let quote = json!({"type": "doc", "content": [{
        "type": "quote", "attrs": {"speaker": "Ada Roe"},
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "היא עומדת"}]}],
    }]});
    let body: Document = serde_json::from_value(quote).unwrap();
    let html = HtmlOptions::default().write(&body.content);
    assert!(
        html.contains("<footer class=\"speaker\"><bdi>Ada Roe</bdi></footer>"),
        "{html}"
    );
}

#[test]
fn a_list_runs_as_all_its_items_do() {
    #[track_caller]
    fn check(dirs: &[Option<&str>], opens: &str) {
        let item = |dir: &Option<&str>| {
            let attrs = dir.map_or(json!({}), |dir| json!({"dir": dir}));
            json!({"type": "list_item", "content": [{"type": "paragraph", "attrs": attrs}]})
        };
        let items: Vec<_> = dirs.iter().map(item).collect();
        let list = json!({"type": "doc", "content": [{"type": "list", "content": items}]});
        let body: Document = serde_json::from_value(list).unwrap();
        let html = HtmlOptions::default().write(&body.content);
        assert!(html.starts_with(opens), "{html}");
    }
    check(&[Some("rtl"), Some("rtl")], "<ul dir=\"rtl\">");
    check(&[Some("rtl"), None], "<ul>");
    check(&[None, None], "<ul>");
    check(&[], "<ul>");
}

#[test]
fn the_opening_ends_at_the_fold_or_after_the_paragraphs() {
    let plain = Document::of_paragraphs(["one", "two", "three"]);
    assert_eq!(plain.cut(2).0.len(), 2);
    assert_eq!(plain.cut(9).1.len(), 0);
    let mut folded = plain.clone();
    folded.content.insert(1, Block::Fold);
    let (opening, rest) = folded.cut(2);
    assert_eq!((opening.len(), rest.len()), (1, 2));
}

#[test]
fn a_broken_rule_names_its_place() {
    let deep = (0..MAX_DEPTH + 1).fold(Block::paragraph("x"), |inner, _| {
        Block::Quote(Quote {
            content: vec![inner],
            ..Default::default()
        })
    });
    assert!(
        Document {
            content: vec![deep]
        }
        .refusals()
        .iter()
        .any(|no| no.key == "too-deep")
    );

    let heading = Block::Heading(Heading {
        attrs: HeadingAttrs {
            level: 1,
            dir: None,
        },
        content: vec![Inline::text("x")],
    });
    let refusals = Document {
        content: vec![Block::Divider, heading],
    }
    .refusals();
    assert_eq!(
        refusals[0].field.as_deref(),
        Some("body.content[1].attrs.level")
    );
}

#[test]
fn footnotes_count_on_across_the_fold() {
    let note = |text: &str| {
        Block::Paragraph(Paragraph {
            content: vec![Inline::Footnote(Footnote {
                content: vec![Inline::text(text)],
            })],
            ..Default::default()
        })
    };
    let html = HtmlOptions {
        first_footnote: 2,
        ..Default::default()
    }
    .write(&[note("a"), note("b")]);
    assert!(html.contains("href=\"#note-2\"") && html.contains("id=\"note-3\""));
}

#[test]
fn words_are_counted_without_what_readers_do_not_see() {
    let mut body = Document::of_paragraphs(["one two", "three"]);
    body.content.push(Block::Kept(Kept {
        attrs: KeptAttrs {
            source: "a".into(),
            name: "b".into(),
            text: "many more words".into(),
        },
    }));
    assert_eq!(
        (body.words(), body.to_text().as_str()),
        (3, "one two\nthree")
    );
}

#[test]
fn a_header_without_words_heads_nothing() {
    let cell = |header: bool, text: &str| {
        let content = match text {
            "" => Vec::new(),
            text => vec![Inline::text(text)],
        };
        let attrs = CellAttrs {
            header,
            ..CellAttrs::default()
        };
        TableCell::TableCell { attrs, content }
    };
    let rows = vec![TableRow::TableRow {
        content: vec![cell(true, ""), cell(true, "Water")],
    }];
    let table = Table {
        attrs: TableAttrs::default(),
        content: rows,
    };
    let html = HtmlOptions::default().write(&[Block::Table(table)]);
    assert!(
        html.contains("<td></td><th scope=\"col\">Water</th>"),
        "{html}"
    );
}

fn framed() -> serde_json::Value {
    json!({"type": "doc", "content": [{"type": "quote", "content": [{"type": "embed", "attrs": {
        "url": "https://films.example/1", "title": "Film",
        "frame": {"hash": "0a".repeat(32), "width": 640, "height": 360},
    }}]}]})
}

#[test]
fn a_21_a_frame_is_offered_where_it_is_said_how_and_is_nothing_but_its_card_elsewhere() {
    let body = read(framed()).unwrap();
    let kept = serde_json::to_value(&body).unwrap();
    assert_eq!(read(kept).unwrap(), body);
    let (place, frame) = &body.frames()[0];
    assert_eq!(place, "body.content[0].content[0]");
    assert_eq!(frame.name(), "0a".repeat(32));
    assert_eq!(body.refusals(), []);
    let card = HtmlOptions::default().write(&body.content);
    assert!(!card.contains("0a0a") && !card.contains("button"), "{card}");
    let frames = Frames {
        at: "https://frames.example/_frame/".into(),
        show: "Show".into(),
        close: "Close \"it\"".into(),
        note: "It <learns>.".into(),
    };
    let options = HtmlOptions {
        frames: Some(&frames),
        ..HtmlOptions::default()
    };
    let page = options.write(&body.content);
    let address = format!("https://frames.example/_frame/{}", "0a".repeat(32));
    for said in [
        "<p class=\"offer\" hidden>",
        &format!("data-frame=\"{address}\" data-width=\"640\" data-height=\"360\""),
        "data-close=\"Close &quot;it&quot;\"",
        "It &lt;learns&gt;.",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("<iframe"), "{page}");
}

#[test]
fn a_frame_is_a_hash_and_a_size_that_can_be_shown() {
    #[track_caller]
    fn check(name: &str, value: serde_json::Value, refused: Option<&'static str>) {
        let mut body = framed();
        body["content"][0]["content"][0]["attrs"]["frame"][name] = value;
        let refusals = read(body).map(|body| body.refusals().first().map(|one| one.key));
        assert_eq!(refusals.unwrap_or(Some("unreadable")), refused, "{name}");
    }
    check("width", json!(null), None);
    check("width", json!(39), Some("frame-sides"));
    check("height", json!(4001), Some("frame-sides"));
    check("height", json!(-1), Some("unreadable"));
    check("hash", json!("0a"), Some("unreadable"));
    check("hash", json!("\"><script>"), Some("unreadable"));
    check("html", json!("<script>"), Some("unreadable"));
}
