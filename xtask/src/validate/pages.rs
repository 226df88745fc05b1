//! Every type of page there is, found in the demo newsroom and kept as a file for the checkers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use super::{fetched, text};
use crate::newsroom::{self, Newsroom};

/// Stories read before the one at hand, so that the reader is asked (from the third on).
const BEFORE_THE_NUDGE: usize = 2;
/// Stories read before the one at hand, so that the wall stands (at the eleventh).
const BEFORE_THE_WALL: usize = 10;
/// The month in which the demo's stories were published.
const MONTH: &str = "/1970/04";

/// One page, as it was answered and as a browser may open it.
pub struct Page {
    /// Its type, as the table names it.
    pub name: &'static str,
    /// Where a browser finds it.
    pub path: String,
    /// A copy on disk; a gate's answer stands in a document of its own there.
    pub file: PathBuf,
    /// What the file holds.
    pub html: String,
    /// How many other stories the same reader has read before.
    pub read_before: usize,
    /// Whether it must have structured data.
    pub has_data: bool,
}

/// All of them, and the gates by which a reader comes to have read before.
pub struct Pages {
    /// In the table's order.
    pub all: Vec<Page>,
    /// Gates of metered stories that no page in `all` shows.
    pub gates: Vec<String>,
    /// The metered story's shell.
    pub shell: String,
    /// The gate of that story.
    pub gate: String,
}

/// A page to be fetched.
struct Wanted {
    name: &'static str,
    path: String,
    status: u16,
    has_data: bool,
}

impl Pages {
    /// Fetches every type of page; an error names the page that was not there or answered wrongly.
    pub fn open(server: &Newsroom, withdrawn: &str, folder: &Path) -> Result<Self> {
        let stories = Stories::find(server, withdrawn)?;
        let mut pages = Self {
            all: Vec::new(),
            gates: stories.other_gates.clone(),
            shell: stories.shell.clone(),
            gate: stories.gate.clone(),
        };
        for wanted in wanted(server, &stories, withdrawn)? {
            let answer = newsroom::get(server.address(), &wanted.path, &[])?;
            ensure!(
                answer.status == wanted.status,
                "{} ({}) answered {} and not {}",
                wanted.path,
                wanted.name,
                answer.status,
                wanted.status
            );
            let html = text(answer, &wanted.path)?;
            let page = page(folder, wanted.name, &wanted.path, html)?;
            let has_data = wanted.has_data;
            pages.all.push(Page { has_data, ..page });
        }
        pages.behind_the_gate(server, folder)?;
        Ok(pages)
    }

    /// The gate's answers and the full page, each as its three readers see it.
    fn behind_the_gate(&mut self, server: &Newsroom, folder: &Path) -> Result<()> {
        let readers = [
            (0, "counted", "gate, granted", "full page, granted"),
            (BEFORE_THE_NUDGE, "asked", "gate, asked", "full page, asked"),
            (
                BEFORE_THE_WALL,
                "closed",
                "gate, walled",
                "full page, walled",
            ),
        ];
        for (read_before, standing, gate, full) in readers {
            let cookie = reader(server, &self.gates[..read_before])?;
            let full_path = format!("{}/full", self.shell);
            let mut fragment = standing_at(server, &self.gate, &cookie, standing)?;
            fragment = in_a_document(&fragment);
            let whole = standing_at(server, &full_path, &cookie, standing)?;
            // In a browser a gate's answer is seen where it belongs: in the shell that asked for it.
            for (name, path, html, has_data) in [
                (gate, &self.shell, fragment, false),
                (full, &full_path, whole, true),
            ] {
                self.all.push(Page {
                    read_before,
                    has_data,
                    ..page(folder, name, path, html)?
                });
            }
        }
        Ok(())
    }
}

/// The stories of the demo that stand for a type of page.
struct Stories {
    shell: String,
    shell_html: String,
    gate: String,
    other_gates: Vec<String>,
    open: String,
    corrected: String,
    hebrew: String,
}

impl Stories {
    fn find(server: &Newsroom, withdrawn: &str) -> Result<Self> {
        let in_list = |list: &str| -> Result<Vec<String>> {
            let links = links(&fetched(server, list)?, &format!("{MONTH}/"));
            ensure!(!links.is_empty(), "no story is linked on {list}");
            Ok(links.into_iter().filter(|link| !is_day(link)).collect())
        };
        let mut metered = Vec::new();
        for path in in_list(MONTH)? {
            let html = fetched(server, &path)?;
            if let Some(gate) = attribute(&html, "data-gate") {
                metered.push((path, html, gate));
            }
        }
        ensure!(
            metered.len() > BEFORE_THE_WALL,
            "the demo has {} metered stories, too few for the wall",
            metered.len()
        );
        let (shell, shell_html, gate) = metered.remove(0);
        // The log of corrections names the withdrawn story too.
        let first = |list: &str| -> Result<String> {
            let there = in_list(list)?.into_iter().find(|path| path != withdrawn);
            there.with_context(|| format!("{list} links no story that is there"))
        };
        Ok(Self {
            shell,
            shell_html,
            gate,
            other_gates: metered.into_iter().map(|(_, _, gate)| gate).collect(),
            open: first("/section/newsroom")?,
            corrected: first("/corrections")?,
            hebrew: first("/section/he-space")?,
        })
    }
}

