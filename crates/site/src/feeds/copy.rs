//! A feed's bytes as anybody reads it, for those who are sent it.

use std::{future::Future, pin::Pin};

use axum::extract::{Path, State};
use base::Slug;
use bytes::Bytes;
use http::{StatusCode, Uri};
use web::{Answer, Kind, Problem};

use super::{corrections, lists, place::Form, running, sitemap::coded};
use crate::Site;

/// A feed.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Its type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Bytes,
}

/// The feed at a whole address; nothing where no feed of ours is. It is made by the same handlers that
/// answer its readers, so it never says more than they do.
pub async fn as_read(site: &Site, url: &str) -> Result<Option<Copy>, Problem> {
    let path = url.strip_prefix(&site.identity.url);
    let Some(path) = path.and_then(decoded) else {
        return Ok(None);
    };
    let Ok(uri) = coded(&path).parse::<Uri>() else {
        return Ok(None);
    };
    match answer(site, &path, uri).await {
        Ok(answer) => Ok(answer.and_then(|answer| copy(&answer, &path))),
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

async fn answer(site: &Site, path: &str, uri: Uri) -> Result<Option<Answer>, Problem> {
    let pieces: Vec<&str> = path.split('/').collect();
    let (of, slug, file) = match pieces[..] {
        ["", file] => ("", "", file),
        ["", "corrections", file] => ("corrections", "", file),
        ["", of, slug, file] => (of, slug, file),
        _ => return Ok(None),
    };
    if !Form::is_file(file) {
        return Ok(None);
    }
    let here = State(site.clone());
    if of.is_empty() {
        return boxed(lists::of_site(here, uri)).await.map(Some);
    }
    if of == "corrections" {
        return boxed(corrections::show(here, uri)).await.map(Some);
    }
    let Ok(slug) = slug.parse::<Slug>() else {
        return Ok(None);
    };
    let slug = Path(slug);
    let making = match of {
        "section" => boxed(lists::of_section(here, slug, uri)),
        "topic" => boxed(lists::of_topic(here, slug, uri)),
        "author" => boxed(lists::of_author(here, slug, uri)),
        "running" => boxed(running::show(here, slug, uri)),
        _ => return Ok(None),
    };
    making.await.map(Some)
}

type Making = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send>>;

/// Handlers are large, and a job that holds all of them side by side does not fit on a thread's stack.
fn boxed(making: impl Future<Output = Result<Answer, Problem>> + Send + 'static) -> Making {
    Box::pin(making)
}

fn copy(answer: &Answer, path: &str) -> Option<Copy> {
    let kind = match Form::of(path) {
        Form::Rss => Kind::Rss,
        Form::Atom => Kind::Atom,
        Form::Json => Kind::JsonFeed,
    };
    Some(Copy {
        media_type: kind.content_type(),
        body: answer.as_page()?.bytes().clone(),
    })
}

/// A path with its percent codings undone: programs write letters beyond ASCII either way.
fn decoded(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let mut pieces = path.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
