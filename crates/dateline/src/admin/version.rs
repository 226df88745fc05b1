//! `dateline version`: this program, and what it stands on.

use clap::Args;

use super::{Exit, Outcome};

#[derive(Debug, Args)]
pub struct Version {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Version {
    pub(super) fn run(self) -> Outcome {
        let (version, sqlite) = (env!("CARGO_PKG_VERSION"), store::sqlite_version());
        if self.json {
            println!(
                "{}",
                serde_json::json!({"dateline": version, "sqlite": sqlite})
            );
        } else {
            println!("dateline {version}\nSQLite {sqlite} (bundled)");
        }
        Ok(Exit::DONE)
    }
}
