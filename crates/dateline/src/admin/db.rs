//! `dateline db`: looks after the database, so that nobody opens the live file with another tool.

use clap::{Args, Subcommand};
use store::Db;

use super::{Data, Exit, Outcome, block_on};
use crate::house;

#[derive(Debug, Args)]
pub struct DbCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check the file and every statement against it; safe while the newsroom is serving
    Check(CheckDb),
}

#[derive(Debug, Args)]
struct CheckDb {
    #[command(flatten)]
    data: Data,
}

impl DbCommand {
    pub(super) fn run(self) -> Outcome {
        let What::Check(check) = self.what;
        let (folder, settings) = check.data.open()?;
        let place = folder.database(&settings)?;
        let complaints = block_on(async {
            let db = Db::open_read_only(&place).await?;
            let complaints = db.check().await;
            let prepared = db.prepare_all(&house::statements()).await;
            db.close().await;
            prepared?;
            Ok(complaints?)
        })?;
        for complaint in &complaints {
            println!("! {complaint}");
        }
        if complaints.is_empty() {
            println!("The database is whole, and every statement fits it.");
            return Ok(Exit::DONE);
        }
        Ok(Exit::NOT_WELL)
    }
}
