//! What a large archive costs: memory under load, the time to start, and how soon a story is seen.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    Rounds, Row, archive,
    load::{self, Ask},
    measure::{self, Cost},
};
use crate::{
    newsroom::{Newsroom, Request, ask, get},
    process,
};

/// Stories in the newsroom whose memory is measured, and into which is published.
const MANY: usize = 10_000;
/// Stories in the newsroom that is started.
const VERY_MANY: usize = 100_000;
/// The goals of issue 2.
const MOST_MEMORY: f64 = 150.0;
const LONGEST_START: f64 = 1_000.0;
const LONGEST_WAIT: f64 = 50.0;
/// Stories published to see how long it takes, in each round.
const PUBLISHED_A_ROUND: usize = 60;
/// A page that is not there by then never comes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The rows of a large archive, in a folder that may be filled.
pub fn measure(program: &Path, folder: &Path, rounds: Rounds) -> Result<Vec<Row>> {
    let data = archive::newsroom(program, folder, MANY)?;
    let mut rows = vec![visible(program, &data, rounds)?];
    rows.push(memory(program, &data, folder, rounds)?);
    std::fs::remove_dir_all(&data)?;
    let data = archive::newsroom(program, folder, VERY_MANY)?;
    rows.push(start(program, &data, rounds)?);
    Ok(rows)
}

/// The most memory a server took at any time while every shell and every gate was asked for.
fn memory(program: &Path, data: &Path, folder: &Path, rounds: Rounds) -> Result<Row> {
    eprintln!("measuring memory");
    let mut command = serving(program, data);
    // No cookie is brought, so that each gate is a first reading and grants its body.
    command.env("DATELINE_METER_DAILY_ALLOWANCE", u16::MAX.to_string());
    let server = Newsroom::start(&mut command)?;
    let addresses = archive::shells_and_gates(server.address(), MANY)?;
    let everything = Ask {
        path: "/".into(),
        headers: vec!["Accept-Encoding: gzip".into()],
        numbered: false,
        not_modified: false,
        in_turn: addresses,
    };
    let seconds = rounds.seconds * 10;
    let load = load::run(server.address(), &everything, seconds, folder)?;
    let value = measure::peak_memory(server.process())?;
    let per_second = Some(load.answers / load.seconds);
    Ok(row("memory", value, "MB at most", MOST_MEMORY, per_second))
}

/// From the start of the program to the first byte of the front.
fn start(program: &Path, data: &Path, rounds: Rounds) -> Result<Row> {
    eprintln!("measuring start");
    let mut times = Vec::new();
    for _ in 0..rounds.count {
        times.push(one_start(program, data)?);
    }
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    Ok(row("start", median, "ms", LONGEST_START, None))
}

fn one_start(program: &Path, data: &Path) -> Result<f64> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = format!("127.0.0.1:{port}");
    let begin = Instant::now();
    let mut command = serving(program, data);
    command.env("DATELINE_SERVE_LISTEN", &address);
    let mut server = command.stdout(Stdio::null()).stdin(Stdio::null()).spawn()?;
    let answered = loop {
        match get(&address, "/", &[]) {
            Ok(answer) => break answer.good("/").map(drop),
            Err(error) if begin.elapsed() > PATIENCE => break Err(error),
            Err(_) => thread::sleep(Duration::from_millis(1)),
        }
    };
    let time = begin.elapsed();
    end(&mut server)?;
    answered?;
    Ok(time.as_secs_f64() * 1e3)
}

fn end(server: &mut Child) -> Result<()> {
    let id = server.id().to_string();
    process::output(Command::new("kill").args(["-TERM", &id]))?;
    server.wait()?;
    Ok(())
}

