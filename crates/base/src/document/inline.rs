//! What stands in a line: letters with marks, breaks, and notes.

use serde::{Deserialize, Serialize};

use super::{Flow, Href};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Letters with marks on them.
    Text(Text),
    /// A new line within the paragraph.
    HardBreak,
    /// A note at the foot of the story.
    Footnote(Footnote),
}

/// See [`Inline::Text`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The letters; never empty in a stored body.
    pub text: String,
    /// What they carry, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// See [`Inline::Footnote`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footnote {
    /// The words of the note.
    #[serde(default)]
    pub content: Vec<Inline>,
}

/// What a run of letters carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Mark {
    /// Of strong importance.
    Strong,
    /// Stressed.
    Emphasis,
    /// No longer true, left standing.
    Strike,
    /// Code.
    Code,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// A link.
    Link {
        /// Where it leads.
        attrs: LinkAttrs,
    },
    /// A name or figure set apart from the direction around it.
    Isolate {
        /// Its language and direction.
        attrs: Flow,
    },
}

/// Attributes of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkAttrs {
    /// Where it leads.
    pub href: Href,
}

impl Inline {
    /// Unmarked text.
    pub fn text(text: &str) -> Self {
        Self::Text(Text {
            text: text.into(),
            marks: Vec::new(),
        })
    }
}
