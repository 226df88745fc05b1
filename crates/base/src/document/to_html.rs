//! A body as HTML. Text is escaped here and nowhere else; no HTML comes in from anywhere.

use super::{
    Block, CellAttrs, EmbedAttrs, Flow, Footnote, Frames, Gallery, Inline, List, ListItem, Mark,
    Picture, Quote, QuoteAttrs, Table, TableCell, TableRow, Text,
    prints::{push_origin, push_picture},
};
use crate::{
    Direction,
    html::{push_attribute, push_text},
};

/// How a body is written out.
#[derive(Clone, Copy, Debug)]
pub struct HtmlOptions<'a> {
    /// The number of the first footnote, so that an opening and its rest count on.
    pub first_footnote: usize,
    /// Whether pictures wait until they are near the screen.
    pub lazy_pictures: bool,
    /// How readers are offered the frames of embeds; none where they are not: an embed is its card then.
    pub frames: Option<&'a Frames>,
}

impl Default for HtmlOptions<'_> {
    fn default() -> Self {
        Self {
            first_footnote: 1,
            lazy_pictures: true,
            frames: None,
        }
    }
}

/// Blocks written out, with the notes they call apart from them, for a page that has them elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// HTML of the blocks.
    pub html: String,
    /// HTML of each note they call, in order: an item of a list.
    pub footnotes: Vec<String>,
}

impl Written {
    /// HTML of the blocks with their footnotes right below them, the first of which has this number.
    pub fn with_footnotes(self, first: usize) -> String {
        let Self {
            mut html,
            footnotes,
        } = self;
        if !footnotes.is_empty() {
            html.push_str(&format!("<ol class=\"footnotes\" start=\"{first}\">\n"));
            html.extend(footnotes);
            html.push_str("</ol>\n");
        }
        html
    }
}

impl HtmlOptions<'_> {
    /// Writes `blocks` as HTML, with the footnotes they call below them.
    pub fn write(self, blocks: &[Block]) -> String {
        self.write_apart(blocks).with_footnotes(self.first_footnote)
    }

    /// Writes `blocks` as HTML, and the footnotes they call apart from them.
    pub fn write_apart(self, blocks: &[Block]) -> Written {
        let mut writer = Writer {
            out: String::new(),
            options: self,
            notes: Vec::new(),
        };
        writer.blocks(blocks);
        let html = std::mem::take(&mut writer.out);
        let footnotes = writer.footnotes();
        Written { html, footnotes }
    }
}

