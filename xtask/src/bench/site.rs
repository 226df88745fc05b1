//! The site's rows: what is asked, of whom, and whether the answers were the ones meant.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::{
    Rounds, Row,
    load::{self, Ask, SERVER_CORE},
    measure::{Cost, Meter},
    nginx::{self, Nginx},
    scale,
};
use crate::{
    newsroom::{self, Answer, Newsroom, get},
    temporary::Folder,
    tools,
};

const GZIP: &str = "Accept-Encoding: gzip";
const MICROSECONDS: &str = "µs a request";

/// One thing to measure: the question to us, the same to the peer, and the goal.
struct Trial {
    name: &'static str,
    ours: Ask,
    peer: Option<Ask>,
    goal: Option<f64>,
}

/// Starts both servers on one core and measures each row, one side's turn after the other's.
pub fn measure(rounds: Rounds) -> Result<Vec<Row>> {
    tools::require(tools::FOR_BENCH)?;
    let program = newsroom::build(true)?;
    let folder = Folder::new("bench")?;
    let ours = Newsroom::start(&mut one_core(&newsroom::demo(
        &program,
        &folder.path().join("data"),
    )))?;
    let story = metered_story(ours.address())?;
    let peer = Nginx::start(folder.path())?;
    let trials = trials(&ours, &peer, &story, folder.path())?;
    let meter = Meter::new()?;
    let mut rows = Vec::new();
    for trial in &trials {
        eprintln!("measuring {}", trial.name);
        rows.push(row(trial, &ours, &peer, rounds, &meter, folder.path())?);
    }
    still_granted(ours.address(), &story)?;
    drop((ours, peer));
    rows.extend(scale::measure(&program, folder.path(), rounds)?);
    Ok(rows)
}

/// The same command on the servers' core, with one thread for requests.
fn one_core(command: &Command) -> Command {
    let mut bound = Command::new("taskset");
    bound
        .args(["-c", SERVER_CORE])
        .arg(command.get_program())
        .args(command.get_args())
        .env("DATELINE_SERVE_THREADS", "1")
        .env("DATELINE_SERVE_WAIVE_RATES", "true");
    bound
}

/// A story under the meter, as a reader finds it who has already been let in once.
struct Story {
    shell: String,
    gate: String,
    cookie: String,
}

/// Walks from the front to the first story whose shell names a gate.
fn metered_story(address: &str) -> Result<Story> {
    let front = get(address, "/", &[])?.good("/")?;
    for shell in local_links(&String::from_utf8_lossy(&front.body)) {
        let answer = get(address, &shell, &[])?;
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        let Some(gate) = attribute(&page, "data-gate") else {
            continue;
        };
        let first = get(address, &gate, &[])?.good(&gate)?;
        ensure!(is_granted(&first), "{gate} answered with the wall");
        let cookie = first
            .header("set-cookie")
            .context("the gate set no cookie")?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_string();
        return Ok(Story {
            shell,
            gate,
            cookie,
        });
    }
    anyhow::bail!("no story on the front has a data-gate")
}

/// Asks everything once, lays the same bytes out for nginx, and gives the questions.
fn trials(ours: &Newsroom, peer: &Nginx, story: &Story, folder: &Path) -> Result<Vec<Trial>> {
    let cookie = format!("Cookie: {}", story.cookie);
    let shell = get(ours.address(), &story.shell, &[GZIP])?.good(&story.shell)?;
    let gate = get(ours.address(), &story.gate, &[GZIP, &cookie])?.good(&story.gate)?;
    let search = "/search?q=river+";
    let found = get(ours.address(), search, &[GZIP])?.good(search)?;
    for (name, answer) in [("shell", &shell), ("gate", &gate), ("render", &found)] {
        nginx::lay_out(folder, name, answer)?;
    }
    let again = |path: &str, answer: &Answer| -> Result<Ask> {
        let tag = answer
            .header("etag")
            .with_context(|| format!("{path} has no ETag"))?;
        Ok(Ask {
            not_modified: true,
            ..ask(path, vec![GZIP.into(), format!("If-None-Match: {tag}")])
        })
    };
    let theirs = get(peer.address(), "/shell.html", &[GZIP])?.good("/shell.html")?;
    let gzip = || vec![GZIP.to_string()];
    Ok(vec![
        trial("shell", ask(&story.shell, gzip()), "shell", Some(1.0)),
        trial(
            "gate",
            ask(&story.gate, vec![GZIP.into(), cookie]),
            "gate",
            Some(1.6),
        ),
        Trial {
            name: "not-modified",
            ours: again(&story.shell, &shell)?,
            peer: Some(again("/shell.html", &theirs)?),
            goal: None,
        },
        Trial {
            ours: Ask {
                numbered: true,
                ..ask(search, gzip())
            },
            ..trial("render", ask(search, gzip()), "render", None)
        },
    ])
}

