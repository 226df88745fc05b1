//! What goes between parent and child: a length and JSON, then lengths known and bytes. Nothing is believed longer than
//! its bound.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use provenance::Told as Provenance;

use super::{Answer, Order, Sealing};
use crate::{
    container,
    develop::{Developed, Format, MAX_PRINTS, Print, Remark, Shape},
    kind::Kind,
    limits::Limits,
    look::Look,
    particulars::{Particulars, Unread},
    refused::Refused,
};

/// Bytes of an order's JSON: an imprint's texts are the most of it.
pub const MAX_HEAD: u32 = 1024 * 1024;
/// Bytes of a whole answer: prints of a large picture in every size take some ten million.
pub const MAX_ANSWER: u64 = 96 * 1024 * 1024;

/// What a child is asked.
#[derive(Serialize, Deserialize)]
pub enum Asked {
    /// To look at a picture, and to make prints.
    Develop(Box<Order>),
    /// To seal prints of a picture; their bytes follow the picture's.
    Seal(Box<Sealing>),
}

impl Asked {
    /// What the picture that follows may be.
    pub fn limits(&self) -> &Limits {
        match self {
            Self::Develop(order) => &order.limits,
            Self::Seal(sealing) => &sealing.limits,
        }
    }
}

/// What a child answers.
pub enum Said {
    /// It was done.
    Done(Box<Answer>),
    /// These bytes need the newsroom's signature; more is said when it was given.
    Sign(Vec<u8>),
    /// The prints are sealed.
    Sealed(Vec<Print>),
    /// They could not be sealed, and why, for the log.
    Unsealed(String),
    /// The picture is refused.
    Refused(Refused),
    /// The child could not give up what it must not have, and so did not begin.
    Unconfined(String),
}

#[derive(Serialize, Deserialize)]
enum Head {
    Done(Box<Done>),
    Sign(Vec<u8>),
    Sealed(Vec<Label>),
    Unsealed(String),
    Refused(Refused),
    Unconfined(String),
}

#[derive(Serialize, Deserialize)]
struct Done {
    look: Look,
    particulars: Particulars,
    unread: Vec<Unread>,
    told: Option<Provenance>,
    filtered: bool,
    developed: Option<Told>,
}

#[derive(Serialize, Deserialize)]
struct Told {
    placeholder: String,
    remarks: Vec<Remark>,
    prints: Vec<Label>,
}

/// A print without its bytes, which follow.
#[derive(Clone, Serialize, Deserialize)]
pub struct Label {
    shape: Shape,
    format: Format,
    width: u32,
    height: u32,
    bytes: usize,
}

/// The order as it is sent, before the picture's own bytes.
pub fn head_of(asked: &Asked, picture: u64) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(asked)?;
    let length = u32::try_from(json.len()).map_err(io::Error::other)?;
    Ok([&length.to_be_bytes()[..], &json, &picture.to_be_bytes()].concat())
}

/// Reads an order and how many bytes follow.
pub fn read_head(input: &mut impl Read) -> Option<(Asked, u64)> {
    let json = read_framed(input)?;
    let mut length = [0; 8];
    input.read_exact(&mut length).ok()?;
    Some((
        serde_json::from_slice(&json).ok()?,
        u64::from_be_bytes(length),
    ))
}

/// Reads what a length stands before.
pub fn read_framed(input: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length).ok()?;
    let length = Some(u32::from_be_bytes(length)).filter(|length| *length <= MAX_HEAD)?;
    let mut json = vec![0; usize::try_from(length).ok()?];
    input.read_exact(&mut json).ok()?;
    Some(json)
}

