//! The sheet of doors: every route of the house as data, with who may come, what may be kept, and how often.
//!
//! [`doors!`](crate::doors!) makes the rows and mounts the handlers from the same lines, so routing
//! and every test read one list.

mod sheet;

use std::collections::HashSet;

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{guard, house::House, rate::Rate, shield::Shield};

/// The largest body a door takes when its row names no limit, in bytes: room for a form.
pub const PLAIN_BODY_LIMIT: usize = 64 * 1024;
/// The largest body any row may ask for, in bytes (A-42: far below the 4 GiB where lengths wrap).
pub const LARGEST_BODY_LIMIT: usize = 256 * 1024 * 1024;

/// The path of the one row that may answer for every address no other row has.
pub const ANYWHERE: &str = "/{*path}";

/// One door of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The door's name on the sheet, such as `STORY`; logs speak of doors by this name.
    pub name: &'static str,
    /// What is done there.
    pub verb: Verb,
    /// The address, with `{names}` for its moving parts.
    pub path: &'static str,
    /// Who may come.
    pub who: Who,
    /// What others may keep of the answer.
    pub cache: Cache,
    /// How often one client may come.
    pub rate: Rate,
    /// Whether the answer may hold gated text.
    pub gate: Gate,
    /// The largest body in bytes; nought for `Get`.
    pub body_limit: usize,
    /// The query keys this door knows. On a shared-cacheable `Get` any other key leads to the
    /// clean address; elsewhere the handler decides.
    pub query: &'static [&'static str],
    /// Which set of security headers the answer wears.
    pub shield: Shield,
    /// Whether capitals in the address have a meaning.
    pub case: Case,
}

/// What is done at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Reads; answers `HEAD` too, and changes nothing (V-13).
    Get,
    /// Makes something.
    Post,
    /// Puts something in its place, again and again with the same result.
    Put,
    /// Changes a part.
    Patch,
    /// Takes away.
    Delete,
}

/// Who may come through a door. There is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// A reader who is signed in.
    Reader,
    /// Staff with this right, by session.
    Staff(StaffRight),
    /// A bearer token with this scope, or staff with the right that goes with it.
    Machine(Scope),
}

/// What the doorkeeper says a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StaffRight {
    /// Is staff at all; the only right of a session that has not shown its second factor.
    SignedIn,
    /// May write stories.
    Write,
    /// May publish, correct and withdraw.
    Publish,
    /// May change the house: staff, tokens, settings.
    Administer,
}

/// What a bearer token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Reads stories, drafts included.
    StoriesRead,
    /// Writes stories.
    StoriesWrite,
    /// Publishes, corrects and withdraws.
    Publish,
    /// Reads sections, topics, people and running stories.
    Lists,
}

impl StaffRight {
    /// Its word in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "sign-in",
            Self::Write => "write",
            Self::Publish => "publish",
            Self::Administer => "administer",
        }
    }
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] = [
        Self::StoriesRead,
        Self::StoriesWrite,
        Self::Publish,
        Self::Lists,
    ];

    /// Its word, as tokens are made with it; every token has `lists`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::StoriesRead => "stories:read",
            Self::StoriesWrite => "stories:write",
            Self::Publish => "publish",
            Self::Lists => "lists",
        }
    }

    /// The right that lets staff through the same door.
    pub const fn right(self) -> StaffRight {
        match self {
            Self::StoriesRead | Self::Lists => StaffRight::SignedIn,
            Self::StoriesWrite => StaffRight::Write,
            Self::Publish => StaffRight::Publish,
        }
    }
}

/// What others may keep of an answer; [`crate::guard`] renders it, and nobody else writes the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cache {
    /// Shared caches keep it for a minute and may show it a little longer; browsers ask each time.
    Page,
    /// As `Page`, for feeds, sitemaps and robots; feed readers may hold it for a minute too.
    Feed,
    /// The address changes with the bytes: kept for a year.
    Asset,
    /// For one person: `private, no-store`.
    Personal,
    /// Not kept by anybody: `no-store`.
    Never,
}

impl Cache {
    /// Whether a shared cache may keep it, so that nothing about the visitor may show in it.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Page | Self::Feed | Self::Asset)
    }
}

/// Whether an answer may hold gated text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Holds no gated text, by its type.
    Open,
    /// A story's shell: the public part only.
    Shell,
    /// May hold gated text, so it must be `Personal`.
    Gated,
    /// For staff.
    StaffOnly,
}

/// Whether capitals in an address have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// No: the small letters are the address, and a `Get` in capitals is led there.
    Small,
    /// Yes: a token stands in the path.
    Exact,
}

impl Row {
    /// A row with the plain limits of its verb; the macro adds the rest and calls [`Row::checked`].
    pub const fn new(name: &'static str, verb: Verb, path: &'static str, keeping: Keeping) -> Self {
        let Keeping {
            who,
            cache,
            rate,
            gate,
        } = keeping;
        let body_limit = match verb {
            Verb::Get => 0,
            _ => PLAIN_BODY_LIMIT,
        };
        Self {
            name,
            verb,
            path,
            who,
            cache,
            rate,
            gate,
            body_limit,
            query: &[],
            shield: Shield::of(gate),
            case: Case::Small,
        }
    }

