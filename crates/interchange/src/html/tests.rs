//! Foreign HTML as tables, and a storm of it: no word lost, nothing that runs.

use base::document::HtmlOptions;
use proptest::prelude::*;

use super::*;

fn document_of(html: &str, line_ends_count: bool) -> (Document, Vec<String>) {
    let mut margin = Margin::new("test");
    let notes = HashMap::from([("stored".to_string(), "<em>Stored</em> note".to_string())]);
    let document = read(
        html,
        &mut Setting {
            addresses: &Addresses::of_site("https://herald.test"),
            margin: &mut margin,
            notes: &notes,
            line_ends_count,
        },
    );
    let remarks = margin
        .into_warnings("here")
        .map(|warning| format!("{}: {}", warning.what, warning.why))
        .collect();
    (document, remarks)
}

/// The body as it would be written out, on one line.
fn written(document: &Document) -> String {
    let options = HtmlOptions {
        lazy_pictures: false,
        ..HtmlOptions::default()
    };
    options.write(&document.content).replace('\n', "")
}

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(written(&document_of(html, false).0), expected, "{html}");
}

#[track_caller]
fn check_remark(html: &str, expected: &str) {
    let (_, remarks) = document_of(html, false);
    assert!(
        remarks.iter().any(|remark| remark.contains(expected)),
        "{html}: {remarks:?}"
    );
}

#[test]
fn text_keeps_its_marks_and_links() {
    check(
        "<p>a <b>b <i>c</i></b> d</p>",
        "<p>a <strong>b </strong><strong><em>c</em></strong> d</p>",
    );
    check("a  \n b", "<p>a b</p>");
    check("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>");
    check("<p>a<br>b<br><br>c</p>", "<p>a<br>b</p><p>c</p>");
    check(
        "<p>H<sub>2</sub>O x<sup>2</sup> <s>no</s> <code>x</code></p>",
        "<p>H<sub>2</sub>O x<sup>2</sup> <s>no</s> <code>x</code></p>",
    );
    check(
        "<p><a href='http://www.herald.test/2019/x/'>x</a></p>",
        "<p><a href=\"/2019/x/\">x</a></p>",
    );
    check("<p><a href='javascript:alert(1)'>x</a></p>", "<p>x</p>");
    check("<p>&nbsp;</p><p></p>", "");
    check("<p>He said <q>no</q>.</p>", "<p>He said “no”.</p>");
}

#[test]
fn blocks_find_their_shape() {
    check("<h1>a</h1><h5>b</h5>", "<h2>a</h2><h4>b</h4>");
    check(
        "<ul><li>a<ul><li>b</li></ul></li><li></li></ul>",
        "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
    );
    check("<ol start=3><li>a</ol>", "<ol start=\"3\"><li>a</li></ol>");
    check(
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        "<p>a</p><p>b</p>",
    );
    check(
        "<pre><code>a\n  b</code></pre>",
        "<pre>a\n  b</pre>".replace('\n', "").as_str(),
    );
    check("a<hr>b", "<p>a</p><hr><p>b</p>");
    check(
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<ul><li><p><strong>a</strong></p><p>b</p></li></ul>",
    );
}

#[test]
fn a_table_keeps_caption_heads_and_spans() {
    let (document, _) = document_of(
        "<table><caption>T</caption><tr><th>a<td colspan=2>b<br>c<img src=/x.jpg></table>",
        false,
    );
    let [Block::Table(table), Block::Picture(_)] = document.content.as_slice() else {
        panic!("{document:?}");
    };
    assert_eq!(table.attrs.caption.as_deref(), Some("T"));
    let [base::document::TableRow::TableRow { content }] = table.content.as_slice() else {
        panic!("{table:?}");
    };
    let spans: Vec<_> = content
        .iter()
        .map(|cell| {
            let base::document::TableCell::TableCell { attrs, content } = cell;
            (attrs.header, attrs.colspan, content.len())
        })
        .collect();
    assert_eq!(spans, [(true, 1, 1), (false, 2, 3)]);
}

