//! The line being written: white space, line ends and paragraphs, and the blocks behind it.

use base::document::{Block, Embed, EmbedAttrs, Flow, Footnote, Inline, Mark, Paragraph, Text};

use super::Place;
use crate::embeds;

/// White space of HTML (Infra standard, ASCII whitespace); a no-break space is a letter.
const BLANK: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// Blocks written so far, and the line in hand.
#[derive(Default)]
pub(super) struct Sink {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    later: Vec<Block>,
    flow: Flow,
    /// Whether the line in hand came from text in which line ends count.
    classic: bool,
}

impl Sink {
    /// Writes text with the marks of its place, white space closed up as a browser would.
    pub fn text(&mut self, text: &str, place: &Place) {
        self.classic = place.line_ends_count;
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start_matches(BLANK).len();
            let (space, after) = rest.split_at(blank);
            self.space(space, place);
            let word_end = after.find(BLANK).unwrap_or(after.len());
            let (word, after) = after.split_at(word_end);
            self.letters(word, &place.marks);
            rest = after;
        }
    }

    /// A new line; the second in a row begins a paragraph.
    pub fn line_break(&mut self) {
        if matches!(self.line.last(), Some(Inline::HardBreak)) {
            self.end_paragraph();
        } else if !self.line.is_empty() {
            self.trim_end();
            self.line.push(Inline::HardBreak);
        }
    }

    /// A footnote at this point of the line.
    pub fn note(&mut self, content: Vec<Inline>) {
        self.line.push(Inline::Footnote(Footnote { content }));
    }

    /// A block of its own; the line in hand ends.
    pub fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    /// A block that stands where it is met when no line is in hand, else after the paragraph, so
    /// that it does not cut a sentence in two.
    pub fn later(&mut self, block: Block) {
        if self.line_is_blank() {
            self.blocks.push(block);
        } else {
            self.later.push(block);
        }
    }

    /// Several blocks of their own.
    pub fn blocks(&mut self, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.end_paragraph();
            self.blocks.extend(blocks);
        }
    }

    /// Writes what stands apart from what is before and behind, in its own direction.
    pub fn within(&mut self, flow: Flow, write: impl FnOnce(&mut Self)) {
        self.end_paragraph();
        let outer = self.flow.clone();
        self.flow = Flow {
            dir: flow.dir.or(outer.dir),
            lang: flow.lang.or(outer.lang.clone()),
        };
        write(self);
        self.end_paragraph();
        self.flow = outer;
    }

    /// A sink for what is nested in this one: the same direction, nothing written yet.
    pub fn nested(&self) -> Self {
        Self {
            flow: self.flow.clone(),
            ..Self::default()
        }
    }

    /// The direction and language of blocks written now.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The last block written, while no line is in hand.
    pub fn last_block(&self) -> Option<&Block> {
        self.later.last().or(self.blocks.last())
    }

    /// Ends the line in hand.
    pub fn end_paragraph(&mut self) {
        let mut content = std::mem::take(&mut self.line);
        trim(&mut content);
        if has_text(&content) {
            if self.classic {
                self.with_embeds(content);
            } else {
                self.paragraph(content);
            }
        }
        self.blocks.append(&mut self.later);
        self.classic = false;
    }

    /// All that was written.
    pub fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    fn paragraph(&mut self, content: Vec<Inline>) {
        self.blocks.push(Block::Paragraph(Paragraph {
            attrs: self.flow.clone(),
            content,
        }));
    }

    /// In classic text, the address of a known host on a line of its own is the thing itself.
    fn with_embeds(&mut self, content: Vec<Inline>) {
        let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
        for inline in content {
            match inline {
                Inline::HardBreak => lines.push(Vec::new()),
                inline => lines.last_mut().expect("never empty").push(inline),
            }
        }
        let mut text: Vec<Inline> = Vec::new();
        for line in lines {
            if let Some(embed) = embed_on(&line) {
                trim(&mut text);
                if has_text(&text) {
                    self.paragraph(std::mem::take(&mut text));
                }
                self.blocks.push(embed);
                continue;
            }
            if !text.is_empty() {
                text.push(Inline::HardBreak);
            }
            text.extend(line);
        }
        trim(&mut text);
        if has_text(&text) {
            self.paragraph(text);
        }
    }

    fn space(&mut self, space: &str, place: &Place) {
        if space.is_empty() {
            return;
        }
        let line_ends = space.matches('\n').count();
        if place.line_ends_count && line_ends > 0 {
            if line_ends > 1 {
                self.end_paragraph();
            } else if !matches!(self.line.last(), Some(Inline::HardBreak)) {
                self.line_break();
            }
            self.classic = true;
            return;
        }
        let wanted = match self.line.last() {
            None | Some(Inline::HardBreak) => false,
            Some(Inline::Text(text)) => !text.text.ends_with(' '),
            Some(Inline::Footnote(_)) => true,
        };
        if wanted {
            self.letters(" ", &place.marks);
        }
    }

    fn letters(&mut self, letters: &str, marks: &[Mark]) {
        let letters: String = letters
            .chars()
            .filter(|ch| !ch.is_control() && !matches!(ch, '\u{fffe}' | '\u{ffff}'))
            .collect();
        if letters.is_empty() {
            return;
        }
        if let Some(Inline::Text(last)) = self.line.last_mut()
            && last.marks == marks
        {
            last.text.push_str(&letters);
            return;
        }
        self.line.push(Inline::Text(Text {
            text: letters,
            marks: marks.to_vec(),
        }));
    }

    fn line_is_blank(&self) -> bool {
        !has_text(&self.line)
    }

    fn trim_end(&mut self) {
        trim_end(&mut self.line);
    }
}

