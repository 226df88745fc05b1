//! Bytes made small, and which of them a browser takes.

use std::io::Write;

use bytes::Bytes;
use http::HeaderValue;

/// Bodies below this many bytes travel as they are: they fit one network packet anyway.
pub const SMALLEST_WORTH_IT: usize = 860;
/// Brotli window, as a power of two: the format's usual largest. A smaller one would make this encoder
/// take other tables, which are larger.
const BROTLI_WINDOW: u32 = 22;
/// Bytes of buffer inside the brotli writer.
const BROTLI_BUFFER: usize = 4096;

/// How a body is coded on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// The `Content-Encoding`, where there is one to name.
    pub const fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }
}

/// How much work compression may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Kept and sent many times: brotli 5, gzip 6. On pages of ours brotli 9 saves one or two bytes in a
    /// hundred and takes 33 MB and 9 ms for each, where this takes 1.2 MB and half a millisecond.
    Keep,
    /// Sent once: brotli 4, gzip 4.
    Once,
    /// Not compressed: pictures, fonts, and what holds a secret beside a visitor's own words.
    None,
}

/// One body in every coding that is worth having.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes themselves.
    pub identity: Bytes,
    /// Smaller, where that is smaller.
    pub gzip: Option<Bytes>,
    /// Smaller still, where it is.
    pub brotli: Option<Bytes>,
}

impl Encoded {
    /// The bytes for a negotiated coding, and the coding they are really in.
    pub fn pick(&self, wanted: Encoding) -> (Encoding, &Bytes) {
        let coded = match wanted {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        };
        coded.map_or((Encoding::Identity, &self.identity), |bytes| {
            (wanted, bytes)
        })
    }

    /// Whether the answer depends on `Accept-Encoding`.
    pub fn varies(&self) -> bool {
        self.gzip.is_some() || self.brotli.is_some()
    }
}

/// Codes a body in every way worth having.
pub fn compress(body: Bytes, effort: Effort) -> Encoded {
    let (gzip_level, brotli_level) = match effort {
        Effort::Keep => (6, 5),
        Effort::Once => (4, 4),
        Effort::None => (0, 0),
    };
    let worth_it = effort != Effort::None && body.len() >= SMALLEST_WORTH_IT;
    // In a box of its own size: what is kept long must not hold the room it was written in.
    let smaller =
        |coded: Vec<u8>| (coded.len() < body.len()).then(|| Bytes::from(coded.into_boxed_slice()));
    let (gzip, brotli) = if worth_it {
        let gzip = gzip(&body, gzip_level).and_then(smaller);
        (gzip, brotli(&body, brotli_level).and_then(smaller))
    } else {
        (None, None)
    };
    Encoded {
        identity: body,
        gzip,
        brotli,
    }
}

/// Writing to memory does not fail; were it to, the body would travel as it is.
fn gzip(body: &[u8], level: u32) -> Option<Vec<u8>> {
    let room = Vec::with_capacity(body.len() / 3);
    let mut writer = flate2::write::GzEncoder::new(room, flate2::Compression::new(level));
    writer.write_all(body).ok()?;
    writer.finish().ok()
}

fn brotli(body: &[u8], level: u32) -> Option<Vec<u8>> {
    let room = Vec::with_capacity(body.len() / 3);
    let mut writer = brotli::CompressorWriter::new(room, BROTLI_BUFFER, level, BROTLI_WINDOW);
    writer.write_all(body).ok()?;
    writer.flush().ok()?;
    Some(writer.into_inner())
}

/// The coding a browser likes best of those we make: brotli before gzip before none at equal
/// weight, never one with `q=0` (RFC 9110 section 12.5.3). Allocates nothing.
pub fn negotiate(accept_encoding: &HeaderValue) -> Encoding {
    let Ok(header) = accept_encoding.to_str() else {
        return Encoding::Identity;
    };
    let (mut gzip, mut brotli, mut any) = (None, None, None);
    for item in header.split(',') {
        let (name, weight) = coding_and_weight(item);
        match name {
            _ if name.eq_ignore_ascii_case("br") => brotli = Some(weight),
            _ if name.eq_ignore_ascii_case("gzip") => gzip = Some(weight),
            _ if name.eq_ignore_ascii_case("x-gzip") => gzip = Some(weight),
            "*" => any = Some(weight),
            _ => {}
        }
    }
    let brotli = brotli.or(any).unwrap_or(0);
    let gzip = gzip.or(any).unwrap_or(0);
    match (brotli, gzip) {
        (0, 0) => Encoding::Identity,
        (brotli, gzip) if brotli >= gzip => Encoding::Brotli,
        _ => Encoding::Gzip,
    }
}

/// `br;q=0.5` is `("br", 500)`; a weight we cannot read counts as nought.
fn coding_and_weight(item: &str) -> (&str, u16) {
    let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
    let parameters = parameters.trim();
    let weight = match parameters
        .strip_prefix("q=")
        .or(parameters.strip_prefix("Q="))
    {
        Some(weight) => thousandths(weight.trim()),
        None => 1000,
    };
    (name.trim(), weight)
}

fn thousandths(weight: &str) -> u16 {
    match weight.parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[track_caller]
    fn check(header: &str, wanted: Encoding) {
        let header = HeaderValue::from_str(header).unwrap();
        assert_eq!(negotiate(&header), wanted, "{header:?}");
    }

    #[test]
    fn a_browser_gets_the_smallest_coding_it_takes() {
        check("gzip, deflate, br, zstd", Encoding::Brotli);
        check("gzip", Encoding::Gzip);
        check("GZIP;q=0.4 , br;q=0.2", Encoding::Gzip);
        check("br;q=0, gzip", Encoding::Gzip);
        check("br;q=0.000, gzip;q=0", Encoding::Identity);
        check("*", Encoding::Brotli);
        check("*;q=0", Encoding::Identity);
        check("br;q=0, *", Encoding::Gzip);
        check("identity", Encoding::Identity);
        check("br;q=nonsense", Encoding::Identity);
        check("", Encoding::Identity);
    }

    #[test]
    fn every_coding_reads_back_and_small_bodies_travel_as_they_are() {
        let body = Bytes::from("the bridge reopens ".repeat(200));
        for effort in [Effort::Keep, Effort::Once] {
            let encoded = compress(body.clone(), effort);
            let mut read = Vec::new();
            let gzip = encoded.gzip.unwrap();
            flate2::read::GzDecoder::new(&gzip[..])
                .read_to_end(&mut read)
                .unwrap();
            assert_eq!(read, body);
            let brotli = encoded.brotli.unwrap();
            read.clear();
            brotli::Decompressor::new(&brotli[..], 4096)
                .read_to_end(&mut read)
                .unwrap();
            assert_eq!(read, body);
        }
        assert!(!compress(body, Effort::None).varies());
        assert!(!compress(Bytes::from("a".repeat(859)), Effort::Keep).varies());
    }
}
