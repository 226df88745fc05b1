//! `dateline`: reads the command line, does the one thing asked, and answers with an exit code.

use std::process::ExitCode;

use clap::Parser;
use dateline::admin::{Command, Exit};

#[derive(Parser)]
#[command(
    name = "dateline",
    version,
    about = "A newsroom in one program.",
    max_term_width = 100
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // Before anything is opened or read: a child of the darkroom gives up all it has first.
    if std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == dateline::CHILD)
    {
        return darkroom::child::run();
    }
    courier::ready();
    let Exit(code) = CommandLine::parse().command.run();
    ExitCode::from(code)
}
