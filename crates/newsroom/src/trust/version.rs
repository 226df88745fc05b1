//! What a trust page said before: who changed it, when and how, and every earlier text.

use base::{Document, Fault, Instant, Slug};
use store::{Db, Row, params};

use super::{
    Act,
    sql::{TRUST_VERSION, TRUST_VERSIONS},
};
use crate::story::from_word;

/// The most versions that are listed, newest first: years of a page that changes weekly.
pub const MAX_VERSIONS: u32 = 500;

/// One line of a page's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number.
    pub version: u32,
    /// What was done.
    pub act: Act,
    /// The title since then.
    pub title: String,
    /// Whether its text is the one the page came with.
    pub starter: bool,
    /// Whether readers saw it from then on.
    pub shown: bool,
    /// By whom; nobody where the page was laid out by the program.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// An earlier text, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Its line in the history.
    pub line: Line,
    /// The title then.
    pub title: String,
    /// The text then.
    pub body: Document,
}

/// The history of a page, newest first, behind the version `after`, `limit` at most; empty where no
/// such page is.
pub async fn lines(
    db: &Db,
    slug: &Slug,
    after: Option<u32>,
    limit: u32,
) -> Result<Vec<Line>, Fault> {
    let before = after.unwrap_or(u32::MAX);
    let asked = params![slug.as_str(), before, limit.min(MAX_VERSIONS)];
    let rows = db.read(&TRUST_VERSIONS, asked).await?;
    rows.iter().map(line_from).collect()
}

/// The text of one version.
pub async fn text(db: &Db, slug: &Slug, version: u32) -> Result<Option<Text>, Fault> {
    let asked = params![slug.as_str(), version];
    let row = db.read_one(&TRUST_VERSION, asked).await?;
    row.as_ref().map(text_from).transpose()
}

pub(super) fn text_from(row: &Row) -> Result<Text, Fault> {
    let line = line_from(row)?;
    Ok(Text {
        title: line.title.clone(),
        body: row.document("body")?,
        line,
    })
}

fn line_from(row: &Row) -> Result<Line, Fault> {
    Ok(Line {
        version: row.get("version")?,
        act: from_word(&row.get::<String>("act")?)?,
        title: row.get("title")?,
        starter: row.get("starter")?,
        shown: row.get("shown")?,
        by: row.get("made_by_name")?,
        at: row.get("made_at")?,
    })
}
