//! Who stops a server of ours when we cannot.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};

/// A shell that holds our pipe: when we are gone, by Ctrl-C or worse, it stops the server by this signal and clears up.
pub(super) fn watch(server: &Child, signal: &str, folder: &Path) -> Result<Child> {
    const SCRIPT: &str = "\
        trap '' INT TERM HUP\n\
        read -r _\n\
        kill -\"$1\" \"$2\" 2>/dev/null && sleep 1\n\
        rm -rf -- \"$3\"";
    Command::new("sh")
        .args(["-c", SCRIPT, "watchdog", signal, &server.id().to_string()])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("could not start a shell")
}
