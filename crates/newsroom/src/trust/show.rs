//! Putting a trust page on the site, and taking it off.

use base::{Instant, No, Refusal, Slug};
use store::Db;

use super::{Act, TrustPage, page_in, settle};
use crate::By;

/// A turn of the switch.
#[derive(Clone, Copy, Debug)]
pub struct Showing {
    /// The version that was looked at, where that was said.
    pub upon: Option<u32>,
    /// Whether readers shall see the page.
    pub shown: bool,
}

/// Puts the page on the site or takes it off. What is off has no address, no link and no place in
/// the sitemap or the structured data. Turning it where it stands changes nothing.
///
/// # Errors
/// [`No::Absent`] where no such page is. Refused with `somebody-changed-first` when the page moved on
/// since `showing.upon`, and for what [`refuse_to_show`] says.
pub async fn show(
    db: &Db,
    slug: &Slug,
    showing: Showing,
    by: &By,
    now: Instant,
) -> Result<TrustPage, No> {
    let mut tx = db.begin().await?;
    let page = page_in(&mut tx, slug).await?;
    if let Some(upon) = showing.upon {
        page.refuse_passed(upon)?;
    }
    if page.shown == showing.shown {
        return Ok(page);
    }
    if showing.shown {
        refuse_to_show(&page)?;
    }
    let act = if showing.shown {
        Act::Shown
    } else {
        Act::Hidden
    };
    let next = TrustPage {
        shown: showing.shown,
        ..page
    };
    settle(tx, next, act, by, now).await
}

/// Refuses starter text: a policy that nobody made is not one, whoever reads it (docs/decisions/0013).
pub fn refuse_to_show(page: &TrustPage) -> Result<(), Refusal> {
    if page.starter {
        return Err(Refusal::of("still-starter-text"));
    }
    Ok(())
}
