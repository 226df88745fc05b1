//! The address ranges that crawlers' owners publish, in the shape that Google began and others took.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base::{Fault, no::Doing};
use serde::Deserialize;

/// The largest document that is read, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// The most ranges that one crawler may have; the longest list today has some hundreds.
pub const RANGES_MOST: usize = 10_000;

/// The widest range that is believed, in bits of IPv4: no crawler needs more than 16 million addresses,
/// and `0.0.0.0/0` by mistake or malice would open the wall to everybody.
pub const WIDEST_V4: u8 = 8;

/// As [`WIDEST_V4`], in bits of IPv6: what a large provider is given.
pub const WIDEST_V6: u8 = 20;

/// Where a crawler's requests come from, says its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges(Vec<Range>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Range {
    V4 { network: u32, mask: u32 },
    V6 { network: u128, mask: u128 },
}

#[derive(Deserialize)]
struct Document {
    prefixes: Vec<Prefix>,
}

/// One of the two is there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Prefix {
    ipv4_prefix: Option<String>,
    ipv6_prefix: Option<String>,
}

impl Ranges {
    /// Reads `{"prefixes": [{"ipv4Prefix": "66.249.64.0/27"}, {"ipv6Prefix": "…/64"}]}`, several
    /// documents into one list. Members we do not know are passed over.
    ///
    /// # Errors
    /// When a document is too large or of another shape, a range is malformed or wider than believed,
    /// or there is no range at all: each would replace a good list by a bad one.
    pub fn parse(documents: &[&[u8]]) -> Result<Self, Fault> {
        let mut ranges = Vec::new();
        for document in documents {
            if document.len() > LARGEST {
                return Err(Fault::new(
                    "reading a crawler's ranges, which are larger than expected",
                ));
            }
            let document: Document =
                serde_json::from_slice(document).doing("reading a crawler's ranges")?;
            let texts = document.prefixes.iter();
            for text in texts
                .flat_map(|prefix| [&prefix.ipv4_prefix, &prefix.ipv6_prefix])
                .flatten()
            {
                ranges.push(read(text).ok_or_else(|| unbelievable(text))?);
            }
        }
        if ranges.is_empty() || ranges.len() > RANGES_MOST {
            return Err(Fault::new(format!(
                "reading a crawler's ranges, of which there are {}",
                ranges.len()
            )));
        }
        Ok(Self(ranges))
    }

    /// Whether the address lies in one of them.
    pub fn hold(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|range| match (range, ip) {
            (Range::V4 { network, mask }, IpAddr::V4(ip)) => ip.to_bits() & mask == *network,
            (Range::V6 { network, mask }, IpAddr::V6(ip)) => ip.to_bits() & mask == *network,
            _ => false,
        })
    }
}

fn unbelievable(text: &str) -> Fault {
    let shown: String = text.chars().take(64).collect();
    Fault::new(format!(
        "reading a crawler's ranges, where {shown:?} is malformed or too wide"
    ))
}

fn read(text: &str) -> Option<Range> {
    let (address, bits) = text.split_once('/')?;
    let bits: u8 = bits.parse().ok()?;
    match address.parse().ok()? {
        IpAddr::V4(ip) => read_v4(ip, bits),
        IpAddr::V6(ip) => read_v6(ip, bits),
    }
}

fn read_v4(ip: Ipv4Addr, bits: u8) -> Option<Range> {
    if !(WIDEST_V4..=32).contains(&bits) {
        return None;
    }
    let mask = u32::MAX << (32 - bits);
    let network = ip.to_bits();
    (network & mask == network).then_some(Range::V4 { network, mask })
}

fn read_v6(ip: Ipv6Addr, bits: u8) -> Option<Range> {
    if !(WIDEST_V6..=128).contains(&bits) {
        return None;
    }
    let mask = u128::MAX << (128 - bits);
    let network = ip.to_bits();
    (network & mask == network).then_some(Range::V6 { network, mask })
}
