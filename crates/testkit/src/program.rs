//! The program as its operator has it, under a name that tests of this crate can find.

use std::process::ExitCode;

use clap::Parser;
use dateline::admin::{Command, Exit};

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let first = std::env::args_os().nth(1);
    if first.is_some_and(|first| first == dateline::CHILD) {
        return darkroom::child::run();
    }
    courier::ready();
    let Exit(code) = CommandLine::parse().command.run();
    ExitCode::from(code)
}
