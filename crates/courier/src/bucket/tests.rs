//! Signing by the examples that Amazon publishes, and what is read of lists and refusals.

use super::{signing::Unsigned, *};

/// The keys of the examples in “Authenticating Requests: Using the Authorization Header”, which open nothing.
fn keys() -> Keys {
    Keys {
        id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
    }
}

#[test]
fn requests_are_signed_as_amazons_examples_are() {
    #[track_caller]
    fn check(request: &Unsigned<'_>, signature: &str) {
        let at = "2013-05-24T00:00:00Z".parse().unwrap();
        let signed = request.signed(&keys(), "us-east-1", at);
        let (_, line) = signed
            .iter()
            .find(|(name, _)| *name == "authorization")
            .unwrap();
        assert!(line.ends_with(signature), "{line}");
    }
    let get = Unsigned {
        method: "GET",
        host: "examplebucket.s3.amazonaws.com",
        path: "/test.txt",
        query: "",
        more: &[("range", "bytes=0-9")],
        body: b"",
    };
    check(
        &get,
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
    let put = Unsigned {
        method: "PUT",
        path: "/test%24file.text",
        more: &[
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ],
        body: b"Welcome to Amazon S3.",
        ..get
    };
    check(
        &put,
        "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    );
    let list = Unsigned {
        method: "GET",
        path: "/",
        query: "max-keys=2&prefix=J",
        more: &[],
        body: b"",
        ..put
    };
    check(
        &list,
        "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    );
}

#[test]
fn a_key_is_in_no_log() {
    assert!(!format!("{:?}", keys()).contains("wJalr"));
}

#[test]
fn a_list_is_read_with_what_the_next_page_begins_with() {
    let page = b"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
        <Name>b</Name><IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b==</NextContinuationToken>\
        <Contents><Key>ab/abcd</Key><LastModified>2026-11-20T10:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag>\
        <Size>12</Size><Owner><ID>1</ID></Owner></Contents></ListBucketResult>";
    let mut all = Vec::new();
    assert_eq!(listed(page, &mut all).unwrap().as_deref(), Some("a&b=="));
    let object = Object {
        key: "ab/abcd".into(),
        since: "2026-11-20T10:00:00Z".parse().unwrap(),
        bytes: 12,
    };
    assert_eq!(all, [object]);
    assert!(listed(b"<ListBucketResult><a></b>", &mut all).is_err());
    let refused = b"<Error><Code>NoSuchBucket</Code><Message>No.</Message></Error>";
    assert_eq!(value_of(refused, "Code").as_deref(), Some("NoSuchBucket"));
    assert_eq!(value_of(b"nginx says no", "Code"), None);
}
