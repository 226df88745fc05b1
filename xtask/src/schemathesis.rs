//! `cargo xtask schemathesis`: requests that somebody else's program makes up from the API's description, good ones and bad.

use std::process::Command;

use anyhow::Result;

use crate::{
    newsroom::{self, Newsroom},
    process, repo,
    temporary::Folder,
    tools,
};

/// Requests that are made up for each operation, beside those at the edges of every value.
const EXAMPLES: &str = "8";

/// Opens a demo newsroom without rates and has every operation tried by nobody, by a machine and by the owner.
///
/// # Errors
/// When an answer is not as the description says, or a tool is missing or breaks.
pub fn run() -> Result<()> {
    tools::require(tools::FOR_TESTS)?;
    let program = newsroom::build(false)?;
    let folder = Folder::new("schemathesis")?;
    let mut demo = newsroom::demo(&program, &folder.path().join("data"));
    // Thousands of requests from one address are what rates are there to stop.
    let server = Newsroom::start(demo.env("DATELINE_SERVE_WAIVE_RATES", "true"))?;
    let enrolment = server.enrolment()?;
    let token = enrolment.split('=').next_back().unwrap_or_default();
    let mut check = Command::new(tools::python_packages()?.join("bin/python"));
    check
        .arg(repo::root().join("xtask/checks/api.py"))
        .arg(format!("http://{}", server.address()))
        .args([token, EXAMPLES])
        .arg(folder.path());
    process::run(&mut check)
}
