//! A new running story, which stories can join from now on.

use base::{Id, Instant, No, Refusals, Slug, no::Doing};
use store::{Db, params};

use super::{Particulars, RunningStory, note, refuse_taken, rules, sql::ADD_RUNNING};
use crate::{By, story::word};

/// Begins a running story. `slug` is its address; without one it is made from the name.
///
/// # Errors
/// Refused for every reason of [`rules::refusals`], [`rules::address`] and [`rules::refuse_taken`].
pub async fn begin(
    db: &Db,
    slug: Option<Slug>,
    particulars: Particulars,
    by: &By,
    now: Instant,
) -> Result<RunningStory, No> {
    Refusals::none_of(rules::refusals(&particulars))?;
    let running = RunningStory {
        id: Id::fresh(),
        slug: rules::address(slug, &particulars.name)?,
        name: particulars.name.trim().into(),
        label: particulars.label.trim().into(),
        language: particulars.language,
        state: particulars.state,
        summary: particulars.summary,
        public_safety_open: false,
        reviewed_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    let mut tx = db.begin().await?;
    refuse_taken(&mut tx, &running.slug).await?;
    let summary =
        serde_json::to_value(&running.summary).doing("writing a running story's summary")?;
    let (language, state) = (running.language.tag(), word(&running.state));
    let slug = running.slug.as_str();
    let (name, label) = (&running.name, &running.label);
    let row = params![running.id, slug, name, label, language, state, summary, now];
    if tx.write(&ADD_RUNNING, row).await? == 0 {
        // Another hand took the address between our look and our line.
        refuse_taken(&mut tx, &running.slug).await?;
        return Err(No::Absent);
    }
    note(&mut tx, (&running, "begun"), by, now).await?;
    tx.commit().await?;
    Ok(running)
}
