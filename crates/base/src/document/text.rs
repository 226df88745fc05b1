//! A body as plain text: for counting words, searching, mails and previews.

use super::{Block, Document, Inline, ListItem, TableCell, TableRow};

impl Document {
    /// The body as plain text, one line to a paragraph. Kept things and notes stay out.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        push_blocks(&mut out, &self.content);
        out.truncate(out.trim_end().len());
        out
    }

    /// How many words there are to read, by white space.
    pub fn words(&self) -> usize {
        self.to_text().split_whitespace().count()
    }
}

/// Appends the text of `blocks`, each ended by a line break.
pub(super) fn push_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => push_line(out, &paragraph.content),
            Block::Heading(heading) => push_line(out, &heading.content),
            Block::Quote(quote) => push_blocks(out, &quote.content),
            Block::PullQuote(quote) => push_line(out, &quote.content),
            Block::Picture(picture) => push_caption(out, picture.attrs.caption.as_deref()),
            Block::Gallery(gallery) => push_blocks(out, &gallery.content),
            Block::Embed(embed) => push_caption(out, embed.attrs.title.as_deref()),
            Block::List(list) => {
                for ListItem::ListItem { content } in &list.content {
                    push_blocks(out, content);
                }
            }
            Block::Table(table) => push_rows(out, &table.content),
            Block::Preformatted(text) => push_caption(out, Some(&text.attrs.text)),
            Block::Divider | Block::Fold | Block::Kept(_) => {}
        }
    }
}

fn push_rows(out: &mut String, rows: &[TableRow]) {
    for TableRow::TableRow { content } in rows {
        for (nth, TableCell::TableCell { content, .. }) in content.iter().enumerate() {
            if nth > 0 {
                out.push('\t');
            }
            push_inlines(out, content);
        }
        out.push('\n');
    }
}

fn push_caption(out: &mut String, caption: Option<&str>) {
    if let Some(caption) = caption {
        out.push_str(caption);
        out.push('\n');
    }
}

fn push_line(out: &mut String, inlines: &[Inline]) {
    push_inlines(out, inlines);
    out.push('\n');
}

fn push_inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&text.text),
            Inline::HardBreak => out.push('\n'),
            Inline::Footnote(_) => {}
        }
    }
}
