//! The blocks of a body, and those that hold text.

use serde::{Deserialize, Serialize};

use super::{Embed, Gallery, Href, Inline, List, PictureBlock, Table, is_default};
use crate::Direction;

/// A part of a body that stands on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// A heading within the story, level 2 to 4.
    Heading(Heading),
    /// Somebody's words, with the speaker.
    Quote(Quote),
    /// A line lifted out of the text for the eye.
    PullQuote(PullQuote),
    /// One picture with its caption and credit.
    Picture(PictureBlock),
    /// Several pictures shown together.
    Gallery(Gallery),
    /// Something that lives elsewhere, shown as a card with a link.
    Embed(Embed),
    /// A bulleted or numbered list.
    List(List),
    /// A table.
    Table(Table),
    /// Text whose spaces and lines matter: code, verse.
    Preformatted(Preformatted),
    /// A pause between sections.
    Divider,
    /// Here the opening ends that everybody may read.
    Fold,
    /// What an import did not understand: kept for the desk, never shown to readers.
    Kept(Kept),
}

/// Attributes of a block that may run in another direction or language than its story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Flow {
    /// The direction of this block where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<Direction>,
    /// The language of this block where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<crate::Language>,
}

/// See [`Block::Paragraph`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paragraph {
    /// Direction and language.
    #[serde(skip_serializing_if = "is_default")]
    pub attrs: Flow,
    /// The text.
    pub content: Vec<Inline>,
}

/// See [`Block::Heading`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// Its level and flow.
    pub attrs: HeadingAttrs,
    /// The words.
    #[serde(default)]
    pub content: Vec<Inline>,
}

/// Attributes of a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingAttrs {
    /// 2 to 4; the headline is level 1.
    pub level: u8,
    /// Direction where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Direction>,
}

/// See [`Block::Quote`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quote {
    /// Who said it and where.
    pub attrs: QuoteAttrs,
    /// Paragraphs and lists of the quotation.
    pub content: Vec<Block>,
}

/// Attributes of quotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuoteAttrs {
    /// The person quoted, as readers see it: name, office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Where the words can be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Href>,
    /// Direction where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<Direction>,
}

/// See [`Block::PullQuote`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PullQuote {
    /// Who said it.
    pub attrs: QuoteAttrs,
    /// The line.
    pub content: Vec<Inline>,
}

/// See [`Block::Preformatted`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preformatted {
    /// The text as it stands.
    pub attrs: PreformattedAttrs,
}

/// Attributes of preformatted text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PreformattedAttrs {
    /// Lines, spaces and all.
    pub text: String,
}

/// See [`Block::Kept`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What was kept.
    pub attrs: KeptAttrs,
}

/// Attributes of something kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptAttrs {
    /// The system it came from: `wordpress`.
    pub source: String,
    /// Its name there: the shortcode or block.
    pub name: String,
    /// Its text there, unread.
    pub text: String,
}

impl Block {
    /// A paragraph of unmarked text.
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph(Paragraph {
            content: vec![Inline::text(text)],
            ..Default::default()
        })
    }
}
