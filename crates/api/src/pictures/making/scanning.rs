//! Every file that comes in is scanned first, where the operator has a scanner.

use std::str::FromStr;

use base::Refusal;
use courier::scanner::{Finding, Scanner, Unscanned};
use newsroom::{By, picture::upload::named};

use super::Making;

/// The scanner, and what becomes of files while it does not answer.
#[derive(Clone, Debug)]
pub struct Scanning {
    /// The scanner.
    pub scanner: Scanner,
    /// What becomes of files while it does not answer.
    pub when_silent: WhenSilent,
}

/// What becomes of files while the scanner is away, silent or says what nobody understands. A file that it finds too
/// large is refused either way: whoever wanted to pass it by would only have to make one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenSilent {
    /// They are refused; who brought them is asked to come back.
    #[default]
    Refuse,
    /// They are taken in, and the log says so.
    Accept,
}

impl FromStr for WhenSilent {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "refuse" => Ok(Self::Refuse),
            "accept" => Ok(Self::Accept),
            _ => Err("it takes refuse or accept"),
        }
    }
}

impl Making {
    /// Lets a file by that nothing was found in.
    ///
    /// # Errors
    /// `file-infected`, `file-too-large-to-scan`, `scanner-silent`.
    pub(super) async fn scanned(&self, file: &[u8], name: &str, by: &By) -> Result<(), Refusal> {
        let Some(scanning) = &self.scanning else {
            return Ok(());
        };
        let (name, bytes, by) = (named(name), file.len(), account(by));
        match scanning.scanner.scan(file).await {
            Ok(Finding::Clean) => Ok(()),
            Ok(Finding::Infected(signature)) => {
                tracing::warn!(%by, ?name, bytes, %signature, "refused a file of {by}: the scanner found {signature}");
                Err(Refusal::of("file-infected").with("signature", signature))
            }
            Err(why @ Unscanned::TooLarge(_)) => {
                tracing::warn!(%by, ?name, bytes, %why, "refused a file of {by} with {bytes} bytes: {why}");
                Err(Refusal::of("file-too-large-to-scan"))
            }
            Err(why) if scanning.when_silent == WhenSilent::Accept => {
                tracing::warn!(%by, ?name, bytes, %why, "took a file of {by} in that was not scanned: {why}");
                Ok(())
            }
            Err(why) => {
                tracing::warn!(%by, ?name, bytes, %why, "refused a file of {by} that was not scanned: {why}");
                Err(Refusal::of("scanner-silent"))
            }
        }
    }
}

/// Whose act it was, as the log names it: staff by their id, machines by their name.
fn account(by: &By) -> String {
    match by.staff {
        Some(id) => format!("staff {id}"),
        None => by.name.clone(),
    }
}
