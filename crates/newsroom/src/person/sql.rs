//! Every statement about people, and nothing else.

store::statements! {
    /// Everybody, by name.
    ALL_PEOPLE = "SELECT id, slug, name, role, bio, version FROM person ORDER BY name, id";

    /// One of them.
    PERSON_BY_ID = "SELECT id, slug, name, role, bio, version FROM person WHERE id = $1";

    /// Whoever has this address.
    PERSON_BY_SLUG = "SELECT id, slug, name, role, bio, version FROM person WHERE slug = $1";

    /// People by words in their name, behind a name and an id.
    SEARCH_PEOPLE = "SELECT id, slug, name, role, bio, version FROM person
        WHERE lower(name) LIKE $1 AND (name > $2 OR (name = $2 AND id > $3))
        ORDER BY name, id LIMIT $4";

    /// The person of exactly this name; the oldest where two share it.
    PERSON_BY_NAME = "SELECT id FROM person WHERE name = $1 ORDER BY created_at, id LIMIT 1";

    /// Adds or completes one; the id of the one with this slug comes back.
    PUT_PERSON = "INSERT INTO person (id, slug, name, role, bio, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, role = COALESCE(excluded.role, person.role),
            bio = COALESCE(excluded.bio, person.bio), version = person.version + 1
        RETURNING id";

    /// Adds one unless the address is taken.
    ADD_PERSON = "INSERT INTO person (id, slug, name, role, bio, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (slug) DO NOTHING";

    /// Changes one, unless another hand changed them first.
    UPDATE_PERSON = "UPDATE person SET slug = $3, name = $4, role = $5, bio = $6, version = version + 1
        WHERE id = $1 AND version = $2";

    /// Takes one away.
    DELETE_PERSON = "DELETE FROM person WHERE id = $1";
}