/// Writes an answer.
pub fn write_answer(output: &mut impl Write, said: Said) -> io::Result<()> {
    let (head, prints) = parted(said);
    let json = serde_json::to_vec(&head)?;
    let length = u32::try_from(json.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(&json)?;
    prints
        .iter()
        .try_for_each(|print| output.write_all(&print.bytes))
}

fn parted(said: Said) -> (Head, Vec<Print>) {
    let answer = match said {
        Said::Done(answer) => *answer,
        Said::Sealed(prints) => {
            let labels = prints.iter().map(Label::of).collect();
            return (Head::Sealed(labels), prints);
        }
        Said::Sign(bytes) => return (Head::Sign(bytes), Vec::new()),
        Said::Unsealed(why) => return (Head::Unsealed(why), Vec::new()),
        Said::Refused(refused) => return (Head::Refused(refused), Vec::new()),
        Said::Unconfined(why) => return (Head::Unconfined(why), Vec::new()),
    };
    let (told, prints) = match answer.developed {
        Some(developed) => {
            let told = Told {
                placeholder: developed.placeholder,
                remarks: developed.remarks,
                prints: developed.prints.iter().map(Label::of).collect(),
            };
            (Some(told), developed.prints)
        }
        None => (None, Vec::new()),
    };
    let done = Done {
        look: answer.look,
        particulars: answer.particulars,
        unread: answer.unread,
        told: answer.told,
        filtered: answer.filtered,
        developed: told,
    };
    (Head::Done(Box::new(done)), prints)
}

/// Reads an answer from all that a child wrote; nothing where it is none. Each print is looked at once more: its bytes
/// have to be what its label says, size and all, so that a child gone wrong cannot hand over anything else.
pub fn answer_of(written: &[u8]) -> Option<Said> {
    let mut rest = written;
    let json = read_framed(&mut rest)?;
    said_of(&json, rest)
}

/// What a head says together with the bytes behind it, as [`answer_of`].
pub fn said_of(head: &[u8], mut rest: &[u8]) -> Option<Said> {
    let said = match serde_json::from_slice(head).ok()? {
        Head::Done(done) => {
            let developed = match done.developed {
                Some(told) => Some(told.with_prints(&mut rest)?),
                None => None,
            };
            Said::Done(Box::new(Answer {
                look: done.look,
                particulars: done.particulars,
                unread: done.unread,
                told: done.told,
                developed,
                filtered: done.filtered,
            }))
        }
        Head::Sealed(labels) => Said::Sealed(with_bytes(labels, &mut rest)?),
        Head::Sign(bytes) => Said::Sign(bytes),
        Head::Unsealed(why) => Said::Unsealed(why),
        Head::Refused(refused) => Said::Refused(refused),
        Head::Unconfined(why) => Said::Unconfined(why),
    };
    rest.is_empty().then_some(said)
}

/// Prints by their labels, from the bytes that follow one another.
pub fn with_bytes(labels: Vec<Label>, rest: &mut &[u8]) -> Option<Vec<Print>> {
    if labels.len() > MAX_PRINTS {
        return None;
    }
    let prints = labels.into_iter().map(|label| label.with_bytes(rest));
    prints.collect()
}

impl Told {
    fn with_prints(self, rest: &mut &[u8]) -> Option<Developed> {
        Some(Developed {
            prints: with_bytes(self.prints, rest)?,
            placeholder: Some(self.placeholder).filter(|colour| is_colour(colour))?,
            remarks: self.remarks,
        })
    }
}

impl Label {
    /// What is said of a print before its bytes.
    pub fn of(print: &Print) -> Self {
        Self {
            shape: print.shape,
            format: print.format,
            width: print.width,
            height: print.height,
            bytes: print.bytes.len(),
        }
    }

    /// How many bytes follow for it.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn with_bytes(self, rest: &mut &[u8]) -> Option<Print> {
        let (bytes, after) = rest.split_at_checked(self.bytes)?;
        *rest = after;
        let kind = match self.format {
            Format::Jpeg => Kind::Jpeg,
            Format::Webp => Kind::Webp,
        };
        let is_so = Kind::of(bytes) == Ok(kind)
            && container::see(kind, bytes)
                .is_ok_and(|seen| (seen.width, seen.height) == (self.width, self.height));
        is_so.then(|| Print {
            shape: self.shape,
            format: self.format,
            width: self.width,
            height: self.height,
            bytes: bytes.to_vec(),
        })
    }
}

/// `#rrggbb`: it goes into a page as it is.
fn is_colour(colour: &str) -> bool {
    let digits = colour.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}
