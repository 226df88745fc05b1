//! `dateline import pictures`: brings in the pictures of stories that came from elsewhere.

use std::{path::PathBuf, sync::Arc};

use base::{Fault, clock::SharedClock, clock::SystemClock};
use clap::Args;
use courier::DomainNames;

use super::{looked_at, refused};
use crate::{
    admin::{Data, Exit, Outcome, Stopped, block_on, counted::counted, terminal::Progress},
    adoption::{Adoption, Report},
    house,
    settings::Settings,
};

#[derive(Debug, Args)]
pub(super) struct From {
    #[command(flatten)]
    data: Data,
    /// A copy of the old site's folder, or of the folder with its uploads: looked into before anything is fetched
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// Fetch nothing: take only what is in the folder
    #[arg(long, requires = "from")]
    no_fetch: bool,
    /// The old site's address, for pictures named without one: such as `https://example.org`
    #[arg(long, value_name = "ADDRESS")]
    site: Option<String>,
    /// Bring in so many pictures at most; run it again for the others
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Answer with one JSON object: counts, and why a picture was refused
    #[arg(long)]
    json: bool,
}

impl From {
    pub(super) fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        if let Some(from) = &self.from
            && let Err(why) = looked_at::folder(from)
        {
            return refused(Stopped::Refused(why), self.json);
        }
        let settings = Settings {
            pictures_folder: Some(folder.pictures(&settings)),
            secrets_folder: Some(folder.secrets()),
            ..settings
        };
        let report = block_on(async {
            let clock: SharedClock = Arc::new(SystemClock);
            let db = house::database(&folder, &settings, &clock).await?;
            let progress = Progress::of("pictures", self.json);
            let adoption = self.adoption(db.clone(), &settings, clock)?;
            let report = adoption.run(&mut |count| progress.at(count)).await;
            progress.end();
            db.close().await;
            Ok(report?)
        })?;
        self.answer(&report)
    }

    fn adoption(
        &self,
        db: store::Db,
        settings: &Settings,
        clock: SharedClock,
    ) -> Result<Adoption, Fault> {
        let names: Arc<dyn courier::Names> = Arc::new(DomainNames::of_this_machine()?);
        let sender = house::pictures::picture_fetcher(settings, &names, &clock);
        Ok(Adoption {
            db,
            making: house::pictures::making(settings, &clock)?,
            zone: settings.zone.clone(),
            clock,
            from: self.from.clone(),
            site: self.site.clone(),
            sender: (!self.no_fetch).then_some(sender),
            limit: self.limit,
        })
    }

    fn answer(&self, report: &Report) -> Outcome {
        if self.json {
            return crate::admin::terminal::print_json(report);
        }
        for (address, why) in &report.refused {
            println!("! {address}: {why}");
        }
        if report.more_refused > 0 {
            println!("! and {}", counted(report.more_refused, "more refusal"));
        }
        for line in sums(report) {
            println!("{line}");
        }
        Ok(Exit::DONE)
    }
}

fn sums(report: &Report) -> Vec<String> {
    let mut lines = vec![
        format!(
            "Brought in: {} from the folder, {} from their addresses. Here already: {}.",
            report.found, report.fetched, report.known
        ),
        format!(
            "{} now with pictures of ours. Still elsewhere: {}.",
            counted(report.stories, "story"),
            counted(report.still_foreign, "picture")
        ),
    ];
    if report.without_credit > 0 {
        lines.push(format!(
            "{} without a credit: readers see them, but their stories are not published anew before \
             they have one (the library finds them under “no credit”).",
            counted(report.without_credit, "picture")
        ));
    }
    if report.brought() > 0 {
        lines.push("Their further sizes are made while `dateline serve` runs.".into());
    }
    lines
}
