//! Staff and machines, who act through the API as the desk does.

use serde_json::{Value, json};

use crate::{newsroom::Newsroom, seen::Seen, visitor::Visitor};

/// Somebody who may write; what they may else is the API's decision.
pub struct Editor<'a> {
    /// The same person at the public doors.
    pub visitor: Visitor<'a>,
}

/// A story as its editor knows it.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its id.
    pub id: String,
    /// Its newest revision.
    pub revision: u64,
    /// Its address; `/` until it is public.
    pub path: String,
}

impl Story {
    fn of(told: &Value) -> Self {
        Self {
            id: told["id"].as_str().expect("a story has an id").into(),
            revision: told["revision"].as_u64().expect("a story has a revision"),
            path: told["url"].as_str().unwrap_or("/").into(),
        }
    }

    /// Where its gate is.
    pub fn gate(&self) -> String {
        format!("/_gate/{}/{}", self.id, self.revision)
    }

    /// Where the API has it, and what is below.
    pub fn api(&self, below: &str) -> String {
        format!("/api/v1/stories/{}{below}", self.id)
    }
}

/// A body of plain paragraphs, as ProseMirror writes it.
pub fn paragraphs(texts: &[&str]) -> Value {
    let paragraph =
        |text: &&str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
    json!({"type": "doc", "content": texts.iter().map(paragraph).collect::<Vec<_>>()})
}

impl Newsroom {
    /// A duty editor, signed in: may write, publish and withdraw.
    pub async fn editor(&self, name: &str) -> Editor<'_> {
        self.staff(name, newsroom::staff::Role::DutyEditor).await
    }
}

impl Editor<'_> {
    /// Sends JSON to the API.
    pub async fn sends(&self, method: &str, path: &str, body: &Value) -> Seen {
        self.visitor.asks(method, path).json(body).sends().await
    }

    /// Starts a story with these fields.
    pub async fn drafts(&self, fields: &Value) -> Story {
        let told = self.sends("POST", "/api/v1/stories", fields).await.is(201);
        Story::of(&told.json())
    }

    /// Lays it before its readers, and waits until it is there.
    pub async fn publishes(&self, story: &Story) -> Story {
        let told = self
            .sends("PUT", &story.api("/publication"), &json!({}))
            .await
            .is(200);
        self.visitor.news.settles().await;
        Story::of(&told.json())
    }

    /// Drafts and publishes.
    pub async fn runs(&self, fields: &Value) -> Story {
        let draft = self.drafts(fields).await;
        self.publishes(&draft).await
    }

    /// Changes fields; readers see it when it is published.
    pub async fn revises(&self, story: &Story, changes: &Value) -> Story {
        let told = self.tries_to_revise(story, changes).await.is(200);
        Story::of(&told.json())
    }

    /// As [`Editor::revises`], whatever comes of it.
    pub async fn tries_to_revise(&self, story: &Story, changes: &Value) -> Seen {
        let upon = format!("\"{}\"", story.revision);
        let ask = self
            .visitor
            .asks("PATCH", &story.api(""))
            .with("if-match", &upon);
        ask.json(changes).sends().await
    }

    /// Tells readers what was wrong, with changes that put it right.
    pub async fn corrects(&self, story: &Story, note: &str, changes: &Value) -> Story {
        let upon = format!("\"{}\"", story.revision);
        let body = json!({"class": "correction", "text": note, "changes": changes});
        let ask = self
            .visitor
            .asks("POST", &story.api("/corrections"))
            .with("if-match", &upon);
        let told = ask.json(&body).sends().await.is(201);
        self.visitor.news.settles().await;
        Story::of(&told.json())
    }

    /// Gives a trust page these paragraphs, upon the version it has now, and puts it on the site.
    pub async fn adapts(&self, slug: &str, title: &str, texts: &[&str]) {
        let page = format!("/api/v1/trust-pages/{slug}");
        let upon = self.visitor.opens(&page).await.is(200);
        let ask = self.visitor.asks("PUT", &page);
        let ask = ask.with("if-match", upon.header("etag"));
        let body = json!({"title": title, "body": paragraphs(texts)});
        ask.json(&body).sends().await.is(200);
        let place = format!("{page}/publication");
        self.sends("PUT", &place, &json!({})).await.is(200);
        self.visitor.news.settles().await;
    }

    /// Takes it back with a reason.
    pub async fn withdraws(&self, story: &Story, reason: &str) {
        let body = json!({"reason": reason});
        self.sends("PUT", &story.api("/withdrawal"), &body)
            .await
            .is(200);
        self.visitor.news.settles().await;
    }
}
