//! Changing where the links of a body lead.

use base::{
    Document,
    document::{Block, Href, Inline, ListItem, Mark, TableCell, TableRow},
};

/// Asks for each link within the site whether it leads elsewhere now, and changes it if so.
pub fn relink(document: &mut Document, new: &dyn Fn(&str) -> Option<String>) {
    blocks(&mut document.content, new);
}

fn blocks(content: &mut [Block], new: &dyn Fn(&str) -> Option<String>) {
    for block in content {
        match block {
            Block::Paragraph(paragraph) => inlines(&mut paragraph.content, new),
            Block::Heading(heading) => inlines(&mut heading.content, new),
            Block::PullQuote(quote) => inlines(&mut quote.content, new),
            Block::Quote(quote) => blocks(&mut quote.content, new),
            Block::List(list) => {
                for ListItem::ListItem { content } in &mut list.content {
                    blocks(content, new);
                }
            }
            Block::Table(table) => {
                for TableRow::TableRow { content } in &mut table.content {
                    for TableCell::TableCell { content, .. } in content {
                        inlines(content, new);
                    }
                }
            }
            _ => {}
        }
    }
}

fn inlines(content: &mut [Inline], new: &dyn Fn(&str) -> Option<String>) {
    for inline in content {
        match inline {
            Inline::Text(text) => text.marks.iter_mut().for_each(|mark| change(mark, new)),
            Inline::Footnote(note) => inlines(&mut note.content, new),
            Inline::HardBreak => {}
        }
    }
}

fn change(mark: &mut Mark, new: &dyn Fn(&str) -> Option<String>) {
    let Mark::Link { attrs } = mark else { return };
    if attrs.href.leaves() {
        return;
    }
    let changed = new(attrs.href.as_str()).and_then(|path| path.parse::<Href>().ok());
    if let Some(href) = changed {
        attrs.href = href;
    }
}
