//! Every statement about sections, and nothing else.

store::statements! {
    /// All of them, in the order of the navigation.
    ALL_SECTIONS = "SELECT id, slug, name, description, language, access, position, version FROM section
        ORDER BY position, slug";

    /// One of them.
    SECTION_BY_ID = "SELECT id, slug, name, description, language, access, position, version FROM section
        WHERE id = $1";

    /// Adds or changes one; the id of the one with this slug comes back.
    PUT_SECTION = "INSERT INTO section (id, slug, name, description, language, access, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description,
            language = excluded.language, access = excluded.access, position = excluded.position,
            version = section.version + 1
        RETURNING id";

    /// Adds one unless its slug is taken; the id of the one with this slug comes back either way.
    ADD_SECTION = "INSERT INTO section (id, slug, name, description, language, access, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug
        RETURNING id";

    /// Changes the particulars of one, unless another hand changed them first.
    UPDATE_SECTION = "UPDATE section SET name = $3, description = $4, language = $5, access = $6, version = version + 1
        WHERE id = $1 AND version = $2";

    /// Sets its place in the navigation.
    PLACE_SECTION = "UPDATE section SET position = $2 WHERE id = $1";

    /// How many stories stand in a section: by their newest revision, or by what readers have of them, whose
    /// card holds the id in its text.
    STORIES_IN_SECTION = "SELECT COUNT(*) AS stories FROM story
        LEFT JOIN publication ON publication.story_id = story.id
        WHERE story.section_id = $1 OR CAST(publication.card AS TEXT) LIKE $2";

    /// Takes a section away.
    DELETE_SECTION = "DELETE FROM section WHERE id = $1";

    /// A line of the history of sections. It outlives the section it tells of.
    INSERT_SECTION_CHANGE = "INSERT INTO section_change (id, section_id, act, told, changed_by, changed_by_name, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}
