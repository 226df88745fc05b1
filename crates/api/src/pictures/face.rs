//! What a picture looks like from outside.

use base::{
    Instant,
    document::{Format, Print, Shape},
};
use http::{StatusCode, header};
use newsroom::picture::{Fields, Focus, Picture, PictureId, Rights, State, Why};
use serde::Serialize;
use web::{Answer, Problem};

use crate::{Api, face::etag};

/// Pixels across of what stands for a picture in a grid, and of its square.
const PREVIEW: u32 = 600;
const THUMBNAIL: u32 = 240;

/// A picture with everything about it.
#[derive(Debug, Serialize)]
pub struct Face<'a> {
    id: PictureId,
    version: u32,
    fields: &'a Fields,
    file_name: &'a str,
    kind: &'a str,
    bytes: u64,
    width: u32,
    height: u32,
    colour: &'a str,
    focus: Focus,
    state: State,
    remarks: &'a [String],
    rights: Rights,
    pull: Option<PullFace<'a>>,
    /// For the desk's grid.
    preview: Option<String>,
    /// The same, square.
    thumbnail: Option<String>,
    prints: Vec<PrintFace>,
    /// Running stories it stands in.
    uses: u32,
    uploaded_at: Instant,
    uploaded_by: &'a str,
    changed_at: Instant,
}

#[derive(Debug, Serialize)]
struct PullFace<'a> {
    reason: &'a str,
    at: Instant,
    by: &'a str,
    /// By the end of its term, and not by a person.
    lapsed: bool,
}

#[derive(Debug, Serialize)]
struct PrintFace {
    shape: Shape,
    format: Format,
    width: u32,
    height: u32,
    bytes: u32,
    url: String,
}

impl<'a> Face<'a> {
    /// The face of a picture whose files are served at `media`.
    pub fn of(picture: &'a Picture, media: &str, now: Instant) -> Self {
        let url = |print: &Print| format!("{media}{}", print.name());
        let one = |shape, width| picture.prints.fitting(shape, Format::Jpeg, width).map(url);
        Self {
            id: picture.id,
            version: picture.version,
            fields: &picture.fields,
            file_name: &picture.file.name,
            kind: &picture.file.kind,
            bytes: picture.file.bytes,
            width: picture.file.width,
            height: picture.file.height,
            colour: &picture.prints.colour,
            focus: picture.focus,
            state: picture.state,
            remarks: &picture.remarks,
            rights: picture.rights(now),
            pull: picture.pull.as_ref().map(|pull| PullFace {
                reason: &pull.reason,
                at: pull.at,
                by: &pull.by,
                lapsed: pull.why == Why::Lapsed,
            }),
            preview: one(Shape::Whole, PREVIEW),
            thumbnail: one(Shape::Square, THUMBNAIL),
            prints: picture
                .prints
                .all
                .iter()
                .map(|print| PrintFace {
                    shape: print.shape,
                    format: print.format,
                    width: print.width,
                    height: print.height,
                    bytes: print.bytes,
                    url: url(print),
                })
                .collect(),
            uses: picture.uses,
            uploaded_at: picture.uploaded_at,
            uploaded_by: &picture.uploaded_by,
            changed_at: picture.changed_at,
        }
    }
}

/// Answers with the picture, its version as the `ETag`.
///
/// # Errors
/// A fault when it cannot be written as JSON.
pub fn answer(api: &Api, status: StatusCode, picture: &Picture) -> Result<Answer, Problem> {
    let face = Face::of(picture, &api.making.media, api.clock.now());
    let answer = Answer::json(status, &face)?;
    Ok(answer.with_header(header::ETAG, etag(picture.version)))
}
