//! Codes against the RFC's own vectors.

use super::code::{base32, code_at, otpauth_url, step_of};

/// RFC 6238 appendix B, SHA-1, cut to six digits.
#[test]
fn time_codes_are_those_of_the_rfc() {
    #[track_caller]
    fn check(second: i64, code: &str) {
        assert_eq!(code_at(b"12345678901234567890", second / 30), code);
    }
    check(59, "287082");
    check(1_111_111_109, "081804");
    check(1_111_111_111, "050471");
    check(1_234_567_890, "005924");
    check(2_000_000_000, "279037");
    check(20_000_000_000, "353130");
}

#[test]
fn a_code_is_good_once_and_for_a_step_either_way() {
    let secret = b"12345678901234567890";
    let now = jiff::Timestamp::from_second(59).unwrap();
    assert_eq!(step_of(secret, " 287 082", now, 0), Some(1));
    assert_eq!(step_of(secret, "287082", now, 1), None);
    let late = jiff::Timestamp::from_second(59 + 61).unwrap();
    assert_eq!(step_of(secret, "287082", late, 0), None);
    assert_eq!(step_of(secret, "", now, 0), None);
}

#[test]
fn the_secret_can_be_read_by_an_app() {
    assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
    let url = otpauth_url("The Meridian", "ada@example.org", b"foobar");
    assert_eq!(
        url,
        "otpauth://totp/The%20Meridian:ada%40example.org?secret=MZXW6YTBOI&issuer=The%20Meridian"
    );
}
