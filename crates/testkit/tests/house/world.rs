//! A small world in which every door has something behind it.

use newsroom::{staff::api_token::Scope, story::Access};
use serde_json::{Value, json};
use testkit::{Editor, Newsroom, Story, editor::paragraphs};

/// In everything that anybody may read.
pub const PUBLIC: &str = "canarypublic7q";
/// Behind the gate of the metered story.
pub const METERED: &str = "canarymetered7q";
/// Behind the gate of the story for registered readers.
pub const REGISTERED: &str = "canaryregister7q";
/// In a story that nobody published.
pub const DRAFT: &str = "canarydrafted7q";

/// Everything there is.
pub struct World<'a> {
    pub news: &'a Newsroom,
    /// A program that may do everything.
    pub wire: Editor<'a>,
    pub open: Story,
    pub metered: Story,
    pub registered: Story,
    pub withdrawn: Story,
    pub draft: Story,
}

impl<'a> World<'a> {
    pub async fn of(news: &'a Newsroom) -> Self {
        let city = news.given_section("City", Access::Metered).await;
        let running = news.given_running_story("The flood", PUBLIC).await;
        news.given_page("Imprint", "/old-imprint").await;
        let wire = news.machine(&Scope::ALL).await;
        wire.adapts(
            "ethics",
            "Ethics",
            &["We pay nobody for what they tell us."],
        )
        .await;
        let story = |headline: &str, access: &str, gated: &str| {
            let mut fields = rich_fields(&city, headline, gated);
            fields["access"] = access.into();
            fields["running_story_id"] = running.as_str().into();
            fields
        };
        let open = wire.runs(&story("Open water", "open", PUBLIC)).await;
        let metered = wire.runs(&story("Metered water", "metered", METERED)).await;
        let registered = wire
            .runs(&story("Registered water", "registered", REGISTERED))
            .await;
        let withdrawn = wire
            .runs(&story("Withdrawn water", "metered", METERED))
            .await;
        wire.withdraws(&withdrawn, "It was about another harbour.")
            .await;
        let draft = wire.drafts(&story("Drafted water", "open", DRAFT)).await;
        let note = format!("An earlier version said otherwise, {PUBLIC}.");
        let metered = wire.corrects(&metered, &note, &json!({})).await;
        Self {
            news,
            wire,
            open,
            metered,
            registered,
            withdrawn,
            draft,
        }
    }
}

/// A plain story: two paragraphs for everybody and one behind the gate.
pub fn plain_fields(city: &str, headline: &str, gated: &str) -> Value {
    json!({
        "headline": headline, "section_id": city,
        "body": paragraphs(&["The first paragraph.", "The second paragraph.", gated]),
    })
}

/// A story with a word for everybody in every public field, and one in all that the gate keeps.
pub fn rich_fields(city: &str, headline: &str, gated: &str) -> Value {
    json!({
        "headline": format!("{headline} {PUBLIC}"), "deck": format!("A deck, {PUBLIC}."),
        "kicker": PUBLIC, "section_id": city, "topics": ["Harbour"], "places": [PUBLIC],
        "bylines": [{"name": "Ada Harbour", "role": PUBLIC}],
        "dateline": {"place": "Bremen", "date": "2026-11-21"},
        "source_note": format!("Leans on {PUBLIC}."),
        "lead_picture": {"src": "/media/lead.jpg", "alt": PUBLIC, "caption": PUBLIC},
        "body": rich_body(PUBLIC, gated),
    })
}

/// Two paragraphs with one word, then every kind of block with the other in each of its texts.
pub fn rich_body(public: &str, gated: &str) -> Value {
    let text = |words: &str| json!({"type": "text", "text": words});
    let paragraph = |words: &str| json!({"type": "paragraph", "content": [text(words)]});
    let link =
        json!({"type": "link", "attrs": {"href": format!("https://elsewhere.example/{gated}")}});
    let picture = json!({"type": "picture", "attrs": {
        "src": format!("/media/{gated}.jpg"), "alt": gated, "caption": gated, "credit": gated,
    }});
    json!({"type": "doc", "content": [
        paragraph(&format!("The lead, {public}.")),
        paragraph("The second paragraph."),
        {"type": "paragraph", "content": [
            text(gated),
            {"type": "text", "text": "a link", "marks": [link]},
            {"type": "footnote", "content": [text(gated)]},
        ]},
        {"type": "heading", "attrs": {"level": 2}, "content": [text(gated)]},
        picture.clone(),
        {"type": "gallery", "content": [picture]},
        {"type": "pull_quote", "attrs": {"speaker": gated}, "content": [text(gated)]},
        {"type": "quote", "attrs": {"speaker": gated}, "content": [paragraph(gated)]},
        {"type": "embed", "attrs": {
            "url": format!("https://elsewhere.example/{gated}"), "provider": gated,
            "title": gated, "caption": gated,
        }},
        {"type": "list", "content": [{"type": "list_item", "content": [paragraph(gated)]}]},
        {"type": "table", "attrs": {"caption": gated}, "content": [
            {"type": "table_row", "content": [{"type": "table_cell", "content": [text(gated)]}]},
        ]},
        {"type": "preformatted", "attrs": {"text": gated}},
        {"type": "divider"},
        {"type": "kept", "attrs": {"source": "wordpress", "name": "shortcode", "text": gated}},
    ]})
}
