//! Sessions on both engines.

use store::{Db, testing::on_both};

use super::{session::Token, *};
use crate::MIGRATIONS;

const NOW: Instant = Instant::constant(1_800_000_000, 0);

async fn somebody_signed_in(db: &Db) -> (Id<Reader>, Token) {
    let mut tx = db.begin().await.unwrap();
    let reader = register(&mut tx, NOW).await.unwrap();
    let token = session::open(&mut tx, reader, NOW).await.unwrap();
    tx.commit().await.unwrap();
    (reader, token)
}

#[tokio::test]
async fn a_session_leads_to_its_reader_until_it_is_over() {
    on_both(&[MIGRATIONS], async |db| {
        let (ada, token) = somebody_signed_in(&db).await;
        let (grace, other) = somebody_signed_in(&db).await;
        let last = NOW + session::LASTS - jiff::SignedDuration::from_micros(1);
        assert_eq!(session::reader(&db, &token, NOW).await.unwrap(), Some(ada));
        assert_eq!(
            session::reader(&db, &other, last).await.unwrap(),
            Some(grace)
        );
        assert_eq!(
            session::reader(&db, &other, NOW + session::LASTS)
                .await
                .unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_leads_nowhere_and_others_go_on() {
    on_both(&[MIGRATIONS], async |db| {
        let (_, token) = somebody_signed_in(&db).await;
        let (grace, other) = somebody_signed_in(&db).await;
        let mut tx = db.begin().await.unwrap();
        session::end(&mut tx, &token).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(session::reader(&db, &token, NOW).await.unwrap(), None);
        assert_eq!(
            session::reader(&db, &other, NOW).await.unwrap(),
            Some(grace)
        );
    })
    .await;
}

#[tokio::test]
async fn sessions_that_are_over_are_swept_away() {
    on_both(&[MIGRATIONS], async |db| {
        somebody_signed_in(&db).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(session::sweep(&mut tx, NOW).await.unwrap(), 0);
        assert_eq!(
            session::sweep(&mut tx, NOW + session::LASTS).await.unwrap(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    on_both(&[MIGRATIONS], async |db| {
        db.prepare_all(&crate::statements()).await.unwrap()
    })
    .await;
}

#[test]
fn a_token_reads_back_and_nothing_else_is_one() {
    let text = "0123456789abcdef".repeat(4);
    let token = Token::parse(&text).unwrap();
    assert_eq!(token.reveal(), text);
    assert_eq!(format!("{token:?}"), "Token(…)");
    let (cut, long) = (&text[1..], format!("{text}0"));
    for bad in [
        "",
        cut,
        &long,
        &text.to_uppercase(),
        &text.replace('0', "g"),
        &"é".repeat(32),
    ] {
        assert!(Token::parse(bad).is_none(), "{bad}");
    }
}