/// From asking for a story's publication to its public page with its headline on it.
fn visible(program: &Path, data: &Path, rounds: Rounds) -> Result<Row> {
    eprintln!("measuring visible");
    let mut command = Command::new(program);
    command.args(["token", "create", "--name", "Bench"]);
    command.args(["--scope", "stories:write", "--scope", "publish", "--data"]);
    let said = process::output(command.arg(data))?;
    let token = said.lines().next().context("no token was made")?;
    let bearer = format!("Authorization: Bearer {}", token.trim());
    let server = Newsroom::start(&mut serving(program, data))?;
    let sections = get(server.address(), "/api/v1/sections", &[&bearer])?.good("sections")?;
    let sections: Value = serde_json::from_slice(&sections.body)?;
    let section = &sections["sections"][0]["id"];
    let mut times = Vec::new();
    for number in 0..rounds.count * PUBLISHED_A_ROUND {
        times.push(one_story(server.address(), &bearer, section, number)?);
    }
    times.sort_by(f64::total_cmp);
    let (half, all_but_one) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    eprintln!("visible: half of {} within {half:.1} ms", times.len());
    Ok(row(
        "visible",
        all_but_one,
        "ms, 99 in 100",
        LONGEST_WAIT,
        None,
    ))
}

/// Every other time the story is public already and gets a new headline.
fn one_story(address: &str, bearer: &str, section: &Value, number: usize) -> Result<f64> {
    let first = format!("The river rises, report {number}");
    let story = sent(
        address,
        bearer,
        ("POST", "/api/v1/stories"),
        &fields(&first, section),
    )?;
    let id = story["id"].as_str().context("a story without an id")?;
    let (api, publication) = (
        format!("/api/v1/stories/{id}"),
        format!("/api/v1/stories/{id}/publication"),
    );
    let mut headline = first;
    if number % 2 == 1 {
        let public = sent(address, bearer, ("PUT", &publication), &json!({}))?;
        until_shown(address, path(&public)?, &headline)?;
        headline = format!("The river falls again, report {number}");
        let changes = json!({"headline": headline});
        sent(address, bearer, ("PATCH", &api), &changes)?;
    }
    let begin = Instant::now();
    let public = sent(address, bearer, ("PUT", &publication), &json!({}))?;
    until_shown(address, path(&public)?, &headline)?;
    Ok(begin.elapsed().as_secs_f64() * 1e3)
}

fn fields(headline: &str, section: &Value) -> Value {
    let text = json!({"type": "text", "text": "The gauge at the bridge stood at two metres."});
    let paragraph = json!({"type": "paragraph", "content": [text]});
    let body = json!({"type": "doc", "content": [paragraph]});
    json!({"headline": headline, "section_id": section, "body": body})
}

fn path(public: &Value) -> Result<&str> {
    public["url"]
        .as_str()
        .context("a public story without an address")
}

fn until_shown(address: &str, path: &str, headline: &str) -> Result<()> {
    let begin = Instant::now();
    loop {
        let answer = get(address, path, &[])?;
        if answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(headline) {
            return Ok(());
        }
        ensure!(
            begin.elapsed() < PATIENCE,
            "{path} never showed “{headline}”"
        );
    }
}

/// Sends JSON as a machine, upon whatever revision there is, and reads what came of it.
fn sent(address: &str, bearer: &str, (method, path): (&str, &str), body: &Value) -> Result<Value> {
    let body = body.to_string();
    let upon = match method {
        "PATCH" => "If-Match: \"1\"",
        _ => "Accept: application/json",
    };
    let headers = [bearer, "Content-Type: application/json", upon];
    let request = Request {
        method,
        path,
        headers: &headers,
        body: body.as_bytes(),
    };
    let answer = ask(address, &request)?;
    let said = String::from_utf8_lossy(&answer.body);
    ensure!(
        answer.status < 300,
        "{method} {path} answered {}: {said}",
        answer.status
    );
    Ok(serde_json::from_str(&said)?)
}

fn serving(program: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["serve", "--data"]).arg(data);
    command.env("DATELINE_SERVE_LISTEN", "127.0.0.1:0");
    command.env("DATELINE_SERVE_WAIVE_RATES", "true");
    command
}

fn row(
    name: &'static str,
    value: f64,
    unit: &'static str,
    goal: f64,
    per_second: Option<f64>,
) -> Row {
    let ours = Cost {
        value,
        unit,
        per_second,
    };
    Row {
        name,
        ours,
        peer: None,
        goal: Some(goal),
    }
}
