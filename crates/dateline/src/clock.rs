//! The clock that `demo` and the browser scenes may move, by a file that holds the moment.

use std::{path::PathBuf, sync::Arc};

use base::{Clock, Instant, clock::SharedClock, clock::SystemClock};

/// Names the file; read by `dateline demo` alone, so that no newsroom's clock can be moved.
pub const SETTING: &str = "DATELINE_TEST_CLOCK";

/// The machine's clock, or the file's where one is named.
pub fn for_demo() -> SharedClock {
    match std::env::var_os(SETTING) {
        Some(path) => Arc::new(FileClock(path.into())),
        None => Arc::new(SystemClock),
    }
}

struct FileClock(PathBuf);

impl Clock for FileClock {
    fn now(&self) -> Instant {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        text.trim().parse().unwrap_or_else(|_| SystemClock.now())
    }
}
