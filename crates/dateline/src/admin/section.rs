//! `dateline section`: the sections that stories stand in.

use base::{Clock, Id, Language, Slug, clock::SystemClock};
use clap::{Args, Subcommand, ValueEnum};
use newsroom::{
    section::{
        self, Section,
        rules::{LONGEST_DESCRIPTION, LONGEST_NAME},
    },
    story::Access,
};
use store::Db;

use super::{Data, Exit, Outcome, Stopped, block_on};
use crate::{folder::Folder, house::MIGRATIONS, settings::Settings};

#[derive(Debug, Args)]
pub struct SectionCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a section, or change the one at the same address
    Set(Set),
    /// List every section in the order of the navigation
    List(List),
}

#[derive(Debug, Args)]
struct Set {
    #[command(flatten)]
    data: Data,
    /// Its name, as readers see it
    name: String,
    /// The last part of its address; made from the name when left out
    #[arg(long)]
    slug: Option<String>,
    /// A line about it, at the head of its page
    #[arg(long, default_value = "")]
    intro: String,
    /// Its language, such as en or he; the newsroom's when left out
    #[arg(long)]
    language: Option<String>,
    /// Who may read the whole of its stories
    #[arg(long, value_enum, default_value = "metered")]
    access: Rule,
    /// Its place in the navigation, from 0; at the end when left out
    #[arg(long)]
    position: Option<u32>,
}

/// Who may read the whole of a section's stories, unless a story says otherwise.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Rule {
    /// Everybody
    Open,
    /// Everybody, so many a month
    Metered,
    /// Registered readers alone
    Registered,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    data: Data,
}

impl SectionCommand {
    pub(super) fn run(self) -> Outcome {
        match self.what {
            What::Set(set) => set.run(),
            What::List(list) => list.run(),
        }
    }
}

/// A name that a section may have.
pub(super) fn checked_name(name: &str) -> Result<&str, Stopped> {
    let name = name.trim();
    let letters = name.chars().count();
    let is_one = (1..=LONGEST_NAME).contains(&letters) && Slug::from_words(name).is_some();
    is_one.then_some(name).ok_or_else(|| {
        let why = format!("a section's name has 1 to {LONGEST_NAME} letters, not “{name}”");
        Stopped::Refused(why)
    })
}

/// The section with which a newsroom begins: without one nothing can be published.
pub(super) fn first(folder: &Folder, settings: &Settings, name: &str) -> Result<(), Stopped> {
    let set = Set {
        data: Data {
            data: folder.0.clone(),
        },
        name: name.into(),
        slug: None,
        intro: String::new(),
        language: None,
        access: Rule::Metered,
        position: None,
    };
    set.put(folder, settings).map(drop)
}

impl Set {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let section = self.put(&folder, &settings)?;
        println!("{} stands at /section/{}.", section.name, section.slug);
        Ok(Exit::DONE)
    }

    fn put(&self, folder: &Folder, settings: &Settings) -> Result<Section, Stopped> {
        let place = folder.database(settings)?;
        let mut section = self.section(&settings.language)?;
        block_on(async {
            let db = Db::open(&place, MIGRATIONS, SystemClock.now()).await?;
            let others = section::all(&db).await?;
            let before = others.iter().find(|one| one.slug == section.slug);
            let end = others.iter().map(|one| one.position + 1).max().unwrap_or(0);
            let position = before.map_or(end, |one| one.position);
            section.position = self.position.unwrap_or(position);
            let mut tx = db.begin().await?;
            section::put(&mut tx, &section).await?;
            section::tell(&mut tx, SystemClock.now()).await?;
            tx.commit().await?;
            db.close().await;
            Ok(())
        })?;
        Ok(section)
    }

    fn section(&self, language: &Language) -> Result<Section, Stopped> {
        let refused = |why: String| Stopped::Refused(why);
        let name = checked_name(&self.name)?;
        if self.intro.chars().count() > LONGEST_DESCRIPTION {
            return Err(refused(format!(
                "--intro has at most {LONGEST_DESCRIPTION} letters"
            )));
        }
        let slug = match &self.slug {
            Some(slug) => slug.parse().ok(),
            None => Slug::from_words(name),
        };
        let of_small_letters = "--slug takes small letters, digits and hyphens";
        let slug = slug.ok_or_else(|| refused(of_small_letters.into()))?;
        let language = match &self.language {
            Some(tag) => tag
                .parse()
                .map_err(|_| refused(format!("--language {tag} is no language, such as en")))?,
            None => language.clone(),
        };
        Ok(Section {
            id: Id::fresh(),
            slug,
            name: name.into(),
            description: self.intro.trim().into(),
            language,
            access: self.access.into(),
            position: 0,
            version: 1,
        })
    }
}

impl From<Rule> for Access {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Open => Self::Open,
            Rule::Metered => Self::Metered,
            Rule::Registered => Self::Registered,
        }
    }
}

impl List {
    fn run(self) -> Outcome {
        let (folder, settings) = self.data.open()?;
        let place = folder.database(&settings)?;
        let sections = block_on(async {
            let db = Db::open_read_only(&place).await?;
            let sections = section::all(&db).await;
            db.close().await;
            Ok(sections?)
        })?;
        if sections.is_empty() {
            println!("There is no section yet. Add one with: dateline section set \"News\"");
        }
        for one in sections {
            let (slug, name, language) = (&one.slug, &one.name, one.language.tag());
            println!("/section/{slug}  {name}, {language}");
        }
        Ok(Exit::DONE)
    }
}
