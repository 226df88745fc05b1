//! Style sheets, scripts and fonts: known at start, compressed once, addressed by their bytes.

use std::{collections::HashMap, sync::Arc};

use base::Fault;
use bytes::Bytes;
use sha2::{Digest, Sha256, Sha384};

use crate::{
    doors::Row,
    encoding::Effort,
    kind::Kind,
    page::{Page, hex},
};

/// Where assets live; the row that serves them is `GET /assets/{name}`.
pub const FOLDER: &str = "/assets/";
/// Hexadecimal digits of the hash in an address: 48 bits, plenty for telling versions apart.
const HASH_DIGITS: usize = 12;

/// One file, before it gets its address.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name templates and style sheets use, such as `site.css` or `fonts/serif.woff2`.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
}

impl Source {
    /// A file.
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

/// Every asset of the house.
#[derive(Debug)]
pub struct Assets {
    by_name: HashMap<String, Asset>,
    by_hashed: HashMap<String, Arc<Page>>,
}

#[derive(Debug)]
struct Asset {
    address: String,
    integrity: String,
}

impl Assets {
    /// Prepares all files for that row. In style sheets, each token such as `--ACCENT--` is
    /// replaced by its value, and each `url(NAME)` of another file here by that file's address.
    ///
    /// # Errors
    /// A fault when a value is no colour or length, or a style sheet names a file that is not here.
    pub fn new(row: &Row, sources: Vec<Source>, tokens: &[(&str, &str)]) -> Result<Self, Fault> {
        if let Some((token, _)) = tokens.iter().find(|(_, value)| !is_plain_value(value)) {
            let why = format!("the style value for {token} is neither a colour nor a length");
            return Err(Fault::new(why));
        }
        let mut assets = Self {
            by_name: HashMap::new(),
            by_hashed: HashMap::new(),
        };
        let (sheets, others): (Vec<_>, Vec<_>) = sources
            .into_iter()
            .partition(|source| Kind::of_name(&source.name) == Kind::Css);
        for source in others {
            assets.add(row, source);
        }
        for mut sheet in sheets {
            sheet.bytes = assets.finished_sheet(&sheet, tokens)?;
            assets.add(row, sheet);
        }
        Ok(assets)
    }

    /// The address of a file by its plain name: `/assets/site.0123456789ab.css`.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|asset| asset.address.as_str())
    }

    /// The value of an `integrity` attribute for a file by its plain name.
    pub fn integrity(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|asset| asset.integrity.as_str())
    }

    /// The file behind an address, by what follows [`FOLDER`] in it.
    pub fn find(&self, hashed_name: &str) -> Option<Arc<Page>> {
        self.by_hashed.get(hashed_name).cloned()
    }

    fn add(&mut self, row: &Row, source: Source) {
        let hashed = hashed_name(&source);
        let asset = Asset {
            address: format!("{FOLDER}{hashed}"),
            integrity: format!("sha384-{}", base64(&Sha384::digest(&source.bytes))),
        };
        let kind = Kind::of_name(&source.name);
        let page = Page::new(row, kind, source.bytes, Effort::Keep);
        self.by_hashed.insert(hashed, page.shared());
        self.by_name.insert(source.name, asset);
    }

    fn finished_sheet(&self, sheet: &Source, tokens: &[(&str, &str)]) -> Result<Bytes, Fault> {
        let mut text = String::from_utf8(sheet.bytes.to_vec())
            .map_err(|error| Fault::while_(format!("reading {}", sheet.name), error))?;
        for (token, value) in tokens {
            text = text.replace(token, value);
        }
        let mut finished = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find("url(") {
            let (before, after) = rest.split_at(at + "url(".len());
            finished.push_str(before);
            let end = after.find(')').unwrap_or(after.len());
            let name = after[..end].trim().trim_matches(['"', '\'']);
            finished.push_str(self.sheet_address(&sheet.name, name)?);
            rest = &after[end..];
        }
        finished.push_str(rest);
        Ok(Bytes::from(finished))
    }

    /// Data and fragments stay as they are; every other file must be one of ours.
    fn sheet_address<'a>(&'a self, sheet: &str, name: &'a str) -> Result<&'a str, Fault> {
        if name.starts_with("data:") || name.starts_with('#') {
            return Ok(name);
        }
        let plain = name.trim_start_matches("./").trim_start_matches(FOLDER);
        self.address(plain).ok_or_else(|| {
            Fault::new(format!(
                "{sheet} names {name}, which is not among the files"
            ))
        })
    }
}