fn trial(name: &'static str, ours: Ask, file: &str, goal: Option<f64>) -> Trial {
    Trial {
        name,
        ours,
        peer: Some(ask(&format!("/{file}.html"), vec![GZIP.to_string()])),
        goal,
    }
}

fn ask(path: &str, headers: Vec<String>) -> Ask {
    Ask {
        path: path.to_string(),
        headers,
        numbered: false,
        not_modified: false,
        in_turn: Vec::new(),
    }
}

/// Ours, the peer, ours, the peer: what the machine does besides falls on both alike. The medians count.
fn row(
    trial: &Trial,
    ours: &Newsroom,
    peer: &Nginx,
    rounds: Rounds,
    meter: &Meter,
    folder: &Path,
) -> Result<Row> {
    let turn = |address: &str, process: u32, ask: &Ask| -> Result<Cost> {
        let before = meter.seconds(process)?;
        let load = load::run(address, ask, rounds.seconds, folder)?;
        let spent = meter.seconds(process)? - before;
        Ok(Cost {
            value: spent / load.answers * 1e6,
            unit: MICROSECONDS,
            per_second: Some(load.answers / load.seconds),
        })
    };
    let mut costs = (Vec::new(), Vec::new());
    for _ in 0..rounds.count {
        costs
            .0
            .push(turn(ours.address(), ours.process(), &trial.ours)?);
        if let Some(ask) = &trial.peer {
            costs.1.push(turn(peer.address(), peer.process(), ask)?);
        }
    }
    Ok(Row {
        name: trial.name,
        ours: median(costs.0).context("no rounds")?,
        peer: median(costs.1),
        goal: trial.goal,
    })
}

fn median(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by(|a, b| a.value.total_cmp(&b.value));
    (!costs.is_empty()).then(|| costs.swap_remove(costs.len() / 2))
}

/// A gate that had answered with the wall would have been quick, and wrong.
fn still_granted(address: &str, story: &Story) -> Result<()> {
    let cookie = format!("Cookie: {}", story.cookie);
    let answer = get(address, &story.gate, &[&cookie])?.good(&story.gate)?;
    ensure!(
        is_granted(&answer),
        "after the load the gate answered with the wall"
    );
    Ok(())
}

fn is_granted(answer: &Answer) -> bool {
    matches!(
        answer.header("dateline-standing"),
        Some("open" | "counted" | "asked")
    )
}

/// The addresses of this site in a page's links, in their order, each once.
fn local_links(page: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for piece in page.split("href=\"").skip(1) {
        let link = piece.split(['"', '#']).next().unwrap_or_default();
        if link.starts_with('/') && !link.starts_with("//") && !links.iter().any(|l| l == link) {
            links.push(link.to_string());
        }
    }
    links
}

/// The first value of an attribute on a page.
pub(super) fn attribute(page: &str, name: &str) -> Option<String> {
    let rest = page.split(&format!("{name}=\"")).nth(1)?;
    let value = rest.split('"').next()?;
    (!value.is_empty()).then(|| value.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_finds_the_sites_own_links_and_the_gate() {
        let page =
            r##"<a href="/a">A</a><a href="//b">B</a><a href="/a#top">A</a><a href="/c">C</a>"##;
        assert_eq!(local_links(page), ["/a", "/c"]);
        let shell = r#"<div data-gate="/_gate/1/2?a=1&amp;b=2">"#;
        assert_eq!(
            attribute(shell, "data-gate").as_deref(),
            Some("/_gate/1/2?a=1&b=2")
        );
        assert_eq!(attribute("<p>", "data-gate"), None);
    }

    #[test]
    fn the_median_round_counts() {
        let cost = |value| Cost {
            value,
            unit: MICROSECONDS,
            per_second: None,
        };
        assert_eq!(
            median(vec![cost(9.0), cost(1.0), cost(2.0)]).unwrap().value,
            2.0
        );
        assert!(median(Vec::new()).is_none());
    }
}
