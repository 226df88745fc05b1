//! Every statement about running stories and live entries, and nothing else.

store::statements! {
    /// All of them, the last changed first.
    ALL_RUNNING = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at, version
        FROM running_story ORDER BY updated_at DESC, id";

    /// One of them.
    RUNNING_BY_ID = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at, version
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
            updated_at = excluded.updated_at, version = running_story.version + 1
        RETURNING id";

    /// Whoever has this address.
    RUNNING_AT = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at, version
        FROM running_story WHERE slug = $1";

    /// A page of the list, the last changed first. Nulls leave a filter out.
    SEARCH_RUNNING = "SELECT id, slug, name, label, language, state, summary, public_safety_open, reviewed_at,
            created_at, updated_at, version
        FROM running_story
        WHERE (lower(name) LIKE $1 OR $1 IS NULL) AND (state = $2 OR $2 IS NULL)
          AND (updated_at < $3 OR (updated_at = $3 AND id > $4))
        ORDER BY updated_at DESC, id LIMIT $5";

    /// Adds one unless the address is taken.
    ADD_RUNNING = "INSERT INTO running_story
            (id, slug, name, label, language, state, summary, public_safety_open, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, $8, $8)
        ON CONFLICT (slug) DO NOTHING";

    /// Changes one, unless another hand changed it first.
    UPDATE_RUNNING = "UPDATE running_story SET slug = $3, name = $4, label = $5, language = $6, state = $7,
            summary = $8, reviewed_at = $9, updated_at = $10, version = version + 1
        WHERE id = $1 AND version = $2";

    /// A live entry moves its running story to the head of the list.
    TOUCH_RUNNING = "UPDATE running_story SET updated_at = $2 WHERE id = $1 AND updated_at < $2";

    /// The turns of the switch of one that goes.
    DELETE_TURNS = "DELETE FROM public_safety_turn WHERE running_story_id = $1";

    /// Takes one away.
    DELETE_RUNNING = "DELETE FROM running_story WHERE id = $1";

    /// Adds or changes an entry.
    PUT_ENTRY = "INSERT INTO live_entry
            (id, running_story_id, title, body, byline, key_event, pinned, status, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, byline = excluded.byline,
            key_event = excluded.key_event, pinned = excluded.pinned, status = excluded.status,
            version = live_entry.version + 1";

    /// A page of entries behind a moment and an id, newest first. Nulls leave a filter out.
    ENTRIES_AFTER = "SELECT id, title, body, byline, key_event, pinned, status, at, version FROM live_entry
        WHERE running_story_id = $1 AND (at < $2 OR (at = $2 AND id < $3)) AND (status = $4 OR $4 IS NULL)
          AND (key_event = $5 OR $5 IS NULL)
        ORDER BY at DESC, id DESC LIMIT $6";

    /// One entry of a running story.
    ENTRY = "SELECT id, title, body, byline, key_event, pinned, status, at, version FROM live_entry
        WHERE running_story_id = $1 AND id = $2";

    /// Changes an entry, unless another hand changed it first.
    UPDATE_ENTRY = "UPDATE live_entry SET title = $3, body = $4, byline = $5, key_event = $6, pinned = $7,
            status = $8, version = version + 1
        WHERE id = $1 AND version = $2";

    /// A page of entries, newest first.
    ENTRIES = "SELECT id, title, body, byline, key_event, pinned, status, at, version FROM live_entry
        WHERE running_story_id = $1 ORDER BY at DESC, id DESC LIMIT $2 OFFSET $3";

    /// The key events, newest first.
    KEY_EVENTS = "SELECT id, title, body, byline, key_event, pinned, status, at, version FROM live_entry
        WHERE running_story_id = $1 AND key_event ORDER BY at DESC, id DESC LIMIT $2";

    /// How many there are.
    COUNT_ENTRIES = "SELECT COUNT(*) AS entries FROM live_entry WHERE running_story_id = $1";

    /// Entries whose text holds these letters, such as a picture's id, newest first.
    ENTRIES_WITH = "SELECT e.id, e.title, r.slug, r.name FROM live_entry AS e
        JOIN running_story AS r ON r.id = e.running_story_id
        WHERE CAST(e.body AS TEXT) LIKE $1 ORDER BY e.at DESC, e.id DESC LIMIT $2";
}
