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

mod coming_in {
    use base::{Instant, No};
    use jiff::ToSpan;
    use store::{Db, testing::on_both};

    use crate::{
        MIGRATIONS,
        staff::{
            self, Role, Staff, Token,
            api_token::{self, Scope},
            code::code_at,
            enrol::{self, Enrolment},
            session::{self, Credentials},
            suspend,
        },
    };

    const PASSWORD: &str = "a long walk by the river";

    fn noon() -> Instant {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    /// The code of this moment, from the secret as it was shown.
    fn code(secret: &str, now: Instant) -> String {
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: String = secret
            .chars()
            .map(|ch| format!("{:05b}", LETTERS.find(ch).unwrap()))
            .collect();
        let bytes: Vec<u8> = bits
            .as_bytes()
            .chunks_exact(8)
            .map(|bits| u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap())
            .collect();
        code_at(&bytes, now.as_second() / 30)
    }

    async fn invited(db: &Db) -> Token {
        let mut tx = db.begin().await.unwrap();
        let token = enrol::invite(&mut tx, Role::Owner, noon()).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    async fn come_in(db: &Db) -> Staff {
        let token = invited(db).await;
        let begun = enrol::begin(db, "N", &enrolment(&token), noon()).await;
        let right = code(&begun.unwrap().secret, noon());
        enrol::confirm(db, &token, &right, noon()).await.unwrap()
    }

    fn enrolment(token: &Token) -> Enrolment<'_> {
        Enrolment {
            token,
            name: "Ada Quill",
            email: "Ada@example.org",
            password: PASSWORD,
        }
    }

    #[tokio::test]
    async fn v_48_the_first_owner_comes_in_by_a_token_that_is_good_once() {
        on_both(&[MIGRATIONS], async |db| {
            let token = invited(&db).await;
            let begun = enrol::begin(&db, "N", &enrolment(&token), noon())
                .await
                .unwrap();
            let wrong = enrol::confirm(&db, &token, "000000", noon()).await;
            assert!(matches!(wrong, Err(No::Refused(no)) if no.has("wrong-code")));
            let right = code(&begun.secret, noon());
            let owner = enrol::confirm(&db, &token, &right, noon()).await.unwrap();
            assert_eq!(
                (owner.role, owner.email.as_str()),
                (Role::Owner, "ada@example.org")
            );
            let again = enrol::begin(&db, "N", &enrolment(&token), noon()).await;
            assert!(matches!(again, Err(No::Refused(no)) if no.has("expired-token")));
        })
        .await;
    }

    #[tokio::test]
    async fn v_52_whatever_is_wrong_sounds_the_same_and_a_code_works_once() {
        on_both(&[MIGRATIONS], async |db| {
            let token = invited(&db).await;
            let begun = enrol::begin(&db, "N", &enrolment(&token), noon())
                .await
                .unwrap();
            enrol::confirm(&db, &token, &code(&begun.secret, noon()), noon())
                .await
                .unwrap();
            let later = noon() + 2.minutes();
            let code = code(&begun.secret, later);
            let email = "ada@example.org";
            for (email, password, code) in [
                ("nobody@example.org", PASSWORD, code.as_str()),
                (email, "another password", code.as_str()),
                (email, PASSWORD, "000000"),
            ] {
                let answer = session::sign_in(
                    &db,
                    &Credentials {
                        email,
                        password,
                        code,
                    },
                    later,
                )
                .await;
                assert!(matches!(answer, Err(No::Refused(no)) if no.has("wrong-sign-in")));
            }
            let good = Credentials {
                email,
                password: PASSWORD,
                code: &code,
            };
            let (staff, session) = session::sign_in(&db, &good, later).await.unwrap();
            assert_eq!(
                session::holder(&db, &session, later).await.unwrap(),
                Some(session::Session {
                    staff,
                    fresh_until: later + session::IDLE_HOURS.hours(),
                    ends_at: later + (24 * session::LONGEST_DAYS).hours(),
                })
            );
            assert!(
                session::sign_in(&db, &good, later).await.is_err(),
                "the code worked twice"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn v_03_v_05_a_session_ends_by_itself_and_when_told() {
        on_both(&[MIGRATIONS], async |db| {
            let token = invited(&db).await;
            let begun = enrol::begin(&db, "N", &enrolment(&token), noon())
                .await
                .unwrap();
            let first = code(&begun.secret, noon());
            let staff = enrol::confirm(&db, &token, &first, noon()).await.unwrap();
            let one = session::open(&db, &staff, noon()).await.unwrap();
            let idle = noon() + session::IDLE_HOURS.hours();
            let week = noon() + (24 * session::LONGEST_DAYS).hours();
            let opened = session::holder(&db, &one, noon()).await.unwrap().unwrap();
            assert_eq!(opened, session::Session::opened(staff.clone(), noon()));
            assert_eq!((opened.fresh_until, opened.ends_at), (idle, week));
            assert!(
                session::holder(&db, &one, idle - 1.second())
                    .await
                    .unwrap()
                    .is_some()
            );
            assert!(
                session::holder(&db, &one, idle + session::IDLE_HOURS.hours())
                    .await
                    .unwrap()
                    .is_none()
            );
            let two = session::open(&db, &staff, noon()).await.unwrap();
            session::end(&db, &two).await.unwrap();
            assert!(session::holder(&db, &two, noon()).await.unwrap().is_none());
        })
        .await;
    }

    #[tokio::test]
    async fn the_last_hours_of_a_session_are_told_as_they_are() {
        on_both(&[MIGRATIONS], async |db| {
            let staff = come_in(&db).await;
            let token = session::open(&db, &staff, noon()).await.unwrap();
            let mut now = noon();
            let end = noon() + (24 * session::LONGEST_DAYS).hours();
            while now < end {
                let held = session::holder(&db, &token, now).await.unwrap().unwrap();
                assert_eq!(held.ends_at, end);
                assert_eq!(held.fresh_until, end.min(now + session::IDLE_HOURS.hours()));
                now += 7.hours();
            }
            assert!(session::holder(&db, &token, end).await.unwrap().is_none());
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_leaves_is_shut_out_at_once_and_can_be_let_in_again() {
        on_both(&[MIGRATIONS], async |db| {
            let staff = come_in(&db).await;
            let token = session::open(&db, &staff, noon()).await.unwrap();
            let (whom, ended) = suspend::suspend(&db, " Ada@Example.org ", noon())
                .await
                .unwrap();
            assert_eq!((whom.id, ended), (staff.id, 1));
            assert!(
                session::holder(&db, &token, noon())
                    .await
                    .unwrap()
                    .is_none()
            );
            let everybody = staff::all(&db).await.unwrap();
            assert_eq!(everybody[0].disabled_at, Some(noon()));
            let nobody = suspend::suspend(&db, "nobody@example.org", noon()).await;
            assert!(matches!(nobody, Err(No::Absent)));
            suspend::restore(&db, "ada@example.org").await.unwrap();
            assert!(
                session::holder(&db, &token, noon())
                    .await
                    .unwrap()
                    .is_none()
            );
            let new = session::open(&db, &staff, noon()).await.unwrap();
            assert!(session::holder(&db, &new, noon()).await.unwrap().is_some());
            let again = suspend::restore(&db, "ada@example.org").await;
            assert!(matches!(again, Err(No::Absent)));
        })
        .await;
    }

    #[tokio::test]
    async fn an_invitation_that_ran_out_is_forgotten_with_whoever_began_by_it() {
        on_both(&[MIGRATIONS], async |db| {
            let ada = come_in(&db).await;
            let token = invited(&db).await;
            let begun = Enrolment {
                email: "ben@example.org",
                ..enrolment(&token)
            };
            enrol::begin(&db, "N", &begun, noon()).await.unwrap();
            assert_eq!(enrol::sweep(&db, noon()).await.unwrap(), 0);
            assert_eq!(staff::all(&db).await.unwrap().len(), 2);
            let late = noon() + enrol::INVITATION_HOURS.hours();
            assert_eq!(enrol::sweep(&db, late).await.unwrap(), 1);
            assert_eq!(staff::all(&db).await.unwrap(), [ada]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_01_a_token_is_known_by_its_hash_alone_and_expires() {
        on_both(&[MIGRATIONS], async |db| {
            let until = noon() + 1.hour();
            let scopes = [Scope::StoriesRead, Scope::Publish];
            let token = api_token::create(&db, "wire", &scopes, (noon(), Some(until)))
                .await
                .unwrap();
            let holder = api_token::holder(&db, &token, noon())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(holder.scopes, scopes);
            assert!(
                api_token::holder(&db, &token, until)
                    .await
                    .unwrap()
                    .is_none()
            );
            assert!(
                api_token::holder(&db, &Token::fresh().unwrap(), noon())
                    .await
                    .unwrap()
                    .is_none()
            );
            let kept = api_token::all(&db).await.unwrap();
            assert_eq!(kept[0].token, holder);
            assert!(kept[0].is_good(noon()) && !kept[0].is_good(until));
            assert!(api_token::revoke(&db, holder.id, noon()).await.unwrap());
            assert!(!api_token::all(&db).await.unwrap()[0].is_good(noon()));
            assert!(
                api_token::holder(&db, &token, noon())
                    .await
                    .unwrap()
                    .is_none()
            );
        })
        .await;
    }
}