struct Writer<'a> {
    out: String,
    options: HtmlOptions<'a>,
    notes: Vec<&'a Footnote>,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph(paragraph) => {
                self.element("p", None, &paragraph.attrs, &paragraph.content);
            }
            Block::Heading(heading) => {
                let name = ["h2", "h3", "h4"][usize::from(heading.attrs.level.clamp(2, 4) - 2)];
                let flow = Flow {
                    dir: heading.attrs.dir,
                    lang: None,
                };
                self.element(name, None, &flow, &heading.content);
            }
            Block::Quote(quote) => self.quote(quote),
            Block::PullQuote(quote) => {
                self.open("aside", Some("pull-quote"), quote.attrs.dir);
                self.element("p", None, &Flow::default(), &quote.content);
                self.speaker(&quote.attrs);
                self.out.push_str("</aside>\n");
            }
            Block::Picture(picture) => self.picture(&picture.attrs),
            Block::Gallery(gallery) => self.gallery(gallery),
            Block::Embed(embed) => self.embed(&embed.attrs),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Preformatted(text) => {
                self.out.push_str("<pre>");
                push_text(&mut self.out, &text.attrs.text);
                self.out.push_str("</pre>\n");
            }
            Block::Divider => self.out.push_str("<hr>\n"),
            Block::Fold | Block::Kept(_) => {}
        }
    }

    fn element(&mut self, name: &str, class: Option<&str>, flow: &Flow, content: &'a [Inline]) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some(class) = class {
            push_attribute(&mut self.out, "class", class);
        }
        self.flow(flow);
        self.out.push('>');
        self.inlines(content);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn open(&mut self, name: &str, class: Option<&str>, dir: Option<Direction>) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some(class) = class {
            push_attribute(&mut self.out, "class", class);
        }
        self.flow(&Flow { dir, lang: None });
        self.out.push_str(">\n");
    }

    fn flow(&mut self, flow: &Flow) {
        if let Some(dir) = flow.dir {
            push_attribute(&mut self.out, "dir", dir.attribute());
        }
        if let Some(lang) = &flow.lang {
            push_attribute(&mut self.out, "lang", lang.tag());
        }
    }

    fn quote(&mut self, quote: &'a Quote) {
        self.out.push_str("<blockquote class=\"quote\"");
        if let Some(source) = &quote.attrs.source {
            push_attribute(&mut self.out, "cite", source.as_str());
        }
        self.flow(&Flow {
            dir: quote.attrs.dir,
            lang: None,
        });
        self.out.push_str(">\n");
        self.blocks(&quote.content);
        self.speaker(&quote.attrs);
        self.out.push_str("</blockquote>\n");
    }

    fn speaker(&mut self, attrs: &QuoteAttrs) {
        let Some(speaker) = &attrs.speaker else {
            return;
        };
        self.out.push_str("<footer class=\"speaker\">");
        self.name(speaker);
        self.out.push_str("</footer>\n");
    }

    /// A name that was put in, set apart so that its direction and that of the line do not disturb each other (NEWSROOM 8).
    fn name(&mut self, name: &str) {
        self.out.push_str("<bdi>");
        push_text(&mut self.out, name);
        self.out.push_str("</bdi>");
    }

    fn picture(&mut self, picture: &Picture) {
        self.out.push_str("<figure class=\"picture\">");
        push_picture(&mut self.out, picture, self.options.lazy_pictures);
        self.figcaption(picture);
        self.out.push_str("</figure>\n");
    }

    fn figcaption(&mut self, picture: &Picture) {
        let before = self.out.len();
        self.out.push_str("<figcaption>");
        let empty = self.out.len();
        if let Some(caption) = &picture.caption {
            self.out.push_str("<span class=\"caption\">");
            push_text(&mut self.out, caption);
            self.out.push_str("</span>");
        }
        if let Some(credit) = &picture.credit {
            self.out.push_str(" <small class=\"credit\">");
            self.name(credit);
            self.out.push_str("</small>");
        }
        push_origin(&mut self.out, picture);
        if self.out.len() == empty {
            self.out.truncate(before);
        } else {
            self.out.push_str("</figcaption>");
        }
    }

    fn gallery(&mut self, gallery: &'a Gallery) {
        self.open("div", Some("gallery"), None);
        self.blocks(&gallery.content);
        self.out.push_str("</div>\n");
    }

    fn embed(&mut self, embed: &EmbedAttrs) {
        self.out
            .push_str("<div class=\"embed\"><a class=\"embed-card\"");
        push_attribute(&mut self.out, "href", embed.url.as_str());
        self.out.push_str(" rel=\"noopener\">");
        push_text(
            &mut self.out,
            embed.title.as_deref().unwrap_or(embed.url.as_str()),
        );
        if let Some(provider) = &embed.provider {
            self.out.push_str(" <span class=\"provider\">");
            self.name(provider);
            self.out.push_str("</span>");
        }
        self.out.push_str("</a>");
        if let (Some(frames), Some(frame)) = (self.options.frames, &embed.frame) {
            frames.push_offer(&mut self.out, frame);
        }
        if let Some(caption) = &embed.caption {
            self.out.push_str("<p class=\"caption\">");
            push_text(&mut self.out, caption);
            self.out.push_str("</p>");
        }
        self.out.push_str("</div>\n");
    }

    fn list(&mut self, list: &'a List) {
        let name = if list.attrs.ordered { "ol" } else { "ul" };
        self.out.push('<');
        self.out.push_str(name);
        if list.attrs.ordered && list.attrs.start != 1 {
            push_attribute(&mut self.out, "start", &list.attrs.start.to_string());
        }
        self.flow(&Flow {
            dir: list.direction(),
            lang: None,
        });
        self.out.push_str(">\n");
        for ListItem::ListItem { content } in &list.content {
            self.out.push_str("<li>");
            match content.as_slice() {
                // One plain paragraph needs no paragraph of its own inside the item.
                [Block::Paragraph(only)] if only.attrs == Flow::default() => {
                    self.inlines(&only.content);
                }
                several => self.blocks(several),
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn table(&mut self, table: &'a Table) {
        self.out
            .push_str("<div class=\"table-scroll\" tabindex=\"0\"><table>");
        if let Some(caption) = &table.attrs.caption {
            self.out.push_str("<caption>");
            push_text(&mut self.out, caption);
            self.out.push_str("</caption>");
        }
        for (nth, TableRow::TableRow { content }) in table.content.iter().enumerate() {
            self.out.push_str("<tr>");
            for TableCell::TableCell { attrs, content } in content {
                self.cell(attrs, content, nth == 0);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table></div>\n");
    }

    fn cell(&mut self, attrs: &CellAttrs, content: &'a [Inline], first_row: bool) {
        // A header without words heads nothing; it would be read out as an empty one (axe: empty-table-header).
        let is_header = attrs.header && !content.is_empty();
        let name = if is_header { "th" } else { "td" };
        self.out.push('<');
        self.out.push_str(name);
        if is_header {
            push_attribute(
                &mut self.out,
                "scope",
                if first_row { "col" } else { "row" },
            );
        }
        for (name, span) in [("colspan", attrs.colspan), ("rowspan", attrs.rowspan)] {
            if span > 1 {
                push_attribute(&mut self.out, name, &span.to_string());
            }
        }
        self.out.push('>');
        self.inlines(content);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::HardBreak => self.out.push_str("<br>"),
                Inline::Footnote(note) => self.footnote_call(note),
            }
        }
    }

    fn text(&mut self, text: &Text) {
        for mark in &text.marks {
            self.open_mark(mark);
        }
        push_text(&mut self.out, &text.text);
        for mark in text.marks.iter().rev() {
            self.out.push_str("</");
            self.out.push_str(element_of(mark));
            self.out.push('>');
        }
    }

    fn open_mark(&mut self, mark: &Mark) {
        self.out.push('<');
        self.out.push_str(element_of(mark));
        match mark {
            Mark::Link { attrs } => {
                push_attribute(&mut self.out, "href", attrs.href.as_str());
                if attrs.href.leaves() {
                    self.out.push_str(" rel=\"noopener\"");
                }
            }
            Mark::Isolate { attrs } => self.flow(attrs),
            _ => {}
        }
        self.out.push('>');
    }

    fn footnote_call(&mut self, note: &'a Footnote) {
        let number = self.options.first_footnote + self.notes.len();
        self.notes.push(note);
        self.out.push_str(&format!(
            "<sup class=\"note-ref\"><a id=\"noteref-{number}\" href=\"#note-{number}\">{number}</a></sup>"
        ));
    }

    /// Each note as an item of a list, with a way back to where it is called.
    fn footnotes(&mut self) -> Vec<String> {
        let notes = std::mem::take(&mut self.notes);
        let first = self.options.first_footnote;
        let item = |(nth, note): (usize, &&'a Footnote)| {
            let number = first + nth;
            self.inlines(&note.content);
            let text = std::mem::take(&mut self.out);
            format!("<li id=\"note-{number}\">{text} <a href=\"#noteref-{number}\">↩</a></li>\n")
        };
        notes.iter().enumerate().map(item).collect()
    }
}

fn element_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Strike => "s",
        Mark::Code => "code",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Link { .. } => "a",
        Mark::Isolate { .. } => "bdi",
    }
}
