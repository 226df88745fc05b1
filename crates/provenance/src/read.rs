//! A manifest is verified, and what readers may be shown is made of it.

use crate::told::Told;

/// Whom the newsroom believes: PEM bundles of certificates. Empty, nobody is vouched for, and a signature that fits is
/// shown as that and no more.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Trust {
    /// Roots, such as the list of the C2PA's conformance programme.
    pub anchors: Option<String>,
    /// Single signers.
    pub signers: Option<String>,
}

/// What a picture of this media type says of where it comes from; nothing when it says nothing. Bytes of strangers are
/// read in the darkroom's child alone.
#[cfg(feature = "c2pa")]
pub fn read(bytes: &[u8], media_type: &str, trust: &Trust) -> Option<Told> {
    manifest::read(bytes, media_type, trust)
}

/// As with the feature, for a picture that says nothing: none is understood here.
#[cfg(not(feature = "c2pa"))]
pub fn read(_bytes: &[u8], _media_type: &str, _trust: &Trust) -> Option<Told> {
    None
}

#[cfg(feature = "c2pa")]
pub(crate) mod manifest;
