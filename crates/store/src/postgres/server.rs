//! The server that the settings name, and how it is spoken to: in the clear on this machine, or under
//! TLS whose other end is verified (V-76).

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::{
    Client, Config, Error, Socket,
    config::{Host, SslMode},
    tls::MakeTlsConnect,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::words::{self, Words};
use crate::error::StoreError;

/// What a name in the log of the server says who we are.
const APPLICATION_NAME: &str = "dateline";

/// A server, and the TLS to it. Where the settings ask for none, `config` forbids it and `tls` is idle.
pub(super) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

type Wire =
    tokio_postgres::Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

impl Server {
    /// Connects; the second half must be driven for the first to work.
    pub async fn connect(&self) -> Result<(Client, Wire), Error> {
        self.config.connect(self.tls.clone()).await
    }
}

/// Reads the settings.
///
/// # Errors
/// Refused when they cannot be read; when our words would reach a server on another machine in the
/// clear; and when they ask for TLS in a way that would not verify the server.
pub(super) fn read(settings: &str) -> Result<Server, StoreError> {
    let Words { rest, mode, root } = words::take(settings);
    // The parser's message may repeat the settings, and they hold a password.
    let mut config: Config = rest
        .parse()
        .map_err(|_| StoreError::Place("the PostgreSQL settings cannot be read".into()))?;
    config.application_name(APPLICATION_NAME);
    config.connect_timeout(crate::patience::CONNECT_LIMIT);
    let asks = asks_for_tls(mode.as_deref(), config.get_ssl_mode())?;
    if !asks && root.is_some() {
        return refuse(
            "sslrootcert names a certificate, but sslmode does not ask for TLS; write sslmode=verify-full",
        );
    }
    let tls = if asks {
        if config.get_hosts().iter().any(is_socket) {
            return refuse("TLS is not spoken over a socket of this machine; leave sslmode out");
        }
        config.ssl_mode(SslMode::Require);
        trusting(root.as_deref())?
    } else {
        if !is_near(&config) {
            return refuse(
                "the PostgreSQL server is on another machine; add sslmode=verify-full, so that it is \
                 spoken to under TLS, or use a tunnel that ends on this machine",
            );
        }
        config.ssl_mode(SslMode::Disable);
        builder()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    let tls = MakeRustlsConnect::new(tls);
    Ok(Server { config, tls })
}

fn refuse<T>(why: &str) -> Result<T, StoreError> {
    Err(StoreError::Place(why.into()))
}

/// Whether the settings ask for TLS. `require` verifies here as `verify-full` does: TLS to whoever
/// answers is no protection.
fn asks_for_tls(written: Option<&str>, parsed: SslMode) -> Result<bool, StoreError> {
    match (written, parsed) {
        (Some("require" | "verify-full"), _) | (None, SslMode::Require) => Ok(true),
        // `prefer` is what holds when nothing is written.
        (Some("disable") | None, _) => Ok(false),
        (Some("prefer" | "allow"), _) => refuse(
            "sslmode=prefer and sslmode=allow may end in the clear without a word; write \
             sslmode=verify-full or sslmode=disable",
        ),
        (Some("verify-ca"), _) => refuse(
            "sslmode=verify-ca does not look at the server's name; write sslmode=verify-full",
        ),
        (Some(_), _) => refuse("sslmode is disable, require or verify-full"),
    }
}

fn is_socket(host: &Host) -> bool {
    !matches!(host, Host::Tcp(_))
}

/// Whether every host is this machine.
fn is_near(config: &Config) -> bool {
    let names = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            let address = name.parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    let mut addresses = config.get_hostaddrs().iter();
    names && addresses.all(std::net::IpAddr::is_loopback)
}

/// A client that trusts the certificates of one file, or whom this machine trusts.
fn trusting(root: Option<&str>) -> Result<ClientConfig, StoreError> {
    let Some(path) = root else {
        let builder = builder()?.with_platform_verifier().map_err(|error| {
            let why = "the certificates that this machine trusts cannot be loaded (is ca-certificates installed?)";
            StoreError::Place(format!("{why}: {error}"))
        })?;
        return Ok(builder.with_no_client_auth());
    };
    let unread = |error: String| StoreError::Place(format!("sslrootcert {path}: {error}"));
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| unread(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| unread(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| unread(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unread("there is no certificate in it".into()));
    }
    Ok(builder()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, StoreError> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Place(format!("choosing the versions of TLS: {error}")))
}

#[cfg(test)]
mod tests;
