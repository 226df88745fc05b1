//! Changing what a running story is called, where it stands and what its summary says.

use base::{Id, Instant, No, Refusal, Refusals, Slug, no::Doing};
use store::{Db, params};

use super::{Particulars, RunningStory, note, one_in, refuse_taken, rules, sql::UPDATE_RUNNING};
use crate::{
    By,
    story::{old_address, word},
};

/// Sets the particulars of a running story, upon the version that was looked at: whoever does has
/// read its summary through. Where `slug` is given the page moves there, and its old address leads on.
///
/// # Errors
/// [`No::Absent`] where there is none. Refused with `somebody-changed-first` when it was changed since
/// `upon`, and for every reason of [`rules::refusals`] and [`rules::refuse_taken`].
pub async fn change(
    db: &Db,
    (id, upon): (Id<RunningStory>, u32),
    slug: Option<Slug>,
    particulars: Particulars,
    (by, now): (&By, Instant),
) -> Result<RunningStory, No> {
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, id).await?;
    if before.version != upon {
        return Err(passed(upon, before.version).into());
    }
    Refusals::none_of(rules::refusals(&particulars))?;
    let after = RunningStory {
        slug: slug.unwrap_or_else(|| before.slug.clone()),
        name: particulars.name.trim().into(),
        label: particulars.label.trim().into(),
        language: particulars.language,
        state: particulars.state,
        summary: particulars.summary,
        reviewed_at: Some(now),
        updated_at: now,
        version: upon + 1,
        ..before.clone()
    };
    if after.slug != before.slug {
        refuse_taken(&mut tx, &after.slug).await?;
        let [from, to] = [&before.slug, &after.slug].map(|slug| format!("/running/{slug}"));
        old_address::lead_on(&mut tx, &from, &to, now).await?;
    }
    let summary =
        serde_json::to_value(&after.summary).doing("writing a running story's summary")?;
    let (language, state) = (after.language.tag(), word(&after.state));
    let (slug, name, label) = (after.slug.as_str(), &after.name, &after.label);
    let row = params![
        id, upon, slug, name, label, language, state, summary, now, now
    ];
    if tx.write(&UPDATE_RUNNING, row).await? == 0 {
        return Err(passed(upon, upon + 1).into());
    }
    note(&mut tx, (&before, "changed"), by, now).await?;
    tx.commit().await?;
    Ok(after)
}

fn passed(yours: u32, theirs: u32) -> Refusal {
    let passed = Refusal::of("somebody-changed-first").with("yours", yours);
    passed.with("theirs", theirs)
}
