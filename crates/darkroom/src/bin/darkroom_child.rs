//! The child as a program of its own, for tests and the bench.

use std::process::ExitCode;

fn main() -> ExitCode {
    darkroom::child::run()
}
