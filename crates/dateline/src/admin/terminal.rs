//! What the operator sees: log lines, progress on a terminal, and how we are told to stop.

use std::{
    io::IsTerminal,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use base::Fault;
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

/// How often the count on a terminal is written anew.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// A count that grows, shown on a terminal and nowhere else.
pub struct Progress(Option<Shown>);

struct Shown {
    what: &'static str,
    began: Instant,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    /// Counts `what`, unless a machine is reading along.
    pub fn of(what: &'static str, is_quiet: bool) -> Self {
        let is_shown = !is_quiet && std::io::stderr().is_terminal();
        Self(is_shown.then(|| Shown {
            what,
            began: Instant::now(),
            last: Mutex::default(),
        }))
    }

    /// Counts, and shows nothing.
    pub fn hidden() -> Self {
        Self(None)
    }

    /// So many now.
    pub fn at(&self, count: usize) {
        let Some(shown) = &self.0 else { return };
        let mut last = shown.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < SHOWN_EVERY) {
            return;
        }
        *last = Some(Instant::now());
        // The line begins anew, and what is left of a longer one goes (ECMA-48, 8.3.41).
        let (what, seconds) = (shown.what, shown.began.elapsed().as_secs());
        eprint!("\r{count} {what} in {seconds} s\x1b[K");
    }

    /// No more.
    pub fn end(&self) {
        if self.0.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}

/// Prints a value as JSON on one line.
pub(super) fn print_json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| Fault::while_("writing JSON", error))?;
    println!("{text}");
    Ok(Exit::DONE)
}
