//! Keeps the current edition and swaps it when the database tells of a change.

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use base::{Fault, Id, Instant, no::Doing};
use jiff::tz::TimeZone;
use store::{Db, Row, params};
use tokio::sync::Mutex;

use super::{
    Edition, Furniture, Published,
    sql::{PUBLISHED_AFTER, PUBLISHED_STORY},
};
use crate::{
    alias, front, person,
    picture::album::{Album, lay_into, shown_from},
    running, section,
    story::{Card, StoryId},
    topic, trust,
};

/// Stories read at a time when an edition is loaded: bounds memory, not meaning.
const LOADED_AT_A_TIME: u32 = 2_000;

/// Holds the one current edition of this process.
pub struct Keeper {
    db: Db,
    current: ArcSwap<Edition>,
    /// One change at a time, so that none is lost between reading and swapping.
    changing: Mutex<()>,
}

impl Keeper {
    /// Loads everything that is public.
    pub async fn load(db: Db, zone: TimeZone) -> Result<Self, Fault> {
        let edition = read_all(&db, zone).await?;
        Ok(Self {
            db,
            current: ArcSwap::from_pointee(edition),
            changing: Mutex::new(()),
        })
    }

    /// The edition of this moment. It stays whole for as long as it is held.
    pub fn current(&self) -> Guard<Arc<Edition>> {
        self.current.load()
    }

    /// Reads one story again and swaps the edition. Doing so twice changes nothing more.
    pub async fn refresh_story(&self, id: StoryId) -> Result<(), Fault> {
        let _one_at_a_time = self.changing.lock().await;
        let row = self.db.read_one(&PUBLISHED_STORY, params![id]).await?;
        let now_is = row.as_ref().map(published_from).transpose()?;
        let before = self.current.load_full();
        self.current.store(Arc::new(before.with_story(id, now_is)));
        Ok(())
    }

    /// Reads everything around the stories again and swaps the edition.
    pub async fn refresh_furniture(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.changing.lock().await;
        let furniture = read_furniture(&self.db).await?;
        let before = self.current.load_full();
        self.current
            .store(Arc::new(before.with_furniture(furniture)));
        Ok(())
    }

    /// Reads the running stories again and swaps the edition: after a live entry, of which no other
    /// page than theirs says anything.
    pub async fn refresh_running(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.changing.lock().await;
        let running = running::all(&self.db).await?;
        let before = self.current.load_full();
        self.current.store(Arc::new(before.with_running(running)));
        Ok(())
    }

    /// Reads everything again: after an import, which tells of no single story.
    pub async fn reload(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.changing.lock().await;
        let before = self.current.load_full();
        let mut edition = read_all(&self.db, before.zone.clone()).await?;
        edition.number += before.number;
        edition.furniture_stamp = edition.number;
        self.current.store(Arc::new(edition));
        Ok(())
    }
}

/// Where a page of stories begins: behind this moment and this id.
type After = (Instant, StoryId);

/// While one page is laid in place, the next is read: a start takes as long as the slower of the two.
async fn read_all(db: &Db, zone: TimeZone) -> Result<Edition, Fault> {
    let mut edition = Edition::empty(zone).with_furniture(read_furniture(db).await?);
    let beginning = (base::clock::EARLIEST, Id::from_uuid(uuid::Uuid::nil()));
    let mut reading = Some(tokio::spawn(page_after(db.clone(), beginning)));
    while let Some(page) = reading {
        let (rows, next) = page.await.doing("reading what is public")??;
        reading = next.map(|after| tokio::spawn(page_after(db.clone(), after)));
        for row in &rows {
            let story = published_from(row)?;
            edition.put_story(story.id, Some(story));
        }
    }
    Ok(edition)
}

/// A page of what is public, and where the next one begins, if there may be one.
async fn page_after(db: Db, (at, id): After) -> Result<(Vec<Row>, Option<After>), Fault> {
    let rows = db
        .read(&PUBLISHED_AFTER, params![at, id, LOADED_AT_A_TIME])
        .await?;
    let last = rows
        .last()
        .filter(|_| rows.len() == LOADED_AT_A_TIME as usize);
    let next = match last {
        Some(last) => Some((last.get("first_at")?, last.get("story_id")?)),
        None => None,
    };
    Ok((rows, next))
}

async fn read_furniture(db: &Db) -> Result<Furniture, Fault> {
    Ok(Furniture {
        sections: section::all(db).await?,
        people: person::all(db)
            .await?
            .into_iter()
            .map(|person| (person.id, person))
            .collect(),
        running: running::all(db).await?,
        trust: trust_pages(db).await?,
        slots: front::slots(db).await?,
        topics: topic::renamed(db)
            .await?
            .into_iter()
            .map(|topic| (topic.slug.clone(), topic))
            .collect(),
        aliases: alias::all(db).await?,
    })
}

/// The trust pages that readers see, with the prints of their pictures, and without pictures that readers may not see.
async fn trust_pages(db: &Db) -> Result<Vec<trust::TrustPage>, Fault> {
    let mut pages = trust::shown(db).await?;
    for page in &mut pages {
        let ids: Vec<_> = page
            .body
            .pictures()
            .iter()
            .filter_map(|(_, one)| one.id)
            .collect();
        let album = Album::of(db, ids, "").await?;
        page.body
            .keep_pictures(&mut |picture| album.lay_in(picture));
    }
    Ok(pages)
}

/// The card, with the prints of the picture that leads it; without the picture where readers may not see it.
fn card_from(row: &Row) -> Result<Card, Fault> {
    let mut card: Card = row.document("card")?;
    if let Some(picture) = card.picture.as_mut().filter(|picture| picture.id.is_some()) {
        match shown_from(row)? {
            Some(prints) => lay_into(picture, Arc::new(prints)),
            None => card.picture = None,
        }
    }
    Ok(card)
}

fn published_from(row: &Row) -> Result<Published, Fault> {
    Ok(Published {
        id: row.get("story_id")?,
        revision: row.get("revision")?,
        path: row.get("path")?,
        card: card_from(row)?,
        first_at: row.get("first_at")?,
        changed_at: row.get("changed_at")?,
        stamp: 0,
    })
}
