//! Running other programs: said before, judged after, and never with a standard input to wait for.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

/// Runs a command, showing what it prints; an error names the command and how it ended.
pub fn run(command: &mut Command) -> Result<()> {
    let name = said(command);
    eprintln!("+ {name}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("could not start `{name}`"))?;
    ensure!(status.success(), "`{name}` ended with {status}");
    Ok(())
}

/// Runs a command and gives what it printed; when it fails, the error holds what it complained of.
pub fn output(command: &mut Command) -> Result<String> {
    let name = said(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{name}`"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{name}` ended with {}\n{}",
            output.status,
            complaint.trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{name}` did not print UTF-8"))
}

/// Where a program is found by name, in `PATH` or where Debian keeps what only administrators run.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|place| place.is_file())
}

/// The command as a person would type it.
fn said(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
