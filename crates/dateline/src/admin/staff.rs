//! `dateline staff`: who may sign in to the desk.

use base::{Clock, Instant, No, clock::SystemClock};
use clap::{Args, Subcommand};
use newsroom::staff::{self, Role, api_token, enrol, session, suspend};

use serde::Serialize;

use super::{Data, Exit, Outcome, Stopped, block_on, counted::counted, terminal};
use crate::house::MIGRATIONS;

#[derive(Debug, Args)]
pub struct StaffCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print a one-time address by which somebody comes in
    Add(Add),
    /// List everybody
    List(List),
    /// Shut somebody out at once: their sessions end, and they cannot sign in
    #[command(visible_alias = "remove")]
    Suspend(One),
    /// Let somebody in again who was shut out
    Restore(One),
    /// End every session of everybody, as after a theft
    SignOutAll(All),
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    data: Data,
    /// contributor, reporter, editor, duty_editor, publisher or owner
    #[arg(long, default_value = "editor")]
    role: String,
}

#[derive(Debug, Args)]
struct One {
    #[command(flatten)]
    data: Data,
    /// The address they sign in with
    email: String,
}

#[derive(Debug, Args)]
struct All {
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    data: Data,
    /// Answer as a JSON list
    #[arg(long)]
    json: bool,
}

/// Somebody as the list shows them to machines.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    email: &'a str,
    role: Role,
    shut_out_at: Option<Instant>,
}

impl StaffCommand {
    pub(super) fn run(self) -> Outcome {
        match self.what {
            What::Add(add) => add.run(),
            What::List(list) => list.run(),
            What::Suspend(one) => one.suspend(),
            What::Restore(one) => one.restore(),
            What::SignOutAll(all) => all.sign_out(),
        }
    }
}

impl Add {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let role: Role = self.role.parse().map_err(|_| {
            let roles = "contributor, reporter, editor, duty_editor, publisher, owner";
            Stopped::Refused(format!("--role takes one of {roles}"))
        })?;
        let place = folder.database(&settings)?;
        let token = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, SystemClock.now()).await?;
            let mut tx = db.begin().await?;
            let token = enrol::invite(&mut tx, role, SystemClock.now()).await?;
            tx.commit().await?;
            db.close().await;
            Ok(token)
        })?;
        println!("Good once, for {} hours:", enrol::INVITATION_HOURS);
        println!("  {}/desk/enrol?token={}", settings.url, token.reveal());
        Ok(Exit::DONE)
    }
}

impl One {
    fn suspend(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let now = SystemClock.now();
        let (done, tokens) = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, now).await?;
            let done = suspend::suspend(&db, &self.email, now).await;
            let tokens = api_token::all(&db).await;
            db.close().await;
            Ok((done, tokens?))
        })?;
        let (staff, ended) = done.map_err(|no| self.explained(no))?;
        println!(
            "{} <{}> is shut out; {} ended.",
            staff.name,
            staff.email,
            counted(ended as usize, "session")
        );
        let nobodys = tokens.iter().filter(|kept| kept.owner.is_none());
        let good = nobodys.filter(|kept| kept.is_good(now)).count();
        if good > 0 {
            println!(
                "Good still, and belonging to nobody: {}. See `dateline token list`.",
                counted(good, "API token")
            );
        }
        Ok(Exit::DONE)
    }

    fn restore(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let staff = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, SystemClock.now()).await?;
            let staff = suspend::restore(&db, &self.email).await;
            db.close().await;
            Ok(staff)
        })?;
        let staff = staff.map_err(|no| self.explained(no))?;
        println!("{} <{}> may sign in again.", staff.name, staff.email);
        Ok(Exit::DONE)
    }

    fn explained(&self, no: No) -> Stopped {
        match no {
            No::Absent => Stopped::Refused(format!(
                "there is nobody with the address {} to whom this can be done; nothing was changed. \
                 `dateline staff list` shows everybody",
                self.email
            )),
            no => no.into(),
        }
    }
}

impl List {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let everybody = block_on(async {
            let db = store::Db::open_read_only(&place).await?;
            let everybody = staff::all(&db).await;
            db.close().await;
            Ok(everybody?)
        })?;
        let lines = everybody.iter().map(|one| Line {
            name: &one.name,
            email: &one.email,
            role: one.role,
            shut_out_at: one.disabled_at,
        });
        if self.json {
            return terminal::print_json(&lines.collect::<Vec<_>>());
        }
        println!("{}", told(&lines.collect::<Vec<_>>()));
        Ok(Exit::DONE)
    }
}

/// Everybody, a line each; or how somebody comes in.
fn told(lines: &[Line<'_>]) -> String {
    if lines.is_empty() {
        return "Nobody has come in yet. Invite somebody with: dateline staff add --role owner"
            .into();
    }
    let line = |one: &Line<'_>| {
        let shut_out = one
            .shut_out_at
            .map(|at| format!(", shut out since {at}"))
            .unwrap_or_default();
        format!("{} <{}>, {:?}{shut_out}", one.name, one.email, one.role)
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl All {
    fn sign_out(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let ended = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, SystemClock.now()).await?;
            let ended = session::end_all(&db).await;
            db.close().await;
            Ok(ended?)
        })?;
        println!("{} ended.", counted(ended as usize, "session"));
        Ok(Exit::DONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_newsroom_says_how_somebody_comes_in() {
        assert!(told(&[]).contains("dateline staff add"));
        let one = Line {
            name: "Ana",
            email: "ana@news.example",
            role: Role::Owner,
            shut_out_at: None,
        };
        assert_eq!(told(&[one]), "Ana <ana@news.example>, Owner");
    }
}
