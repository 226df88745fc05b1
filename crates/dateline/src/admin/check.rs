//! `dateline check`: looks at settings and data, and changes nothing.

use base::Fault;
use clap::Args;
use courier::scanner::{Finding, Scanner, Unscanned};
use serde::Serialize;
use store::{Db, shelf::LocalShelf};

use super::{Data, Exit, Outcome, block_on};
use crate::{folder::Folder, house::pictures, settings::Settings};

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    data: Data,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    settings: &'static str,
    stories: u64,
    published: u64,
    events_waiting: u64,
    complaints: Vec<String>,
}

impl Check {
    pub(super) fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let report = block_on(async {
            let db = Db::open_read_only(&place).await?;
            let report = look(&db).await;
            db.close().await;
            let mut report = report?;
            report.complaints.extend(bucket(&folder, &settings).await?);
            report.complaints.extend(scanner(&settings).await);
            Ok(report)
        })?;
        if self.json {
            let json = serde_json::to_string(&report);
            println!(
                "{}",
                json.map_err(|error| Fault::while_("writing the report", error))?
            );
        } else {
            print(&report);
        }
        Ok(if report.complaints.is_empty() {
            Exit::DONE
        } else {
            Exit::NOT_WELL
        })
    }
}

async fn look(db: &Db) -> Result<Report, Fault> {
    let mut complaints = db.check().await?;
    complaints.extend(newsroom::story::check::complaints(db).await?);
    let counts = newsroom::story::check::counts(db).await?;
    Ok(Report {
        settings: "good",
        stories: counts.stories,
        published: counts.published,
        events_waiting: store::outbox::waiting(db).await?,
        complaints,
    })
}

/// What is wrong with the bucket that is set, in plain words. A file of a few bytes is put there and taken away again.
async fn bucket(folder: &Folder, settings: &Settings) -> Result<Option<String>, Fault> {
    let Some(place) = &settings.bucket else {
        return Ok(None);
    };
    let folder = folder.pictures(settings);
    let shelf = LocalShelf::open(&folder)?;
    let shelf = pictures::bucket_shelf(settings, place, (&folder, shelf))?;
    let name = &place.bucket;
    Ok(shelf.tried().await.err().map(|fault| {
        format!(
            "pictures cannot be kept in the bucket {name} at {}: {}. Look at s3.endpoint, s3.bucket, s3.key_id and s3.key",
            place.endpoint,
            fault.chain()
        )
    }))
}

/// What is wrong with the scanner that is set, in plain words. It is asked whether it is there, and to look at as many
/// zeros as the largest picture has bytes: whether it takes such a file is not to be found out by who brings one.
async fn scanner(settings: &Settings) -> Option<String> {
    let place = settings.scanner.clone()?;
    let scanner = Scanner::at(place);
    let most = settings.largest_picture_mb;
    let tried = async {
        scanner.answers().await?;
        scanner
            .scan(&vec![0; (most * pictures::PICTURE_MB) as usize])
            .await
    };
    match tried.await {
        Ok(Finding::Clean) => None,
        Ok(Finding::Infected(signature)) => Some(format!(
            "the scanner finds {signature} in a file of zeros. Look at its database"
        )),
        Err(why @ Unscanned::TooLarge(_)) => Some(format!(
            "{why}. pictures.largest_mb is {most}: set StreamMaxLength to as much or more"
        )),
        Err(why) => Some(format!(
            "{why}. Look at scanner.address, and whether this account may use the socket"
        )),
    }
}

fn print(report: &Report) {
    println!("Settings: {}", report.settings);
    println!(
        "Stories: {}, {} of them published",
        report.stories, report.published
    );
    println!(
        "Events waiting for their listeners: {}",
        report.events_waiting
    );
    if report.complaints.is_empty() {
        println!("The data is whole.");
    }
    for complaint in &report.complaints {
        println!("! {complaint}");
    }
}
