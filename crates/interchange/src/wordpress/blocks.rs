//! Block bodies: the comments that mark blocks are read, and what they mean is written as HTML.
//!
//! Most blocks save their own HTML, so that their marks can fall away. Those that WordPress fills
//! anew at each visit hold nothing to take; they are kept whole.

mod names;

use base::html;

use super::{atlas::Atlas, classic};
use crate::margin::Margin;
use names::{EMPTY, FILLED, SAVED};

/// Reusable blocks within reusable blocks; a block may name itself.
const MAX_REUSE: usize = 4;

/// Blocks in one body.
const MAX_MARKS: usize = 20_000;
/// Whether a body is written in blocks.
pub(super) fn are_in(content: &str) -> bool {
    content.contains("<!-- wp:")
}

/// The HTML that a body of blocks means.
pub(super) fn to_html(content: &str, atlas: &Atlas, post: &str, margin: &mut Margin) -> String {
    let mut writer = Writer {
        atlas,
        post,
        margin,
        out: String::with_capacity(content.len()),
        reuse: 0,
    };
    writer.body(content);
    writer.out
}

/// One comment that marks a block.
struct Mark<'c> {
    /// Where it begins in the body.
    start: usize,
    /// Where it ends.
    end: usize,
    /// The block's name without `core/`.
    name: &'c str,
    /// Its settings, JSON as written.
    settings: &'c str,
    kind: MarkKind,
}

#[derive(PartialEq)]
enum MarkKind {
    Opens,
    Closes,
    Alone,
}

struct Writer<'w> {
    atlas: &'w Atlas,
    post: &'w str,
    margin: &'w mut Margin,
    out: String,
    reuse: usize,
}

impl Writer<'_> {
    fn body(&mut self, content: &str) {
        let mut at = 0;
        let mut open = 0usize;
        let mut marks = 0usize;
        while let Some(mark) = next_mark(content, at) {
            marks += 1;
            if marks > MAX_MARKS {
                self.margin.remark(
                    "blocks",
                    &format!("a body is read up to its {MAX_MARKS}th block; the rest was taken as plain HTML"),
                );
                break;
            }
            self.between(&content[at..mark.start], open);
            at = mark.end;
            match mark.kind {
                MarkKind::Closes => open = open.saturating_sub(1),
                MarkKind::Opens | MarkKind::Alone => {
                    let inner_end = match mark.kind {
                        // Looking for the end costs time, and these do not need it.
                        MarkKind::Opens if SAVED.contains(&mark.name) => Some((mark.end, mark.end)),
                        MarkKind::Alone => None,
                        _ => Some(closing(content, &mark)),
                    };
                    if self.block(content, &mark, inner_end.as_ref()) {
                        open += usize::from(mark.kind == MarkKind::Opens);
                    } else if let Some((_, after)) = inner_end {
                        at = after;
                    }
                }
            }
        }
        self.between(&content[at..], open);
    }

    /// HTML between marks; outside all blocks it is a classic piece.
    fn between(&mut self, html: &str, open: usize) {
        if html.trim().is_empty() {
            return self.out.push_str(html);
        }
        let html = classic::to_html(html, self.atlas, self.post, self.margin);
        if open == 0 {
            self.out.push_str("<x-classic>");
            self.out.push_str(&html);
            self.out.push_str("</x-classic>");
        } else {
            self.out.push_str(&html);
        }
    }

    /// Writes what a block means. Says whether its inner HTML is to be read on.
    fn block(&mut self, content: &str, mark: &Mark<'_>, inner: Option<&(usize, usize)>) -> bool {
        let whole = &content[mark.start..inner.map_or(mark.end, |(_, after)| *after)];
        let text = inner.map_or("", |(end, _)| &content[mark.end..*end]);
        match mark.name {
            "more" => self.out.push_str("<x-fold></x-fold>"),
            "nextpage" => self.out.push_str("<hr>"),
            "block" => self.reused(mark, whole),
            "social-link" => self.social_link(mark, whole),
            "shortcode" => self.between(text, 0),
            name if EMPTY.contains(&name) => {}
            name if name == "embed" || name.starts_with("core-embed/") => {
                return self.embed(mark, text, whole);
            }
            name if SAVED.contains(&name) => {
                if mark.kind == MarkKind::Opens {
                    return true;
                }
                self.keep(name, whole, "the block holds no text");
            }
            name if FILLED.contains(&name) => {
                self.keep(name, whole, "WordPress fills this block anew at each visit");
            }
            name if !has_words(text) => {
                self.keep(
                    name,
                    whole,
                    "a block of a plugin, with nothing saved in it to take",
                );
            }
            name => {
                self.margin
                    .remark(name, "a block of a plugin; what it had saved was taken");
                return true;
            }
        }
        false
    }

    fn embed(&mut self, mark: &Mark<'_>, text: &str, whole: &str) -> bool {
        if text.contains("://") {
            return true;
        }
        match setting(mark, "url") {
            Some(url) => self
                .out
                .push_str(&format!("<x-embed src=\"{}\"></x-embed>", html::text(&url))),
            None => self.keep(mark.name, whole, "the embed names no address"),
        }
        false
    }

    fn reused(&mut self, mark: &Mark<'_>, whole: &str) {
        let found = setting(mark, "ref").and_then(|id| self.atlas.blocks.get(&id));
        match found {
            Some(content) if self.reuse < MAX_REUSE => {
                self.reuse += 1;
                self.body(content);
                self.reuse -= 1;
            }
            _ => self.keep(
                "block",
                whole,
                "the reusable block it names is not in the export",
            ),
        }
    }

    fn social_link(&mut self, mark: &Mark<'_>, whole: &str) {
        let (Some(url), Some(service)) = (setting(mark, "url"), setting(mark, "service")) else {
            return self.keep("social-link", whole, "the link names no address");
        };
        let (url, service) = (html::text(&url), html::text(&service));
        self.out
            .push_str(&format!("<p><a href=\"{url}\">{service}</a></p>"));
    }

    fn keep(&mut self, name: &str, whole: &str, why: &str) {
        self.margin
            .remark(name, &format!("{why}; kept for the desk, not shown"));
        push_kept(&mut self.out, name, whole);
    }
}

