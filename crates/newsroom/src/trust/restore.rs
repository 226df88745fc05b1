//! Putting an earlier text of a trust page back, the starter text among them.

use base::{Instant, No, Refusal, Slug};
use store::{Db, params};

use super::{Act, TrustPage, page_in, settle, sql::TRUST_VERSION, version};
use crate::By;

/// Gives a page the words of an earlier version, as a new version: what stands there now is kept too.
/// Where these are the starter text, the page leaves the site; whether it is shown stays otherwise.
///
/// # Errors
/// [`No::Absent`] where no such page is. Refused with `somebody-changed-first` when the page moved on
/// since `upon`, and with `unknown-version` where it never had that version. The words it has
/// already make no version.
pub async fn restore(
    db: &Db,
    slug: &Slug,
    (upon, to): (u32, u32),
    by: &By,
    now: Instant,
) -> Result<TrustPage, No> {
    let mut tx = db.begin().await?;
    let page = page_in(&mut tx, slug).await?;
    page.refuse_passed(upon)?;
    let row = tx
        .read_one(&TRUST_VERSION, params![slug.as_str(), to])
        .await?;
    let Some(row) = row else {
        return Err(Refusal::on("version", "unknown-version").into());
    };
    let then = version::text_from(&row)?;
    if page.title == then.title && page.body == then.body && page.starter == then.line.starter {
        return Ok(page);
    }
    let next = TrustPage {
        shown: page.shown && !then.line.starter,
        starter: then.line.starter,
        title: then.title,
        body: then.body,
        updated_at: now,
        changed_by: Some(by.name.clone()),
        ..page
    };
    settle(tx, next, Act::Restored, by, now).await
}
