//! What the newsroom logs while a scene is played, kept to be searched.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// Everything logged on this thread since it was opened, debug lines of our own crates among it.
pub struct Log {
    written: Written,
    _listening: DefaultGuard,
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to listen; one at a time on a thread.
    pub fn open() -> Self {
        let written = Written::default();
        let subscriber = tracing_subscriber::fmt()
            .without_time()
            .with_ansi(false)
            .with_max_level(tracing::Level::DEBUG)
            .with_writer(written.clone())
            .finish();
        let _listening = tracing::subscriber::set_default(subscriber);
        Self {
            written,
            _listening,
        }
    }

    /// All of it, a line for each event.
    pub fn text(&self) -> String {
        let bytes = self
            .written
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Lines that tell of a fault: what somebody would be woken for.
    pub fn faults(&self) -> Vec<String> {
        let text = self.text();
        let faults = text
            .lines()
            .filter(|line| line.trim_start().starts_with("ERROR"));
        faults.map(String::from).collect()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
