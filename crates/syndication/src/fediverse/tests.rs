//! Keys, and what strangers write: whatever it is, it is read or refused.

use std::sync::OnceLock;

use base::Instant;
use proptest::prelude::*;

use super::{
    inbox::Activity,
    key::{Key, PublicKey},
    signature::{Arrived, claim},
};

fn ours() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::read(&Key::fresh().unwrap()).unwrap())
}

#[test]
fn a_key_is_read_as_it_was_made_and_what_it_signed_is_believed_and_nothing_else() {
    let public = PublicKey::read(ours().public_pem()).unwrap();
    let signature = ours().sign(b"a letter").unwrap();
    assert!(public.signed(b"a letter", &signature));
    assert!(!public.signed(b"another", &signature));
    assert!(!public.signed(b"a letter", &signature[1..]));
    assert!(!public.signed(b"a letter", &[]));
    let kept = PublicKey::kept(public.der().to_vec());
    assert!(kept.signed(b"a letter", &signature));
}

#[test]
fn what_is_no_key_is_none() {
    #[track_caller]
    fn check(pem: &str) {
        assert_eq!(PublicKey::read(pem), None, "{pem}");
    }
    check("");
    check("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    check(&ours().public_pem().replace("PUBLIC", "PRIVATE"));
    check(&"A".repeat(super::key::LONGEST_PEM + 1));
    assert!(Key::read("no key").is_err());
    assert!(Key::read(ours().public_pem()).is_err());
}

proptest! {
    #[test]
    fn whatever_a_header_says_it_is_a_claim_or_a_refusal(
        signature in header(), input in prop::option::of(header()), digest in header(),
    ) {
        let mut headers = vec![
            ("signature", signature.as_str()),
            ("digest", &digest),
            ("content-digest", &digest),
            ("host", "news.example"),
        ];
        headers.extend(input.as_deref().map(|input| ("signature-input", input)));
        let arrived = Arrived {
            site: "https://news.example",
            target: "/_ap/inbox",
            headers,
            body: b"{}",
        };
        // Chance finds no body's digest.
        prop_assert!(claim(&arrived, Instant::UNIX_EPOCH).is_err());
    }

    #[test]
    fn whatever_a_body_holds_it_is_an_activity_or_a_refusal(body in any::<Vec<u8>>(), text in body()) {
        let _ = Activity::read(&body);
        let _ = Activity::read(text.as_bytes());
    }
}

/// Pieces of headers in any order.
fn header() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "keyId=",
        "\"https://a.example/u#k\"",
        "headers=",
        "\"(request-target) host date digest\"",
        "signature=",
        "\"AAAA\"",
        ",",
        ", ",
        ";",
        "=",
        "\"",
        "(",
        ")",
        "()",
        "sig1=",
        "sig1=(\"@method\" \"@path\")",
        ":",
        ";created=",
        "1",
        "-1",
        "99999999999999999999",
        "(created)",
        "SHA-256=",
        "sha-256=:AA==:",
        "א",
        " ",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

/// Pieces of JSON in any order.
fn body() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        ":",
        ",",
        "\"type\":",
        "\"Follow\"",
        "\"actor\":",
        "\"object\":",
        "null",
        "1e999",
        "\"https://a.example/\"",
        "\u{0}",
        "א",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}
