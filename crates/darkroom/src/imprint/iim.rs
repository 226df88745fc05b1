//! The datasets of IIM we write, in UTF-8 and saying so, for programs that read nothing newer.

use super::{Imprint, cut};
use crate::{container::jpeg::IIM_RESOURCE, particulars::iim::UTF_8};

/// Bytes of a dataset. The standard's own lengths (32 for a credit) would cut names in half and make IIM contradict
/// XMP; readers take longer ones, and have to. A length of two bytes holds 32,767.
const LONGEST: usize = 2_000;

/// Photoshop's resource with the datasets.
pub fn resource(imprint: &Imprint) -> Vec<u8> {
    let datasets = datasets(imprint);
    let mut resource = b"8BIM".to_vec();
    resource.extend(IIM_RESOURCE.to_be_bytes());
    // An empty name, padded to even.
    resource.extend([0, 0]);
    resource.extend((datasets.len() as u32).to_be_bytes());
    resource.extend(&datasets);
    if datasets.len() % 2 == 1 {
        resource.push(0);
    }
    resource
}

fn datasets(imprint: &Imprint) -> Vec<u8> {
    let mut bytes = Vec::new();
    push(&mut bytes, 1, 90, UTF_8);
    // The record's version: 4.
    push(&mut bytes, 2, 0, &[0, 4]);
    let texts = [
        (5, &imprint.title),
        (90, &imprint.place.city),
        (92, &imprint.place.sublocation),
        (95, &imprint.place.state),
        (101, &imprint.place.country),
        (105, &imprint.headline),
        (110, &imprint.credit),
        (115, &imprint.source),
        (116, &imprint.copyright),
        (120, &imprint.caption),
    ];
    for creator in &imprint.creators {
        push(&mut bytes, 2, 80, cut(creator, LONGEST).as_bytes());
    }
    for (number, text) in texts {
        if let Some(text) = text {
            push(&mut bytes, 2, number, cut(text, LONGEST).as_bytes());
        }
    }
    bytes
}

fn push(bytes: &mut Vec<u8>, record: u8, number: u8, held: &[u8]) {
    bytes.extend([0x1C, record, number]);
    bytes.extend((held.len() as u16).to_be_bytes());
    bytes.extend(held);
}
