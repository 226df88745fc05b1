//! A story of today in the demo, whose own are of 1970: the news sitemap reaches back two days.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::newsroom::{self, Newsroom, Request};

/// Drafts a story in a section of the demo and publishes it.
pub fn publish(server: &Newsroom, bearer: &str) -> Result<()> {
    let list = "/api/v1/sections";
    let answer = newsroom::get(server.address(), list, &[bearer])?.good(list)?;
    let sections: Value = serde_json::from_slice(&answer.body)?;
    let paragraph =
        |words: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": words}]});
    let fields = json!({
        "headline": "Fish & chips: \u{201c}<b>cheaper</b>\u{201d}, says ]]> nobody",
        "deck": "A headline that has every sign which means something to a program.",
        "section_id": sections["sections"][0]["id"],
        "bylines": [{"name": "Ada Harbour"}],
        "topics": ["Apollo 13"],
        "body": {"type": "doc", "content": [
            paragraph("The first paragraph."),
            paragraph("The second paragraph."),
            paragraph("The third paragraph."),
        ]},
    });
    let story = send(server, ("POST", "/api/v1/stories", 201), bearer, &fields)?;
    let id = story["id"].as_str().context("a story has no id")?;
    let place = format!("/api/v1/stories/{id}/publication");
    send(server, ("PUT", &place, 200), bearer, &json!({}))?;
    Ok(())
}

fn send(
    server: &Newsroom,
    (method, path, status): (&str, &str, u16),
    bearer: &str,
    body: &Value,
) -> Result<Value> {
    let text = body.to_string();
    let request = Request {
        method,
        path,
        headers: &[bearer, "Content-Type: application/json"],
        body: text.as_bytes(),
    };
    let answer = newsroom::ask(server.address(), &request)?;
    let said = String::from_utf8_lossy(&answer.body);
    ensure!(
        answer.status == status,
        "{method} {path} answered {}: {said}",
        answer.status
    );
    Ok(serde_json::from_slice(&answer.body)?)
}
