//! Every statement about stories, their revisions and states, and nothing else.

store::statements! {
    /// A new story.
    INSERT_STORY = "INSERT INTO story
        (id, kind, headline, section_id, running_story_id, language, desk_state, revision, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)";

    /// The story's searchable columns after a new revision; takes hold only if nobody saved first.
    UPDATE_STORY = "UPDATE story SET headline = $3, section_id = $4, running_story_id = $5, language = $6,
        revision = revision + 1, updated_at = $7 WHERE id = $1 AND revision = $2";

    /// How far along the desk it is.
    SET_DESK_STATE = "UPDATE story SET desk_state = $2, updated_at = $3 WHERE id = $1";

    /// A sealed revision.
    INSERT_REVISION = "INSERT INTO revision (story_id, number, fields, made_by, made_by_name, made_at, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// A story with its newest revision and every state it is in.
    STORY_BY_ID = "SELECT story.id, story.kind, story.revision, story.desk_state, story.created_at, story.updated_at,
            revision.fields, first_one.made_by AS begun_by, first_one.made_by_name AS begun_by_name,
            publication.revision AS public_revision, publication.path, publication.first_at,
            publication.changed_at, publication.published_by_name,
            withdrawal.reason, withdrawal.note, withdrawal.substitute_id, withdrawal.withdrawn_at, withdrawal.withdrawn_by_name,
            schedule.due_at
        FROM story
        JOIN revision ON revision.story_id = story.id AND revision.number = story.revision
        JOIN revision AS first_one ON first_one.story_id = story.id AND first_one.number = 1
        LEFT JOIN publication ON publication.story_id = story.id
        LEFT JOIN withdrawal ON withdrawal.story_id = story.id
        LEFT JOIN schedule ON schedule.story_id = story.id
        WHERE story.id = $1";

    /// The number of a story's newest revision.
    NEWEST_REVISION = "SELECT revision FROM story WHERE id = $1";

    /// The notes of one story, oldest first.
    NOTES_OF_STORY = "SELECT class, words, noted_at FROM public_note WHERE story_id = $1 ORDER BY noted_at, id";

    /// The fields of one revision.
    REVISION = "SELECT fields, made_by_name, made_at, why FROM revision WHERE story_id = $1 AND number = $2";

    /// The revisions of a story, newest first.
    REVISIONS = "SELECT number, made_by_name, made_at, why FROM revision
        WHERE story_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";

    /// A page of the desk's list, by last change. Nulls leave a filter out.
    LIST = "SELECT id, headline, kind, language, section_id, revision, updated_at, fields, state, path, first_at,
            due_at
        FROM (
            SELECT story.id, story.headline, story.kind, story.language, story.section_id, story.revision,
                story.updated_at, revision.fields, publication.path, publication.first_at, schedule.due_at,
                CASE WHEN withdrawal.story_id IS NOT NULL THEN 'withdrawn'
                     WHEN publication.story_id IS NOT NULL THEN 'published'
                     WHEN schedule.story_id IS NOT NULL THEN 'scheduled'
                     ELSE story.desk_state END AS state
            FROM story
            JOIN revision ON revision.story_id = story.id AND revision.number = story.revision
            LEFT JOIN publication ON publication.story_id = story.id
            LEFT JOIN withdrawal ON withdrawal.story_id = story.id
            LEFT JOIN schedule ON schedule.story_id = story.id
            WHERE (lower(story.headline) LIKE $1 OR $1 IS NULL)
              AND (story.section_id = $2 OR $2 IS NULL)
              AND (story.updated_at < $4 OR (story.updated_at = $4 AND story.id < $5))
        ) AS listed
        WHERE (state = $3 OR $3 IS NULL)
        ORDER BY updated_at DESC, id DESC LIMIT $6";

    /// Makes a story public for the first time, or lays a newer revision before readers.
    PUBLISH = "INSERT INTO publication
            (story_id, revision, path, card, first_at, changed_at, published_by, published_by_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (story_id) DO UPDATE SET revision = excluded.revision, path = excluded.path, card = excluded.card,
            changed_at = excluded.changed_at, published_by = excluded.published_by,
            published_by_name = excluded.published_by_name";

    /// Who holds an address now: a public story, a withdrawn one, or one that moved away.
    HOLDER_OF_PATH = "SELECT story_id FROM publication WHERE path = $1
        UNION ALL SELECT story_id FROM withdrawal WHERE path = $1
        UNION ALL SELECT story_id FROM old_address WHERE path = $1 AND story_id IS NOT NULL";

    /// An address that leads on; the first story to have had it keeps it.
    KEEP_OLD_ADDRESS = "INSERT INTO old_address (path, story_id, since) VALUES ($1, $2, $3)
        ON CONFLICT (path) DO NOTHING";

    /// Frees an address that becomes a story's own again.
    FORGET_OLD_ADDRESS = "DELETE FROM old_address WHERE path = $1 AND story_id = $2";

    /// An old address that leads to a page rather than to a story.
    KEEP_OLD_PAGE = "INSERT INTO old_address (path, leads_to, since) VALUES ($1, $2, $3)
        ON CONFLICT (path) DO NOTHING";

    /// A page's old address; a story's stays the story's.
    LEAD_ON = "INSERT INTO old_address (path, leads_to, since) VALUES ($1, $2, $3)
        ON CONFLICT (path) DO UPDATE SET leads_to = excluded.leads_to WHERE old_address.story_id IS NULL";

    /// What led to a page that moved leads where it is now.
    FOLLOW_PAGE = "UPDATE old_address SET leads_to = $2 WHERE leads_to = $1";

    /// A page stands here again.
    FORGET_OLD_PAGE = "DELETE FROM old_address WHERE path = $1 AND story_id IS NULL";

    /// How many stories hold these words in their newest fields or in what readers have of them: a
    /// person's id, or a running story's.
    STORIES_HOLDING = "SELECT COUNT(*) AS stories FROM story
        JOIN revision ON revision.story_id = story.id AND revision.number = story.revision
        LEFT JOIN publication ON publication.story_id = story.id
        WHERE CAST(revision.fields AS TEXT) LIKE $1 OR CAST(publication.card AS TEXT) LIKE $1
            OR story.running_story_id = $2";

    /// Where an old address leads.
    OLD_ADDRESS = "SELECT old_address.leads_to, old_address.story_id,
            COALESCE(publication.path, withdrawal.path) AS path
        FROM old_address
        LEFT JOIN publication ON publication.story_id = old_address.story_id
        LEFT JOIN withdrawal ON withdrawal.story_id = old_address.story_id
        WHERE old_address.path = $1";

    /// No longer public.
    UNPUBLISH = "DELETE FROM publication WHERE story_id = $1";

    /// Taken back.
    WITHDRAW = "INSERT INTO withdrawal
            (story_id, path, headline, reason, note, substitute_id, withdrawn_by, withdrawn_by_name, withdrawn_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /// A withdrawn story's notice, by address.
    NOTICE_AT = "SELECT withdrawal.headline, withdrawal.reason, withdrawal.withdrawn_at, withdrawal.story_id,
            withdrawal.substitute_id, story.language
        FROM withdrawal JOIN story ON story.id = withdrawal.story_id WHERE withdrawal.path = $1";

    /// Waits for its hour.
    SCHEDULE = "INSERT INTO schedule (story_id, due_at, scheduled_by, scheduled_by_name) VALUES ($1, $2, $3, $4)
        ON CONFLICT (story_id) DO UPDATE SET due_at = excluded.due_at, scheduled_by = excluded.scheduled_by,
            scheduled_by_name = excluded.scheduled_by_name";

    /// No longer waits.
    UNSCHEDULE = "DELETE FROM schedule WHERE story_id = $1";

    /// Stories whose hour has come, the longest overdue first.
    DUE = "SELECT story_id, scheduled_by, scheduled_by_name FROM schedule WHERE due_at <= $1
        ORDER BY due_at, story_id LIMIT $2";

    /// The next hour at which something is due.
    NEXT_DUE = "SELECT due_at FROM schedule ORDER BY due_at, story_id LIMIT 1";

    /// A line of public history.
    INSERT_NOTE = "INSERT INTO public_note (id, story_id, revision, class, words, noted_by_name, noted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// How many notes a story has.
    COUNT_NOTES = "SELECT COUNT(*) AS notes FROM public_note WHERE story_id = $1";

    /// A page of the public log, newest first: the notes that stand in it, and withdrawals. A withdrawn
    /// story has no card any more; its headline is the one its notice shows.
    LOGGED = "SELECT logged.id, logged.story_id, logged.class, logged.words, logged.noted_at, story.language,
            COALESCE(publication.path, withdrawal.path) AS path,
            publication.card, withdrawal.headline AS withdrawn_headline
        FROM (
            SELECT id, story_id, class, words, noted_at FROM public_note
            WHERE class IN ('correction', 'clarification', 'editors_note')
            UNION ALL
            SELECT story_id AS id, story_id, 'withdrawal' AS class, reason AS words, withdrawn_at AS noted_at
            FROM withdrawal
        ) AS logged
        JOIN story ON story.id = logged.story_id
        LEFT JOIN publication ON publication.story_id = logged.story_id
        LEFT JOIN withdrawal ON withdrawal.story_id = logged.story_id
        WHERE publication.story_id IS NOT NULL OR withdrawal.story_id IS NOT NULL
        ORDER BY logged.noted_at DESC, logged.id DESC LIMIT $1 OFFSET $2";

    /// How many lines stand in the log.
    COUNT_LOGGED = "SELECT (SELECT COUNT(*) FROM public_note
            LEFT JOIN publication ON publication.story_id = public_note.story_id
            LEFT JOIN withdrawal ON withdrawal.story_id = public_note.story_id
            WHERE public_note.class IN ('correction', 'clarification', 'editors_note')
              AND (publication.story_id IS NOT NULL OR withdrawal.story_id IS NOT NULL))
        + (SELECT COUNT(*) FROM withdrawal) AS lines";

    /// What an earlier import brought under this key.
    TAKEN_IN = "SELECT story_id, fingerprint FROM taken_in WHERE source = $1 AND source_key = $2";

    /// Stories that came in from elsewhere, a page at a time.
    TAKEN_IN_AFTER = "SELECT DISTINCT story_id FROM taken_in WHERE story_id > $1 ORDER BY story_id LIMIT $2";

    /// What was kept of what an earlier import brought.
    KEPT_OF = "SELECT kept FROM taken_in WHERE source = $1 AND source_key = $2";

    /// The same for a story.
    KEPT_OF_STORY = "SELECT kept FROM taken_in WHERE source = $1 AND story_id = $2 ORDER BY source_key LIMIT 1";

    /// Remembers what was brought and how it looked.
    REMEMBER_TAKEN_IN = "INSERT INTO taken_in (source, source_key, story_id, fingerprint, kept, taken_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (source, source_key) DO UPDATE SET fingerprint = excluded.fingerprint, kept = excluded.kept,
            taken_at = excluded.taken_at";

    /// A picture's record, as an import brought it.
    TAKE_IN_PICTURE = "INSERT INTO picture (id, source, source_key, record, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, source_key) DO NOTHING";

    /// Published stories whose revision is not there: never, and `dateline check` looks.
    PUBLISHED_WITHOUT_REVISION = "SELECT publication.story_id FROM publication
        LEFT JOIN revision ON revision.story_id = publication.story_id AND revision.number = publication.revision
        WHERE revision.story_id IS NULL";

    /// Stories that are public and withdrawn at once: never, and `dateline check` looks.
    PUBLIC_AND_WITHDRAWN = "SELECT publication.story_id FROM publication
        JOIN withdrawal ON withdrawal.story_id = publication.story_id";

    /// Stories whose newest revision is not the one they count: never, and `dateline check` looks.
    MISCOUNTED_REVISIONS = "SELECT story.id AS story_id FROM story
        LEFT JOIN revision ON revision.story_id = story.id
        GROUP BY story.id, story.revision HAVING COALESCE(MAX(revision.number), 0) <> story.revision
            OR COUNT(revision.number) <> story.revision";

    /// How many stories there are, and how many are public.
    COUNT_STORIES = "SELECT (SELECT COUNT(*) FROM story) AS stories,
        (SELECT COUNT(*) FROM publication) AS published";

    /// Whether a section is there.
    KNOWN_SECTION = "SELECT id FROM section WHERE id = $1";

    /// Whether a running story is there.
    KNOWN_RUNNING_STORY = "SELECT id FROM running_story WHERE id = $1";
}
