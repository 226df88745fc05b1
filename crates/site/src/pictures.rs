//! Our own pictures before readers: the files themselves, and how a page names them.
//!
//! A file is served under the hash of what is in it, so its address never means anything else and may be kept for ever.
//! Only prints are: an original has no address.

use std::sync::Arc;

use axum::extract::{Path, State};
use base::{
    Fault,
    document::{Document, Format, Picture, Print, Prints, Shape, origin_address, tone},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use newsroom::picture::album::{Album, Served, served};
use serde::Serialize;
use store::shelf::Hash;
use web::{Answer, Problem};

use crate::Site;

/// Pixels across of what is shown to programs that choose none, and of what is shared.
const USUAL: u32 = 800;
const SHARED: u32 = 1_200;

/// Where a picture stands on a page, which decides what of it is shown and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Above its story.
    Lead,
    /// On the first card of a front.
    LeadCard,
    /// On any other card.
    Card,
}

impl Standing {
    fn shape(self) -> Shape {
        match self {
            Self::Lead => Shape::Whole,
            Self::LeadCard | Self::Card => Shape::Wide,
        }
    }

    /// How wide it stands, in the words of the `sizes` attribute; as the stylesheet has it.
    fn sizes(self) -> &'static str {
        match self {
            Self::Lead => "(max-width: 64rem) 100vw, 60rem",
            Self::LeadCard => "(max-width: 64rem) 100vw, 44rem",
            Self::Card => "(max-width: 40rem) 100vw, 22rem",
        }
    }
}

/// A picture as templates want it.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    /// Its address.
    pub src: String,
    /// What people who cannot see it are told.
    pub alt: String,
    caption_html: Option<String>,
    credit: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    place: Option<String>,
    taken: Option<String>,
    /// The choice of files; only for one of ours.
    files: Option<FilesView>,
    /// Where readers see where it comes from; nothing for one that does not say so.
    origin: Option<String>,
}

/// What a browser chooses from.
#[derive(Clone, Debug, Serialize)]
struct FilesView {
    webp: String,
    jpeg: String,
    sizes: &'static str,
    /// Its colour, drawn, to stand in its place until it has come.
    tone: String,
}

impl PictureView {
    /// The view of a picture that stands there.
    pub fn of(site: &Site, picture: &Picture, standing: Standing) -> Self {
        let one = usual(site, picture, standing.shape(), USUAL);
        let files = picture.prints.as_ref().map(|prints| {
            let prints = prints.served_at(&site.media);
            let shape = shape_in(&prints, standing.shape());
            FilesView {
                webp: prints.srcset(shape, Format::Webp),
                jpeg: prints.srcset(shape, Format::Jpeg),
                sizes: standing.sizes(),
                tone: tone(&prints.colour),
            }
        });
        Self {
            src: one.src,
            alt: picture.alt.clone(),
            caption_html: picture.caption.as_deref().map(base::html::text),
            credit: picture.credit.clone(),
            width: one.width,
            height: one.height,
            place: picture.place.clone(),
            taken: picture.taken.clone(),
            files,
            origin: origin(picture),
        }
    }
}

fn origin(picture: &Picture) -> Option<String> {
    let says = picture
        .prints
        .as_ref()
        .is_some_and(|prints| prints.has_origin);
    picture.id.filter(|_| says).map(origin_address)
}

/// Lays prints of ours into texts that were read; pictures that readers may not see are taken out.
///
/// # Errors
/// When the database is unavailable.
pub(crate) async fn lay_in(
    site: &Site,
    bodies: impl Iterator<Item = &mut Document>,
) -> Result<(), Fault> {
    let mut bodies: Vec<&mut Document> = bodies.collect();
    let ids: Vec<_> = bodies
        .iter()
        .flat_map(|body| body.pictures())
        .filter_map(|(_, picture)| picture.id)
        .collect();
    let album = Album::of(&site.db, ids, &site.media).await?;
    for body in &mut bodies {
        body.keep_pictures(&mut |picture| album.lay_in(picture));
    }
    Ok(())
}

/// A text whose pictures have their prints already, with the files where this site serves them.
pub(crate) fn served_here(site: &Site, body: &Document) -> Document {
    let mut body = body.clone();
    body.keep_pictures(&mut |picture| {
        let prints = picture.prints.take();
        picture.prints = prints.map(|prints| Arc::new(prints.served_at(&site.media)));
        true
    });
    body
}

/// One file of a picture.
pub(crate) struct One {
    /// Its address: a path of ours, or whole.
    pub src: String,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
}

