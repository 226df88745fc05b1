//! Every statement about trust pages, and nothing else.

store::statements! {
    /// All of them, in order.
    ALL_TRUST_PAGES = "SELECT slug, title, body, starter, position, updated_at FROM trust_page
        ORDER BY position, slug";

    /// Adds or changes one. Starter text never replaces text that somebody adapted.
    PUT_TRUST_PAGE = "INSERT INTO trust_page (slug, title, body, starter, position, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (slug) DO UPDATE SET title = excluded.title, body = excluded.body, starter = excluded.starter,
            position = excluded.position, updated_at = excluded.updated_at
        WHERE NOT excluded.starter OR trust_page.starter";
}
