//! Writing down who is to be sent what of a story, in the transaction in which an event is heard.

use base::{Fault, Instant};
use newsroom::story::StoryId;
use store::{Tx, outbox::Event, params};
use uuid::Uuid;

use super::{
    Actor, actor_in,
    deliver::{self, Act, Told},
    sql,
};
use crate::told::Occasion;

/// Writes a delivery for each inbox of those who follow. `author` is in whose name the story stands now; nobody
/// where nothing is told, as of standing pages.
///
/// A section tells its own followers, and the newsroom passes on to those who follow all of it: so a story has
/// one author and one id wherever it is read.
///
/// # Errors
/// When the database is unavailable.
pub async fn tell(
    tx: &mut Tx,
    event: &Event,
    (occasion, author): (Occasion, Option<Actor>),
    now: Instant,
) -> Result<(), Fault> {
    let story = crate::told::subject(event);
    if occasion == Occasion::Withdrawn {
        let row = tx.read_one(&sql::STORY_GONE, params![story, now]).await?;
        let Some(author) = row.map(|row| actor_in(&row)).transpose()? else {
            return Ok(());
        };
        let both = (author, Actor::Newsroom);
        to_all(tx, (event.id, Act::Delete, author), story, both, now).await?;
        return Ok(());
    }
    let Some(author) = author else {
        return Ok(());
    };
    let row = params![story, author.to_string(), now];
    let row = tx.read_one(&sql::PUT_STORY, row).await?;
    let author = row.map_or(Ok(author), |row| actor_in(&row))?;
    match occasion {
        Occasion::Published => {
            let create = (event.id, Act::Create, author);
            to_all(tx, create, story, (author, author), now).await?;
            if author == Actor::Newsroom {
                return Ok(());
            }
            let newsroom = Actor::Newsroom;
            let announce = (event.id, Act::Announce, newsroom);
            to_all(tx, announce, story, (newsroom, newsroom), now).await?;
            Ok(())
        }
        Occasion::Changed => {
            changed(tx, (event.id, author), story, now).await?;
            Ok(())
        }
        // The change that came with it says it.
        Occasion::Corrected | Occasion::Withdrawn => Ok(()),
    }
}

/// Tells of a story anew, in whose name it was told, and answers to how many; none, where it was not or was taken back.
pub(super) async fn anew(
    tx: &mut Tx,
    event: Uuid,
    story: StoryId,
    now: Instant,
) -> Result<Option<usize>, Fault> {
    let Some(row) = tx.read_one(&sql::STORY, params![story]).await? else {
        return Ok(None);
    };
    if row.get::<Option<Instant>>("gone_at")?.is_some() {
        return Ok(None);
    }
    let author = actor_in(&row)?;
    changed(tx, (event, author), story, now).await.map(Some)
}

async fn changed(
    tx: &mut Tx,
    (event, author): (Uuid, Actor),
    story: StoryId,
    now: Instant,
) -> Result<usize, Fault> {
    let both = (author, Actor::Newsroom);
    to_all(tx, (event, Act::Update, author), story, both, now).await
}

/// To those who follow one of these two, each inbox once. Answers how many.
async fn to_all(
    tx: &mut Tx,
    what: (Uuid, Act, Actor),
    story: StoryId,
    (one, other): (Actor, Actor),
    now: Instant,
) -> Result<usize, Fault> {
    let followed = params![one.to_string(), other.to_string()];
    let told = Told::Story(story);
    let places = tx.read(&sql::PLACES, followed).await?;
    for row in &places {
        let send_to: String = row.get("send_to")?;
        deliver::write(tx, what, &told, &send_to, now).await?;
    }
    Ok(places.len())
}
