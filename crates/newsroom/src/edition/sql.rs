//! The statements by which the edition is read, and nothing else. The tables are the story's.

store::statements! {
    /// A page of everything public, oldest first.
    PUBLISHED_AFTER = "SELECT p.story_id, p.revision, p.path, p.card, p.first_at, p.changed_at, k.prints,
            l.picture_id AS pulled
        FROM publication AS p
        LEFT JOIN picture_use AS u ON u.story_id = p.story_id AND u.is_lead
        LEFT JOIN picture AS k ON k.id = u.picture_id
        LEFT JOIN picture_pull AS l ON l.picture_id = k.id
        WHERE p.first_at > $1 OR (p.first_at = $1 AND p.story_id > $2)
        ORDER BY p.first_at, p.story_id LIMIT $3";

    /// One public story.
    PUBLISHED_STORY = "SELECT p.story_id, p.revision, p.path, p.card, p.first_at, p.changed_at, k.prints,
            l.picture_id AS pulled
        FROM publication AS p
        LEFT JOIN picture_use AS u ON u.story_id = p.story_id AND u.is_lead
        LEFT JOIN picture AS k ON k.id = u.picture_id
        LEFT JOIN picture_pull AS l ON l.picture_id = k.id
        WHERE p.story_id = $1";
}
