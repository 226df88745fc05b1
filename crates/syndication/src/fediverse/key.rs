//! Keys: ours, which signs what we send, and those of others, by which we know them.
//!
//! `ring` signs and checks, in constant time; it cannot make RSA keys, nor read how others write theirs, and
//! for these two the `rsa` crate is here. The hole that is known in that crate (RUSTSEC-2023-0071, timing) is
//! in using a private key, which it never does for us.

use std::fmt;

use base::{Fault, no::Doing};
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use rsa::{
    RsaPrivateKey, RsaPublicKey,
    pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey, EncodeRsaPublicKey},
    pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding},
};

/// Bits of a key that we make: what every other server has, and the only size that all of them read.
pub const BITS: usize = 2048;

/// The longest key of somebody else's, in bytes of PEM; one of 4,096 bits has 800.
pub const LONGEST_PEM: usize = 4096;

/// Our key.
pub struct Key {
    pair: RsaKeyPair,
    public_pem: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// Makes a key: PKCS #8 as PEM.
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn fresh() -> Result<String, Fault> {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS);
        let key = key.doing("making the key for other servers")?;
        let pem = key.to_pkcs8_pem(LineEnding::LF);
        Ok(pem.doing("writing the key for other servers")?.to_string())
    }

    /// Reads a key that [`Key::fresh`] or another program made.
    ///
    /// # Errors
    /// When it is no RSA key in PEM (PKCS #8 or PKCS #1) of 2,048 to 4,096 bits.
    pub fn read(pem: &str) -> Result<Self, Fault> {
        let doing = "reading the key for other servers";
        let key = RsaPrivateKey::from_pkcs8_pem(pem)
            .or_else(|_| RsaPrivateKey::from_pkcs1_pem(pem))
            .doing(doing)?;
        let public = RsaPublicKey::from(&key);
        let der = key.to_pkcs8_der().doing(doing)?;
        Ok(Self {
            pair: RsaKeyPair::from_pkcs8(der.as_bytes())
                .map_err(|why| Fault::while_(doing, why.to_string()))?,
            public_pem: public.to_public_key_pem(LineEnding::LF).doing(doing)?,
        })
    }

    /// The half that everybody may know, as actors show it.
    pub fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// Signs (RSASSA-PKCS1-v1_5 with SHA-256).
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                text,
                &mut signature,
            )
            .map_err(|_| Fault::new("a letter could not be signed"))?;
        Ok(signature)
    }
}

/// Somebody else's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// `RSAPublicKey` of PKCS #1, as `ring` wants it.
    der: Vec<u8>,
}

impl PublicKey {
    /// Reads how actors write theirs; nothing, when it is no RSA key of 2,048 to 4,096 bits.
    pub fn read(pem: &str) -> Option<Self> {
        let pem = Some(pem).filter(|pem| pem.len() <= LONGEST_PEM)?;
        let key = RsaPublicKey::from_public_key_pem(pem).or_else(|_| {
            RsaPublicKey::from_pkcs1_pem(pem).map_err(|_| rsa::pkcs8::spki::Error::KeyMalformed)
        });
        let der = key.ok()?.to_pkcs1_der().ok()?;
        Some(Self {
            der: der.into_vec(),
        })
    }

    /// As it was kept.
    pub(super) fn kept(der: Vec<u8>) -> Self {
        Self { der }
    }

    /// As it is kept.
    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether they signed this.
    pub fn signed(&self, text: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.der);
        key.verify(text, signature).is_ok()
    }
}