/// The file for programs that take one: feeds, structured data, shared links.
pub(crate) fn shared(site: &Site, picture: &Picture) -> One {
    usual(site, picture, Shape::Wide, SHARED)
}

/// The files in all shapes there are, cut about the focus, for who chooses among them: wide, square, tall.
pub(crate) fn in_shapes(site: &Site, picture: &Picture) -> Vec<One> {
    let shapes = [Shape::Wide, Shape::Square, Shape::Tall];
    let mut all: Vec<One> = shapes
        .into_iter()
        .map(|shape| usual(site, picture, shape, SHARED))
        .collect();
    // Before a shape is made, the whole picture stands for it.
    all.dedup_by(|one, before| one.src == before.src);
    all
}

fn usual(site: &Site, picture: &Picture, shape: Shape, width: u32) -> One {
    let print = picture.prints.as_ref().and_then(|prints| {
        let shape = shape_in(prints, shape);
        let print = prints.fitting(shape, Format::Jpeg, width)?;
        Some(one(site, print))
    });
    print.unwrap_or_else(|| One {
        src: picture.src.as_str().into(),
        width: picture.width,
        height: picture.height,
    })
}

fn one(site: &Site, print: &Print) -> One {
    One {
        src: format!("{}{}", site.media, print.name()),
        width: Some(print.width),
        height: Some(print.height),
    }
}

/// The shape, where it is made already; else the whole picture, which always is.
fn shape_in(prints: &Prints, shape: Shape) -> Shape {
    let is_made = prints.all.iter().any(|print| print.shape == shape);
    if is_made { shape } else { Shape::Whole }
}

/// `GET /media/{name}`: a print. Pulled ones are gone; anything else is no file of ours.
pub async fn media(State(site): State<Site>, Path(name): Path<String>) -> Result<Answer, Problem> {
    let (hash, extension) = name.split_once('.').ok_or_else(Problem::absent)?;
    let hash: Hash = hash.parse().map_err(|_| Problem::absent())?;
    let (picture, format, file_name) = match served(&site.db, hash).await? {
        Some(Served::Print {
            picture,
            format,
            name,
        }) => (picture, format, name),
        Some(Served::Pulled) => return Err(Problem::of_status(StatusCode::GONE)),
        None => return Err(Problem::absent()),
    };
    if extension != format.extension() {
        return Err(Problem::absent());
    }
    let bytes = site.shelf.get(hash).await?.ok_or_else(Problem::absent)?;
    let answer = Answer::bytes(StatusCode::OK, format.media_type(), bytes.into());
    let key = HeaderValue::try_from(format!("pic-{picture}"));
    let saved_as = HeaderValue::try_from(disposition(&file_name, format));
    let named = [
        (HeaderName::from_static("surrogate-key"), key),
        (header::CONTENT_DISPOSITION, saved_as),
    ];
    Ok(named
        .into_iter()
        .fold(answer, |answer, (name, value)| match value {
            Ok(value) => answer.with_header(name, value),
            Err(_) => answer,
        }))
}

/// The name under which a print is saved: that of the file it was made from, with its own extension, once for programs
/// that read ASCII alone and once for the others (RFC 6266 section 4.3, RFC 8187).
fn disposition(file_name: &str, format: Format) -> String {
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    let stem = if stem.is_empty() { "picture" } else { stem };
    let plain = |sign: char| {
        if sign.is_ascii_alphanumeric() || "-_ .".contains(sign) {
            sign
        } else {
            '_'
        }
    };
    let ascii: String = stem.chars().map(plain).collect();
    let mut coded = String::new();
    for byte in stem.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            coded.push(byte as char);
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    let extension = format.extension();
    format!("inline; filename=\"{ascii}.{extension}\"; filename*=UTF-8''{coded}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(disposition(name, Format::Jpeg), expected);
    }

    #[test]
    fn v_71_a_files_name_is_coded_whatever_is_in_it() {
        check(
            "harbour.png",
            "inline; filename=\"harbour.jpg\"; filename*=UTF-8''harbour.jpg",
        );
        check(
            "a\"b\r\nSet-Cookie: x=y.jpg",
            "inline; filename=\"a_b__Set-Cookie_ x_y.jpg\"; filename*=UTF-8''a%22b%0D%0ASet-Cookie%3A%20x%3Dy.jpg",
        );
        check(
            "נמל.jpeg",
            "inline; filename=\"___.jpg\"; filename*=UTF-8''%D7%A0%D7%9E%D7%9C.jpg",
        );
        check(
            "",
            "inline; filename=\"picture.jpg\"; filename*=UTF-8''picture.jpg",
        );
    }
}