fn wanted(server: &Newsroom, stories: &Stories, withdrawn: &str) -> Result<Vec<Wanted>> {
    let linked = |from: &str, begin: &str| -> Result<String> {
        links(from, begin)
            .into_iter()
            .next()
            .with_context(|| format!("nothing under {begin} is linked where it should be"))
    };
    let front = fetched(server, "/")?;
    let shell = &stories.shell_html;
    let too_long = format!("/search?q={}", "moon".repeat(60));
    let good = |name, path: &str, has_data| Wanted {
        name,
        path: path.into(),
        status: 200,
        has_data,
    };
    Ok(vec![
        good("front", "/", true),
        good("section", "/section/space", false),
        good("section, right to left", "/section/he-space", false),
        good("topic", &linked(shell, "/topic/")?, false),
        good("author", &linked(shell, "/author/")?, false),
        good("running story", &linked(&front, "/running/")?, true),
        good("archive", "/archive", false),
        good("month", MONTH, false),
        good("day", &format!("{MONTH}/14"), false),
        good("story, metered", &stories.shell, true),
        good("story, open", &stories.open, true),
        good("story, corrected", &stories.corrected, true),
        good("story, Hebrew", &stories.hebrew, true),
        good("trust page", &linked(&front, "/about/")?, true),
        good("corrections", "/corrections", false),
        good("search", "/search", false),
        good("search, found", "/search?q=moon", false),
        good("search, nothing found", "/search?q=zeppelin", false),
        Wanted {
            status: 422,
            ..good("search, too long (422)", &too_long, false)
        },
        Wanted {
            status: 404,
            ..good("not there (404)", "/not-there", false)
        },
        Wanted {
            status: 410,
            ..good("withdrawn (410)", withdrawn, false)
        },
        good("desk", "/desk", false),
    ])
}

fn page(folder: &Path, name: &'static str, path: &str, html: String) -> Result<Page> {
    let plain = |ch: char| if ch.is_ascii_alphanumeric() { ch } else { '-' };
    let file = folder.join(format!(
        "{}.html",
        name.chars().map(plain).collect::<String>()
    ));
    fs::write(&file, &html)?;
    Ok(Page {
        name,
        path: path.to_string(),
        file,
        html,
        read_before: 0,
        has_data: false,
    })
}

/// Reads these stories one after the other and gives the cookie that remembers them.
fn reader(server: &Newsroom, gates: &[String]) -> Result<String> {
    let mut cookie = "Cookie: a=b".to_string();
    for gate in gates {
        let answer = newsroom::get(server.address(), gate, &[&cookie])?.good(gate)?;
        let set = answer
            .header("set-cookie")
            .context("a gate set no cookie")?;
        cookie = format!("Cookie: {}", set.split(';').next().unwrap_or_default());
    }
    Ok(cookie)
}

fn standing_at(server: &Newsroom, path: &str, cookie: &str, wanted: &str) -> Result<String> {
    let answer = newsroom::get(server.address(), path, &[cookie])?.good(path)?;
    let standing = answer.header("dateline-standing").unwrap_or("nothing");
    ensure!(
        standing == wanted,
        "{path} should stand {wanted} and is {standing}"
    );
    text(answer, path)
}

/// The smallest document around a fragment: what stands above it in a story is a headline.
fn in_a_document(fragment: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>A gate's answer</title></head>\n\
         <body><h1>A story</h1>\n<div>\n{fragment}\n</div></body>\n</html>\n"
    )
}

/// `/1970/04/14` is a day's list and no story.
fn is_day(link: &str) -> bool {
    link.rsplit('/')
        .next()
        .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The addresses in `href`s that begin so, each once, in their order.
fn links(html: &str, begin: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in html.split("href=\"").skip(1) {
        let link = part.split(['"', '#']).next().unwrap_or_default();
        if link.starts_with(begin) && !found.iter().any(|known| known == link) {
            found.push(link.to_string());
        }
    }
    found
}

fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_once_and_without_their_fragments() {
        let html = r##"<a href="/1970/04/a">a</a><a href="/1970/04/a#x">a</a><a href="/1970/04/14">day</a>"##;
        assert_eq!(links(html, "/1970/04/"), ["/1970/04/a", "/1970/04/14"]);
        assert!(is_day("/1970/04/14") && !is_day("/1970/04/a"));
    }

    #[test]
    fn the_gate_of_a_shell_is_found() {
        let html = r#"<div class="rest" data-gate="/_gate/1/2">"#;
        assert_eq!(attribute(html, "data-gate").as_deref(), Some("/_gate/1/2"));
        assert_eq!(attribute(html, "data-wall"), None);
    }
}
