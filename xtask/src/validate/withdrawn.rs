//! A demo newsroom in which one story was taken back and one was published today, by a machine with a token as any other.

use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::fresh;
use crate::{
    newsroom::{self, Newsroom, Request},
    process,
};

/// The story that goes, and the one shown in its place; no other page type shows either by name.
const STORY: &str = "swigert-for-mattingly";
const SUBSTITUTE: &str = "four-teams-one-room";
/// How long it may take until readers see it.
const VISIBLE: Duration = Duration::from_secs(5);

/// Starts a newsroom and gives the path of its withdrawn story.
///
/// The server stops once in between: a token is made beside the database, which has one owner at a time.
pub fn newsroom(program: &Path, data: &Path) -> Result<(Newsroom, String)> {
    drop(Newsroom::start(&mut newsroom::demo(program, data))?);
    let token = token(program, data)?;
    let server = Newsroom::start(&mut newsroom::demo(program, data))?;
    let bearer = format!("Authorization: Bearer {}", token.trim());
    // First: once the notice stands, this is to be seen as well.
    fresh::publish(&server, &bearer)?;
    let path = withdraw(&server, &bearer)?;
    wait_for_the_notice(&server, &path)?;
    Ok((server, path))
}

fn token(program: &Path, data: &Path) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["token", "create", "--name", "xtask validate"]);
    for scope in ["stories:read", "stories:write", "publish"] {
        command.args(["--scope", scope]);
    }
    process::output(command.arg("--data").arg(data))
}

fn withdraw(server: &Newsroom, bearer: &str) -> Result<String> {
    let list = "/api/v1/stories?state=published&limit=100";
    let answer = newsroom::get(server.address(), list, &[bearer])?.good(list)?;
    let list: Value = serde_json::from_slice(&answer.body)?;
    let story = with_slug(&list, STORY)?;
    let notice = json!({
        "reason": "Two of its figures cannot be traced to a source. We are asking for them again.",
        "substitute": with_slug(&list, SUBSTITUTE)?["id"],
    });
    let id = story["id"].as_str().context("a story has no id")?;
    let answer = newsroom::ask(
        server.address(),
        &Request {
            method: "PUT",
            path: &format!("/api/v1/stories/{id}/withdrawal"),
            headers: &[bearer, "Content-Type: application/json"],
            body: notice.to_string().as_bytes(),
        },
    )?;
    ensure!(
        answer.status == 200,
        "withdrawing answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    let url = story["url"].as_str().context("a story has no address")?;
    Ok(super::path_of(url).to_string())
}

/// Pages follow a moment after the API has answered; the lists must not name the story any more either.
fn wait_for_the_notice(server: &Newsroom, path: &str) -> Result<()> {
    let start = Instant::now();
    while newsroom::get(server.address(), path, &[])?.status != 410 {
        ensure!(start.elapsed() < VISIBLE, "{path} never became a notice");
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn with_slug<'a>(list: &'a Value, slug: &str) -> Result<&'a Value> {
    let stories = list["stories"].as_array().context("no list of stories")?;
    let mut stories = stories.iter();
    stories
        .find(|story| story["slug"] == slug)
        .with_context(|| format!("the demo has no story {slug}"))
}
