//! What must be true of the stories' rows at any moment, kill or no kill (PROOFS F-21).

use base::Fault;
use store::{Db, params};

use super::{
    StoryId,
    sql::{COUNT_STORIES, MISCOUNTED_REVISIONS, PUBLIC_AND_WITHDRAWN, PUBLISHED_WITHOUT_REVISION},
};

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// All stories and pages.
    pub stories: u64,
    /// Those that readers see.
    pub published: u64,
}

/// Each broken rule, in a sentence with the story's id. Empty when all is well.
pub async fn complaints(db: &Db) -> Result<Vec<String>, Fault> {
    let rules = [
        (
            &PUBLISHED_WITHOUT_REVISION,
            "is public in a revision that is not there",
        ),
        (&PUBLIC_AND_WITHDRAWN, "is public and withdrawn at once"),
        (
            &MISCOUNTED_REVISIONS,
            "does not have as many revisions as it counts",
        ),
    ];
    let mut complaints = Vec::new();
    for (statement, broken) in rules {
        for row in db.read(statement, params![]).await? {
            complaints.push(format!(
                "story {} {broken}",
                row.get::<StoryId>("story_id")?
            ));
        }
    }
    Ok(complaints)
}

/// How many stories there are.
pub async fn counts(db: &Db) -> Result<Counts, Fault> {
    let row = db.read_one(&COUNT_STORIES, params![]).await?;
    let row = row.ok_or_else(|| Fault::new("a count came back empty"))?;
    let number = |name: &str| row.get::<i64>(name).map(i64::unsigned_abs);
    Ok(Counts {
        stories: number("stories")?,
        published: number("published")?,
    })
}
