//! Tokens by which machines use the API.

use base::{Fault, Id, Instant, No, Refusal};
use store::{Db, Row, params};

use super::{Token, sql};
use crate::story::{limits::NAME, rules::at_most};

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

/// Makes a token. Its secret is shown once.
///
/// # Errors
/// Refused without a name or without a scope.
pub async fn create(
    db: &Db,
    name: &str,
    scopes: &[Scope],
    (now, expires): (Instant, Option<Instant>),
) -> Result<Token, No> {
    let mut no = Vec::new();
    if name.trim().is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(name), NAME);
    if scopes.is_empty() {
        no.push(Refusal::on("scopes", "missing"));
    }
    base::Refusals::none_of(no)?;
    let token = Token::fresh()?;
    let words: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
    let id = Id::<ApiToken>::fresh();
    let mut tx = db.begin().await?;
    tx.write(
        &sql::INSERT_TOKEN,
        params![id, name, token.hash(), words.join(" "), now, expires],
    )
    .await?;
    tx.commit().await?;
    Ok(token)
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
}

impl Kept {
    /// Whether it still lets a machine in.
    pub fn is_good(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}

/// Every token, the newest first.
pub async fn all(db: &Db) -> Result<Vec<Kept>, Fault> {
    let kept = |row: &Row| {
        Ok(Kept {
            token: token_from(row)?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
            revoked_at: row.get("revoked_at")?,
        })
    };
    let rows = db.read(&sql::ALL_TOKENS, params![]).await?;
    rows.iter().map(kept).collect()
}

/// Ends a token.
pub async fn revoke(db: &Db, id: Id<ApiToken>, now: Instant) -> Result<bool, Fault> {
    let mut tx = db.begin().await?;
    let revoked = tx.write(&sql::REVOKE_TOKEN, params![id, now]).await?;
    tx.commit().await?;
    Ok(revoked > 0)
}

fn token_from(row: &Row) -> Result<ApiToken, Fault> {
    let words: String = row.get("scopes")?;
    Ok(ApiToken {
        id: row.get("id")?,
        name: row.get("name")?,
        scopes: words.split(' ').filter_map(Scope::from_word).collect(),
    })
}
