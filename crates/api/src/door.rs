//! Tells who came: staff by session, machines by bearer token, readers by theirs.

use audience::reader::session as reader_session;
use base::{Fault, Instant, clock::SharedClock};
use http::{HeaderMap, header, request::Parts};
use newsroom::staff::{
    Role, Staff, Token,
    api_token::{self, ApiToken},
    session::{self, Session},
};
use store::Db;
use web::{Doorkeeper, Rights, Scope, Scopes, StaffRight, Visitor, cookie, visit::Looking};

/// The cookie that carries a session of staff.
pub const STAFF_COOKIE: &str = "__Host-staff";

/// The house's doorkeeper. It looks, and hands out nothing: no cookie is set by reading (V-10).
pub struct Keeper {
    db: Db,
    clock: SharedClock,
}

impl Keeper {
    /// A doorkeeper who looks credentials up here.
    pub fn new(db: Db, clock: SharedClock) -> Self {
        Self { db, clock }
    }

    /// A bearer token decides where there is one; then staff, who are not counted as readers.
    async fn look(&self, headers: &HeaderMap) -> Result<Visitor, Fault> {
        let now = self.clock.now();
        if bearer(headers).is_some() {
            let machine = machine(&self.db, headers, now).await?;
            return Ok(machine.as_ref().map_or(Visitor::Anonymous, machine_visitor));
        }
        if let Some(session) = session(&self.db, headers, now).await? {
            return Ok(staff_visitor(session.staff));
        }
        self.reader(headers, now).await
    }

    async fn reader(&self, headers: &HeaderMap, now: Instant) -> Result<Visitor, Fault> {
        let token = cookie::find(headers, reader_session::NAME);
        let Some(token) = token.and_then(reader_session::Token::parse) else {
            return Ok(Visitor::Anonymous);
        };
        let reader = reader_session::reader(&self.db, &token, now).await?;
        Ok(reader.map_or(Visitor::Anonymous, |id| Visitor::Reader { id: id.uuid() }))
    }
}

impl Doorkeeper for Keeper {
    fn visitor<'a>(&'a self, parts: &'a Parts) -> Looking<'a> {
        Box::pin(self.look(&parts.headers))
    }
}

/// The session of staff that these headers carry; none where a bearer token decides.
///
/// # Errors
/// When the database is unavailable.
pub async fn session(db: &Db, headers: &HeaderMap, now: Instant) -> Result<Option<Session>, Fault> {
    match session_token(headers) {
        Some(token) if bearer(headers).is_none() => session::holder(db, &token, now).await,
        _ => Ok(None),
    }
}

/// The token of the staff session these headers carry, good or not.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<Token> {
    cookie::find(headers, STAFF_COOKIE)
        .filter(|text| !text.is_empty())
        .map(Token::from_holder)
}

/// The machine whose token these headers carry.
pub(crate) async fn machine(
    db: &Db,
    headers: &HeaderMap,
    now: Instant,
) -> Result<Option<ApiToken>, Fault> {
    match bearer(headers) {
        Some(token) => api_token::holder(db, &Token::from_holder(token), now).await,
        None => Ok(None),
    }
}

/// The bearer token of the first `Authorization`, which is the one the guard looks at too.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_at_checked("bearer ".len())?;
    scheme
        .eq_ignore_ascii_case("bearer ")
        .then_some(token.trim())
}

/// A session of staff is only opened with password and code together, so both were shown.
fn staff_visitor(staff: Staff) -> Visitor {
    Visitor::Staff {
        id: staff.id.uuid(),
        rights: rights(staff.role),
        name: staff.name,
        second_factor: true,
    }
}

fn rights(role: Role) -> Rights {
    let all = [
        (role.may_write(), StaffRight::Write),
        (role.may_publish(), StaffRight::Publish),
        (role.may_administer(), StaffRight::Administer),
    ];
    let has: Vec<StaffRight> = all
        .into_iter()
        .filter_map(|(may, right)| may.then_some(right))
        .collect();
    Rights::of(&has)
}

/// Any good token reads the short lists: they hold nothing that does not stand on the site.
fn machine_visitor(token: &ApiToken) -> Visitor {
    let mut scopes = vec![Scope::Lists];
    scopes.extend(token.scopes.iter().map(|scope| match scope {
        api_token::Scope::StoriesRead => Scope::StoriesRead,
        api_token::Scope::StoriesWrite => Scope::StoriesWrite,
        api_token::Scope::Publish => Scope::Publish,
    }));
    Visitor::Machine {
        id: token.id.uuid(),
        scopes: Scopes::of(&scopes),
    }
}
