//! Who came: the doorkeeper looks at a request once, and handlers get a [`Visit`] to read.

use std::{convert::Infallible, future::Future, net::IpAddr, pin::Pin, sync::Arc};

use axum::extract::FromRequestParts;
use base::Fault;
use http::request::Parts;
use uuid::Uuid;

use crate::{
    doors::{Row, Scope, StaffRight},
    problem::Problem,
    rate::{Allowance, Key, Limits, Rate},
};

/// Somebody at the door, as the doorkeeper knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visitor {
    /// Nobody we know. On doors whose answer is shared, everybody is this.
    Anonymous,
    /// A reader who is signed in.
    Reader {
        /// The reader's id.
        id: Uuid,
    },
    /// A member of staff with a session.
    Staff {
        /// The staff member's id.
        id: Uuid,
        /// The name to show.
        name: String,
        /// What they may do.
        rights: Rights,
        /// Whether this session has shown its second factor; without it only `SignedIn` counts.
        second_factor: bool,
    },
    /// A program with a bearer token.
    Machine {
        /// The token's id.
        id: Uuid,
        /// What the token may do.
        scopes: Scopes,
    },
}

impl Visitor {
    /// The account by which a signed-in visitor is counted.
    pub fn account(&self) -> Option<Uuid> {
        match self {
            Self::Anonymous => None,
            Self::Reader { id } | Self::Staff { id, .. } | Self::Machine { id, .. } => Some(*id),
        }
    }

    /// Whether this is staff who may do that, with the second factor where the right needs one.
    pub fn may(&self, right: StaffRight) -> bool {
        matches!(self, Self::Staff { rights, second_factor, .. }
            if rights.has(right) && (*second_factor || right == StaffRight::SignedIn))
    }

    /// One word for the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Reader { .. } => "reader",
            Self::Staff { .. } => "staff",
            Self::Machine { .. } => "machine",
        }
    }
}

/// A set of staff rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u8);

impl Rights {
    /// A set of these rights; `SignedIn` is in every set.
    pub fn of(rights: &[StaffRight]) -> Self {
        let signed_in = 1 << StaffRight::SignedIn as u8;
        Self(
            rights
                .iter()
                .fold(signed_in, |set, right| set | 1 << *right as u8),
        )
    }

    /// Whether the right is in the set.
    pub const fn has(self, right: StaffRight) -> bool {
        self.0 & (1 << right as u8) != 0
    }
}

/// A set of token scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// A set of these scopes.
    pub fn of(scopes: &[Scope]) -> Self {
        Self(scopes.iter().fold(0, |set, scope| set | 1 << *scope as u8))
    }

    /// Whether the scope is in the set.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u8) != 0
    }

    /// The words of those in the set, such as `stories:read, lists`.
    pub fn words(self) -> String {
        let held = Scope::ALL.into_iter().filter(|scope| self.has(*scope));
        held.map(Scope::word).collect::<Vec<_>>().join(", ")
    }
}

/// What the doorkeeper answers with, later.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Visitor, Fault>> + Send + 'a>>;

/// Tells who came, from cookies or a bearer token.
///
/// Asked only at doors whose answer is not shared. Where a request carries `Authorization`, its
/// token decides and cookies are not looked at: such requests skip the same-origin check.
pub trait Doorkeeper: Send + Sync {
    /// Who sent this request; a credential that is unknown or too old makes `Anonymous`.
    fn visitor<'a>(&'a self, parts: &'a Parts) -> Looking<'a>;
}

/// A doorkeeper who knows nobody.
pub struct NobodyKnown;

impl Doorkeeper for NobodyKnown {
    fn visitor<'a>(&'a self, _parts: &'a Parts) -> Looking<'a> {
        Box::pin(std::future::ready(Ok(Visitor::Anonymous)))
    }
}

/// One request as a handler may know it, and an extractor.
#[derive(Clone)]
pub struct Visit {
    /// Where the request came from; forwarding headers count only from trusted proxies.
    pub client: IpAddr,
    /// Who came.
    pub visitor: Visitor,
    /// The door; `None` where no door was found.
    pub row: Option<&'static Row>,
    /// What is left of the door's rate for whoever came; `None` where rates are waived.
    pub allowance: Option<Allowance>,
    pub(crate) limits: Arc<Limits>,
}

impl Visit {
    /// Counts one more try against a name, such as the address in a sign-in form (V-54), whoever
    /// makes it.
    ///
    /// # Errors
    /// The 429 problem when there were too many.
    pub fn count_against(&self, rate: Rate, name: &str) -> Result<(), Problem> {
        self.limits
            .check(rate, Key::named(name))
            .map(|_| ())
            .map_err(Problem::too_often)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let visit = parts.extensions.get::<Self>().cloned();
        visit.ok_or_else(|| Fault::new("a handler asked for the visit outside a door").into())
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let visit = parts.extensions.get::<Visit>();
        Ok(visit.map_or(Self::Anonymous, |visit| visit.visitor.clone()))
    }
}
