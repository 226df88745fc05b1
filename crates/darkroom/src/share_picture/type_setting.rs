//! Setting type: direction, shaping, the largest size that fits.
//!
//! Lines are broken by `lines`, not by cosmic-text, which breaks wherever the direction changes, and so between a
//! quotation mark and the English word after it in a Hebrew headline (0.19).

use std::{collections::BTreeSet, sync::Arc};

use base::Direction;
use cosmic_text::{
    Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Family, FontSystem, Metrics, Shaping,
    SwashCache, Wrap, fontdb,
};

use super::{
    MARGIN, WIDTH,
    lines::Widths,
    sheet::{Colour, Sheet},
    single_spaced,
};

/// The faces, cut for this by `fonts/make.py`. One that lacks a letter is helped out by the others.
const FACES: [&[u8]; 4] = [
    include_bytes!("../../fonts/serif.ttf"),
    include_bytes!("../../fonts/sans.ttf"),
    include_bytes!("../../fonts/hebrew.ttf"),
    include_bytes!("../../fonts/arabic.ttf"),
];
/// Pixels that a line may have.
const MEASURE: f32 = (WIDTH - 2 * MARGIN) as f32;
/// The glyph that stands for a missing one, in every TrueType face.
const MISSING: u16 = 0;

/// A face to set in.
#[derive(Clone, Copy)]
pub enum Face {
    /// Headlines and names.
    Serif,
    /// Labels.
    Sans,
}

impl Face {
    fn family(self) -> Family<'static> {
        Family::Name(match self {
            Self::Serif => "Dateline Serif",
            Self::Sans => "Dateline Sans",
        })
    }
}

/// Words to set, without a line break in them.
pub struct Block {
    face: Face,
    words: String,
    direction: Direction,
}

impl Block {
    pub fn new(face: Face, words: String, direction: Direction) -> Self {
        Self {
            face,
            words,
            direction,
        }
    }

    /// The mark that makes the whole run in its direction, whatever its first letter is (UAX 9, rule P2).
    fn mark(&self) -> char {
        match self.direction {
            Direction::Ltr => '\u{200e}',
            Direction::Rtl => '\u{200f}',
        }
    }
}

/// Lines in a size, ready to print.
pub struct Set {
    buffer: Buffer,
}

/// The faces.
pub struct Setter(FontSystem);

impl Setter {
    pub fn new() -> Self {
        let mut faces = fontdb::Database::new();
        for face in FACES {
            faces.load_font_source(fontdb::Source::Binary(Arc::new(face)));
        }
        Self(FontSystem::new_with_locale_and_db("en".into(), faces))
    }

    /// The block without signs that no face has; nothing where letters or figures are among them, or nothing is left.
    pub fn readable(&mut self, mut block: Block) -> Option<Block> {
        let mut buffer = self.buffer(&block, (40.0, 40.0), Wrap::None);
        buffer.shape_until_scroll(&mut self.0, false);
        let mark = block.mark().len_utf8();
        let missing =
            |glyph: &&cosmic_text::LayoutGlyph| glyph.glyph_id == MISSING && glyph.start >= mark;
        let mut gaps = BTreeSet::new();
        for run in buffer.layout_runs() {
            for glyph in run.glyphs.iter().filter(missing) {
                gaps.extend(glyph.start - mark..glyph.end - mark);
            }
        }
        let of_gap = |at: usize| gaps.contains(&at);
        let mut lost = block.words.char_indices().filter(|(at, _)| of_gap(*at));
        if lost.any(|(_, sign)| sign.is_alphanumeric()) {
            return None;
        }
        let kept = block.words.char_indices().filter(|(at, _)| !of_gap(*at));
        let kept: String = kept.map(|(_, sign)| sign).collect();
        block.words = single_spaced(&kept);
        (!block.words.is_empty()).then_some(block)
    }