    /// Sets the largest body, in bytes.
    pub const fn with_body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Names the query keys this door knows.
    pub const fn with_query(mut self, keys: &'static [&'static str]) -> Self {
        self.query = keys;
        self
    }

    /// Chooses the security headers.
    pub const fn with_shield(mut self, shield: Shield) -> Self {
        self.shield = shield;
        self
    }

    /// Says whether capitals have a meaning.
    pub const fn with_case(mut self, case: Case) -> Self {
        self.case = case;
        self
    }

    /// Refuses a row that contradicts itself; in the macro this happens while compiling.
    ///
    /// # Panics
    /// When a row that depends on the visitor could be kept by others, or has no sensible limit.
    pub const fn checked(self) -> Self {
        let known_visitor = !matches!(self.who, Who::Anyone);
        let shared = self.cache.is_shared();
        assert!(
            !(known_visitor && shared),
            "what depends on the visitor is never shared"
        );
        let gated = matches!(self.gate, Gate::Gated);
        assert!(
            !gated || matches!(self.cache, Cache::Personal),
            "gated text is Personal"
        );
        let staff = matches!(self.who, Who::Staff(_) | Who::Machine(_));
        assert!(
            !matches!(self.gate, Gate::StaffOnly) || staff,
            "StaffOnly needs staff"
        );
        let reads = matches!(self.verb, Verb::Get);
        assert!(reads || !shared, "only a Get may be shared");
        assert!(!reads || self.body_limit == 0, "a Get has no body");
        assert!(
            self.body_limit <= LARGEST_BODY_LIMIT,
            "the body limit is too large"
        );
        self
    }
}

/// The four promises that every row makes.
#[derive(Debug, Clone, Copy)]
pub struct Keeping {
    /// See [`Row::who`].
    pub who: Who,
    /// See [`Row::cache`].
    pub cache: Cache,
    /// See [`Row::rate`].
    pub rate: Rate,
    /// See [`Row::gate`].
    pub gate: Gate,
}

/// Rows together with their handlers; only [`doors!`](crate::doors!) makes them.
pub struct Doors<S> {
    rows: Vec<Row>,
    mounted: Vec<Door<S>>,
}

/// One row with its handler mounted.
#[doc(hidden)]
pub struct Door<S> {
    row: &'static Row,
    handler: MethodRouter<S>,
}

impl<S: Clone + Send + Sync + 'static> Door<S> {
    /// Mounts a handler on its row.
    pub fn new<H: Handler<T, S>, T: 'static>(row: &'static Row, handler: H) -> Self {
        Self {
            row,
            handler: on(row.verb.filter(), handler),
        }
    }
}

impl Verb {
    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Patch => MethodFilter::PATCH,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Doors<S> {
    #[doc(hidden)]
    pub fn holding(rows: &[Row], mounted: Vec<Door<S>>) -> Self {
        let rows = rows.to_vec();
        Self { rows, mounted }
    }

    /// Every row, in the order of the sheet.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Puts another sheet below this one.
    ///
    /// # Panics
    /// When two rows share a verb and a path: a door leads to one place.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self.mounted.extend(other.mounted);
        assert_no_door_twice(&self.rows);
        self
    }

    /// Gives the handlers what they work with, so that sheets of different crates can be merged.
    pub fn with_state(self, state: S) -> Doors<()> {
        let mounted = self.mounted.into_iter().map(|door| Door {
            row: door.row,
            handler: door.handler.with_state(state.clone()),
        });
        Doors {
            rows: self.rows,
            mounted: mounted.collect(),
        }
    }

    /// The whole as a service: each handler behind its guard, everything else a problem page; and
    /// the porter for what is answered in front of it.
    pub fn into_service(self, state: S, house: House) -> (Router, guard::Porter) {
        assert_no_door_twice(&self.rows);
        let keeper = guard::Keeper::new(house, self.rows);
        let porter = guard::Porter::new(keeper.clone());
        let mut router = Router::new();
        let mut anywhere = None;
        for Door { row, handler } in self.mounted {
            let guarded = handler.route_layer(guard::GuardLayer::new(row, keeper.clone()));
            if row.path == ANYWHERE {
                anywhere = Some(guarded.with_state(state.clone()));
            } else {
                router = router.route(row.path, guarded);
            }
        }
        let elsewhere = keeper.clone();
        let wrong_verb = keeper;
        let router = router
            .fallback(move |request| guard::elsewhere(elsewhere.clone(), anywhere.clone(), request))
            .method_not_allowed_fallback(move |request| {
                guard::wrong_verb(wrong_verb.clone(), request)
            })
            .with_state(state);
        (router, porter)
    }
}

fn assert_no_door_twice(rows: &[Row]) {
    let mut seen = HashSet::new();
    for row in rows {
        assert!(
            seen.insert((row.verb, row.path)),
            "{} {:?} stands twice",
            row.path,
            row.verb
        );
    }
}
