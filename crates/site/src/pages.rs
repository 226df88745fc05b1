//! A file for each page. The handler gathers, the struct holds exactly what the template needs.

pub mod archive;
pub mod corrections;
pub mod elsewhere;
pub mod front;
pub mod list;
pub mod preview;
pub mod running;
pub mod search;
pub mod story;
pub mod trust;

use base::Refusal;
use web::{Pairs, Problem};

/// The number of the page that was asked for; the first has no number in its address.
///
/// # Errors
/// Refused when it is no number from 2 to [`MAX_PAGE`].
pub(crate) fn page_number(query: &Pairs) -> Result<usize, Problem> {
    let Some(number) = query.read::<usize>("page")? else {
        return Ok(1);
    };
    if !(2..=MAX_PAGE).contains(&number) {
        return Err(Refusal::on("page", "out-of-range")
            .with("least", 2)
            .with("most", MAX_PAGE)
            .into());
    }
    Ok(number)
}

/// The last page of a list that can be opened; older stories are in the archive.
pub(crate) const MAX_PAGE: usize = 10_000;
/// Stories on one page of a list.
pub(crate) const STORIES_A_PAGE: usize = 30;
