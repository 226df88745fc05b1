//! `GET /picture/{id}`: where a picture comes from, as its own signed note says, and whether the signature fits.
//!
//! For pictures that run somewhere, and for nothing else of them: no caption, since that may be behind a gate.

use axum::extract::{Path, State};
use base::{
    Instant,
    document::{Format, Shape, origin_address},
};
use newsroom::{
    Edition,
    picture::{self, Picture, uses::uses},
};
use provenance::{Ingredient, Made, Standing, Step, Told};
use serde::Serialize;
use web::{Answer, Fact, Page, Problem};

use crate::{
    Site,
    frame::{Frame, PageFrame},
    gate::id_of,
    rows,
    view::{Link, Viewer},
    when::Detail,
};

/// Pixels across of the picture on its page.
const SHOWN: u32 = 800;
/// Stories that are named as places where it stands.
const MOST_STORIES: usize = 20;

#[derive(Serialize)]
struct OriginPage {
    frame: Frame,
    src: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    standing: String,
    facts: Vec<String>,
    steps: Vec<String>,
    ingredients: Vec<String>,
    stories: Vec<Link>,
}

/// Shows it; a picture that runs nowhere, was pulled, or says nothing of where it comes from has no such page.
pub async fn show(State(site): State<Site>, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = id_of(&id).ok_or_else(Problem::absent)?;
    let picture = picture::one(&site.db, id).await?;
    let picture = picture.filter(|picture| picture.pull.is_none());
    let picture = picture.ok_or_else(Problem::absent)?;
    let stories = uses(&site.db, id).await?;
    let Some(told) = picture.file.told.clone().filter(|_| !stories.is_empty()) else {
        return Err(Problem::absent());
    };
    let links = stories.into_iter().take(MOST_STORIES).map(|one| Link {
        name: one.title,
        url: one.path,
    });
    let page = OriginPage {
        stories: links.collect(),
        ..OriginPage::of(&site, &site.edition(), &picture, told)
    };
    let html = site.templates.render("origin.html", &page)?;
    let key = format!("pic-{id}");
    let page = Page::once(&rows::ORIGIN, html);
    Ok(page.with_surrogate_keys([key.as_str()]).into())
}

impl OriginPage {
    fn of(site: &Site, edition: &Edition, picture: &Picture, told: Told) -> Self {
        let language = &site.identity.language;
        let viewer = Viewer {
            site,
            edition,
            language,
        };
        let frame = PageFrame::new(site, "origin", viewer.say("origin-title"), language);
        let frame = frame.at(site, &origin_address(picture.id)).hidden();
        let print = picture.prints.fitting(Shape::Whole, Format::Jpeg, SHOWN);
        let prints = picture.prints.served_at(&site.media);
        Self {
            frame: Frame::new(site, edition, frame, None),
            src: print.map(|print| prints.address(print)),
            width: print.map(|print| print.width),
            height: print.map(|print| print.height),
            standing: viewer.standing(&told),
            facts: viewer.facts(&told),
            steps: told.steps.iter().map(|step| viewer.step(step)).collect(),
            ingredients: told
                .ingredients
                .iter()
                .map(|one| viewer.ingredient(one))
                .collect(),
            stories: Vec::new(),
        }
    }
}

impl Viewer<'_> {
    fn say_of(&self, key: &str, name: &'static str, fact: &str) -> String {
        let fact = [(name, Fact::from(fact.to_string()))];
        self.site.words.say(self.language, key, &fact)
    }

    fn standing(&self, told: &Told) -> String {
        let name = told.signer.as_ref().map_or("", |signer| &signer.name);
        match told.standing {
            Standing::Vouched => self.say_of("origin-vouched", "name", name),
            Standing::Fits => self.say_of("origin-fits", "name", name),
            Standing::Broken => self.say("origin-broken"),
        }
    }

    fn facts(&self, told: &Told) -> Vec<String> {
        let signer = told.signer.as_ref();
        let organisation = signer.and_then(|signer| signer.organisation.as_deref());
        let organisation =
            organisation.map(|name| self.say_of("origin-organisation", "name", name));
        let signed = signer.and_then(|signer| signer.at.as_deref()?.parse::<Instant>().ok());
        let signed = signed.map(|at| {
            let when = self.saying().when(at, Detail::Time).words;
            self.say_of("origin-signed-at", "when", &when)
        });
        let program = told.made_with.as_deref();
        let program = program.map(|name| self.say_of("origin-made-with", "program", name));
        let made = match told.made {
            Made::Unsaid => None,
            Made::Captured => Some("origin-made-captured"),
            Made::ByPeople => Some("origin-made-by-people"),
            Made::Composite => Some("origin-made-composite"),
            Made::ByModel => Some("origin-made-by-model"),
        };
        let made = made.map(|key| self.say(key));
        [made, organisation, signed, program]
            .into_iter()
            .flatten()
            .collect()
    }

    fn step(&self, step: &Step) -> String {
        let said = match action(&step.action) {
            Some(key) => self.say(key),
            None => self.say_of("origin-step-other", "name", &step.action),
        };
        let Some(program) = &step.with else {
            return said;
        };
        let facts = [
            ("step", Fact::from(said)),
            ("program", Fact::from(program.clone())),
        ];
        self.site
            .words
            .say(self.language, "origin-step-with", &facts)
    }

    fn ingredient(&self, one: &Ingredient) -> String {
        let unnamed = || self.say("origin-ingredient-unnamed");
        let name = one.title.clone().unwrap_or_else(unnamed);
        if one.is_broken {
            self.say_of("origin-ingredient-broken", "name", &name)
        } else {
            name
        }
    }
}

/// The words for an action of the specification (C2PA 2.2, section 18.15.2).
fn action(name: &str) -> Option<&'static str> {
    let key = match name.strip_prefix("c2pa.")? {
        "created" => "origin-step-created",
        "opened" => "origin-step-opened",
        "edited" | "edited.metadata" => "origin-step-edited",
        "cropped" => "origin-step-cropped",
        "resized" | "resized.proportional" => "origin-step-resized",
        "color_adjustments" | "adjustedColor" => "origin-step-colour",
        "filtered" | "enhanced" => "origin-step-filtered",
        "drawing" => "origin-step-drawn",
        "placed" => "origin-step-placed",
        "removed" | "deleted" => "origin-step-removed",
        "orientation" => "origin-step-turned",
        "converted" | "transcoded" | "repackaged" => "origin-step-converted",
        "published" => "origin-step-published",
        "redacted" => "origin-step-redacted",
        _ => return None,
    };
    Some(key)
}
