//! Tokens by which machines use the API.

use base::{Fault, Id, Instant, No, Refusal};
use jiff::ToSpan;
use store::{Db, Row, params};

use super::{Staff, Token, sql};
use crate::story::{limits::NAME, rules::at_most};

/// Days after which a token ends at the latest, where it has an end: ten years.
pub const LONGEST_DAYS: i64 = 3_650;
/// The most tokens one page of the list holds.
pub const MAX_LISTED: u32 = 200;

/// A machine's token, without its secret.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiToken {
    /// Its id.
    pub id: Id<ApiToken>,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
}

/// One thing a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read stories, drafts among them.
    StoriesRead,
    /// Write stories.
    StoriesWrite,
    /// Publish, correct and withdraw them.
    Publish,
}

impl Scope {
    /// All there are.
    pub const ALL: [Scope; 3] = [Scope::StoriesRead, Scope::StoriesWrite, Scope::Publish];

    /// Its word, as `dateline token create --scope` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::StoriesRead => "stories:read",
            Self::StoriesWrite => "stories:write",
            Self::Publish => "publish",
        }
    }

    /// The scope of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// A token about to be made.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What it is for.
    pub name: &'a str,
    /// What it may do.
    pub scopes: &'a [Scope],
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// Who answers for it; nobody for one made on the machine itself.
    pub owner: Option<&'a Staff>,
}

/// Makes a token that nobody answers for. Its secret is shown once.
///
/// # Errors
/// As [`make`].
pub async fn create(
    db: &Db,
    name: &str,
    scopes: &[Scope],
    (now, expires_at): (Instant, Option<Instant>),
) -> Result<Token, No> {
    let new = New {
        name,
        scopes,
        expires_at,
        owner: None,
    };
    Ok(make(db, &new, now).await?.1)
}

/// Makes a token. Its secret is in the answer and nowhere else.
///
/// # Errors
/// Refused without a name or without a scope, and for an end that is not within
/// [`LONGEST_DAYS`] from now.
pub async fn make(db: &Db, new: &New<'_>, now: Instant) -> Result<(Kept, Token), No> {
    let mut no = Vec::new();
    if new.name.trim().is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(new.name), NAME);
    if new.scopes.is_empty() {
        no.push(Refusal::on("scopes", "missing"));
    }
    let last = now
        .saturating_add((24 * LONGEST_DAYS).hours())
        .unwrap_or(now);
    if new.expires_at.is_some_and(|end| end <= now || end > last) {
        no.push(Refusal::on("expires_at", "token-end").with("days", LONGEST_DAYS));
    }
    base::Refusals::none_of(no)?;
    let kept = Kept {
        token: ApiToken {
            id: Id::fresh(),
            name: new.name.trim().into(),
            scopes: Scope::ALL
                .into_iter()
                .filter(|scope| new.scopes.contains(scope))
                .collect(),
        },
        created_at: now,
        expires_at: new.expires_at.map(base::clock::to_micros),
        revoked_at: None,
        owner: new.owner.map(|staff| staff.name.clone()),
    };
    let token = Token::fresh()?;
    let words: Vec<&str> = kept.token.scopes.iter().map(|scope| scope.word()).collect();
    let (id, name, words) = (kept.token.id, &kept.token.name, words.join(" "));
    let (owner, called) = (new.owner.map(|staff| staff.id), kept.owner.as_deref());
    let end = kept.expires_at;
    let row = params![id, name, token.hash(), words, now, end, owner, called];
    let mut tx = db.begin().await?;
    tx.write(&sql::INSERT_TOKEN, row).await?;
    tx.commit().await?;
    Ok((kept, token))
}

/// The machine that holds this token, if it is still good.
pub async fn holder(db: &Db, token: &Token, now: Instant) -> Result<Option<ApiToken>, Fault> {
    let Some(row) = db.read_one(&sql::TOKEN, params![token.hash()]).await? else {
        return Ok(None);
    };
    let expired = row
        .get::<Option<Instant>>("expires_at")?
        .is_some_and(|end| end <= now);
    if expired || row.get::<Option<Instant>>("revoked_at")?.is_some() {
        return Ok(None);
    }
    token_from(&row).map(Some)
}

/// A token as its owner sees it, good or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Id, name and scopes.
    pub token: ApiToken,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// When it was ended.
    pub revoked_at: Option<Instant>,
    /// Who made it and answers for it; nobody for one made on the machine itself.
    pub owner: Option<String>,
}

impl Kept {
    /// Whether it still lets a machine in.
    pub fn is_good(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}

/// Every token, the newest first.
pub async fn all(db: &Db) -> Result<Vec<Kept>, Fault> {
    let rows = db.read(&sql::ALL_TOKENS, params![]).await?;
    rows.iter().map(kept_from).collect()
}

/// A page of tokens, the newest first, behind the moment and id in `after`; `limit` at most.
pub async fn list(
    db: &Db,
    after: Option<(Instant, Id<ApiToken>)>,
    limit: u32,
) -> Result<Vec<Kept>, Fault> {
    let beginning = (Instant::MAX, Id::from_uuid(uuid::Uuid::nil()));
    let (before, id) = after.unwrap_or(beginning);
    let row = params![base::clock::to_micros(before), id, limit.min(MAX_LISTED)];
    let rows = db.read(&sql::TOKENS_AFTER, row).await?;
    rows.iter().map(kept_from).collect()
}

/// The token of this id, without its secret.
pub async fn one(db: &Db, id: Id<ApiToken>) -> Result<Option<Kept>, Fault> {
    let row = db.read_one(&sql::TOKEN_BY_ID, params![id]).await?;
    row.as_ref().map(kept_from).transpose()
}

/// Ends a token.
pub async fn revoke(db: &Db, id: Id<ApiToken>, now: Instant) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let revoked = tx.write(&sql::REVOKE_TOKEN, params![id, now]).await?;
    tx.commit().await?;
    Ok(revoked > 0)
}

fn kept_from(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        token: token_from(row)?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
        owner: row.get("owner_name")?,
    })
}

fn token_from(row: &Row) -> Result<ApiToken, Fault> {
    let words: String = row.get("scopes")?;
    Ok(ApiToken {
        id: row.get("id")?,
        name: row.get("name")?,
        scopes: words.split(' ').filter_map(Scope::from_word).collect(),
    })
}
