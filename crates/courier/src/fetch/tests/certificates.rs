//! Servers that speak TLS and are not who they should be.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
};
use tokio_rustls::TlsAcceptor;

use super::*;

/// The name that is asked for.
const NAME: &str = "news.example";

/// A server under TLS, and the authority that the fetcher is told to trust.
struct Secure {
    place: SocketAddr,
    authority: CertificateDer<'static>,
    /// How many requests were heard.
    requests: Arc<AtomicUsize>,
}

impl Secure {
    async fn open(name: &str, years: [i32; 2], by_itself: bool) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ours = "The authority of these tests";
        params.distinguished_name.push(DnType::CommonName, ours);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let mut params = CertificateParams::new(vec![name.to_string()]).unwrap();
        params.not_before = date_time_ymd(years[0], 1, 1);
        params.not_after = date_time_ymd(years[1], 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = match by_itself {
            true => params.self_signed(&key),
            false => params.signed_by(&key, &authority),
        };
        let chain = vec![certificate.unwrap().der().clone()];
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key.into())
            .unwrap();
        let authority = authority.der().clone();
        Self::serve(TlsAcceptor::from(Arc::new(config)), authority).await
    }

    async fn serve(tls: TlsAcceptor, authority: CertificateDer<'static>) -> Self {
        let listener = TcpListener::bind(format!("{ALLOWED}:0")).await.unwrap();
        let place = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let heard = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = tls.accept(stream).await else {
                    continue;
                };
                let mut head = [0; 4096];
                if stream.read(&mut head).await.is_ok_and(|read| read > 0) {
                    heard.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(page("hello").as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        Self {
            place,
            authority,
            requests,
        }
    }

    /// Asks the server under the name that it should have.
    async fn asked(&self) -> Result<Fetched, Unfetched> {
        let names = StubNames::new();
        names.forward_is(NAME, ALLOWED);
        let port = self.place.port();
        let fetcher = fetcher(names, rules(&[port]));
        let trusting = tls::trusting_also(self.authority.clone()).unwrap();
        assert!(fetcher.trusting.set(trusting).is_ok());
        fetcher.get(&format!("https://{NAME}:{port}/")).await
    }
}

#[tokio::test]
async fn v_76_a_server_that_is_not_who_it_should_be_hears_no_request() {
    for (name, years, by_itself, says) in [
        (
            "elsewhere.example",
            [2020, 2999],
            false,
            "not valid for name",
        ),
        (NAME, [2001, 2002], false, "expired"),
        (NAME, [2998, 2999], false, "not valid yet"),
        (NAME, [2020, 2999], true, "UnknownIssuer"),
    ] {
        let server = Secure::open(name, years, by_itself).await;
        let refused = server.asked().await;
        let said = refused.expect_err("a refusal").to_string();
        assert!(said.contains(says), "{said}");
        assert_eq!(server.requests.load(Ordering::SeqCst), 0, "{says}");
    }
}

#[tokio::test]
async fn v_76_a_server_that_is_who_it_should_be_is_fetched_from() {
    let server = Secure::open(NAME, [2020, 2999], false).await;
    let fetched = server.asked().await.unwrap();
    assert_eq!(&fetched.body[..], b"hello");
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn v_76_an_authority_that_only_a_test_trusts_is_trusted_by_nobody_else() {
    let server = Secure::open(NAME, [2020, 2999], false).await;
    let names = StubNames::new();
    names.forward_is(NAME, ALLOWED);
    let port = server.place.port();
    let fetcher = fetcher(names, rules(&[port]));
    let refused = fetcher.get(&format!("https://{NAME}:{port}/")).await;
    let said = refused.expect_err("a refusal").to_string();
    assert!(
        said.contains("UnknownIssuer") || said.contains("certificates"),
        "{said}"
    );
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}
