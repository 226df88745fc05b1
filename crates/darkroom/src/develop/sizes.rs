//! Which sizes and crops there are to be: arithmetic, and nothing else.

use super::{Cut, Focus, Plan, Shape};

/// Sizes of one picture that are made.
pub const MAX_CUTS: usize = 32;
/// Prints of one picture: each size in both formats.
pub const MAX_PRINTS: usize = 2 * MAX_CUTS;
/// Pixels along a side of a print; WebP can hold 16,383, and no page shows as many as this.
const MAX_SIDE: u32 = 8_192;

/// A size, with the part of the upright picture that it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sized {
    /// What it shows.
    pub shape: Shape,
    /// Where that lies.
    pub rectangle: Rectangle,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A part of a picture, in pixels of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// By how much the picture may be reduced before anything else is done with it; never above one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reduction(f64);

/// The sizes to make: shapes as they were first asked for, each from the widest to the narrowest.
pub fn plan(plan: &Plan, width: u32, height: u32) -> Vec<Sized> {
    let mut shapes: Vec<Shape> = Vec::new();
    for cut in &plan.cuts {
        if !shapes.contains(&cut.shape) {
            shapes.push(cut.shape);
        }
    }
    let mut all = Vec::new();
    for shape in shapes {
        let rectangle = rectangle(shape, width, height, plan.focus);
        for width in widths(&plan.cuts, shape, &rectangle) {
            let height = f64::from(width) * rectangle.height / rectangle.width;
            all.push(Sized {
                shape,
                rectangle,
                width,
                height: (height.round() as u32).max(1),
            });
        }
    }
    all.truncate(MAX_CUTS);
    all
}

/// Enough for the largest of the sizes.
pub fn reduction(sizes: &[Sized]) -> Reduction {
    let needed = sizes
        .iter()
        .map(|size| f64::from(size.width) / size.rectangle.width)
        .fold(0.0, f64::max);
    Reduction(if needed > 0.0 { needed.min(1.0) } else { 1.0 })
}

impl Reduction {
    /// A size so reduced.
    pub fn of(self, width: u32, height: u32) -> (u32, u32) {
        let reduced = |side: u32| ((f64::from(side) * self.0).round() as u32).clamp(1, side);
        (reduced(width), reduced(height))
    }
}

impl Sized {
    /// How wide the whole picture would be at this size, when it has so many pixels across.
    pub fn whole_width(&self, picture: u32) -> u32 {
        (f64::from(self.width) * f64::from(picture) / self.rectangle.width).ceil() as u32
    }
}

impl Rectangle {
    /// The same part of the picture, `picture` pixels across, where it was reduced to `size`. Stays within.
    pub fn scaled(&self, picture: u32, size: (u32, u32)) -> Self {
        let factor = f64::from(size.0) / f64::from(picture);
        let (across, down) = (f64::from(size.0), f64::from(size.1));
        let width = (self.width * factor).clamp(1.0, across);
        let height = (self.height * factor).clamp(1.0, down);
        Self {
            left: (self.left * factor).clamp(0.0, across - width),
            top: (self.top * factor).clamp(0.0, down - height),
            width,
            height,
        }
    }
}

/// The largest part of that shape, as near to the focus as the edges let it.
fn rectangle(shape: Shape, width: u32, height: u32, focus: Focus) -> Rectangle {
    let (across, down) = (f64::from(width), f64::from(height));
    let ratio = match shape {
        Shape::Whole => across / down,
        Shape::Wide => 16.0 / 9.0,
        Shape::Square => 1.0,
        Shape::Tall => 4.0 / 5.0,
    };
    let (width, height) = if across > down * ratio {
        ((down * ratio).max(1.0).min(across), down)
    } else {
        // Dividing and multiplying may end a hair beyond: 700 / (700 / 500) is more than 500.
        (across, (across / ratio).max(1.0).min(down))
    };
    let place = |focus: u16, whole: f64, part: f64| {
        let middle = whole * f64::from(focus.min(1_000)) / 1_000.0;
        (middle - part / 2.0).clamp(0.0, whole - part)
    };
    Rectangle {
        left: place(focus.x, across, width),
        top: place(focus.y, down, height),
        width,
        height,
    }
}

/// The widths of a shape, the widest first. In place of those wider than the picture comes its own width.
fn widths(cuts: &[Cut], shape: Shape, rectangle: &Rectangle) -> Vec<u32> {
    let limit = f64::from(MAX_SIDE);
    let by_height = limit * rectangle.width / rectangle.height;
    let natural = rectangle.width.min(limit).min(by_height).floor().max(1.0) as u32;
    let mut widths: Vec<u32> = cuts
        .iter()
        .filter(|cut| cut.shape == shape && cut.width > 0)
        .map(|cut| cut.width.min(natural))
        .collect();
    widths.sort_unstable_by(|one, other| other.cmp(one));
    widths.dedup();
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_every_small_picture_lies_within_it() {
        let focus = Focus { x: 500, y: 500 };
        for (width, height) in (1..=720).flat_map(|width| (1..=720).map(move |down| (width, down)))
        {
            for shape in [Shape::Whole, Shape::Wide, Shape::Square, Shape::Tall] {
                let part = rectangle(shape, width, height, focus);
                let is_within = part.left >= 0.0
                    && part.top >= 0.0
                    && part.left + part.width <= f64::from(width)
                    && part.top + part.height <= f64::from(height);
                assert!(is_within, "{width} by {height}: {shape:?} is {part:?}");
            }
        }
    }
}
