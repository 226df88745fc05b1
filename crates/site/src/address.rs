//! The address of a story, or of a day of the archive, as its door takes it apart.

use serde::Deserialize;

/// Three parts of an address, of which the last is a story's slug or a day.
#[derive(Debug, Deserialize)]
pub struct Dated {
    pub(crate) year: String,
    pub(crate) month: String,
    pub(crate) slug: String,
}

impl Dated {
    /// The path of the page.
    pub(crate) fn path(&self) -> String {
        let Self { year, month, slug } = self;
        format!("/{year}/{month}/{slug}")
    }
}
