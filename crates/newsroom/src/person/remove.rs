//! Taking away a person whom no story names.

use base::{Id, Instant, No, Refusal};
use store::{Db, params};

use super::{Person, note, one_in, sql::DELETE_PERSON};
use crate::{By, story};

/// Takes a person away. Stories that print the name without meaning this person stay as they are.
///
/// # Errors
/// [`No::Absent`] where there is no such person; `person-has-stories` where a byline means them.
pub async fn remove(db: &Db, id: Id<Person>, by: &By, now: Instant) -> Result<(), No> {
    let mut tx = db.begin().await?;
    let person = one_in(&mut tx, id).await?;
    let stories = story::holding(&mut tx, id.uuid()).await?;
    if stories > 0 {
        return Err(Refusal::of("person-has-stories")
            .with("stories", stories)
            .into());
    }
    tx.write(&DELETE_PERSON, params![id]).await?;
    note(&mut tx, (&person, "removed"), by, now).await?;
    tx.commit().await?;
    Ok(())
}
