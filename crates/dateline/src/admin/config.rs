//! `dateline config`: the documented sample.

use clap::Args;

use super::{Exit, Outcome};
use crate::settings::sample;

#[derive(Debug, Args)]
pub struct Config {}

impl Config {
    pub(super) fn run(self) -> Outcome {
        print!("{}", sample());
        Ok(Exit::DONE)
    }
}
