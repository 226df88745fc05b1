//! Where requests go, what a refusal says, and what is in no log. The rest is played against a store, in `dateline`.

use super::*;

fn place(path_style: bool) -> Place {
    Place {
        endpoint: "https://s3.example:9000".into(),
        bucket: "pictures".into(),
        region: "us-east-1".into(),
        path_style,
        keys: Keys {
            id: "AKID".into(),
            secret: "kept to ourselves".into(),
        },
    }
}

#[test]
fn the_buckets_name_stands_in_the_path_or_in_front_of_the_host() {
    assert_eq!(place(true).origin(), "https://s3.example:9000");
    assert_eq!(place(false).origin(), "https://pictures.s3.example:9000");
}

#[test]
fn a_key_is_in_no_log() {
    assert!(!format!("{:?}", place(true)).contains("kept to ourselves"));
}

#[test]
fn a_refusal_is_told_by_the_stores_own_word() {
    let refused = b"<Error><Code>InvalidAccessKeyId</Code><Message>No.</Message></Error>";
    assert_eq!(code_of(refused).as_deref(), Some("InvalidAccessKeyId"));
    assert_eq!(code_of(b"nginx says no"), None);
}
