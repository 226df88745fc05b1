//! Sealing in the child: manifests of strangers are read here, and the key stays with the parent, who signs what is
//! held out to it.

use std::{
    cell::RefCell,
    io::{self, Read, Write},
};

use provenance::{Algorithm, Deed, Original, Signs, signing::SIGNATURE_BYTES};
use serde::{Deserialize, Serialize};

use super::wire::{self, Label, Said};
use crate::{
    develop::{Print, Shape},
    kind::Kind,
    limits::Limits,
    refused::{Mishap, Refused},
};

/// What prints of one picture are sealed with.
#[derive(Serialize, Deserialize)]
pub struct Sealing {
    /// What the original may be.
    pub limits: Limits,
    /// What our manifest says.
    pub deed: Deed,
    /// How the parent signs.
    pub algorithm: Algorithm,
    /// Whom its signature is by, in DER.
    pub certificates: Vec<Vec<u8>>,
    /// The prints, whose bytes follow the original's.
    pub prints: Vec<Label>,
}

/// Seals every print, asking for a signature for each.
pub fn seal(
    sealing: &Sealing,
    original: &[u8],
    input: &mut impl Read,
    output: &mut impl Write,
) -> Said {
    let Some(prints) = take_prints(sealing, input) else {
        return Said::Refused(Refused::Undeveloped(Mishap::Garbled));
    };
    let hand = Distant {
        sealing,
        streams: RefCell::new((input, output)),
    };
    match sealed(sealing, original, prints, &hand) {
        Ok(prints) => Said::Sealed(prints),
        Err(provenance::Unsealed(why)) => Said::Unsealed(why),
    }
}

fn take_prints(sealing: &Sealing, input: &mut impl Read) -> Option<Vec<Print>> {
    let all: usize = sealing.prints.iter().map(Label::bytes).sum();
    let mut bytes = Vec::new();
    let most = (all as u64).min(wire::MAX_ANSWER);
    input.take(most).read_to_end(&mut bytes).ok()?;
    wire::with_bytes(sealing.prints.clone(), &mut bytes.as_slice())
}

fn sealed(
    sealing: &Sealing,
    original: &[u8],
    prints: Vec<Print>,
    hand: &dyn Signs,
) -> Result<Vec<Print>, provenance::Unsealed> {
    let kind = Kind::of(original).map_err(|_| provenance::Unsealed("no picture".into()))?;
    let original = Original::of(original, kind.media_type(), &sealing.deed.title)?;
    let each = prints.into_iter().map(|print| {
        let (media_type, is_cropped) = (print.format.media_type(), print.shape != Shape::Whole);
        let bytes = original.seal(&print.bytes, media_type, &sealing.deed, is_cropped, hand)?;
        Ok(Print { bytes, ..print })
    });
    each.collect()
}

/// The parent's hand, at the other end of the two streams.
struct Distant<'a, Input, Output> {
    sealing: &'a Sealing,
    streams: RefCell<(&'a mut Input, &'a mut Output)>,
}

impl<Input: Read, Output: Write> Signs for Distant<'_, Input, Output> {
    fn algorithm(&self) -> Algorithm {
        self.sealing.algorithm
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        self.sealing.certificates.clone()
    }

    fn sign(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let (input, output) = &mut *self.streams.borrow_mut();
        wire::write_answer(*output, Said::Sign(bytes.to_vec()))?;
        output.flush()?;
        let mut signature = vec![0; SIGNATURE_BYTES];
        input.read_exact(&mut signature)?;
        Ok(signature)
    }
}
