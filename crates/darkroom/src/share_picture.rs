//! Share pictures: what stands beside a link elsewhere, set like a small front page: kicker, headline, name.
//!
//! Only staff's own words are drawn and nothing is decoded, so this needs no child. The faces are in the program
//! (`fonts/`); no system's font is ever asked for. Type is set by `type_setting`, coloured in by `sheet`.

mod lines;
mod sheet;
mod type_setting;

use std::sync::Mutex;

use base::Direction;

use crate::refused::Refused;
use sheet::{Colour, Rectangle, Sheet};
use type_setting::{Block, Face};

/// Pixels across: what Open Graph's readers show without cutting (1.91 to 1).
pub const WIDTH: u32 = 1200;
/// Pixels down.
pub const HEIGHT: u32 = 630;
/// Changes when the same words are drawn otherwise, so that nobody keeps an old drawing under a new drawing's address.
pub const EDITION: u32 = 1;
/// Pixels that stay empty along each edge: some who show the picture round its corners or cut a little off.
pub const MARGIN: u32 = 72;

/// Pixels from line to line, for each size of headline in pixels, largest first; the first in which it fits is taken.
const HEADLINE_SIZES: [(f32, f32); 9] = [
    (128.0, 136.0),
    (112.0, 120.0),
    (96.0, 104.0),
    (84.0, 92.0),
    (74.0, 82.0),
    (64.0, 72.0),
    (56.0, 64.0),
    (48.0, 56.0),
    (42.0, 50.0),
];
/// Size and line of the kicker, in pixels.
const KICKER_SIZE: (f32, f32) = (32.0, 42.0);
/// Size and line of the newsroom's name, in pixels.
const NAME_SIZE: (f32, f32) = (36.0, 50.0);
/// Pixels of the rule above the kicker: across and down.
const RULE: (u32, u32) = (112, 8);
/// Pixels between the rule, the kicker and the headline.
const GAP: u32 = 24;
/// Pixels between the last line of the headline and the hair line, so that no lower length touches it.
const FOOT_GAP: u32 = 36;
/// Characters of a headline or kicker that are looked at; more fits on no picture, and setting costs time for each.
const MOST_CHARACTERS: usize = 400;

const PAPER: Colour = Colour([0xff, 0xfe, 0xfb]);
const INK: Colour = Colour([0x15, 0x17, 0x1b]);
const SOFT: Colour = Colour([0x4c, 0x50, 0x56]);
const HAIR: Colour = Colour([0xdd, 0xd8, 0xcd]);

/// What is on one picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Front {
    /// The label above the headline.
    pub kicker: Option<String>,
    /// The headline.
    pub headline: String,
    /// The newsroom's name.
    pub name: String,
    /// The direction of the story's language: where lines begin.
    pub direction: Direction,
    /// The newsroom's colour, as red, green and blue; none on a hard day, when everything is ink.
    pub accent: Option<[u8; 3]>,
}

/// The faces, read once; it draws one picture at a time.
pub struct Printer(Mutex<type_setting::Setter>);

impl Default for Printer {
    fn default() -> Self {
        Self::new()
    }
}

impl Printer {
    /// Reads the faces; some milliseconds.
    pub fn new() -> Self {
        Self(Mutex::new(type_setting::Setter::new()))
    }

    /// Draws the picture as PNG, [`WIDTH`] by [`HEIGHT`]. Works for some tens of milliseconds and blocks meanwhile.
    ///
    /// Signs that no face has, such as emoji, are left out. Where letters are missing, the words would be others than
    /// the story's: then the name stands alone.
    ///
    /// # Errors
    /// [`Refused::Undeveloped`] when the encoder has no memory.
    pub fn draw(&self, front: &Front) -> Result<Vec<u8>, Refused> {
        let mut setter = self.0.lock().unwrap_or_else(|broken| {
            // A drawing that panicked leaves nothing half done that the next would see: faces are only read.
            self.0.clear_poison();
            broken.into_inner()
        });
        let mut sheet = Sheet::new(WIDTH, HEIGHT, PAPER);
        let foot = name(&mut setter, &mut sheet, front);
        words(&mut setter, &mut sheet, front, foot);
        sheet.png()
    }
}

/// The name at the foot under a hair line. Answers with where the line is.
fn name(setter: &mut type_setting::Setter, sheet: &mut Sheet, front: &Front) -> u32 {
    let top = HEIGHT - MARGIN - NAME_SIZE.1 as u32;
    let line = top - GAP / 2;
    sheet.fill(
        HAIR,
        Rectangle::new((MARGIN, line), (WIDTH - 2 * MARGIN, 2)),
    );
    // Isolated: a name in another script keeps its own order, and stands where lines of the story begin.
    let isolated = format!("\u{2068}{}\u{2069}", shortened(&front.name));
    let block = Block::new(Face::Serif, isolated, front.direction);
    let mut set = setter.on_one_line(&block, NAME_SIZE);
    setter.print(&mut set, sheet, (MARGIN, top), INK);
    line
}

/// Rule, kicker and headline, from the top down to `foot`.
fn words(setter: &mut type_setting::Setter, sheet: &mut Sheet, front: &Front, foot: u32) {
    let tint = front.accent.map_or(INK, Colour);
    let rule_left = match front.direction {
        Direction::Ltr => MARGIN,
        Direction::Rtl => WIDTH - MARGIN - RULE.0,
    };
    sheet.fill(tint, Rectangle::new((rule_left, MARGIN), RULE));
    let headline = Block::new(Face::Serif, shortened(&front.headline), front.direction);
    let Some(headline) = setter.readable(headline) else {
        return;
    };
    let mut top = MARGIN + RULE.1 + GAP;
    let kicker = front.kicker.as_deref().map(shortened);
    let kicker = kicker.map(|words| Block::new(Face::Sans, words, front.direction));
    if let Some(kicker) = kicker.and_then(|block| setter.readable(block)) {
        let mut set = setter.on_one_line(&kicker, KICKER_SIZE);
        let colour = front.accent.map_or(SOFT, Colour);
        setter.print(&mut set, sheet, (MARGIN, top), colour);
        top += KICKER_SIZE.1 as u32 + GAP / 3;
    }
    let room = foot - FOOT_GAP - top;
    let mut set = setter.as_large_as_fits(&headline, &HEADLINE_SIZES, room);
    setter.print(&mut set, sheet, (MARGIN, top), INK);
}

/// One line of words, and no more of them than anybody could see.
fn shortened(words: &str) -> String {
    single_spaced(words).chars().take(MOST_CHARACTERS).collect()
}

/// One plain space between words; those that keep words together stay.
fn single_spaced(words: &str) -> String {
    let parts =
        |sign: char| sign.is_whitespace() && !matches!(sign, '\u{a0}' | '\u{2007}' | '\u{202f}');
    let words = words.split(parts).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