/// Writes something to be kept where the HTML reader will find it.
pub(super) fn push_kept(out: &mut String, name: &str, text: &str) {
    out.push_str("<x-kept");
    html::push_attribute(out, "name", name);
    html::push_attribute(out, "source", text);
    out.push_str("></x-kept>");
}

fn has_words(text: &str) -> bool {
    text.contains("<img") || text.contains("<iframe") || !crate::html::plain(text).is_empty()
}

/// A setting of a block as text.
fn setting(mark: &Mark<'_>, name: &str) -> Option<String> {
    let settings: serde_json::Value = serde_json::from_str(mark.settings).ok()?;
    match settings.get(name)? {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn next_mark(content: &str, from: usize) -> Option<Mark<'_>> {
    let mut at = from;
    loop {
        let start = at + content[at..].find("<!--")?;
        let end = start + content[start..].find("-->")? + 3;
        if let Some(mark) = mark_at(content, start, end) {
            return Some(mark);
        }
        at = start + 4;
    }
}

fn mark_at(content: &str, start: usize, end: usize) -> Option<Mark<'_>> {
    let words = content.get(start + 4..end - 3)?.trim();
    let (words, closes) = match words.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (words, false),
    };
    let (words, alone) = match words.strip_suffix('/') {
        Some(rest) if !closes => (rest.trim_end(), true),
        _ => (words, false),
    };
    let words = words.strip_prefix("wp:")?;
    let name_end = words.find(char::is_whitespace).unwrap_or(words.len());
    let name = &words[..name_end];
    let good = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'_'));
    good.then(|| Mark {
        start,
        end,
        name: name.strip_prefix("core/").unwrap_or(name),
        settings: words[name_end..].trim(),
        kind: match (closes, alone) {
            (true, _) => MarkKind::Closes,
            (_, true) => MarkKind::Alone,
            _ => MarkKind::Opens,
        },
    })
}

/// Where the inside of a block ends, and where its closing mark ends; the body's end if none is there.
fn closing(content: &str, opening: &Mark<'_>) -> (usize, usize) {
    let mut depth = 1usize;
    let mut at = opening.end;
    while let Some(mark) = next_mark(content, at) {
        at = mark.end;
        if mark.name != opening.name {
            continue;
        }
        match mark.kind {
            MarkKind::Opens => depth += 1,
            MarkKind::Closes => depth -= 1,
            MarkKind::Alone => {}
        }
        if depth == 0 {
            return (mark.start, mark.end);
        }
    }
    (content.len(), content.len())
}

#[cfg(test)]
mod tests;