/// The line's inlines when `blocks` were to stand on one line: for headings and cells.
///
/// Blocks that have no place on a line (pictures, embeds) come back as the second value.
pub(super) fn on_one_line(blocks: Vec<Block>) -> (Vec<Inline>, Vec<Block>) {
    let mut line = Vec::new();
    let mut others = Vec::new();
    for block in blocks {
        let inlines = match block {
            Block::Paragraph(paragraph) => paragraph.content,
            Block::Heading(heading) => heading.content,
            Block::PullQuote(quote) => quote.content,
            Block::Preformatted(text) => vec![Inline::Text(Text {
                text: text.attrs.text,
                marks: vec![Mark::Code],
            })],
            Block::Quote(quote) if quote.attrs.speaker.is_none() => {
                let (inlines, rest) = on_one_line(quote.content);
                others.extend(rest);
                inlines
            }
            Block::List(list) => {
                let items = list.content.into_iter().flat_map(|item| {
                    let base::document::ListItem::ListItem { content } = item;
                    content
                });
                let (inlines, rest) = on_one_line(items.collect());
                others.extend(rest);
                inlines
            }
            other => {
                others.push(other);
                continue;
            }
        };
        if !line.is_empty() && !inlines.is_empty() {
            line.push(Inline::HardBreak);
        }
        line.extend(inlines.into_iter().filter(not_empty));
    }
    (line, others)
}

fn not_empty(inline: &Inline) -> bool {
    !matches!(inline, Inline::Text(text) if text.text.is_empty())
}

fn embed_on(line: &[Inline]) -> Option<Block> {
    let [Inline::Text(text)] = line else {
        return None;
    };
    let address = text.text.trim();
    if !text.marks.is_empty() || address.contains(BLANK) {
        return None;
    }
    let provider = embeds::known_provider(address)?;
    Some(Block::Embed(Embed {
        attrs: EmbedAttrs {
            url: embeds::page_of(address).parse().ok()?,
            provider: Some(provider.into()),
            title: None,
            caption: None,
            frame: None,
        },
    }))
}

/// Takes blanks and line breaks off both ends.
fn trim(line: &mut Vec<Inline>) {
    trim_end(line);
    while let Some(first) = line.first_mut() {
        match first {
            Inline::HardBreak => drop(line.remove(0)),
            Inline::Text(text) => {
                text.text = text.text.trim_start_matches(BLANK).to_string();
                if !text.text.is_empty() {
                    return;
                }
                line.remove(0);
            }
            Inline::Footnote(_) => return,
        }
    }
}

fn trim_end(line: &mut Vec<Inline>) {
    while let Some(last) = line.last_mut() {
        match last {
            Inline::HardBreak => drop(line.pop()),
            Inline::Text(text) => {
                text.text.truncate(text.text.trim_end_matches(BLANK).len());
                if !text.text.is_empty() {
                    return;
                }
                line.pop();
            }
            Inline::Footnote(_) => return,
        }
    }
}

/// Whether there is anything to read; no-break spaces alone hold places open in old editors.
fn has_text(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Text(text) => !text.text.trim().is_empty(),
        Inline::Footnote(_) => true,
        Inline::HardBreak => false,
    })
}
