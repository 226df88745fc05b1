//! Sealing: what stands in the manuscript becomes the story's newest revision.
//!
//! Others change a story's text too: a machine by the API, a correction, a picture that was brought into the
//! house. Such a revision is followed here: what it changed is laid into the manuscript before it is sealed.

use base::{
    Document, Fault, Instant, No,
    document::{Block, Kept, KeptAttrs},
};
use newsroom::{
    By,
    story::{Story, StoryId, read, rewrite},
};
use store::{Db, Tx, params};

use crate::{
    Text,
    open::{self, kept_from, text_of},
    sql::{FORGET_STROKES, HOLD, SETTLE, STROKES_AFTER, WRITERS_AFTER},
};

/// The hand of a revision that nobody wrote in: one that followed another.
const FOLLOWING: &str = "manuscript";
/// The most names a revision of many hands is told by.
const MOST_NAMES: usize = 4;

/// What came of it.
#[derive(Debug)]
pub struct Sealed {
    /// The story as it is now.
    pub story: Story,
    /// Whether another revision was laid into the text: whoever writes in it lacks that stroke.
    pub has_followed: bool,
}

/// Seals what was written since. Without a manuscript, or with nothing new in it, the story stays as it is.
///
/// `by` is who asked; of its own accord the house seals in the name of those who wrote.
///
/// # Errors
/// [`No::Absent`] when there is no such story; the limits of a body, and the rules against changing another's
/// story.
pub async fn seal(
    db: &Db,
    id: StoryId,
    by: Option<&By>,
    why: Option<&str>,
    now: Instant,
) -> Result<Sealed, No> {
    let mut tx = db.begin().await?;
    let held = tx.read_one(&HOLD, params![id]).await?;
    let story = read::story_in(&mut tx, id).await?.ok_or(No::Absent)?;
    let Some(kept) = held.as_ref().map(kept_from).transpose()? else {
        return Ok(Sealed {
            story,
            has_followed: false,
        });
    };
    if kept.strokes == kept.sealed && story.revision == kept.revision {
        return Ok(Sealed {
            story,
            has_followed: false,
        });
    }
    let rows = tx.read(&STROKES_AFTER, params![id, kept.grounded]).await?;
    let mut text = text_of(&kept, &rows)?;
    let has_followed = follow(&mut tx, (&kept, &story), &mut text).await?;
    let writers = match by {
        Some(by) => by.clone(),
        None => writers(&mut tx, id, kept.sealed).await?,
    };
    let document = text.document();
    let story = match alike(&document, &story.fields.body) {
        true => story,
        false => rewrite::rewrite(&mut tx, story, document, (&writers, why), now).await?,
    };
    // What was followed is a stroke too: its number tells the others that they lack something.
    let strokes = kept.strokes + u32::from(has_followed);
    let row = params![id, text.whole(), strokes, story.revision];
    tx.write(&SETTLE, row).await?;
    tx.write(&FORGET_STROKES, params![id, strokes]).await?;
    tx.commit().await?;
    Ok(Sealed {
        story,
        has_followed,
    })
}

/// Lays what another revision changed into the text. Says whether there was anything.
async fn follow(
    tx: &mut Tx,
    (kept, story): (&open::Kept, &Story),
    text: &mut Text,
) -> Result<bool, Fault> {
    if story.revision == kept.revision {
        return Ok(false);
    }
    let theirs = &story.fields.body;
    let before = read::fields_of_revision_in(tx, story.id, kept.revision).await?;
    let before = before.map(|fields| fields.body).unwrap_or_default();
    if alike(&before, theirs) {
        return Ok(false);
    }
    Ok(text
        .lay(&joined(&before, text.document(), theirs))
        .is_some())
}

/// Their text, with what was written here since kept beside it: nobody's words go.
fn joined(before: &Document, ours: Document, theirs: &Document) -> Document {
    let (before, mut joined) = (normal(before), normal(theirs));
    let is_new = |block: &Block| !before.content.contains(block) && !joined.content.contains(block);
    let written = ours
        .content
        .into_iter()
        .filter(is_new)
        .map(written_meanwhile);
    let written: Vec<Block> = written.collect();
    joined.content.extend(written);
    joined
}

fn written_meanwhile(block: Block) -> Block {
    let text = Document {
        content: vec![block],
    }
    .to_text();
    Block::Kept(Kept {
        attrs: KeptAttrs {
            source: "desk".into(),
            name: "written meanwhile".into(),
            text,
        },
    })
}

/// Whether two bodies say the same, however their parts are cut.
fn alike(one: &Document, other: &Document) -> bool {
    one == other || normal(one) == normal(other)
}

/// A body in the form that a manuscript gives it.
fn normal(document: &Document) -> Document {
    Text::of(document).document()
}

/// Those who wrote since the last seal: the newest hand is the revision's, all are named.
async fn writers(tx: &mut Tx, id: StoryId, sealed: u32) -> Result<By, Fault> {
    let rows = tx.read(&WRITERS_AFTER, params![id, sealed]).await?;
    let mut names: Vec<String> = Vec::new();
    for row in &rows {
        let name: String = row.get("made_by_name")?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(MOST_NAMES);
    let staff = rows.first().map_or(Ok(None), |row| row.get("made_by"))?;
    let name = match names.is_empty() {
        true => FOLLOWING.to_owned(),
        false => names.join(", "),
    };
    Ok(By {
        staff,
        name,
        role: None,
    })
}
