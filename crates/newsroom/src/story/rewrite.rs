//! Writing what a manuscript says into its story: a revision with another body and all else as it was.

use base::{Document, Instant, No, Refusals};
use store::Tx;

use super::{Fields, Story, draft::Sealing, read, revise::write, rules};
use crate::By;

/// Seals `body` as the story's newest revision, in the caller's transaction.
///
/// # Errors
/// The limits of a body, and the rules against changing another's story ([`rules::refuse_foreign`]).
pub async fn rewrite(
    tx: &mut Tx,
    story: Story,
    body: Document,
    (by, why): (&By, Option<&str>),
    now: Instant,
) -> Result<Story, No> {
    rules::refuse_foreign(&story, by)?;
    let fields = Fields {
        body,
        ..story.fields.clone()
    };
    Refusals::none_of(rules::refusals(&fields))?;
    write(tx, &story, &fields, &Sealing { by, at: now, why }).await?;
    read::story_in(tx, story.id).await?.ok_or(No::Absent)
}
