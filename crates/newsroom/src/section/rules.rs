//! What is refused of a section, and when: pure functions of values.

use std::collections::BTreeSet;

use base::{Id, Refusal, Slug};

use super::{Particulars, Section};
use crate::story::rules::at_most;

/// Characters of a section's name, which stands in the navigation of every page.
pub const LONGEST_NAME: usize = 40;
/// Characters of the sentence at the head of its page.
pub const LONGEST_DESCRIPTION: usize = 300;

/// Sections that can be begun at the desk: each stands in the navigation of every page. Archives may
/// bring more.
pub const MAX_SECTIONS: usize = 200;

/// What no section may be.
pub fn refusals(particulars: &Particulars) -> Vec<Refusal> {
    let mut no = Vec::new();
    if particulars.name.trim().is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(&particulars.name), LONGEST_NAME);
    let description = Some(particulars.description.as_str());
    at_most(&mut no, "description", description, LONGEST_DESCRIPTION);
    no
}

/// The address of a section that begins: as asked, or made from its name.
///
/// # Errors
/// `not-a-slug` where a name of signs alone gives none, and `section-address-taken`.
pub fn address(asked: Option<Slug>, name: &str, others: &[Section]) -> Result<Slug, Refusal> {
    let slug = asked.or_else(|| Slug::from_words(name));
    let slug = slug.ok_or_else(|| Refusal::on("slug", "not-a-slug"))?;
    match others.iter().find(|other| other.slug == slug) {
        Some(other) => Err(Refusal::on("slug", "section-address-taken").with("name", &other.name)),
        None => Ok(slug),
    }
}

/// Refuses one section more than [`MAX_SECTIONS`].
pub fn refuse_one_more(sections: usize) -> Result<(), Refusal> {
    if sections < MAX_SECTIONS {
        return Ok(());
    }
    let many = Refusal::on("sections", "too-many").with("limit", MAX_SECTIONS);
    Err(many.with("given", sections + 1))
}

/// What stands against this order: it names every section there is, and each once. Then two who
/// order at once cannot lose a section that a third has just added.
pub fn refuse_order(order: &[Id<Section>], sections: &[Section]) -> Result<(), Refusal> {
    let named: BTreeSet<_> = order.iter().collect();
    let known: BTreeSet<_> = sections.iter().map(|section| &section.id).collect();
    if named.len() == order.len() && named == known {
        return Ok(());
    }
    Err(Refusal::on("sections", "not-every-section").with("sections", sections.len()))
}

/// What stands against taking a section away: stories in it, or that it is the only one.
pub fn refuse_to_remove(stories: u32, sections: usize) -> Result<(), Refusal> {
    if stories > 0 {
        return Err(Refusal::of("section-has-stories").with("stories", stories));
    }
    if sections < 2 {
        return Err(Refusal::of("last-section"));
    }
    Ok(())
}