    /// One line in this size; what does not fit ends in an ellipsis.
    pub fn on_one_line(&mut self, block: &Block, size: (f32, f32)) -> Set {
        let mut buffer = self.buffer(block, size, Wrap::None);
        buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Lines(1)));
        buffer.shape_until_scroll(&mut self.0, false);
        Set { buffer }
    }

    /// In the first of these sizes in which it fits into so many pixels from top to foot, with no word broken, in lines
    /// of like length. What fits in none is set in the last, words broken where they must be, and ends in an ellipsis.
    pub fn as_large_as_fits(&mut self, block: &Block, sizes: &[(f32, f32)], room: u32) -> Set {
        let room = room as f32;
        let mut last = sizes[0];
        let widths = self.widths(block);
        for (size, line) in sizes {
            let broken = widths.broken_into((room / line) as usize, MEASURE / size);
            if let Some(lines) = broken {
                return self.lines(block, (*size, *line), &lines);
            }
            last = (*size, *line);
        }
        let mut buffer = self.buffer(block, last, Wrap::WordOrGlyph);
        buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Height(room)));
        buffer.set_size(Some(MEASURE), Some(room));
        buffer.shape_until_scroll(&mut self.0, false);
        Set { buffer }
    }

    /// Lays the lines on the sheet, their left and top edge here.
    pub fn print(
        &mut self,
        set: &mut Set,
        sheet: &mut Sheet,
        (left, top): (u32, u32),
        ink: Colour,
    ) {
        let [red, green, blue] = ink.0;
        let colour = Color::rgb(red, green, blue);
        let (left, top) = (left as i32, top as i32);
        // Kept for one block only: at a dozen sizes, glyphs of all stories would fill the memory for nothing.
        let mut glyphs = SwashCache::new();
        let put = |x: i32, y: i32, _, _, colour: Color| {
            sheet.blend((left + x, top + y), ink, colour.a());
        };
        set.buffer.draw(&mut self.0, &mut glyphs, colour, put);
    }

    fn buffer(&mut self, block: &Block, (size, line): (f32, f32), wrap: Wrap) -> Buffer {
        let mut buffer = Buffer::new_empty(Metrics::new(size, line));
        buffer.set_wrap(wrap);
        buffer.set_size(Some(MEASURE), None);
        let attributes = Attrs::new().family(block.face.family());
        let words = format!("{}{}", block.mark(), block.words);
        buffer.set_text(&words, &attributes, Shaping::Advanced, None);
        buffer
    }

    /// How wide each word is, shaped by itself.
    fn widths(&mut self, block: &Block) -> Widths {
        const SIZE: f32 = 100.0;
        let mut width = |words: &str| {
            let alone = Block::new(block.face, words.into(), block.direction);
            let mut buffer = self.buffer(&alone, (SIZE, SIZE), Wrap::None);
            buffer.set_size(None, None);
            buffer.shape_until_scroll(&mut self.0, false);
            let runs = buffer.layout_runs().map(|run| run.line_w / SIZE);
            runs.fold(0.0, f32::max)
        };
        let words = block.words.split(' ').map(&mut width).collect();
        // A space at the end of a line has no width, so that of one between letters is asked for.
        let space = width("x x") - width("xx");
        Widths { words, space }
    }

    /// Lines of so many words each.
    fn lines(&mut self, block: &Block, size: (f32, f32), lines: &[usize]) -> Set {
        let mut words = block.words.split(' ');
        let lines = lines.iter().map(|count| {
            let line: Vec<_> = words.by_ref().take(*count).collect();
            line.join(" ")
        });
        // Each line begins with the mark: it is a paragraph by itself.
        let joined: Vec<_> = lines.collect();
        let between = format!("\n{}", block.mark());
        let broken = Block::new(block.face, joined.join(&between), block.direction);
        let mut buffer = self.buffer(&broken, size, Wrap::None);
        buffer.shape_until_scroll(&mut self.0, false);
        Set { buffer }
    }
}
