//! The statements by which the edition is read, and nothing else. The tables are the story's.

store::statements! {
    /// A page of everything public, oldest first.
    PUBLISHED_AFTER = "SELECT story_id, revision, path, card, first_at, changed_at FROM publication
        WHERE first_at > $1 OR (first_at = $1 AND story_id > $2)
        ORDER BY first_at, story_id LIMIT $3";

    /// One public story.
    PUBLISHED_STORY = "SELECT story_id, revision, path, card, first_at, changed_at FROM publication
        WHERE story_id = $1";
}
