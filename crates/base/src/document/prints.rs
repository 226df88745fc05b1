//! The files in which one of our own pictures is shown: sizes, shapes, formats, and how a page names them.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Picture;
use crate::{Id, html::push_attribute};

/// Where prints are served on the site itself.
pub const MEDIA: &str = "/media/";

/// How wide pictures stand in a column of text, for `sizes`: the whole of a telephone, else the measure.
const IN_TEXT: &str = "(max-width: 44rem) 100vw, 44rem";

/// How much of a picture a print shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// All of it.
    Whole,
    /// Sixteen to nine.
    Wide,
    /// One to one.
    Square,
    /// Four to five.
    Tall,
}

/// How a print is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For whoever reads nothing newer, and for sharing.
    Jpeg,
    /// For everybody else.
    Webp,
}

impl Format {
    /// The type that is said when it is served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The extension its files wear.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// What it shows.
    #[serde(rename = "s")]
    pub shape: Shape,
    /// How it is encoded.
    #[serde(rename = "f")]
    pub format: Format,
    /// Pixels across.
    #[serde(rename = "w")]
    pub width: u32,
    /// Pixels down.
    #[serde(rename = "h")]
    pub height: u32,
    /// How many bytes the file has.
    #[serde(rename = "b")]
    pub bytes: u32,
    /// SHA-256 of the file, which is its name.
    #[serde(rename = "n", with = "digits")]
    pub hash: [u8; 32],
}

impl Print {
    /// The file's name: the digits of its hash, and the extension.
    pub fn name(&self) -> String {
        format!("{}.{}", digits::of(&self.hash), self.format.extension())
    }
}

/// A hash in 64 small hexadecimal digits.
pub(super) mod digits {
    use std::fmt::Write;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in super::super) fn of(hash: &[u8; 32]) -> String {
        hash.iter()
            .fold(String::with_capacity(64), |mut line, byte| {
                let _ = write!(line, "{byte:02x}");
                line
            })
    }

    pub(in super::super) fn serialize<S: Serializer>(
        hash: &[u8; 32],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&of(hash))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || D::Error::custom("a hash is 64 hexadecimal digits");
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut hash = [0; 32];
        for (nth, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * nth..2 * nth + 2], 16).map_err(|_| wrong())?;
        }
        Ok(hash)
    }
}

/// All files of a picture, and where they lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prints {
    /// What stands before each name: [`MEDIA`], or the same on a host of its own.
    #[serde(skip)]
    pub at: String,
    /// The mean colour, `#rrggbb`, which stands where the picture will be.
    #[serde(rename = "c")]
    pub colour: String,
    /// The files.
    #[serde(rename = "p")]
    pub all: Vec<Print>,
    /// The credit in the picture's record, for uses that name none.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// The alternative text in its record, for uses that name none.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Whether the picture says where it comes from, which readers can look up.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    pub has_origin: bool,
}

impl Prints {
    /// Those of one shape and format, the widest first.
    pub fn of(&self, shape: Shape, format: Format) -> Vec<&Print> {
        let mut found: Vec<&Print> = self
            .all
            .iter()
            .filter(|print| print.shape == shape && print.format == format)
            .collect();
        found.sort_by_key(|print| std::cmp::Reverse(print.width));
        found
    }

    /// The smallest of this shape and format that is at least so wide; the widest where none is.
    pub fn fitting(&self, shape: Shape, format: Format, width: u32) -> Option<&Print> {
        let sorted = self.of(shape, format);
        let enough = sorted.iter().rev().find(|print| print.width >= width);
        enough.or(sorted.first()).copied()
    }

    /// The same, served there.
    #[must_use]
    pub fn served_at(&self, at: &str) -> Self {
        Self {
            at: at.into(),
            ..self.clone()
        }
    }

    /// Where a print is read.
    pub fn address(&self, print: &Print) -> String {
        let at = if self.at.is_empty() { MEDIA } else { &self.at };
        format!("{at}{}", print.name())
    }

    /// `srcset` of one shape and format: `/media/….webp 1600w, …`; empty where there are none.
    pub fn srcset(&self, shape: Shape, format: Format) -> String {
        let mut line = String::new();
        for print in self.of(shape, format) {
            if !line.is_empty() {
                line.push_str(", ");
            }
            let _ = write!(line, "{} {}w", self.address(print), print.width);
        }
        line
    }
}

/// What leads to where a picture comes from: the name of the standard, which is the same in every language, because a body
/// is written without words of ours.
const ORIGIN: &str = "C2PA";

/// Where readers can look up where a picture of ours comes from.
pub fn origin_address(id: Id<Picture>) -> String {
    format!("/picture/{id}")
}

/// Writes the link to where a picture comes from; nothing for one that does not say so.
pub(super) fn push_origin(out: &mut String, picture: &Picture) {
    let says = picture
        .prints
        .as_ref()
        .is_some_and(|prints| prints.has_origin);
    if let Some(id) = picture.id.filter(|_| says) {
        out.push_str(" <a class=\"origin\"");
        push_attribute(out, "href", &origin_address(id));
        let _ = write!(out, ">{ORIGIN}</a>");
    }
}

/// Pixels across of the print that is shown to programs that choose none.
const USUAL: u32 = 800;

/// Writes the element that shows a picture: `<picture>` with both formats for one of ours, `<img>` for others.
/// Behind one that is lazy stands its colour, drawn: no page of ours may bring style of its own (CSP), and attributes
/// of a drawing are none.
pub(super) fn push_picture(out: &mut String, picture: &Picture, is_lazy: bool) {
    let Some(prints) = &picture.prints else {
        return push_elsewhere(out, picture, is_lazy);
    };
    let Some(usual) = prints.fitting(Shape::Whole, Format::Jpeg, USUAL) else {
        return;
    };
    if is_lazy {
        out.push_str("<span class=\"toned\">");
        out.push_str(&tone(&prints.colour));
    }
    out.push_str("<picture><source type=\"image/webp\"");
    push_attribute(out, "srcset", &prints.srcset(Shape::Whole, Format::Webp));
    push_attribute(out, "sizes", IN_TEXT);
    out.push_str("><img");
    push_attribute(out, "src", &prints.address(usual));
    push_attribute(out, "srcset", &prints.srcset(Shape::Whole, Format::Jpeg));
    push_attribute(out, "sizes", IN_TEXT);
    push_attribute(out, "alt", &picture.alt);
    push_attribute(out, "width", &usual.width.to_string());
    push_attribute(out, "height", &usual.height.to_string());
    push_end(out, is_lazy);
    out.push_str(if is_lazy {
        "</picture></span>"
    } else {
        "</picture>"
    });
}

/// The drawing of nothing but a colour, such as `#7a8b9c`, as large as what it stands in.
pub fn tone(colour: &str) -> String {
    let mut out = "<svg aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\"".to_owned();
    push_attribute(&mut out, "fill", colour);
    out.push_str("/></svg>");
    out
}

fn push_elsewhere(out: &mut String, picture: &Picture, is_lazy: bool) {
    out.push_str("<img");
    push_attribute(out, "src", picture.src.as_str());
    push_attribute(out, "alt", &picture.alt);
    for (name, pixels) in [("width", picture.width), ("height", picture.height)] {
        if let Some(pixels) = pixels {
            push_attribute(out, name, &pixels.to_string());
        }
    }
    push_end(out, is_lazy);
}

fn push_end(out: &mut String, is_lazy: bool) {
    if is_lazy {
        out.push_str(" loading=\"lazy\"");
    }
    out.push_str(" decoding=\"async\">");
}
