//! `dateline import`: stories from elsewhere, as often as one likes.

mod answer;
mod feed;
mod looked_at;
mod pictures;

use std::{path::PathBuf, sync::Arc};

use base::{Clock, Fault, clock::SharedClock, clock::SystemClock};
use clap::{Args, Subcommand};
use interchange::{
    comments::{self, System},
    folder, ghost,
    incoming::{Incoming, Stop, Summary, Unread},
    land::{self, Landing, Report},
    members, newsml, ninjs, wordpress,
};
use jiff::tz::TimeZone;
use store::Db;
use tokio::sync::mpsc;

use super::{Data, Exit, Outcome, Stopped, block_on, counted::counted, terminal::Progress};
use crate::{house, settings::Settings};
use answer::answer;

/// Pieces read ahead of the database: bounds memory while the disk is asked.
const READ_AHEAD: usize = 64;

#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A WordPress export (WXR 1.0 to 1.2, plain or .gz)
    Wordpress(From),
    /// A Ghost export (JSON, 0.x to 6, plain or .gz)
    Ghost(FromGhost),
    /// A folder of Markdown or HTML files, with front matter or without
    Folder(From),
    /// ninjs of the IPTC (1.0 to 3.1): a file, or a folder of them
    Ninjs(From),
    /// NewsML-G2 of the IPTC: a file, or a folder of them
    Newsml(From),
    /// Readers' comments of Disqus, WordPress, Commento or Ghost, kept until there are comments here
    Comments(FromComments),
    /// Members of a site elsewhere, a CSV; kept until there is registration here, nobody is written to
    Members(From),
    /// A feed (RSS, Atom or JSON Feed), from a file or an address
    Feed(feed::From),
    /// The pictures of stories that came in: from a copy of the old site's folder, else from their addresses
    Pictures(pictures::From),
}

#[derive(Debug, Args)]
struct From {
    /// The file or folder to read
    path: PathBuf,
    #[command(flatten)]
    options: Options,
}

/// What every import is told.
#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    data: Data,
    /// Answer with one JSON object: counts and warnings
    #[arg(long)]
    json: bool,
    /// Write the same object into a file as well
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct FromGhost {
    #[command(flatten)]
    from: From,
    /// The old site's address, which an export does not hold: such as `https://example.org`
    #[arg(long)]
    site: Option<String>,
}

#[derive(Debug, Args)]
struct FromComments {
    #[command(flatten)]
    base: From,
    /// The system that wrote the file; told by how it begins, unless said
    #[arg(long, value_enum)]
    from: Option<Named>,
}

/// The systems whose comments are read, as they are named on the command line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Named {
    Disqus,
    Wordpress,
    Commento,
    Ghost,
}

impl std::convert::From<Named> for System {
    fn from(named: Named) -> Self {
        match named {
            Named::Disqus => Self::Disqus,
            Named::Wordpress => Self::Wordpress,
            Named::Commento => Self::Commento,
            Named::Ghost => Self::Ghost,
        }
    }
}

impl FromComments {
    fn system(&self) -> Result<System, Stopped> {
        looked_at::file(&self.base.path).map_err(Stopped::Refused)?;
        System::of(&self.base.path).map_err(|why| {
            let path = self.base.path.display();
            Stopped::Refused(format!("{path}: {why}. Nothing was imported."))
        })
    }
}

/// What is read, and how.
pub(super) enum Reading {
    /// A WordPress export.
    Wordpress(PathBuf),
    /// A Ghost export, and the address its site had.
    Ghost(PathBuf, Option<String>),
    /// A folder.
    Folder(PathBuf),
    /// A file of ninjs, or a folder of them.
    Ninjs(PathBuf),
    /// A file of NewsML-G2, or a folder of them.
    Newsml(PathBuf),
    /// Comments, and the system they come from.
    Comments(PathBuf, System),
    /// Members.
    Members(PathBuf),
    /// A feed.
    Feed(feed::Feed),
}

impl Import {
    pub(super) fn run(self) -> Outcome {
        let (options, reading) = match self.what {
            What::Wordpress(from) => (from.options, Reading::Wordpress(from.path)),
            What::Ghost(FromGhost { from, site }) => {
                (from.options, Reading::Ghost(from.path, site))
            }
            What::Folder(from) => (from.options, Reading::Folder(from.path)),
            What::Ninjs(from) => (from.options, Reading::Ninjs(from.path)),
            What::Newsml(from) => (from.options, Reading::Newsml(from.path)),
            What::Comments(from) => {
                let system = match from.from {
                    Some(system) => system.into(),
                    None => match from.system() {
                        Ok(system) => system,
                        Err(stopped) => return refused(stopped, from.base.options.json),
                    },
                };
                (from.base.options, Reading::Comments(from.base.path, system))
            }
            What::Members(from) => (from.options, Reading::Members(from.path)),
            What::Feed(from) => from.reading()?,
            What::Pictures(from) => return from.run(),
        };
        let (folder, settings) = options.data.open()?;
        let looked = reading.looked_at().map_err(Stopped::Refused);
        if let Err(stopped) = looked {
            return refused(stopped, options.json);
        }
        let outcome = block_on(async {
            let clock: SharedClock = Arc::new(SystemClock);
            let db = house::database(&folder, &settings, &clock).await?;
            let mut progress = Progress::of("stories", options.json);
            let report = run(&db, &settings, reading, &mut progress).await;
            progress.end();
            db.close().await;
            report
        });
        match outcome {
            Ok(report) => answer(&report, &options),
            Err(stopped) => refused(stopped, options.json),
        }
    }
}

