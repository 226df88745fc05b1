//! `dateline export`: stories written out for other programs, whole, for staff.

use std::{fs, path::PathBuf};

use base::{Clock, Fault, HtmlOptions, clock::SystemClock};
use clap::{Args, Subcommand};
use interchange::{
    land,
    margin::Margin,
    ninjs::{
        self,
        write::{Around, Said, again, sorted},
    },
};
use newsroom::{
    section,
    story::{
        Fields, Kind, State, Story,
        list::{Filter, MAX_LISTED, stories},
        read, take_in,
    },
    trust,
};
use serde_json::{Map, Value};
use store::Db;

use super::{Data, Exit, Outcome, Stopped, block_on, counted::counted};
use crate::settings::Settings;

#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every story as ninjs 3.1, whole, a file for each: what came in as ninjs goes out as it came
    Ninjs(To),
}

#[derive(Debug, Args)]
struct To {
    /// The folder to write into; made where it is not there
    folder: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Answer with one JSON object: how many there are
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(super) fn run(self) -> Outcome {
        let What::Ninjs(to) = self.what;
        let (folder, settings) = to.data.open()?;
        let place = folder.database(&settings)?;
        fs::create_dir_all(&to.folder).map_err(|error| {
            Stopped::Refused(format!("{} cannot be made: {error}", to.folder.display()))
        })?;
        let written = block_on(async {
            let db = Db::open_read_only(&place).await?;
            let written = Exporting::new(&db, &settings).await?.run(&to.folder).await;
            db.close().await;
            written
        })?;
        match to.json {
            true => println!("{}", serde_json::json!({"stories": written})),
            false => println!("{} in {}", counted(written, "story"), to.folder.display()),
        }
        Ok(Exit::DONE)
    }
}

struct Exporting<'a> {
    db: &'a Db,
    around: Around,
    sections: Vec<section::Section>,
    landing: land::Settings,
}

impl<'a> Exporting<'a> {
    async fn new(db: &'a Db, settings: &Settings) -> Result<Self, Fault> {
        let trust = trust::shown(db).await?.into_iter();
        Ok(Self {
            db,
            sections: section::all(db).await?,
            around: Around {
                root: settings.url.clone(),
                publisher: settings.name.clone(),
                section: None,
                trust: trust
                    .map(|page| (page.slug.to_string(), page.title))
                    .collect(),
            },
            landing: land::Settings {
                source: ninjs::SOURCE.into(),
                zone: settings.zone.clone(),
                language: settings.language.clone(),
                now: SystemClock.now(),
            },
        })
    }

    async fn run(&self, folder: &std::path::Path) -> Result<usize, Stopped> {
        let mut filter = Filter {
            limit: MAX_LISTED,
            ..Filter::default()
        };
        let mut written = 0;
        loop {
            let page = stories(self.db, &filter).await?;
            let Some(last) = page.last() else {
                return Ok(written);
            };
            filter.after = Some((last.updated_at, last.id));
            for listed in &page {
                let Some(story) = read::story(self.db, listed.id).await? else {
                    continue;
                };
                if story.kind == Kind::Page {
                    continue;
                }
                let document = self.document(&story).await?;
                let text = Value::Object(document).to_string() + "\n";
                let file = folder.join(format!("{}.json", story.id));
                fs::write(&file, text).map_err(|error| {
                    Stopped::Refused(format!("{} cannot be written: {error}", file.display()))
                })?;
                written += 1;
            }
        }
    }

    /// The document of a story; where it came in as ninjs, what nobody changed here is as it came.
    async fn document(&self, story: &Story) -> Result<Map<String, Value>, Fault> {
        let now = self.said(story, &story.fields);
        let kept = take_in::kept_of_story(self.db, ninjs::SOURCE, story.id).await?;
        let came = kept.as_ref().and_then(|kept| kept[ninjs::KEPT].as_object());
        let Some(came) = came else {
            return Ok(now);
        };
        let landed = ninjs::item::read(came, "", &mut Margin::new(ninjs::SOURCE));
        let Ok((landed, _)) = landed else {
            return Ok(sorted(came.clone()));
        };
        let fields = land::fields_as_landed(self.db, &landed, &self.landing).await?;
        let then = self.said(story, &fields);
        Ok(again(came, &then, &now))
    }

    fn said(&self, story: &Story, fields: &Fields) -> Map<String, Value> {
        let written = HtmlOptions::default().write_apart(&fields.body.content);
        let notes = match written.footnotes.is_empty() {
            true => String::new(),
            false => format!("<ol>{}</ol>", written.footnotes.concat()),
        };
        let lead = fields.lead_picture.iter();
        let in_body = fields
            .body
            .pictures()
            .into_iter()
            .map(|(_, picture)| picture);
        let public = story.publication.as_ref();
        let section = self
            .sections
            .iter()
            .find(|one| Some(one.id) == fields.section_id);
        let said = Said {
            uri: format!("urn:uuid:{}", story.id),
            version: story.revision,
            status: status(story),
            fields,
            html: Some(written.html + &notes),
            whole: true,
            path: public.map(|public| public.path.as_str()),
            first: Some(public.map_or(story.created_at, |public| public.first_at)),
            changed: Some(public.map_or(story.updated_at, |public| public.changed_at)),
            notes: &story.notes,
            pictures: lead.chain(in_body).collect(),
            for_desk: true,
        };
        said.document(&Around {
            section: section.map(|one| (one.name.clone(), one.slug.to_string())),
            ..self.around.clone()
        })
    }
}

/// What others may do with it.
fn status(story: &Story) -> &'static str {
    match story.state() {
        State::Published => "usable",
        State::Withdrawn | State::Spiked => "canceled",
        _ => "withheld",
    }
}
