//! Who may come through which door, and what is logged of those who may not.

use newsroom::staff::{Role, api_token::Scope as Given};
use serde_json::json;
use testkit::{Newsroom, Spans, Visitor};
use web::{Row, Scope, StaffRight, Verb, Who};

use crate::{sheet, world::World};

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Anonymous,
    Reader,
    Contributor,
    DutyEditor,
    /// A token with this one scope.
    Token(Given),
}

const KINDS: [Kind; 7] = [
    Kind::Anonymous,
    Kind::Reader,
    Kind::Contributor,
    Kind::DutyEditor,
    Kind::Token(Given::StoriesRead),
    Kind::Token(Given::StoriesWrite),
    Kind::Token(Given::Publish),
];

/// The rule of the plan, written a second time: what somebody of this kind is refused with (V-60).
fn refused_with(who: Who, kind: Kind) -> Option<u16> {
    let has_right = |right| match kind {
        Kind::Contributor => matches!(right, StaffRight::SignedIn | StaffRight::Write),
        Kind::DutyEditor => right != StaffRight::Administer,
        _ => false,
    };
    let has_scope = |scope| match (scope, kind) {
        (Scope::Lists, Kind::Token(_)) => true,
        (Scope::StoriesRead, Kind::Token(given)) => given == Given::StoriesRead,
        (Scope::StoriesWrite, Kind::Token(given)) => given == Given::StoriesWrite,
        (Scope::Publish, Kind::Token(given)) => given == Given::Publish,
        (Scope::Lists | Scope::StoriesRead, _) => has_right(StaffRight::SignedIn),
        (Scope::StoriesWrite, _) => has_right(StaffRight::Write),
        (Scope::Publish, _) => has_right(StaffRight::Publish),
    };
    let passes = match who {
        Who::Anyone => true,
        Who::Reader => kind == Kind::Reader,
        Who::Staff(right) => has_right(right),
        Who::Machine(scope) => has_scope(scope),
    };
    match kind {
        _ if passes => None,
        Kind::Anonymous => Some(401),
        _ => Some(403),
    }
}

async fn somebody(news: &Newsroom, kind: Kind) -> Visitor<'_> {
    match kind {
        Kind::Anonymous => news.anonymous(),
        Kind::Reader => news.reader().await,
        Kind::Contributor => news.staff("cora", Role::Contributor).await.visitor,
        Kind::DutyEditor => news.staff("dora", Role::DutyEditor).await.visitor,
        Kind::Token(scope) => news.machine(&[scope]).await.visitor,
    }
}

/// Signing out stands last: it ends the session of whoever tries it.
fn rows() -> Vec<Row> {
    let mut rows = dateline::house::rows();
    rows.sort_by_key(|row| row.verb == Verb::Delete && row.path == "/api/v1/session");
    rows
}

#[tokio::test]
async fn v_60_v_61_each_door_lets_in_whom_its_row_names_and_nobody_else() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let mut tried = 0;
    for kind in KINDS {
        let visitor = somebody(&news, kind).await;
        for row in rows() {
            let address = sheet::addresses(&row, &world).await.swap_remove(0);
            let ask = visitor.asks(sheet::method(&row), &address);
            let ask = if row.verb == Verb::Get {
                ask
            } else {
                ask.json(&json!({}))
            };
            let seen = ask.sends().await;
            let status = seen.status.as_u16();
            let said = seen.text();
            // Other servers are known by what they sign, which is no visitor's to bring.
            let is_unsigned = said.contains("\"fediverse-unsigned\"");
            let refused = matches!(status, 401 | 403).then_some(status);
            let refused = refused.filter(|_| !is_unsigned);
            assert_eq!(
                refused,
                refused_with(row.who, kind),
                "{kind:?} at {}: {said}",
                seen.asked
            );
            assert!(
                !seen.status.is_server_error(),
                "{kind:?} {} {status}",
                seen.asked
            );
            tried += 1;
        }
    }
    println!("{} doors, {tried} times knocked", rows().len());
    news.settles().await;
    news.closes().await;
}

#[tokio::test]
async fn v_65_a_refusal_is_logged_with_who_and_where() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let cora = news.staff("cora", Role::Contributor).await;
    let seen = cora
        .sends("PUT", &world.draft.api("/publication"), &json!({}))
        .await;
    seen.is(403).refuses("not-allowed");
    let logged = news.log.text();
    let line = logged.lines().find(|line| line.contains("refused staff"));
    assert!(
        line.is_some_and(|line| line.contains("PUBLISH") && line.contains("403")),
        "{logged}"
    );
    assert!(!logged.contains(&cora.visitor.ip.to_string()), "{logged}");
    news.closes().await;
}

#[tokio::test]
async fn v_03_v_79_a_session_that_was_ended_lets_nobody_in() {
    Newsroom::on_both(async |news| {
        let ada = news.editor("ada").await;
        let kept = ada.visitor.cookie("__Host-staff").unwrap();
        ada.visitor
            .opens("/api/v1/session")
            .await
            .is(200)
            .shows("ada");
        let gone = ada
            .visitor
            .asks("DELETE", "/api/v1/session")
            .sends()
            .await
            .is(204);
        assert_eq!(gone.header("clear-site-data"), "\"cache\"");
        let thief = news.anonymous().with_cookie("__Host-staff", &kept);
        thief
            .opens("/api/v1/session")
            .await
            .is(401)
            .is_never_shared();
    })
    .await;
}

#[tokio::test]
async fn v_05_a_session_ends_when_nobody_used_it_for_half_a_day() {
    let news = Newsroom::open().await;
    let ada = news.editor("ada").await;
    news.clock.passes(11.hours());
    ada.visitor.opens("/api/v1/session").await.is(200);
    news.clock.passes(11.hours());
    ada.visitor.opens("/api/v1/session").await.is(200);
    news.clock.passes(12.hours());
    ada.visitor.opens("/api/v1/session").await.is(401);
    news.closes().await;
}
