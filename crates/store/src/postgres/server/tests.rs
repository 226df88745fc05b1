//! Which servers are spoken to, and who they must prove to be, against a stub that speaks TLS.

use std::{
    io::Write,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::postgres::connection::Connection;

#[track_caller]
fn check(settings: &str, is_fine: bool) {
    assert_eq!(read(settings).is_ok(), is_fine, "{settings}");
}

#[test]
fn only_servers_on_this_machine_are_spoken_to_in_the_clear() {
    check("postgres://desk@localhost/news", true);
    check("postgres://desk@127.0.0.1:5433/news", true);
    check("postgres://desk@[::1]/news", true);
    check("postgres://desk@localhost/news?sslmode=disable", true);
    check("host=/run/postgresql dbname=news", true);
    check("postgres:///news?host=/run/postgresql", true);
    check("postgres://desk@db.example.org/news", false);
    check("postgres://desk@db.example.org/news?sslmode=disable", false);
    check("host=localhost,192.0.2.7 dbname=news", false);
    check("host=localhost hostaddr=192.0.2.7 dbname=news", false);
    check("postgres://desk@", true);
    check("no such thing", false);
}

#[test]
fn v_76_tls_that_is_asked_for_is_verified_or_refused() {
    check(
        "postgres://desk@db.example.org/news?sslmode=verify-full",
        true,
    );
    check("postgres://desk@db.example.org/news?sslmode=require", true);
    check("host=db.example.org sslmode=verify-full", true);
    check(
        "postgres://desk@db.example.org/news?sslmode=verify-ca",
        false,
    );
    check("postgres://desk@db.example.org/news?sslmode=prefer", false);
    check("postgres://desk@localhost/news?sslmode=allow", false);
    check("postgres://desk@localhost/news?sslmode=yes", false);
    check("host=/run/postgresql sslmode=require", false);
    check("host=localhost sslrootcert=/nowhere/ca.pem", false);
    check(
        "host=localhost sslmode=require sslrootcert=/nowhere/ca.pem",
        false,
    );
}

/// Whose word a certificate has.
enum Signed {
    ByOurs,
    ByItself,
}

/// An authority, its certificate in a file, and a server that shows a certificate of it.
struct Stub {
    root: PathBuf,
    port: u16,
    /// How many sessions were begun under TLS, and in the clear.
    under_tls: Arc<AtomicUsize>,
    in_the_clear: Arc<AtomicUsize>,
}

impl Stub {
    async fn open(name: &str, years: [i32; 2], signed: Signed) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name_of_ours = "The authority of these tests";
        params
            .distinguished_name
            .push(DnType::CommonName, name_of_ours);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let mut params = CertificateParams::new(vec![name.to_string()]).unwrap();
        params.not_before = date_time_ymd(years[0], 1, 1);
        params.not_after = date_time_ymd(years[1], 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = match signed {
            Signed::ByOurs => params.signed_by(&key, &authority),
            Signed::ByItself => params.self_signed(&key),
        };
        let chain = vec![certificate.unwrap().der().clone()];
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key.into())
            .unwrap();
        let root = file_of(authority.der());
        Self::serve(root, Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn without_tls() -> Self {
        let params = CertificateParams::new(Vec::new()).unwrap();
        let authority = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        Self::serve(file_of(authority.der()), None).await
    }

    async fn serve(root: PathBuf, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self {
            root,
            port: listener.local_addr().unwrap().port(),
            under_tls: Arc::default(),
            in_the_clear: Arc::default(),
        };
        let counts = (stub.under_tls.clone(), stub.in_the_clear.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, counts) = (tls.clone(), counts.clone());
                tokio::spawn(async move { answer(stream, tls, counts).await });
            }
        });
        stub
    }

    /// What a connection ends in: the stub never gets as far as a session.
    async fn refusal(&self) -> String {
        let (port, root) = (self.port, self.root.display());
        let settings = format!(
            "host=localhost hostaddr=127.0.0.1 port={port} user=desk sslmode=verify-full sslrootcert={root}"
        );
        let server = read(&settings).unwrap();
        let refused = Connection::open(&server).await;
        std::fs::remove_file(&self.root).unwrap();
        refused
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }

    fn sessions(&self) -> (usize, usize) {
        let count = |sessions: &AtomicUsize| sessions.load(Ordering::SeqCst);
        (count(&self.under_tls), count(&self.in_the_clear))
    }
}

/// A certificate in a file of its own.
fn file_of(certificate: &CertificateDer<'_>) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dateline-root-{}.pem", uuid::Uuid::now_v7()));
    let encoded = base64(certificate);
    let mut file = std::fs::File::create(&path).unwrap();
    write!(
        file,
        "-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"
    )
    .unwrap();
    path
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

/// Says yes or no to TLS, and counts whoever begins a session; then it hangs up.
async fn answer(
    mut stream: TcpStream,
    tls: Option<TlsAcceptor>,
    (under_tls, in_the_clear): (Arc<AtomicUsize>, Arc<AtomicUsize>),
) {
    let mut asked = [0; 8];
    if stream.read_exact(&mut asked).await.is_err() {
        return;
    }
    // SSLRequest (PostgreSQL protocol, message formats); anything else begins a session.
    if asked != [0, 0, 0, 8, 4, 210, 22, 47] {
        in_the_clear.fetch_add(1, Ordering::SeqCst);
        return;
    }
    let Some(tls) = tls else {
        let _ = stream.write_all(b"N").await;
        if stream.read_exact(&mut asked).await.is_ok() {
            in_the_clear.fetch_add(1, Ordering::SeqCst);
        }
        return;
    };
    let _ = stream.write_all(b"S").await;
    let Ok(mut stream) = tls.accept(stream).await else {
        return;
    };
    if stream.read_exact(&mut asked).await.is_ok() {
        under_tls.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn v_76_a_database_server_that_is_not_who_it_should_be_is_not_spoken_to() {
    use Signed::{ByItself, ByOurs};
    for (name, years, signed, says) in [
        (
            "elsewhere.example",
            [2020, 2999],
            ByOurs,
            "not valid for name",
        ),
        ("localhost", [2001, 2002], ByOurs, "expired"),
        ("localhost", [2998, 2999], ByOurs, "not valid yet"),
        ("localhost", [2020, 2999], ByItself, "UnknownIssuer"),
    ] {
        let stub = Stub::open(name, years, signed).await;
        let said = stub.refusal().await;
        assert!(said.contains(says), "{said}");
        assert_eq!(stub.sessions(), (0, 0), "{says}");
    }
}

#[tokio::test]
async fn v_76_a_database_server_that_is_who_it_should_be_is_spoken_to_under_tls() {
    let stub = Stub::open("localhost", [2020, 2999], Signed::ByOurs).await;
    // The stub hangs up once it has seen the session begin.
    stub.refusal().await;
    assert_eq!(stub.sessions(), (1, 0));
}

#[tokio::test]
async fn v_76_where_tls_was_asked_for_nothing_is_said_in_the_clear() {
    let stub = Stub::without_tls().await;
    let said = stub.refusal().await;
    assert!(said.contains("server does not support TLS"), "{said}");
    assert_eq!(stub.sessions(), (0, 0));
}
