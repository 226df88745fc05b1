//! What the operator sees: log lines, progress on a terminal, and how we are told to stop.

use std::io::IsTerminal;

use base::Fault;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{Exit, Outcome};

/// Starts the log on standard error: lines for people, or JSON for machines. `RUST_LOG` chooses
/// what is logged.
pub fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start, as in tests, keeps the first.
    let _ = if json {
        log.json().try_init()
    } else {
        log.compact().try_init()
    };
}

/// Done when SIGTERM or Ctrl-C comes.
pub async fn asked_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        tracing::warn!("SIGTERM cannot be heard; stop with Ctrl-C");
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping: no new connections, open ones may finish");
}

/// A count that grows, shown on a terminal and nowhere else.
pub struct Progress(ProgressBar);

impl Progress {
    /// Counts `what`, unless a machine is reading along.
    pub fn of(what: &'static str, is_quiet: bool) -> Self {
        if is_quiet || !std::io::stderr().is_terminal() {
            return Self::hidden();
        }
        let bar = ProgressBar::new_spinner();
        let template = format!("{{spinner}} {{pos}} {what} in {{elapsed}} ({{per_sec}})");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Counts, and shows nothing.
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// So many now.
    pub fn at(&self, count: usize) {
        self.0.set_position(count as u64);
    }

    /// No more.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// Prints a value as JSON on one line.
pub(super) fn print_json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| Fault::while_("writing JSON", error))?;
    println!("{text}");
    Ok(Exit::DONE)
}
