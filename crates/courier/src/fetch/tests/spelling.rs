//! What an address spells: numbers in every dress, queries as they were given, and whose door this is.

use super::*;

/// Spellings of addresses, and what they are judged as (WHATWG URL, host parsing).
const SPELLED: [(&str, &str); 16] = [
    ("0177.0.0.1", "127.0.0.1"),
    ("0300.0250.0.1", "192.168.0.1"),
    ("2130706433", "127.0.0.1"),
    ("3232235521", "192.168.0.1"),
    ("0x7f000001", "127.0.0.1"),
    ("0x7f.1", "127.0.0.1"),
    ("10.1", "10.0.0.1"),
    ("169.16689662", "169.254.169.254"),
    ("0", "0.0.0.0"),
    ("[::ffff:10.0.0.1]", "::ffff:10.0.0.1"),
    ("[::ffff:808:808]", "::ffff:8.8.8.8"),
    ("[64:ff9b::a00:1]", "64:ff9b::a00:1"),
    ("[64:ff9b::808:808]", "64:ff9b::808:808"),
    ("[2002:a00:1::]", "2002:a00:1::"),
    ("[2001:0:53aa:64c::1]", "2001:0:53aa:64c::1"),
    ("[::127.0.0.1]", "::7f00:1"),
];

#[tokio::test]
async fn a_17_every_spelling_of_an_address_is_judged_as_what_it_is() {
    let names = Arc::new(StubNames::new());
    let fetcher = Fetcher::new(names.clone(), Rules::default());
    for (spelled, is) in SPELLED {
        let refused = fetcher.get(&format!("http://{spelled}/")).await;
        let expected: IpAddr = is.parse().unwrap();
        assert!(
            matches!(refused, Err(Unfetched::NotPublic { ip, .. }) if ip == expected),
            "{spelled}: {refused:?}"
        );
    }
    assert_eq!(names.questions(), 0);
}

#[tokio::test]
async fn a_18_a_query_is_sent_as_it_was_given_and_a_fragment_not_at_all() {
    for (given, sent) in [
        ("/a?url=x%26size%3D9#top", "/a?url=x%26size%3D9"),
        ("/a?url=x&size=9", "/a?url=x&size=9"),
        ("/a?url=%23b", "/a?url=%23b"),
        ("/a?url=x%2526", "/a?url=x%2526"),
        ("/a%3Fb?c", "/a%3Fb?c"),
        ("/a?b\r\nX-Evil: 1", "/a?bX-Evil:%201"),
    ] {
        let listener = TcpListener::bind(format!("{ALLOWED}:0")).await.unwrap();
        let place = listener.local_addr().unwrap();
        let asked = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap();
            stream.write_all(page("x").as_bytes()).await.unwrap();
            String::from_utf8_lossy(&head[..read]).into_owned()
        });
        let address = format!("http://{place}{given}");
        let fetcher = fetcher(StubNames::new(), rules(&[place.port()]));
        fetcher.get(&address).await.unwrap();
        let head = asked.await.unwrap();
        let line = head.lines().next().unwrap_or_default();
        assert_eq!(line, format!("GET {sent} HTTP/1.1"), "{given:?}");
    }
}

#[test]
fn a_16_no_other_crate_names_a_client_of_its_own() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut read = 0;
    for folder in std::fs::read_dir(crates).unwrap() {
        let manifest = folder.unwrap().path().join("Cargo.toml");
        let Ok(text) = std::fs::read_to_string(&manifest) else {
            continue;
        };
        read += 1;
        let shipped = text.split("[dev-dependencies]").next().unwrap_or_default();
        let is_ours = shipped.contains("name = \"courier\"");
        for client in [
            "reqwest",
            "ureq",
            "isahc",
            "curl",
            "attohttpc",
            "hyper-rustls",
        ] {
            let names = shipped.lines().any(|line| line.starts_with(client));
            assert!(!names || is_ours, "{} names {client}", manifest.display());
        }
    }
    assert!(read > 10);
}

#[test]
fn v_74_what_is_left_unsaid_is_strict() {
    let rules = Rules::default();
    assert_eq!((rules.redirects, rules.allowed.len()), (0, 0));
    assert_eq!(rules.ports, [80, 443]);
    assert_eq!(rules.deadline, Duration::from_secs(5));
    assert_eq!(rules.largest, 5 * 1024 * 1024);
}
