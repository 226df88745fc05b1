//! `dateline demo`: a newsroom with stories in it, on this machine alone.

use std::{fs, net::SocketAddr, path::Path, sync::Arc};

use base::{Clock, Fault, Id, Instant, Slug, clock::SharedClock, clock::SystemClock, no::Doing};
use clap::Args;
use newsroom::{
    By,
    person::{self, Person},
    section::{self, Section},
    story::Access,
    trust::{self, adapt::Adaptation, show::Showing},
};
use rust_embed::RustEmbed;
use serde::Deserialize;
use store::Db;

use super::{Outcome, Stopped, block_on, import, init, serve, terminal};
use crate::{adoption::Adoption, clock, folder::Folder, house, settings, settings::Settings};

#[derive(Debug, Args)]
pub struct Demo {
    /// The data folder; made on the first run
    #[arg(long, value_name = "FOLDER", default_value = "./demo-data")]
    data: std::path::PathBuf,
    /// Address and port to listen on; a loopback address
    #[arg(long, default_value = "127.0.0.1:8321")]
    listen: SocketAddr,
}

/// The demo's stories and its staff, as files.
#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// Where the demo's pictures lie: drawn for it, each with its words in it.
const PICTURES: &str = "pictures/";

/// Where the trust pages lie that the demo's newsroom has made its own.
const ABOUT: &str = "about/";

#[derive(Deserialize)]
struct About {
    name: String,
    tagline: String,
    zone: String,
    section: Vec<AboutSection>,
    person: Vec<AboutPerson>,
}

#[derive(Deserialize)]
struct AboutSection {
    slug: String,
    name: String,
    language: String,
    access: Access,
    intro: String,
}

#[derive(Deserialize)]
struct AboutPerson {
    name: String,
    role: String,
    bio: String,
}

impl AboutSection {
    fn section(&self, position: u32) -> Result<Section, Fault> {
        Ok(Section {
            id: Id::fresh(),
            slug: slug(&self.slug)?,
            name: self.name.clone(),
            description: self.intro.clone(),
            language: self.language.parse().doing("reading the demo's newsroom")?,
            access: self.access,
            position,
            version: 1,
        })
    }
}

impl AboutPerson {
    fn person(&self) -> Result<Person, Fault> {
        Ok(Person {
            id: Id::fresh(),
            slug: slug(&self.name)?,
            name: self.name.clone(),
            role: Some(self.role.clone()),
            bio: Some(self.bio.clone()),
            version: 1,
        })
    }
}

impl Demo {
    pub(super) fn run(self) -> Outcome {
        terminal::log(false);
        if !self.listen.ip().is_loopback() {
            let why = "the demo is for this machine alone: --listen takes a loopback address \
                       such as 127.0.0.1:8321. Nothing was made";
            return Err(Stopped::Refused(why.into()));
        }
        let folder = Folder(self.data.clone());
        let mut token = None;
        if !folder.is_newsroom() {
            token = Some(build(&folder)?);
        }
        let mut settings = settings::read(&folder.settings(), std::env::vars())?;
        settings.listen = self.listen;
        // Nobody follows a newsroom on this machine alone, so that nothing leaves it.
        settings.fediverse = true;
        if self.listen.port() != 0 {
            settings.url = format!("http://{}", self.listen);
        }
        serve::until_stopped(&folder, &settings, clock::for_demo(), |address| {
            println!("The demo newsroom: http://{address}/");
            if let Some(token) = token {
                println!("Its desk, for you as owner: http://{address}/desk/enrol?token={token}");
            }
        })
    }
}

/// Makes the newsroom and takes its stories in. Answers the owner's token.
fn build(folder: &Folder) -> Result<String, Stopped> {
    let about = about()?;
    let text = |value: &str| toml::Value::String(value.into()).to_string();
    let more = format!(
        "tagline = {}\nzone = {}\n",
        text(&about.tagline),
        text(&about.zone)
    );
    let files = folder.0.join("demo-files");
    lay_out_files(&files)?;
    folder.lay_out(&about.name, &more)?;
    let settings = settings::read(&folder.settings(), std::env::vars())?;
    let token = block_on(init::first_owner(folder, &settings))?;
    block_on(fill(folder, &settings, &about, &files)).inspect_err(|_| {
        // Half a demo is none: the next run begins again.
        let _ = fs::remove_file(folder.settings());
    })?;
    Ok(token)
}