/// `fonts/serif.woff2` becomes `serif.0123456789ab.woff2`.
fn hashed_name(source: &Source) -> String {
    let hash = &hex(&Sha256::digest(&source.bytes))[..HASH_DIGITS];
    let file = source.name.rsplit('/').next().unwrap_or(&source.name);
    let file = file.to_ascii_lowercase();
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{file}.{hash}"),
    }
}

/// A value that cannot leave its place in a style sheet.
fn is_plain_value(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"#(),.% -/".contains(&byte);
    !value.is_empty() && value.len() <= 100 && value.bytes().all(plain)
}

/// RFC 4648 section 4, for `integrity` alone.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |nth: usize| u32::from(three.get(nth).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for nth in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * nth)) as usize & 63] as char;
            text.push(if nth <= three.len() { letter } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cache, Gate, Verb, Who, doors::Keeping, rate};

    static ROW: Row = Row::new(
        "ASSET",
        Verb::Get,
        "/assets/{name}",
        Keeping {
            who: Who::Anyone,
            cache: Cache::Asset,
            rate: rate::ASSETS,
            gate: Gate::Open,
        },
    );

    fn assets(sheet: &'static str, tokens: &[(&str, &str)]) -> Result<Assets, Fault> {
        let font = Source::new("fonts/serif.woff2", &b"a font"[..]);
        Assets::new(&ROW, vec![Source::new("site.css", sheet), font], tokens)
    }

    #[track_caller]
    fn check(sheet: &'static str, tokens: &[(&str, &str)], finished: Option<&str>) {
        let assets = assets(sheet, tokens).ok();
        let text = assets.map(|assets| {
            let address = assets.address("site.css").unwrap();
            let page = assets.find(address.strip_prefix(FOLDER).unwrap()).unwrap();
            String::from_utf8(page.bytes().to_vec()).unwrap()
        });
        assert_eq!(text.as_deref(), finished);
    }

    #[test]
    fn a_sheet_names_its_fonts_by_their_bytes_and_wears_the_newsroom_s_colour() {
        let at = "/assets/serif.ec1fdb5a2a36.woff2";
        let at = format!(
            "a{{src:url({})}}",
            assets("", &[])
                .unwrap()
                .address("fonts/serif.woff2")
                .unwrap_or(at)
        );
        check("a{src:url(fonts/serif.woff2)}", &[], Some(&at));
        check("a{src:url(\"./fonts/serif.woff2\")}", &[], Some(&at));
        check("a{src:url(data:x)}", &[], Some("a{src:url(data:x)}"));
        check("a{src:url(fonts/none.woff2)}", &[], None);
        check("a{src:url(https://evil.example/x)}", &[], None);
        check(
            "a{color:--ACCENT--}",
            &[("--ACCENT--", "#a00")],
            Some("a{color:#a00}"),
        );
        check(
            "a{color:--ACCENT--}",
            &[("--ACCENT--", "red}b{x:url(y)")],
            None,
        );
        check(
            "a{color:--ACCENT--}",
            &[("--ACCENT--", "oklch(50% 0.2 20)")],
            Some("a{color:oklch(50% 0.2 20)}"),
        );
    }

    #[test]
    fn an_address_changes_with_the_bytes_and_the_integrity_is_of_the_bytes() {
        let (one, other) = (assets("a{}", &[]).unwrap(), assets("b{}", &[]).unwrap());
        assert_ne!(one.address("site.css"), other.address("site.css"));
        assert_eq!(
            one.address("fonts/serif.woff2"),
            other.address("fonts/serif.woff2")
        );
        // As `openssl dgst -sha384 -binary | base64` says of an empty file.
        assert_eq!(
            assets("", &[]).unwrap().integrity("site.css"),
            Some("sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"),
        );
        assert_eq!(base64(b"a"), "YQ==");
        assert_eq!(base64(b"ab"), "YWI=");
    }
}
