//! HTML that others wrote becomes our tree, and none of it comes out as it came.

use std::collections::HashMap;

use base::{Document, document::HtmlOptions};
use interchange::{
    address::Addresses,
    html::{self, Setting},
    margin::Margin,
};
use scraper::{Html, Node};
use serde_json::json;
use testkit::{Newsroom, editor::paragraphs};

/// HTML that means one thing to a cleaner and another to a browser (RUSTSEC-2025-0071 and its kind).
const MUTANTS: [&str; 22] = [
    "<p>one<svg><style><img src=x onerror=alert(1)></style></svg>two</p>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">x</a>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>word",
    "<svg><animate xlink:href=#a attributeName=href values=javascript:alert(1) /><a id=a><text y=20>hit</text></a>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">no</p></noscript>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p>a<table><tr><td>b<p>c<table><td>d</table></td></tr></table>e",
    "<a href=\"javascript:alert(1)\">a</a><a href=\"java\nscript:alert(1)\">b</a><a href=\" &#1;javascript:alert(1)\">c</a>",
    "<img src=\"/a.jpg\" alt=\"--><script>alert(1)</script>\" onload=alert(1)>",
    "<template><img src=x onerror=alert(1)></template><p>after</p>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><b>all",
    "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe><p>word</p>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object><embed src=//evil.example/a.swf>",
    "<p style=\"background:url(javascript:alert(1))\" class=x onclick=alert(1)>styled</p>",
    "<base href=//evil.example/><a href=/b>b</a><link rel=stylesheet href=//evil.example/c.css>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\"><p>stay</p>",
    "<blockquote cite=javascript:alert(1)>said</blockquote><q cite=javascript:alert(1)>q</q>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt; \u{2028}</p>",
    "<ul><li>a<li>b<ol><li>c</ul>d</ol><b><i>e</b>f</i>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio src onloadstart=alert(1)>",
];
/// Elements that no body of ours has.
const NEVER: [&str; 19] = [
    "svg",
    "math",
    "style",
    "script",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "xmp",
    "plaintext",
    "textarea",
    "form",
    "base",
    "link",
    "meta",
    "video",
    "audio",
    "frame",
];
/// What sites give to be put into a page (oEmbed's `html`).
const PROVIDED: [&str; 5] = [
    "<iframe width=560 src=\"https://www.youtube.com/embed/abcdefghijk\" onload=alert(1)></iframe>",
    "<blockquote class=\"twitter-tweet\"><p>Said so.</p>&mdash; A (@a) <a href=\"https://twitter.com/a/status/1\">May 1</a></blockquote><script async src=\"https://platform.twitter.com/widgets.js\"></script>",
    "<div class=\"fb-post\" data-href=\"https://www.facebook.com/a/posts/1\"></div><script>alert(1)</script>",
    "<object data=\"https://evil.example/a.swf\"><embed src=\"https://evil.example/a.swf\"></object>",
    "<script src=\"https://gist.example/a/1.js\"></script><noscript><img src=\"https://pixel.example/1\"></noscript>",
];

fn taken_in(html: &str) -> Document {
    let mut setting = Setting {
        addresses: &Addresses::of_site("https://herald.test"),
        margin: &mut Margin::new("test"),
        notes: &HashMap::new(),
        line_ends_count: false,
    };
    html::read(html, &mut setting)
}

fn written(document: &Document) -> String {
    HtmlOptions::default().write(&document.content)
}

/// Fails on an element or attribute that runs, hides or fetches something.
#[track_caller]
fn is_harmless(html: &str, of: &str) {
    for node in Html::parse_fragment(html).tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                assert!(!NEVER.contains(&name), "{of}: <{name}> in {html}");
                for (name, value) in element.attrs() {
                    let runs = name.starts_with("on") || matches!(name, "style" | "srcdoc");
                    let value = value.trim().to_lowercase();
                    let leads = value.starts_with("javascript:") || value.starts_with("data:");
                    let is_address = matches!(name, "href" | "src" | "cite");
                    assert!(
                        !(runs || is_address && leads),
                        "{of}: {name}={value} in {html}"
                    );
                }
            }
            Node::Comment(comment) => panic!("{of}: a comment, {comment:?}"),
            _ => {}
        }
    }
}

