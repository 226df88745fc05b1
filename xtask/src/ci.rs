//! `cargo xtask ci`: what CI runs, in the order in which a failure is cheapest, each step timed.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{process, repo};

struct Step {
    name: &'static str,
    command: Command,
}

/// Runs every step until one fails, and prints how long each took, also then.
pub fn run() -> Result<()> {
    let start = Instant::now();
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut failure = None;
    for mut step in steps()? {
        println!("\n== {}", step.name);
        let start = Instant::now();
        let result = process::run(&mut step.command);
        times.push((step.name, start.elapsed()));
        if let Err(error) = result {
            failure = Some((step.name, error));
            break;
        }
    }
    print_table(&times, start.elapsed());
    match failure {
        Some((name, error)) => bail!("ci stopped at `{name}`: {error:#}"),
        None => Ok(()),
    }
}

fn steps() -> Result<Vec<Step>> {
    let mut steps = vec![
        step("fmt", cargo("fmt --all --check")),
        step(
            "clippy",
            cargo("clippy --locked --workspace --all-targets -- -D warnings"),
        ),
        step("doc", documentation()),
        step("tidy", ourselves(&["tidy"])?),
        step("desk", ourselves(&["desk", "--check"])?),
        // The same words as in the README, so that what is promised there is what is tried here.
        step("test", cargo("xtask test")),
        step("client", ourselves(&["client", "--check"])?),
        step("schemathesis", ourselves(&["schemathesis"])?),
        step("validate", ourselves(&["validate"])?),
        step("scenes", ourselves(&["scene"])?),
    ];
    if repo::corpora().is_dir() {
        steps.push(step("corpora", ourselves(&["corpora"])?));
    } else {
        println!("no ../shared/corpora beside this clone: its own fixtures have to do");
    }
    Ok(steps)
}

fn step(name: &'static str, command: Command) -> Step {
    Step { name, command }
}

fn cargo(words: &str) -> Command {
    let mut command = repo::cargo();
    command.args(words.split(' '));
    command
}

fn documentation() -> Command {
    let mut command = cargo("doc --locked --workspace --no-deps --document-private-items");
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn ourselves(words: &[&str]) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(words).current_dir(repo::root());
    Ok(command)
}

fn print_table(times: &[(&str, Duration)], whole: Duration) {
    println!("\nstep          seconds");
    for (name, time) in times {
        println!("{name:<12} {:>8.1}", time.as_secs_f64());
    }
    println!("{:<12} {:>8.1}", "all", whole.as_secs_f64());
}
