//! Lists and tables.

use serde::{Deserialize, Serialize};

use super::{Block, Inline};
use crate::Direction;

/// See [`Block::List`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// Bulleted or numbered.
    pub attrs: ListAttrs,
    /// The items.
    pub content: Vec<ListItem>,
}

impl List {
    /// The direction of its items, where every one begins with a block of that direction: its signs stand on that side then.
    pub(super) fn direction(&self) -> Option<Direction> {
        let of = |ListItem::ListItem { content }: &ListItem| match content.first() {
            Some(Block::Paragraph(paragraph)) => paragraph.attrs.dir,
            Some(Block::Heading(heading)) => heading.attrs.dir,
            _ => None,
        };
        let first = of(self.content.first()?)?;
        let all_run_so = self.content.iter().all(|item| of(item) == Some(first));
        all_run_so.then_some(first)
    }
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
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
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
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
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
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
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
