//! `dateline token`: keys by which machines use the API.

use base::{Clock, clock::SystemClock};
use clap::{Args, Subcommand};
use jiff::ToSpan;
use newsroom::staff::api_token::{self, Scope};

use super::{Data, Exit, Outcome, Stopped, block_on};
use crate::house::MIGRATIONS;

#[derive(Debug, Args)]
pub struct TokenCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token; it is shown once
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    #[command(flatten)]
    data: Data,
    /// What it is for
    #[arg(long)]
    name: String,
    /// stories:read, stories:write or publish; may be given several times
    #[arg(long, required = true)]
    scope: Vec<String>,
    /// Days it is good; for ever when left out
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: Option<u32>,
}

impl TokenCommand {
    pub(super) fn run(self) -> Outcome {
        let What::Create(create) = self.what;
        create.run()
    }
}

impl Create {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let scopes = self.scopes()?;
        let place = folder.database(&settings)?;
        let now = SystemClock.now();
        let expires = self.days.map(|days| {
            now.saturating_add((i64::from(days) * 24).hours())
                .unwrap_or(now)
        });
        let token = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, now).await?;
            let token = api_token::create(&db, &self.name, &scopes, (now, expires)).await;
            db.close().await;
            Ok(token?)
        })?;
        println!("{}", token.reveal());
        eprintln!("Keep it: it is not shown again, and only its hash is kept here.");
        Ok(Exit::DONE)
    }

    fn scopes(&self) -> Result<Vec<Scope>, Stopped> {
        let scope = |word: &String| {
            let all = Scope::ALL.map(Scope::word).join(", ");
            let unknown = || Stopped::Refused(format!("--scope {word}: it takes one of {all}"));
            Scope::from_word(word).ok_or_else(unknown)
        };
        self.scope.iter().map(scope).collect()
    }
}
