//! The port to whoever holds the newsroom's key.

use std::io;

use serde::{Deserialize, Serialize};

/// Signs for the newsroom.
pub trait Signs {
    /// How it signs.
    fn algorithm(&self) -> Algorithm;

    /// The certificates in DER, the signer's own first, then each that vouches for the one before; the root may be left
    /// out.
    fn certificates(&self) -> Vec<Vec<u8>>;

    /// A signature over these bytes, as COSE takes it (RFC 9053: for ECDSA r and s, one after the other).
    ///
    /// # Errors
    /// Where whoever holds the key gives none.
    fn sign(&self, bytes: &[u8]) -> io::Result<Vec<u8>>;
}

/// The algorithms of C2PA that we can sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    Ed25519,
}

/// Bytes of a signature by either algorithm.
pub const SIGNATURE_BYTES: usize = 64;
