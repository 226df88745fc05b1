//! Every statement about sections, and nothing else.

store::statements! {
    /// All of them, in the order of the navigation.
    ALL_SECTIONS = "SELECT id, slug, name, description, language, access, position FROM section
        ORDER BY position, slug";

    /// Adds or changes one; the id of the one with this slug comes back.
    PUT_SECTION = "INSERT INTO section (id, slug, name, description, language, access, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description,
            language = excluded.language, access = excluded.access, position = excluded.position
        RETURNING id";

    /// Adds one unless its slug is taken; the id of the one with this slug comes back either way.
    ADD_SECTION = "INSERT INTO section (id, slug, name, description, language, access, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug
        RETURNING id";
}
