//! The newsroom's own hand: its key and its certificates, held by the server and by no child.

use std::io;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};

use crate::signing::{Algorithm, Signs};

/// Certificates that one signature may bring along: every print carries them.
const MOST_CERTIFICATES: usize = 5;
/// Years that a certificate of our own making holds.
const YEARS: i32 = 10;

/// A key and its certificates as text, to be kept in files.
pub struct Pem {
    /// The signer's certificate, then its root.
    pub certificates: String,
    /// The root alone, for whoever wants to trust it.
    pub root: String,
    /// The private key, PKCS #8.
    pub key: String,
}

/// What was wrong with a key or a certificate, in words for the operator.
#[derive(Debug)]
pub struct Unfit(pub String);

/// Makes a key and a certificate for a newsroom that has none. It says the newsroom's name, and nobody vouches for that:
/// a reader's tool shows the name with that remark. `year` is the present one.
///
/// The certificate is as C2PA's section 14.5.1 wants it: P-256, for digital signatures, not itself a root.
///
/// # Errors
/// When the system gives no randomness, or the name cannot stand in a certificate.
pub fn made_for(name: &str, year: i32) -> Result<Pem, Unfit> {
    let unfit = |error: rcgen::Error| Unfit(format!("making a certificate: {error}"));
    let root_key = KeyPair::generate().map_err(unfit)?;
    let mut root = named(name, &format!("{name} (root)"), year);
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_certificate = root.self_signed(&root_key).map_err(unfit)?;
    let issuer = Issuer::new(root, root_key);

    let key = KeyPair::generate().map_err(unfit)?;
    let mut own = named(name, name, year);
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    own.use_authority_key_identifier_extension = true;
    let certificate = own.signed_by(&key, &issuer).map_err(unfit)?;
    Ok(Pem {
        certificates: certificate.pem() + &root_certificate.pem(),
        root: root_certificate.pem(),
        key: key.serialize_pem(),
    })
}

fn named(organisation: &str, name: &str, year: i32) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = date_time_ymd(year, 1, 1);
    params.not_after = date_time_ymd(year + YEARS, 12, 31);
    params.distinguished_name.push(DnType::CommonName, name);
    params
        .distinguished_name
        .push(DnType::OrganizationName, organisation);
    params
}

/// Signs with a key that lies in this process.
pub struct Hand {
    key: Key,
    certificates: Vec<Vec<u8>>,
}

enum Key {
    Es256(Box<EcdsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl Hand {
    /// A hand from a PEM file of certificates, the signer's own first, and one of its key in PKCS #8.
    ///
    /// # Errors
    /// When there is no certificate, too many of them, or the key is neither of P-256 nor of Ed25519.
    pub fn of(certificates: &str, key: &str) -> Result<Self, Unfit> {
        let read: Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(certificates.as_bytes()).collect();
        let read = read.map_err(|error| Unfit(format!("the certificates: {error}")))?;
        if read.is_empty() || read.len() > MOST_CERTIFICATES {
            let has = read.len();
            let words =
                format!("the certificates: there are {has}, and it takes 1 to {MOST_CERTIFICATES}");
            return Err(Unfit(words));
        }
        Ok(Self {
            key: Key::of(key)?,
            certificates: read.iter().map(|one| one.as_ref().to_vec()).collect(),
        })
    }
}

impl Key {
    fn of(pem: &str) -> Result<Self, Unfit> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes());
        let der = der.map_err(|error| {
            Unfit(format!("the key: {error}; it has to be PKCS #8 in PEM, which begins with “BEGIN PRIVATE KEY”"))
        })?;
        let bytes = der.secret_pkcs8_der();
        let random = SystemRandom::new();
        if let Ok(key) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes, &random)
        {
            return Ok(Self::Es256(Box::new(key)));
        }
        let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes);
        key.map(Self::Ed25519)
            .map_err(|_| Unfit("the key: it is neither of P-256 nor of Ed25519".into()))
    }
}

impl Signs for Hand {
    fn algorithm(&self) -> Algorithm {
        match self.key {
            Key::Es256(_) => Algorithm::Es256,
            Key::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        self.certificates.clone()
    }

    fn sign(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match &self.key {
            Key::Es256(key) => {
                let signature = key.sign(&SystemRandom::new(), bytes);
                let signature = signature.map_err(|_| io::Error::other("no signature was made"))?;
                Ok(signature.as_ref().to_vec())
            }
            Key::Ed25519(key) => Ok(key.sign(bytes).as_ref().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hand, made_for};
    use crate::signing::{SIGNATURE_BYTES, Signs};

    #[test]
    fn a_newsroom_can_sign_with_what_was_made_for_it() {
        let pem = made_for("The Harbour Post", 2026).unwrap();
        let hand = Hand::of(&pem.certificates, &pem.key).unwrap();
        assert_eq!(hand.sign(b"words").unwrap().len(), SIGNATURE_BYTES);
        assert_eq!(hand.certificates().len(), 2);
    }

    #[test]
    fn what_is_no_key_or_no_certificate_is_said_to_be_none() {
        let pem = made_for("The Harbour Post", 2026).unwrap();
        let words = |certificates: &str, key: &str| Hand::of(certificates, key).err().unwrap().0;
        assert!(words("", &pem.key).contains("there are 0"));
        assert!(words(&pem.certificates, "").contains("PKCS #8"));
        assert!(words(&pem.certificates.repeat(3), &pem.key).contains("there are 6"));
    }
}