#[test]
fn a_quotation_names_its_speaker() {
    let (document, _) = document_of(
        "<blockquote cite='https://other.test/x'><p>Yes.</p><cite>— Ada, mayor</cite></blockquote>\
         <figure class='wp-block-pullquote'><blockquote><p>No.</p><cite>Bo</cite></blockquote></figure>",
        false,
    );
    let [Block::Quote(quote), Block::PullQuote(pull)] = document.content.as_slice() else {
        panic!("{document:?}");
    };
    assert_eq!(quote.attrs.speaker.as_deref(), Some("Ada, mayor"));
    assert_eq!(
        quote.attrs.source.as_ref().map(|href| href.as_str()),
        Some("https://other.test/x")
    );
    assert_eq!(pull.attrs.speaker.as_deref(), Some("Bo"));
}

#[test]
fn pictures_keep_caption_size_and_description() {
    let (document, _) = document_of(
        "<p>before <img src='/wp-content/a b.jpg' alt='A' width=10 height='20px'> after</p>\
         <figure><img src='data:x' data-src='//cdn.test/c.jpg'><figcaption>Cap <b>x</b></figcaption></figure>\
         <figure class='wp-block-gallery'><figure><img src='/1.jpg'><figcaption>1</figcaption></figure>\
         <figure><img src='/2.jpg'></figure><figcaption>All</figcaption></figure>",
        false,
    );
    let [
        Block::Paragraph(_),
        Block::Picture(a),
        Block::Picture(c),
        Block::Gallery(both),
        Block::Paragraph(_),
    ] = document.content.as_slice()
    else {
        panic!("{document:?}");
    };
    assert_eq!(
        a.attrs.src.as_str(),
        "https://herald.test/wp-content/a%20b.jpg"
    );
    assert_eq!((a.attrs.width, a.attrs.height), (Some(10), Some(20)));
    assert_eq!(c.attrs.src.as_str(), "https://cdn.test/c.jpg");
    assert_eq!(c.attrs.caption.as_deref(), Some("Cap x"));
    assert_eq!(both.content.len(), 2);
}

