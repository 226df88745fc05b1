//! Every statement about running stories and live entries, and nothing else.

store::statements! {
    /// All of them, the last changed first.
    ALL_RUNNING = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at
        FROM running_story ORDER BY updated_at DESC, id";

    /// One of them.
    RUNNING_BY_ID = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at
        FROM running_story WHERE id = $1";

    /// Turns the public-safety switch.
    TURN_SAFETY = "UPDATE running_story SET public_safety_open = $2 WHERE id = $1";

    /// A line of the switch's history.
    INSERT_TURN = "INSERT INTO public_safety_turn (id, running_story_id, open, turned_by, turned_by_name, turned_at)
        VALUES ($1, $2, $3, $4, $5, $6)";

    /// Adds or changes one; the id of the one with this slug comes back.
    PUT_RUNNING = "INSERT INTO running_story
            (id, slug, name, label, language, state, summary, public_safety_open, reviewed_at, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, label = excluded.label,
            language = excluded.language, state = excluded.state, summary = excluded.summary,
            public_safety_open = excluded.public_safety_open, reviewed_at = excluded.reviewed_at,
            updated_at = excluded.updated_at
        RETURNING id";

    /// Adds or changes an entry.
    PUT_ENTRY = "INSERT INTO live_entry
            (id, running_story_id, title, body, byline, key_event, pinned, status, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, byline = excluded.byline,
            key_event = excluded.key_event, pinned = excluded.pinned, status = excluded.status";

    /// A page of entries, newest first.
    ENTRIES = "SELECT id, title, body, byline, key_event, pinned, status, at FROM live_entry
        WHERE running_story_id = $1 ORDER BY at DESC, id DESC LIMIT $2 OFFSET $3";

    /// The key events, newest first.
    KEY_EVENTS = "SELECT id, title, body, byline, key_event, pinned, status, at FROM live_entry
        WHERE running_story_id = $1 AND key_event ORDER BY at DESC, id DESC LIMIT $2";

    /// How many there are.
    COUNT_ENTRIES = "SELECT COUNT(*) AS entries FROM live_entry WHERE running_story_id = $1";
}
