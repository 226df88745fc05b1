//! Changing what a person is called, is here and says of themselves, and where their page is.

use base::{Fault, Id, Instant, No, Refusal, Refusals, Slug};
use store::{Db, Tx, params};

use super::{Particulars, Person, at_slug, note, one_in, refuse_taken, rules, sql::UPDATE_PERSON};
use crate::{
    By,
    alias::{self, Of},
};

/// Sets the particulars of a person, upon the version that was looked at. Stories keep the name they
/// print; those of the old name and of the new one stand on one page. Where `slug` is given the page
/// moves there, and its old address leads on.
///
/// # Errors
/// [`No::Absent`] where there is no such person. Refused with `somebody-changed-first` when they were
/// changed since `upon`, and for every reason of [`rules::refusals`] and [`rules::refuse_taken`]. The
/// same again changes nothing.
pub async fn change(
    db: &Db,
    (id, upon): (Id<Person>, u32),
    slug: Option<Slug>,
    particulars: Particulars,
    (by, now): (&By, Instant),
) -> Result<Person, No> {
    let mut tx = db.begin().await?;
    let before = one_in(&mut tx, id).await?;
    if before.version != upon {
        return Err(passed(upon, before.version).into());
    }
    Refusals::none_of(rules::refusals(&particulars))?;
    let Particulars { name, role, bio } = rules::trimmed(particulars);
    let after = Person {
        slug: slug.unwrap_or_else(|| before.slug.clone()),
        name,
        role,
        bio,
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    if after.slug != before.slug {
        refuse_taken(&mut tx, &after.slug, Some(&before.slug)).await?;
    }
    let (role, bio) = (after.role.as_deref(), after.bio.as_deref());
    let row = params![id, upon, after.slug.as_str(), &after.name, role, bio];
    if tx.write(&UPDATE_PERSON, row).await? == 0 {
        return Err(passed(upon, upon + 1).into());
    }
    lead(&mut tx, &before, &after, now).await?;
    note(&mut tx, (&before, "changed"), by, now).await?;
    tx.commit().await?;
    Ok(Person {
        version: upon + 1,
        ..after
    })
}

/// The addresses of the old page and of both names lead to the page, but for those that are somebody
/// else's page: two people may have one name.
async fn lead(tx: &mut Tx, before: &Person, after: &Person, now: Instant) -> Result<(), Fault> {
    if after.slug != before.slug {
        alias::lead(tx, Of::Person, (&before.slug, &after.slug), now).await?;
    }
    let names = [&before.name, &after.name].map(|name| Slug::from_words(name));
    for name in names.into_iter().flatten() {
        let leads = alias::target(tx, Of::Person, &name).await?.is_some();
        if leads || at_slug(tx, &name).await?.is_some() {
            continue;
        }
        alias::lead(tx, Of::Person, (&name, &after.slug), now).await?;
    }
    Ok(())
}

fn passed(yours: u32, theirs: u32) -> Refusal {
    let passed = Refusal::of("somebody-changed-first").with("yours", yours);
    passed.with("theirs", theirs)
}
