//! TLS on `ring`, with the certificates that this machine trusts.

use std::sync::Arc;

use base::{Fault, no::Doing};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;

/// Makes `ring` the process's provider of cryptography for TLS. Call it once, first thing in `main`;
/// calling it again changes nothing.
///
/// Our own clients name their provider themselves. This is for libraries that ask for the default.
pub fn ready() {
    // Somebody else having been first is what we wanted, or is not ours to undo.
    let _ = ring::default_provider().install_default();
}

/// A client that trusts whom this machine trusts.
pub(crate) fn trusting_the_system() -> Result<ClientConfig, Fault> {
    Ok(builder()?
        .with_platform_verifier()
        .doing("loading the certificates that this machine trusts (is ca-certificates installed?)")?
        .with_no_client_auth())
}

/// A client that trusts whom this machine trusts, and one more, by the same verifier.
#[cfg(test)]
pub(crate) fn trusting_also(
    root: rustls::pki_types::CertificateDer<'static>,
) -> Result<ClientConfig, Fault> {
    let provider = Arc::new(ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots([root], provider)
        .doing("trusting one more")?;
    Ok(builder()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// A client that trusts nobody, for plain HTTP, so that loading certificates is not waited for.
pub(crate) fn trusting_nobody() -> Result<ClientConfig, Fault> {
    Ok(builder()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, Fault> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .doing("choosing the versions of TLS")
}
