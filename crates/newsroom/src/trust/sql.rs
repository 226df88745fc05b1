//! Every statement about trust pages, and nothing else.

store::statements! {
    /// All of them, in order.
    ALL_TRUST_PAGES = "SELECT slug, title, body, starter, position, updated_at, version, shown, changed_by_name
        FROM trust_page ORDER BY position, slug";

    /// Those that readers see, in order.
    SHOWN_TRUST_PAGES = "SELECT slug, title, body, starter, position, updated_at, version, shown, changed_by_name
        FROM trust_page WHERE shown ORDER BY position, slug";

    /// One of them.
    TRUST_PAGE = "SELECT slug, title, body, starter, position, updated_at, version, shown, changed_by_name
        FROM trust_page WHERE slug = $1";

    /// Adds one with its starter text; one that is there already stays as it is.
    LAY_OUT_TRUST_PAGE = "INSERT INTO trust_page
            (slug, title, body, starter, position, updated_at, version, shown, changed_by_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (slug) DO NOTHING";

    /// Changes one, unless another hand changed it first.
    UPDATE_TRUST_PAGE = "UPDATE trust_page SET title = $3, body = $4, starter = $5, shown = $6,
            updated_at = $7, changed_by_name = $8, version = version + 1
        WHERE slug = $1 AND version = $2";

    /// A line of a page's history, with the whole text as it then was.
    INSERT_TRUST_VERSION = "INSERT INTO trust_page_version
            (slug, version, act, title, body, starter, shown, made_by, made_by_name, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    /// What became of a page, newest first, without its texts.
    TRUST_VERSIONS = "SELECT version, act, title, starter, shown, made_by_name, made_at
        FROM trust_page_version WHERE slug = $1 AND version < $2 ORDER BY version DESC LIMIT $3";

    /// One earlier text, whole.
    TRUST_VERSION = "SELECT version, act, title, body, starter, shown, made_by_name, made_at
        FROM trust_page_version WHERE slug = $1 AND version = $2";

    /// Trust pages that readers see whose text holds these letters, such as a picture's id, in order.
    TRUST_PAGES_WITH = "SELECT slug, title FROM trust_page WHERE shown AND CAST(body AS TEXT) LIKE $1
        ORDER BY position, slug";
}
