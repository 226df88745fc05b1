//! Every statement about topics that were renamed, and nothing else.

store::statements! {
    /// All of them.
    ALL_TOPICS = "SELECT slug, name, version FROM topic";

    /// One of them.
    TOPIC = "SELECT slug, name, version FROM topic WHERE slug = $1";

    /// A topic's new name, upon the version that was looked at.
    RENAME_TOPIC = "INSERT INTO topic (slug, name, version) VALUES ($1, $2, $3)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, version = excluded.version
        WHERE topic.version = excluded.version - 1";
}
