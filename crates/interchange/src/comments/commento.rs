//! Commento's export: one JSON object with comments and those who wrote them.

use std::{collections::HashMap, path::Path};

use serde::Deserialize;

use super::{MAX_FILE, path_of};
use crate::{
    handing::Handing,
    incoming::{Incoming, IncomingComment, IncomingThreaded, Summary, Take, Unread},
    wire,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    comments: Vec<Comment>,
    #[serde(default)]
    commenters: Vec<Commenter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    comment_hex: String,
    url: String,
    commenter_hex: String,
    #[serde(default)]
    markdown: String,
    #[serde(default)]
    html: String,
    #[serde(default)]
    parent_hex: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    creation_date: String,
    #[serde(default)]
    deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commenter {
    commenter_hex: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
}

/// Reads the export.
pub(super) fn read(path: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let bytes = wire::bytes(path, MAX_FILE).map_err(Unread::Refused)?;
    let export: Export = serde_json::from_slice(&bytes)
        .map_err(|error| Unread::Refused(format!("it is no export of Commento: {error}")))?;
    let writers = export.commenters.iter();
    let writers: HashMap<&str, &Commenter> = writers
        .map(|one| (one.commenter_hex.as_str(), one))
        .collect();
    let mut out = Handing::to(take);
    for comment in &export.comments {
        let writer = writers.get(comment.commenter_hex.as_str());
        out.hand(Incoming::Comment(Box::new(threaded(
            comment,
            writer.copied(),
        ))))?;
    }
    Ok(out.summary)
}

fn threaded(comment: &Comment, writer: Option<&Commenter>) -> IncomingThreaded {
    let state = match comment.deleted {
        true => "deleted",
        false => comment.state.as_str(),
    };
    let text = match comment.html.trim() {
        "" => base::html::text(&comment.markdown),
        html => html.to_string(),
    };
    IncomingThreaded {
        thread: String::new(),
        address: path_of(&comment.url),
        comment: IncomingComment {
            id: comment.comment_hex.clone(),
            parent: comment.parent_hex.clone(),
            name: writer.map(|one| one.name.clone()).unwrap_or_default(),
            email: writer.map(|one| one.email.clone()).unwrap_or_default(),
            at: comment.creation_date.clone(),
            text,
            approved: state.into(),
            ..IncomingComment::default()
        },
    }
}
