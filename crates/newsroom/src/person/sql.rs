//! Every statement about people, and nothing else.

store::statements! {
    /// Everybody, by name.
    ALL_PEOPLE = "SELECT id, slug, name, role, bio FROM person ORDER BY name, id";

    /// People by words in their name.
    SEARCH_PEOPLE = "SELECT id, slug, name, role, bio FROM person WHERE lower(name) LIKE $1
        ORDER BY name, id LIMIT $2";

    /// The person of exactly this name; the oldest where two share it.
    PERSON_BY_NAME = "SELECT id FROM person WHERE name = $1 ORDER BY created_at, id LIMIT 1";

    /// Adds or completes one; the id of the one with this slug comes back.
    PUT_PERSON = "INSERT INTO person (id, slug, name, role, bio, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, role = COALESCE(excluded.role, person.role),
            bio = COALESCE(excluded.bio, person.bio)
        RETURNING id";
}
