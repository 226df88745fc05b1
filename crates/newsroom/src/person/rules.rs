//! What is refused of a person, and when: pure functions of values.

use base::{Refusal, Slug};

use super::Particulars;
use crate::story::{
    limits::{NAME, NOTE},
    rules::at_most,
};

/// What no person may be.
pub fn refusals(particulars: &Particulars) -> Vec<Refusal> {
    let mut no = Vec::new();
    if particulars.name.trim().is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(&particulars.name), NAME);
    at_most(&mut no, "role", particulars.role.as_deref(), NAME);
    at_most(&mut no, "bio", particulars.bio.as_deref(), NOTE);
    no
}

/// The address of a person: as asked, or made from the name.
///
/// # Errors
/// `not-a-slug` where a name of signs alone gives none.
pub fn address(asked: Option<Slug>, name: &str) -> Result<Slug, Refusal> {
    let slug = asked.or_else(|| Slug::from_words(name));
    slug.ok_or_else(|| Refusal::on("slug", "not-a-slug"))
}

/// Refuses an address that somebody of this name has.
pub fn refuse_taken(holder: Option<String>) -> Result<(), Refusal> {
    match holder {
        Some(name) => Err(Refusal::on("slug", "person-address-taken").with("name", name)),
        None => Ok(()),
    }
}

/// The particulars without spaces around them; what says nothing is none.
pub fn trimmed(particulars: Particulars) -> Particulars {
    let said = |text: Option<String>| {
        let text = text.map(|text| text.trim().to_string());
        text.filter(|text| !text.is_empty())
    };
    Particulars {
        name: particulars.name.trim().into(),
        role: said(particulars.role),
        bio: said(particulars.bio),
    }
}
