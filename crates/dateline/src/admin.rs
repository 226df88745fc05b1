//! The operator's commands, a file for each.

mod check;
mod config;
mod counted;
mod db;
mod demo;
mod export;
mod import;
mod init;
mod section;
mod serve;
mod staff;
mod terminal;
mod token;
mod version;

use std::path::PathBuf;

use base::{Fault, No};
use clap::{Args, Subcommand};

use crate::{
    folder::Folder,
    settings::{Settings, Wrong, read},
};

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new, empty newsroom in a data folder
    Init(init::Init),
    /// Serve the site, the desk and the API
    Serve(serve::Serve),
    /// Open a newsroom with stories in it, to look around
    Demo(demo::Demo),
    /// Check the settings and the data, and change nothing
    Check(check::Check),
    /// Print a sample of all settings with their meanings
    Config(config::Config),
    /// Bring stories in from elsewhere
    Import(import::Import),
    /// Write stories out for other programs
    Export(export::Export),
    /// Arrange the sections that stories stand in
    Section(section::SectionCommand),
    /// Let people in
    Staff(staff::StaffCommand),
    /// Let machines in
    Token(token::TokenCommand),
    /// Look after the database
    Db(db::DbCommand),
    /// Print the version of this program and of what it stands on
    Version(version::Version),
}

/// Where the newsroom is.
#[derive(Debug, Args)]
pub struct Data {
    /// The data folder
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = "./data",
        env = "DATELINE_DATA"
    )]
    data: PathBuf,
}

/// The exit code, as sysexits.h has them where one fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit(pub u8);

impl Exit {
    /// Done.
    pub const DONE: Exit = Exit(0);
    /// Something was found wrong, or was not there.
    pub const NOT_WELL: Exit = Exit(1);
    /// Done, but something was left out whole: an import says what and why.
    pub const LEFT_OUT: Exit = Exit(3);
    /// What was given is not good (EX_DATAERR).
    pub const BAD_INPUT: Exit = Exit(65);
    /// Something broke (EX_SOFTWARE).
    pub const BROKEN: Exit = Exit(70);
    /// The settings cannot be used (EX_CONFIG).
    pub const BAD_SETTINGS: Exit = Exit(78);
}

/// Why a command did not do what was asked.
#[derive(Debug)]
enum Stopped {
    Settings(Wrong),
    Refused(String),
    Broken(Fault),
}

impl From<Wrong> for Stopped {
    fn from(wrong: Wrong) -> Self {
        Self::Settings(wrong)
    }
}
impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}
impl From<No> for Stopped {
    fn from(no: No) -> Self {
        match no {
            No::Failed(fault) => Self::Broken(fault),
            no => Self::Refused(no.to_string()),
        }
    }
}

type Outcome = Result<Exit, Stopped>;

impl Command {
    /// Does it, and says on standard error why not where it could not.
    pub fn run(self) -> Exit {
        let outcome = match self {
            Self::Init(command) => command.run(),
            Self::Serve(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Config(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Staff(command) => command.run(),
            Self::Section(command) => command.run(),
            Self::Token(command) => command.run(),
            Self::Db(command) => command.run(),
            Self::Version(command) => command.run(),
        };
        match outcome {
            Ok(exit) => exit,
            Err(Stopped::Settings(wrong)) => complain(Exit::BAD_SETTINGS, &wrong.to_string()),
            Err(Stopped::Refused(why)) => complain(Exit::BAD_INPUT, &why),
            Err(Stopped::Broken(fault)) if store::is_held(&fault) => {
                complain(Exit::BROKEN, &held(&fault))
            }
            Err(Stopped::Broken(fault)) => complain(Exit::BROKEN, &fault.chain()),
        }
    }
}

/// What can be done when a running newsroom has the database. There is no door of the API for it:
/// whoever may stop the program is the operator, and nobody else.
fn held(fault: &Fault) -> String {
    format!(
        "{}. A SQLite file belongs to one process, and a running newsroom is one; nothing was \
         changed.\n\
         Stop it, run this again, and start it:\n\
         \x20 systemctl stop dateline      (or end the process named above, with SIGTERM)\n\
         \x20 systemctl start dateline     (or dateline serve)\n\
         It takes seconds, and in an emergency, such as a stolen account or token, do just that: \
         stopping alone shuts everybody out at once, and what is unsaved at the desk stays in its \
         browser. On PostgreSQL this works while the newsroom runs.",
        fault.chain()
    )
}

fn complain(exit: Exit, why: &str) -> Exit {
    eprintln!("dateline: {why}");
    exit
}

impl Data {
    fn folder(&self) -> Folder {
        Folder(self.data.clone())
    }

    /// The folder and its settings; refused where no newsroom is.
    fn open(&self) -> Result<(Folder, Settings), Stopped> {
        let folder = self.folder();
        if self.data.is_file() {
            let why = format!(
                "{} is a file: --data takes the folder that `dateline init` made",
                self.data.display()
            );
            return Err(Stopped::Refused(why));
        }
        if !folder.is_newsroom() {
            let why = format!(
                "there is no newsroom in {}: make one with `dateline init --data {0}`",
                self.data.display()
            );
            return Err(Stopped::Refused(why));
        }
        let settings = read(&folder.settings(), std::env::vars())?;
        Ok((folder, settings))
    }
}

/// Runs async work on a small runtime, for commands that are no servers.
fn block_on<T>(work: impl Future<Output = Result<T, Stopped>>) -> Result<T, Stopped> {
    runtime(Some(2))?.block_on(work)
}

/// A runtime of so many threads, or as many as the machine has cores.
fn runtime(threads: Option<usize>) -> Result<tokio::runtime::Runtime, Fault> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    if let Some(threads) = threads {
        builder.worker_threads(threads);
    }
    let runtime = builder.enable_all().build();
    runtime.map_err(|error| Fault::while_("starting the program's threads", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_a_running_newsroom_has_is_told_with_what_to_do() {
        let in_use = store::StoreError::Held("news.db is in use by process 7".into());
        let fault = Fault::while_("opening the database", in_use);
        assert!(store::is_held(&fault));
        let said = held(&fault);
        for words in [
            "process 7",
            "nothing was changed",
            "systemctl stop dateline",
            "systemctl start dateline",
            "in an emergency",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
