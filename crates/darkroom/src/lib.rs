//! The darkroom: pictures come in as bytes nobody can trust and leave as prints of our own making.
//!
//! Reading order: [`limits`] is what a picture may be; [`kind`] tells by the first bytes what it is;
//! [`look`](mod@look) reads its size and what it carries without decoding it; [`particulars`] is what it says about
//! itself (IPTC IIM, XMP, EXIF in one value); [`imprint`] is what we write into the files we serve;
//! [`develop`](mod@develop) makes prints: sizes, crops, colours; [`child`] does all of that in a process of its own with
//! nothing in reach; what a picture says of where it comes from is read there too, by [`provenance`]; [`darkroom`](mod@darkroom) is what the rest of the house calls. Every no is in [`refused`].
//! Beside all that stands [`share_picture`]: pictures of our own words, for links.
//!
//! What holds everywhere: bytes from outside are decoded in the child and nowhere else; nothing is served but what was
//! encoded here; where a picture was taken from above (GPS), serial numbers, faces and histories are not even read.
//!
//! Not here: a database, a socket, files that stay, the rules about who may use which picture.

pub mod child;
mod container;
pub mod darkroom;
pub mod develop;
pub mod imprint;
pub mod kind;
pub mod limits;
pub mod look;
pub mod particulars;
pub mod refused;
pub mod share_picture;

pub use child::{Answer, Order};
pub use darkroom::Darkroom;
pub use develop::{Cut, Focus, Format, Plan, Print, Shape};
pub use imprint::Imprint;
pub use kind::Kind;
pub use limits::Limits;
pub use look::Look;
pub use particulars::Particulars;
pub use refused::{Foreign, Mishap, Refused};
