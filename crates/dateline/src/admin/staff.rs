//! `dateline staff`: who may sign in to the desk.

use base::{Clock, No, clock::SystemClock};
use clap::{Args, Subcommand};
use newsroom::staff::{self, Role, api_token, enrol, session, suspend};

use super::{Data, Exit, Outcome, Stopped, block_on};
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
    SignOutAll(List),
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
struct List {
    #[command(flatten)]
    data: Data,
}

impl StaffCommand {
    pub(super) fn run(self) -> Outcome {
        match self.what {
            What::Add(add) => add.run(),
            What::List(list) => list.list(),
            What::Suspend(one) => one.suspend(),
            What::Restore(one) => one.restore(),
            What::SignOutAll(list) => list.sign_out_all(),
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
            "{} <{}> is shut out; {ended} sessions ended.",
            staff.name, staff.email
        );
        let good = tokens.iter().filter(|kept| kept.is_good(now)).count();
        if good > 0 {
            println!(
                "{good} API tokens are good still, and belong to nobody: see `dateline token list`."
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
                "there is nobody with the address {} to whom this can be done: see `dateline staff list`",
                self.email
            )),
            no => no.into(),
        }
    }
}

impl List {
    fn list(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let everybody = block_on(async {
            let db = store::Db::open_read_only(&place).await?;
            let everybody = staff::all(&db).await;
            db.close().await;
            Ok(everybody?)
        })?;
        for one in everybody {
            let disabled = one
                .disabled_at
                .map(|at| format!(", shut out since {at}"))
                .unwrap_or_default();
            println!("{} <{}>, {:?}{disabled}", one.name, one.email, one.role);
        }
        Ok(Exit::DONE)
    }

    fn sign_out_all(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let ended = block_on(async {
            let db = store::Db::open(&place, MIGRATIONS, SystemClock.now()).await?;
            let ended = session::end_all(&db).await;
            db.close().await;
            Ok(ended?)
        })?;
        println!("{ended} sessions ended.");
        Ok(Exit::DONE)
    }
}
