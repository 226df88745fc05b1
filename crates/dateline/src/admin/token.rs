//! `dateline token`: keys by which machines use the API.

use base::{Clock, Id, Instant, clock::SystemClock};
use clap::{Args, Subcommand};
use jiff::ToSpan;
use newsroom::staff::api_token::{self, ApiToken, Kept, Scope};

use serde::Serialize;

use super::{Data, Exit, Outcome, Stopped, block_on, terminal};
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
    /// List every token, without its secret
    List(List),
    /// End a token at once
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    data: Data,
    /// Answer as a JSON list
    #[arg(long)]
    json: bool,
}

/// A token as the list shows it to machines.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    name: &'a str,
    scopes: Vec<&'a str>,
    expires_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

#[derive(Debug, Args)]
struct Revoke {
    #[command(flatten)]
    data: Data,
    /// Its id, as `dateline token list` shows it
    id: String,
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
        match self.what {
            What::Create(create) => create.run(),
            What::List(list) => list.run(),
            What::Revoke(revoke) => revoke.run(),
        }
    }
}

impl List {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let tokens = block_on(async {
            let db = store::Db::open_read_only(&place).await?;
            let tokens = api_token::all(&db).await;
            db.close().await;
            Ok(tokens?)
        })?;
        if self.json {
            return terminal::print_json(&tokens.iter().map(for_machines).collect::<Vec<_>>());
        }
        println!("{}", told(&tokens, SystemClock.now()));
        Ok(Exit::DONE)
    }
}

fn for_machines(kept: &Kept) -> Line<'_> {
    Line {
        id: kept.token.id.to_string(),
        name: &kept.token.name,
        scopes: kept.token.scopes.iter().map(|scope| scope.word()).collect(),
        expires_at: kept.expires_at,
        revoked_at: kept.revoked_at,
    }
}

/// Every token, a line each; or how one is made.
fn told(tokens: &[Kept], now: Instant) -> String {
    if tokens.is_empty() {
        return "There is no token yet. Make one with: \
                dateline token create --name \"Wire\" --scope stories:read"
            .into();
    }
    let lines: Vec<String> = tokens.iter().map(|kept| line(kept, now)).collect();
    lines.join("\n")
}

/// `id  name, scopes, how long it is good`.
fn line(kept: &Kept, now: Instant) -> String {
    let token = &kept.token;
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.word()).collect();
    let until = match (kept.revoked_at, kept.expires_at) {
        (Some(at), _) => format!("ended {at}"),
        (None, Some(at)) if at <= now => format!("ran out {at}"),
        (None, Some(at)) => format!("good until {at}"),
        (None, None) => "good for ever".into(),
    };
    format!(
        "{}  {}, {}, {until}",
        token.id,
        token.name,
        scopes.join(" ")
    )
}

impl Revoke {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let id: Option<Id<ApiToken>> = self.id.parse().ok().map(Id::from_uuid);
        let place = folder.database(&settings)?;
        let now = SystemClock.now();
        let ended = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, now).await?;
            let ended = match id {
                Some(id) => api_token::revoke(&db, id, now).await,
                None => Ok(false),
            };
            db.close().await;
            Ok(ended?)
        })?;
        if !ended {
            let why = format!(
                "no token that is still good has the id {}; nothing was changed. `dateline token list` \
                 shows them all",
                self.id
            );
            return Err(Stopped::Refused(why));
        }
        println!("The token is ended; whoever holds it is refused from now on.");
        Ok(Exit::DONE)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_token_the_list_says_how_one_is_made() {
        let said = told(&[], SystemClock.now());
        assert!(said.contains("dateline token create"), "{said}");
    }
}