#[test]
fn a_25_what_was_cleaned_once_is_clean_however_often_it_is_read_again() {
    for html in MUTANTS {
        let first = written(&taken_in(html));
        is_harmless(&first, html);
        // As a browser would write down what it made of it.
        let mut serialised = Html::parse_fragment(&first).html();
        for _again in 0..3 {
            let again = written(&taken_in(&serialised));
            is_harmless(&again, html);
            assert_eq!(text(&again), text(&first), "{html}");
            serialised = Html::parse_fragment(&again).html();
        }
        // And as the desk sends it back, through the schema.
        let document = taken_in(html);
        let json = serde_json::to_string(&document).unwrap();
        let back: Document = serde_json::from_str(&json).unwrap();
        assert_eq!(written(&back), first, "{html}");
    }
}

fn text(html: &str) -> String {
    let all: String = Html::parse_fragment(html).root_element().text().collect();
    all.split_ascii_whitespace().collect()
}

#[tokio::test]
async fn a_21_what_others_host_is_a_card_of_our_own_words_and_never_their_html() {
    let news = Newsroom::open().await;
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let city = news
        .given_section("City", newsroom::story::Access::Open)
        .await;
    let visitor = news.anonymous();
    for html in PROVIDED {
        let body = serde_json::to_value(taken_in(html)).unwrap();
        let fields = json!({"headline": "A card", "section_id": city, "body": body});
        let draft = wire.drafts(&json!({"headline": "A card"})).await;
        // What leaves nothing that readers may see cannot be published, which is well.
        if wire.tries_to_revise(&draft, &fields).await.status != 200 {
            continue;
        }
        let told = wire.visitor.opens(&draft.api("")).await.json();
        is_harmless(
            &written(&serde_json::from_value(told["body"].clone()).unwrap()),
            html,
        );
    }
    // The card itself: every word in it is text, and nothing is fetched from whoever hosts the thing.
    let words = "<iframe src=https://evil.example/></iframe><script>alert(1)</script>";
    let card = json!({"type": "embed", "attrs": {"url": "https://www.youtube.com/watch?v=abcdefghijk",
        "provider": words, "title": words, "caption": words}});
    let mut body = paragraphs(&["One.", "Two."]);
    body["content"].as_array_mut().unwrap().push(card.clone());
    let fields = json!({"headline": "A card", "section_id": city, "body": body});
    let story = wire.runs(&fields).await;
    let page = visitor.opens(&story.path).await.is(200).text();
    let rest = page
        .split("<article")
        .nth(1)
        .expect("a story")
        .split("</article>")
        .next();
    let rest = rest.expect("it ends");
    assert!(
        rest.contains("&lt;iframe src=https://evil.example/&gt;"),
        "{rest}"
    );
    assert!(
        rest.contains("href=\"https://www.youtube.com/watch?v=abcdefghijk\""),
        "{rest}"
    );
    for never in ["<iframe", "<script>alert", "src=\"https://", "i.ytimg.com"] {
        assert!(!page.contains(never), "{never} in {page}");
    }
    // There is no place in a story for HTML from elsewhere at all.
    for field in ["html", "srcdoc", "script", "thumbnail_url"] {
        let mut with = card.clone();
        with["attrs"][field] = words.into();
        let change = json!({"body": {"type": "doc", "content": [with]}});
        let draft = wire.drafts(&json!({"headline": "A card"})).await;
        wire.tries_to_revise(&draft, &change)
            .await
            .is(422)
            .shows(field);
    }
    news.closes().await;
}