#[test]
fn what_plays_becomes_a_card() {
    let (document, _) = document_of(
        "<figure><iframe src='//www.youtube.com/embed/abc?rel=0' title='T'></iframe><figcaption>C</figcaption></figure>\
         <video><source src='/v.mp4'></video>\
         <blockquote class='twitter-tweet'><p>Hi</p>— A <a href='https://twitter.com/a/status/1'>May</a></blockquote>",
        false,
    );
    let urls: Vec<_> = document
        .content
        .iter()
        .map(|block| match block {
            Block::Embed(embed) => embed.attrs.url.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        urls,
        [
            "https://www.youtube.com/watch?v=abc",
            "https://herald.test/v.mp4",
            "https://twitter.com/a/status/1"
        ]
    );
}

#[test]
fn notes_come_to_where_they_are_called() {
    let expected = "<p>Text<sup class=\"note-ref\"><a id=\"noteref-1\" href=\"#note-1\">1</a></sup>.</p>\
        <ol class=\"footnotes\" start=\"1\"><li id=\"note-1\">The note. <a href=\"#noteref-1\">↩</a></li></ol>";
    check(
        "<p>Text<sup id=fnref1><a href='#fn1'>1</a></sup>.</p><section class=footnotes><hr><ol>\
         <li id=fn1><p>The note. <a href='#fnref1'>↩</a></p></li></ol></section>",
        expected,
    );
    check(
        "<p>Text<sup data-fn=stored class=fn><a href='#stored' id=stored-link>1</a></sup>.</p>",
        &expected.replace("The note.", "<em>Stored</em> note"),
    );
}

#[test]
fn direction_and_language_stay_with_their_words() {
    check(
        "<div dir=rtl lang=he><p>שלום</p></div>",
        "<p dir=\"rtl\" lang=\"he\">שלום</p>",
    );
    check(
        "<p>a <span dir=rtl>ב</span></p>",
        "<p>a <bdi dir=\"rtl\">ב</bdi></p>",
    );
}

#[test]
fn what_has_no_place_is_kept_and_named() {
    check_remark("<script>alert(1)</script>", "script: not text");
    check_remark("<form>Name <input></form>", "form: not text");
    check_remark("<p><a href='vbscript:x'>a</a></p>", "vbscript:x");
    check_remark("<acme-widget>words</acme-widget>", "no element we know");
    check_remark("<img src='/p.gif' width=1 height=1>", "counts readers");
    let (document, _) = document_of("<noscript><img src='/a.jpg'></noscript>", false);
    assert!(
        matches!(document.content.as_slice(), [Block::Picture(_)]),
        "{document:?}"
    );
    check("<p>a <script>x</script>b</p>", "<p>a b</p>");
}

#[test]
fn line_ends_make_paragraphs_in_classic_bodies() {
    let (document, _) = document_of(
        "One\ntwo\n\n<strong>three\n\nfour</strong>\n<ul>\n<li>a</li>\n</ul>\nhttps://youtu.be/x\nfive",
        true,
    );
    let html = written(&document);
    assert!(html.starts_with(
        "<p>One<br>two</p><p><strong>three</strong></p><p><strong>four</strong></p><ul><li>a</li></ul>"
    ), "{html}");
    assert!(
        matches!(document.content[4], Block::Embed(_)),
        "{document:?}"
    );
    assert!(html.ends_with("<p>five</p>"));
}

#[test]
fn very_deep_nesting_is_read_flat() {
    let deep = format!("{}words{}", "<div>".repeat(250), "</div>".repeat(250));
    let (document, _) = document_of(&deep, false);
    assert_eq!(document.to_text(), "words");
    let quotes = format!("{}words", "<blockquote><ul><li>".repeat(40));
    let (document, _) = document_of(&quotes, false);
    assert_eq!(document.refusals(), []);
    assert_eq!(document.to_text(), "words");
}

#[test]
fn html_made_to_exhaust_the_parser_is_not_parsed() {
    let fonts: String = (0..200).map(|nth| format!("<font size={nth}>")).collect();
    for bomb in [
        "<div>".repeat(1_000_000) + "words",
        fonts + &"<p>".repeat(1_000_000) + "words",
    ] {
        let (document, remarks) = document_of(&bomb, false);
        assert_eq!(document.to_text(), "words");
        assert!(remarks[0].contains("left open"), "{remarks:?}");
    }
}

/// Pieces of hostile and broken HTML; `#` stands for a fresh word.
const SOUP: [&str; 66] = [
    "<p>",
    "</p>",
    "<div dir=rtl>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href='/x'>",
    "</a>",
    "<a href='#fn1'>",
    "<li id=fn1>",
    "<sup>",
    "</sup>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<caption>",
    "<blockquote>",
    "</blockquote>",
    "<cite>",
    "</cite>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<img src=/a.jpg alt='#'>",
    "<h1>",
    "</h1>",
    "<h4>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<form>",
    "</form>",
    "<select>",
    "<option>",
    "</select>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<iframe src=//v.test/1>",
    "</iframe>",
    "<video src=/v>",
    "</video>",
    "<x-y onclick=alert(1)>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<template>",
    "</template>",
    "<br>",
    "\n\n",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..SOUP.len(), any::<bool>()), 0..60).prop_map(|pieces| {
        let mut html = String::new();
        for (nth, (piece, word)) in pieces.into_iter().enumerate() {
            html.push_str(&SOUP[piece].replace('#', &format!("alt{nth}x")));
            if word {
                html.push_str(&format!(" word{nth}x "));
            }
        }
        html
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_and_nothing_runs(html in soup(), classic: bool) {
        let (document, remarks) = document_of(&html, classic);
        let all = serde_json::to_string(&document).unwrap() + &remarks.join(" ");
        let parsed = Html::parse_fragment(&html);
        for node in parsed.tree.nodes() {
            let Node::Text(text) = node.value() else { continue };
            for word in text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| word.starts_with("word")) {
                prop_assert!(all.contains(word), "{word} of {html} in {all}");
            }
        }
        let written = written(&document);
        for node in Html::parse_fragment(&written).tree.nodes() {
            let Node::Element(element) = node.value() else { continue };
            prop_assert!(!NEVER_SHOWN.contains(&element.name()), "{written}");
            prop_assert!(element.attrs().all(|(name, _)| !name.starts_with("on")), "{written}");
        }
        prop_assert_eq!(document.refusals(), []);
    }
}