/// A refusal as JSON, where a machine reads along.
fn refused(stopped: Stopped, json: bool) -> Outcome {
    match stopped {
        Stopped::Refused(why) if json => {
            println!("{}", serde_json::json!({"refused": why}));
            Ok(Exit::BAD_INPUT)
        }
        stopped => Err(stopped),
    }
}

/// Reads on a thread of its own and lands what comes. What landed before a fault stays.
pub(super) async fn run(
    db: &Db,
    settings: &Settings,
    reading: Reading,
    progress: &mut Progress,
) -> Result<Report, Stopped> {
    let how = land::Settings {
        source: reading.source(),
        zone: settings.zone.clone(),
        language: settings.language.clone(),
        now: SystemClock.now(),
    };
    let mut landing = Landing::begin(db.clone(), how).await?;
    let (give, mut take) = mpsc::channel::<Incoming>(READ_AHEAD);
    let (zone, place) = (settings.zone.clone(), reading.place());
    let reader = tokio::task::spawn_blocking(move || {
        reading.read(&zone, &mut |piece| {
            give.blocking_send(piece)
                .map_err(|_| Stop("the database refused".into()))
        })
    });
    let mut landed = Ok(());
    while let Some(piece) = take.recv().await {
        landed = landing.take(piece).await;
        if landed.is_err() {
            break;
        }
        progress.at(landing.report().landed() + landing.report().unchanged);
    }
    drop(take);
    let read = reader
        .await
        .map_err(|error| Fault::while_("reading the archive", error))?;
    landed?;
    let mut report = landing.end().await?;
    match read {
        Ok(summary) => {
            report.left_out += summary.left_out.get(folder::LEFT_OUT).unwrap_or(&0);
            Ok(report)
        }
        Err(unread) => Err(Stopped::Refused(broken_off(&place, &unread, &report))),
    }
}

/// Why an archive was not read to its end, with its name and with what was kept.
fn broken_off(place: &str, unread: &Unread, report: &Report) -> String {
    let why = unread.to_string();
    let named = if why.contains(place) {
        why
    } else {
        format!("{place}: {why}")
    };
    let landed = report.landed() + report.unchanged;
    let kept = match landed {
        0 => "Nothing was imported.".to_string(),
        _ => format!(
            "What stands before it is here ({}); run it again with a whole one for the rest.",
            counted(landed, "story")
        ),
    };
    format!("{}. {kept}", named.trim_end_matches('.'))
}

impl Reading {
    /// The file, folder or address, as it was given.
    fn place(&self) -> String {
        match self {
            Self::Wordpress(path)
            | Self::Ghost(path, _)
            | Self::Folder(path)
            | Self::Ninjs(path)
            | Self::Newsml(path)
            | Self::Comments(path, _)
            | Self::Members(path) => path.display().to_string(),
            Self::Feed(feed) => feed.place(),
        }
    }

    /// Looks whether there is something of the right kind, before anything is opened for it.
    fn looked_at(&self) -> Result<(), String> {
        match self {
            Self::Wordpress(path)
            | Self::Ghost(path, _)
            | Self::Comments(path, _)
            | Self::Members(path) => looked_at::file(path),
            Self::Folder(path) => looked_at::folder(path),
            Self::Ninjs(path) | Self::Newsml(path) => looked_at::either(path),
            Self::Feed(feed) => feed.looked_at(),
        }
    }

    /// Where the pieces come from: keys are told apart by it, so it must be the same in every run.
    /// Keys of WordPress carry the site, those of Ghost are unlike any other, a feed's carry its
    /// identity; a folder's are paths below it.
    fn source(&self) -> String {
        match self {
            Self::Wordpress(_) => "wordpress".into(),
            Self::Ghost(..) => "ghost".into(),
            Self::Folder(path) => {
                let name = path.canonicalize().unwrap_or_else(|_| path.clone());
                let name = name
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                format!("folder {}", name.unwrap_or_default())
            }
            Self::Ninjs(_) => ninjs::SOURCE.into(),
            Self::Newsml(_) => newsml::SOURCE.into(),
            Self::Comments(_, system) => system.source().into(),
            Self::Members(_) => members::SOURCE.into(),
            Self::Feed(_) => "feed".into(),
        }
    }

    fn read(
        &self,
        zone: &TimeZone,
        take: &mut dyn FnMut(Incoming) -> Result<(), Stop>,
    ) -> Result<Summary, Unread> {
        match self {
            Self::Wordpress(path) => wordpress::read(path, take),
            Self::Ghost(path, site) => ghost::read(path, site.as_deref(), take),
            Self::Folder(path) => folder::read(path, zone, take),
            Self::Ninjs(path) if path.is_dir() => ninjs::read_folder(path, take),
            Self::Ninjs(path) => ninjs::read(path, take),
            Self::Newsml(path) if path.is_dir() => newsml::read_folder(path, take),
            Self::Newsml(path) => newsml::read(path, take),
            Self::Comments(path, system) => comments::read(path, *system, take),
            Self::Members(path) => members::read(path, take),
            Self::Feed(feed) => feed.read(take),
        }
    }
}

#[cfg(test)]
mod tests;
