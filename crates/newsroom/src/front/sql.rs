//! Every statement about the front, and nothing else. The stories' tables are the story's.

store::statements! {
    /// The slots in order.
    ALL_SLOTS = "SELECT position, story_id, weight FROM front_slot ORDER BY position";

    /// The slots in order, with the stories in them as the desk's list shows them.
    SLOTS_OF_THE_DESK = "SELECT front_slot.weight, story.id, story.revision, story.updated_at, revision.fields,
            publication.path, publication.first_at, schedule.due_at,
            CASE WHEN withdrawal.story_id IS NOT NULL THEN 'withdrawn'
                 WHEN publication.story_id IS NOT NULL THEN 'published'
                 WHEN schedule.story_id IS NOT NULL THEN 'scheduled'
                 ELSE story.desk_state END AS state
        FROM front_slot
        JOIN story ON story.id = front_slot.story_id
        JOIN revision ON revision.story_id = story.id AND revision.number = story.revision
        LEFT JOIN publication ON publication.story_id = story.id
        LEFT JOIN withdrawal ON withdrawal.story_id = story.id
        LEFT JOIN schedule ON schedule.story_id = story.id
        ORDER BY front_slot.position";

    /// Empties the front, before it is set anew in the same transaction.
    CLEAR_SLOTS = "DELETE FROM front_slot";

    /// Fills one slot.
    PUT_SLOT = "INSERT INTO front_slot (position, story_id, weight) VALUES ($1, $2, $3)";

    /// What a story is among stories, if it is there.
    KIND_OF_STORY = "SELECT kind FROM story WHERE id = $1";

    /// Who arranged the front last.
    NEWEST_ARRANGEMENT = "SELECT version, arranged_by_name, arranged_at FROM front_arrangement
        ORDER BY version DESC LIMIT 1";

    /// A line of the front's history; nothing when somebody else wrote it first.
    INSERT_ARRANGEMENT = "INSERT INTO front_arrangement (version, slots, arranged_by, arranged_by_name, arranged_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (version) DO NOTHING";
}
