//! How long each field may be: one list for the form, the API and the importers (PROOFS V-38).

/// A field, the most it may hold, and what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLimit {
    /// The field as the API spells it.
    pub field: &'static str,
    /// The most.
    pub most: usize,
    /// What is counted.
    pub unit: Unit,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Entries of a list.
    Entries,
}

/// Characters of a slugline (NEWSROOM 2.2).
pub const SLUGLINE: usize = 24;
/// Characters of a headline; the form advises 65, search results cut near 70, wires go longer.
pub const HEADLINE: usize = 250;
/// Characters of a kicker.
pub const KICKER: usize = 60;
/// Characters of a deck.
pub const DECK: usize = 600;
/// Characters of a name of a person, place or topic.
pub const NAME: usize = 120;
/// Bylines, topics, people, places or related stories, each.
pub const LIST: usize = 60;
/// Characters of a reason, note or explanation.
pub const NOTE: usize = 2_000;

const fn characters(field: &'static str, most: usize) -> FieldLimit {
    FieldLimit {
        field,
        most,
        unit: Unit::Characters,
    }
}
const fn entries(field: &'static str) -> FieldLimit {
    FieldLimit {
        field,
        most: LIST,
        unit: Unit::Entries,
    }
}

/// The limits of a story's own fields; the body's are in [`base::document`].
pub const LIMITS: [FieldLimit; 16] = [
    characters("slugline", SLUGLINE),
    characters("headline", HEADLINE),
    characters("kicker", KICKER),
    characters("deck", DECK),
    characters("source_note", NOTE),
    characters("dateline.place", NAME),
    characters("embargo.reason", NOTE),
    characters("comments.reason", NOTE),
    characters("bylines.name", NAME),
    characters("bylines.role", NAME),
    characters("topics.name", NAME),
    entries("bylines"),
    entries("topics"),
    entries("people"),
    entries("places"),
    entries("related"),
];
