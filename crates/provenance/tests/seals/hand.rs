//! A hand that signs with a certificate made for the test.

use std::io;

use provenance::{Algorithm, Signs};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};

pub struct Hand {
    key: EcdsaKeyPair,
    chain: Vec<Vec<u8>>,
    root: String,
    is_lame: bool,
}

impl Hand {
    pub fn new(name: &str) -> Self {
        let root_key = KeyPair::generate().unwrap();
        let mut root = named(&format!("{name} root"));
        root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root_certificate = root.self_signed(&root_key).unwrap();
        let issuer = Issuer::new(root, root_key);

        let key = KeyPair::generate().unwrap();
        let mut own = named(name);
        own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        own.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        own.use_authority_key_identifier_extension = true;
        let certificate = own.signed_by(&key, &issuer).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                &key.serialize_der(),
                &SystemRandom::new(),
            )
            .unwrap(),
            chain: vec![certificate.der().to_vec(), root_certificate.der().to_vec()],
            root: root_certificate.pem(),
            is_lame: false,
        }
    }

    pub fn root(&self) -> String {
        self.root.clone()
    }

    pub fn lame(self) -> Self {
        Self {
            is_lame: true,
            ..self
        }
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, name.to_string());
    params
        .distinguished_name
        .push(DnType::OrganizationName, name.to_string());
    params
}

impl Signs for Hand {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        self.chain.clone()
    }

    fn sign(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        if self.is_lame {
            return Err(io::Error::other("no hand"));
        }
        let signature = self.key.sign(&SystemRandom::new(), bytes);
        let signature = signature.map_err(|_| io::Error::other("not signed"))?;
        Ok(signature.as_ref().to_vec())
    }
}
