//! The feed of what we got wrong and what we took back, as readers are told it.

use axum::extract::State;
use http::Uri;
use newsroom::{
    edition::Edition,
    story::list::{self, Logged, Told},
};
use web::{Answer, Fact, Problem};

use super::{
    feed::{Gone, Item},
    lists::title,
    place::{Form, ITEMS, Place, publisher, urn},
};
use crate::{
    Site, rows,
    view::{Viewer, note_key},
};

/// Shows it.
pub async fn show(State(site): State<Site>, uri: Uri) -> Result<Answer, Problem> {
    let edition = site.edition();
    let language = &site.identity.language;
    let say = |key| site.words.say(language, key, &[]);
    let place = Place {
        rows: [
            &rows::CORRECTIONS_FEED,
            &rows::CORRECTIONS_ATOM,
            &rows::CORRECTIONS_JSON,
        ],
        id: None,
        title: title(&site, &say("corrections-title")),
        description: Some(say("corrections-text")),
        language: language.clone(),
        page: "/corrections".into(),
        key: "corrections".into(),
    };
    let gather = gather(&site, &edition);
    let form = Form::of(uri.path());
    place.answer(&site, &edition, form, gather).await
}

async fn gather(site: &Site, edition: &Edition) -> Result<(Vec<Item>, Vec<Gone>), Problem> {
    let (lines, _) = list::corrections(&site.db, ITEMS as u32, 0).await?;
    let items = lines.iter().map(|line| item(site, edition, line)).collect();
    Ok((items, Vec::new()))
}

/// A line of the log, in the language of its story.
fn item(site: &Site, edition: &Edition, line: &Logged) -> Item {
    let language = &line.language;
    let viewer = Viewer {
        site,
        edition,
        language,
    };
    let (label, words, id) = match &line.told {
        Told::Noted(note) => (viewer.say(note_key(note.class)), &note.words, urn(line.id)),
        // The story's own name with a part of its own: a program that knows the story learns something new.
        Told::Withdrawn(reason) => {
            let id = format!("{}#withdrawal", urn(line.story));
            (viewer.say("note-withdrawal"), reason, id)
        }
    };
    let facts = [
        ("label", Fact::from(label.clone())),
        ("headline", Fact::from(line.headline.clone())),
    ];
    Item {
        id,
        url: site.absolute(&line.path),
        title: site.words.say(language, "feed-correction", &facts),
        summary: Some(words.clone()),
        html: None,
        published: line.at,
        updated: line.at,
        authors: vec![publisher(site)],
        about: vec![label],
        language: language.clone(),
        picture: None,
        source: None,
    }
}
