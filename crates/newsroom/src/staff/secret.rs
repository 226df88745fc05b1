//! Secrets that are handed out once and kept as hashes.

use base::Fault;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};

/// Bytes of chance in a token: 256 bits (ASVS 7.2.3 asks for 128).
const TOKEN_BYTES: usize = 32;

/// A token as its holder has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one, from the machine's secure source of chance.
    pub fn fresh() -> Result<Self, Fault> {
        let bytes = chance::<TOKEN_BYTES>()?;
        Ok(Self(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// The token as a request brought it.
    pub fn from_holder(text: &str) -> Self {
        Self(text.into())
    }

    /// What the holder keeps. Shown once, never logged.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps. A token is all chance, so a plain hash is enough.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// `N` bytes of chance.
pub(super) fn chance<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Fault::new("the machine gave no random bytes"))?;
    Ok(bytes)
}
