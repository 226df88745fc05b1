//! `cargo xtask <command>`: what a developer and CI run. `docs/ci.md` tells of each; one command, one file.

use std::process::ExitCode;

use anyhow::{Result, bail};

mod bench;
mod ci;
mod client;
mod corpora;
mod desk;
mod newsroom;
mod process;
mod repo;
mod scene;
mod schemathesis;
mod temporary;
mod test;
mod tidy;
mod tools;
mod validate;

const HELP: &str = "\
cargo xtask <command>

  test [-p crate] [filter]    install what is missing, start private servers, run every test
  tidy                        the rules of the house that no compiler keeps
  desk [--check]              build the desk application; --check compares with the committed bundle
  client [--check]            the types that the API's description makes, and a client that works by them
  schemathesis                every door of the API tried with made-up requests
  ci                          everything CI runs, in its order, timed
  validate                    every type of page under the checkers of others: HTML, accessibility, schemas
  corpora [pictures]          bring pictures of ../shared/corpora, import its archives twice, and print the tables
  scene [NAME]                walk through the product in Chromium; pictures in target/scenes/NAME
  bench site [--json] [--quick]
                              processor time per request beside nginx
  bench pictures [--json] [--quick]
                              processor time per picture beside sharp and ImageMagick

docs/ci.md tells what each installs, starts and refuses.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["test", rest @ ..] => test::run(rest),
        ["tidy"] => tidy::run(),
        ["desk"] => desk::build(),
        ["desk", "--check"] => desk::check(),
        ["client"] => client::write(),
        ["client", "--check"] => client::check(),
        ["schemathesis"] => schemathesis::run(),
        ["ci"] => ci::run(),
        ["validate"] => validate::run(),
        ["corpora"] => corpora::run(),
        ["corpora", "pictures"] => corpora::pictures(),
        ["scene"] => scene::all(),
        ["scene", name] => scene::run(name),
        ["bench", "site", flags @ ..] => bench::site(flags),
        ["bench", "pictures", flags @ ..] => bench::pictures(flags),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no such command: {}\n\n{HELP}", words.join(" ")),
    }
}