fn about() -> Result<About, Fault> {
    let file = Files::get("newsroom.toml").ok_or_else(|| Fault::new("the demo has no newsroom"))?;
    let text = std::str::from_utf8(&file.data).doing("reading the demo's newsroom")?;
    toml::from_str(text).doing("reading the demo's newsroom")
}

fn lay_out_files(to: &Path) -> Result<(), Fault> {
    let is_imported = |name: &str| {
        (name.ends_with(".md") && !name.starts_with(ABOUT)) || name.starts_with(PICTURES)
    };
    for name in Files::iter().filter(|name| is_imported(name)) {
        let path = to.join(name.as_ref());
        let (Some(file), Some(parent)) = (Files::get(&name), path.parent()) else {
            continue;
        };
        fs::create_dir_all(parent).doing("laying out the demo's files")?;
        fs::write(&path, &file.data).doing("laying out the demo's files")?;
    }
    Ok(())
}

async fn fill(
    folder: &Folder,
    settings: &Settings,
    about: &About,
    files: &Path,
) -> Result<(), Stopped> {
    let clock: SharedClock = Arc::new(SystemClock);
    let db = house::database(folder, settings, &clock).await?;
    let now = SystemClock.now();
    let mut tx = db.begin().await?;
    for (position, one) in about.section.iter().enumerate() {
        section::put(&mut tx, &one.section(position as u32)?).await?;
    }
    for one in &about.person {
        person::put(&mut tx, &one.person()?, now).await?;
    }
    tx.commit().await?;
    adapt_trust_pages(&db, now).await?;
    let source = import::Reading::Folder(files.to_path_buf());
    let report = import::run(&db, settings, source, &mut terminal::Progress::hidden()).await?;
    bring_pictures(folder, settings, &db, files).await?;
    db.close().await;
    tracing::info!(
        stories = report.stories,
        entries = report.entries,
        "the demo is ready"
    );
    Ok(())
}

/// The pictures come as those of any old site do, from a copy of its folder.
async fn bring_pictures(
    folder: &Folder,
    settings: &Settings,
    db: &Db,
    files: &Path,
) -> Result<(), Fault> {
    let clock: SharedClock = Arc::new(SystemClock);
    let settings = Settings {
        pictures_folder: Some(folder.pictures(settings)),
        secrets_folder: Some(folder.secrets()),
        ..settings.clone()
    };
    let adoption = Adoption {
        db: db.clone(),
        making: house::pictures::making(&settings, &clock)?,
        zone: settings.zone.clone(),
        clock,
        from: Some(files.to_path_buf()),
        site: None,
        sender: None,
        limit: None,
    };
    let report = adoption.run(&mut |_| ()).await?;
    for (address, why) in &report.refused {
        tracing::warn!("a picture of the demo was refused: {address}: {why}");
    }
    Ok(())
}

/// All trust pages but one are adapted and on the site; that one waits at the desk with its starter text.
async fn adapt_trust_pages(db: &Db, now: Instant) -> Result<(), Stopped> {
    let by = By::machine("The demo");
    for name in Files::iter().filter(|name| name.starts_with(ABOUT)) {
        let file = Files::get(&name).ok_or_else(|| Fault::new("a page of the demo is gone"))?;
        let text = std::str::from_utf8(&file.data).doing("reading a page of the demo")?;
        let (title, body) = interchange::text_page::read(text)?;
        let at = slug(name.trim_start_matches(ABOUT).trim_end_matches(".md"))?;
        let page = trust::page(db, &at).await?;
        let words = Adaptation {
            upon: page.map_or(0, |page| page.version),
            title: &title,
            body: &body,
        };
        let page = trust::adapt::adapt(db, &at, &words, &by, now).await?;
        let on = Showing {
            upon: Some(page.version),
            shown: true,
        };
        trust::show::show(db, &at, on, &by, now).await?;
    }
    Ok(())
}

fn slug(words: &str) -> Result<Slug, Fault> {
    Slug::from_words(words).ok_or_else(|| Fault::new("the demo names something without a letter"))
}
