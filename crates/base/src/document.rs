//! The body of a story: a tree with names for its parts, never HTML.
//!
//! The JSON form is ProseMirror's (`{"type":"doc","content":[…]}`), so the editor and the database
//! speak the same; the schema is strict, and unknown types, attributes and marks are refused.
//! Everything that is written out (HTML, plain text) comes from this tree.

mod check;
mod href;
mod text;
mod to_html;

use serde::{Deserialize, Serialize};

pub use check::{MAX_BLOCKS, MAX_DEPTH, MAX_TEXT};
pub use href::{Href, NotAnHref};
pub use to_html::HtmlOptions;

use crate::Direction;

/// A whole body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Doc", into = "Doc")]
pub struct Document {
    /// The blocks, top to bottom.
    pub content: Vec<Block>,
}

/// The outermost node as ProseMirror writes it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Doc {
    Doc {
        #[serde(default)]
        content: Vec<Block>,
    },
}

impl From<Doc> for Document {
    fn from(Doc::Doc { content }: Doc) -> Self {
        Self { content }
    }
}
impl From<Document> for Doc {
    fn from(document: Document) -> Self {
        Doc::Doc {
            content: document.content,
        }
    }
}

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

/// See [`Block::Picture`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureBlock {
    /// The picture.
    pub attrs: Picture,
}

/// A picture where it is used: what readers see and hear of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Its address, here or elsewhere.
    pub src: Href,
    /// What a person who cannot see it is told; empty for mere decoration.
    #[serde(default)]
    pub alt: String,
    /// The caption, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The credit line: photographer, agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Pixels across.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it was taken, as written by its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
}

/// See [`Block::Gallery`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gallery {
    /// The pictures, in order; only [`Block::Picture`].
    pub content: Vec<Block>,
}

/// See [`Block::Embed`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embed {
    /// The card.
    pub attrs: EmbedAttrs,
}

/// What the card of an embed says; nothing is loaded from elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbedAttrs {
    /// The thing's own address.
    pub url: Href,
    /// Who hosts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A caption of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// See [`Block::List`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// Bulleted or numbered.
    pub attrs: ListAttrs,
    /// The items.
    pub content: Vec<ListItem>,
}

/// Attributes of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListAttrs {
    /// Numbered rather than bulleted.
    pub ordered: bool,
    /// The first number of a numbered list.
    pub start: u32,
}

impl Default for ListAttrs {
    fn default() -> Self {
        Self {
            ordered: false,
            start: 1,
        }
    }
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ListItem {
    /// The only kind there is.
    ListItem {
        /// Its blocks, usually one paragraph.
        #[serde(default)]
        content: Vec<Block>,
    },
}

/// See [`Block::Table`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Table {
    /// What the table shows.
    pub attrs: TableAttrs,
    /// Its rows.
    pub content: Vec<TableRow>,
}

/// Attributes of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableAttrs {
    /// The table's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TableRow {
    /// The only kind there is.
    TableRow {
        /// Its cells.
        #[serde(default)]
        content: Vec<TableCell>,
    },
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TableCell {
    /// The only kind there is.
    TableCell {
        /// Span and role.
        #[serde(default)]
        attrs: CellAttrs,
        /// The text.
        #[serde(default)]
        content: Vec<Inline>,
    },
}

/// Attributes of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CellAttrs {
    /// Whether it heads its row or column.
    pub header: bool,
    /// Columns it spans.
    pub colspan: u16,
    /// Rows it spans.
    pub rowspan: u16,
}

impl Default for CellAttrs {
    fn default() -> Self {
        Self {
            header: false,
            colspan: 1,
            rowspan: 1,
        }
    }
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

impl Document {
    /// A body of plain paragraphs.
    pub fn of_paragraphs<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            content: paragraphs.into_iter().map(Block::paragraph).collect(),
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.content
            .iter()
            .all(|block| matches!(block, Block::Fold | Block::Kept(_)))
    }

    /// Cuts the body into the opening everybody may read and the rest.
    ///
    /// The opening ends at the first [`Block::Fold`], else after `paragraphs` paragraphs.
    pub fn cut(&self, paragraphs: usize) -> (&[Block], &[Block]) {
        let fold = self
            .content
            .iter()
            .position(|block| matches!(block, Block::Fold));
        if let Some(at) = fold {
            return (&self.content[..at], &self.content[at + 1..]);
        }
        let end = self
            .content
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block, Block::Paragraph(_)))
            .nth(paragraphs.saturating_sub(1))
            .map_or(self.content.len(), |(at, _)| at + 1);
        self.content.split_at(end)
    }
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

impl Inline {
    /// Unmarked text.
    pub fn text(text: &str) -> Self {
        Self::Text(Text {
            text: text.into(),
            marks: Vec::new(),
        })
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests;
