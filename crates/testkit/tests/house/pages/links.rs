//! V-33: no address that runs something gets into a story, wherever an address may stand.

use serde_json::{Value, json};
use testkit::Newsroom;

const REFUSED: [&str; 14] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://news.example/1",
    "//evil.example/x",
    "/\\evil.example/x",
    "javascript&#58;alert(1)",
];

/// Every place in a story that takes an address.
fn places(address: &str) -> [(&'static str, Value); 6] {
    let link = json!([{"type": "link", "attrs": {"href": address}}]);
    let body = |block: Value| json!({"body": {"type": "doc", "content": [block]}});
    [
        ("canonical_url", json!({"canonical_url": address})),
        ("lead_picture", json!({"lead_picture": {"src": address}})),
        (
            "a link",
            body(json!({"type": "paragraph", "content": [
                {"type": "text", "text": "here", "marks": link},
            ]})),
        ),
        (
            "a picture",
            body(json!({"type": "picture", "attrs": {"src": address}})),
        ),
        (
            "an embed",
            body(json!({"type": "embed", "attrs": {"url": address}})),
        ),
        (
            "a source",
            body(json!({"type": "pull_quote", "attrs": {"source": address}})),
        ),
    ]
}

#[tokio::test]
async fn v_33_addresses_that_run_something_are_refused_wherever_they_stand() {
    let news = Newsroom::open().await;
    let wire = news.machine(&newsroom::staff::api_token::Scope::ALL).await;
    let draft = wire.drafts(&json!({"headline": "Nothing yet"})).await;
    let mut tried = 0;
    for address in REFUSED {
        for (place, change) in places(address) {
            let seen = wire.tries_to_revise(&draft, &change).await;
            assert_eq!(
                seen.status.as_u16(),
                422,
                "{address:?} in {place}: {}",
                seen.text()
            );
            tried += 1;
        }
    }
    println!("{tried} addresses refused");
    for (place, change) in places("https://elsewhere.example/a?b=c#d") {
        let draft = wire.drafts(&json!({})).await;
        let seen = wire.tries_to_revise(&draft, &change).await;
        assert_eq!(seen.status.as_u16(), 200, "{place}: {}", seen.text());
    }
    news.closes().await;
}
