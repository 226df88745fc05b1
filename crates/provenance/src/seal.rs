//! Our own manifest: a print names the original it was made from, and what was done to it.

use serde::{Deserialize, Serialize};

/// What our manifest says of a print, the same for all prints of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// What the picture is called: its headline or title.
    pub title: String,
    /// Who made the prints: the newsroom's name.
    pub newsroom: String,
    /// The program, with its version.
    pub version: String,
    /// When, as RFC 3339 text; the house's clock, not this crate's.
    pub at: String,
}

/// Why a print was not sealed.
#[derive(Debug)]
pub struct Unsealed(pub String);

/// The original, as our manifests name it: hashed once, for all its prints.
pub struct Original {
    #[cfg(feature = "c2pa")]
    ingredient: c2pa::Ingredient,
}

#[cfg(not(feature = "c2pa"))]
impl Original {
    /// Nothing can be sealed here.
    ///
    /// # Errors
    /// Always.
    pub fn of(_bytes: &[u8], _media_type: &str, _title: &str) -> Result<Self, Unsealed> {
        Err(without())
    }

    /// Nothing can be sealed here.
    ///
    /// # Errors
    /// Always.
    pub fn seal(
        &self,
        _print: &[u8],
        _media_type: &str,
        _deed: &Deed,
        _is_cropped: bool,
        _signing: &dyn crate::Signs,
    ) -> Result<Vec<u8>, Unsealed> {
        Err(without())
    }
}

#[cfg(not(feature = "c2pa"))]
fn without() -> Unsealed {
    Unsealed("this program was built without C2PA".into())
}

#[cfg(feature = "c2pa")]
mod manifest;
