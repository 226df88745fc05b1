//! Every statement about what is kept for features to come, and nothing else.

store::statements! {
    /// A comment, new or changed; one that is here just so is not written.
    KEEP_COMMENT = "INSERT INTO kept_comment (source, source_key, address, story_id, parent_key, name, mail_hash,
            written_at, body, state, fingerprint, kept_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (source, source_key) DO UPDATE SET address = excluded.address, story_id = excluded.story_id,
            parent_key = excluded.parent_key, name = excluded.name, mail_hash = excluded.mail_hash,
            written_at = excluded.written_at, body = excluded.body, state = excluded.state,
            fingerprint = excluded.fingerprint, kept_at = excluded.kept_at
        WHERE kept_comment.fingerprint <> excluded.fingerprint AND kept_comment.fingerprint <> $13";

    /// Comments of an address, in the order in which they were written.
    COMMENTS_AT = "SELECT source_key, story_id, parent_key, name, written_at, body, state FROM kept_comment
        WHERE address = $1 ORDER BY written_at, source_key LIMIT $2";

    /// Somebody's comments lose their name and words, and no later import brings them back.
    FORGET_COMMENTS = "UPDATE kept_comment SET name = '', mail_hash = NULL, body = $2, fingerprint = $3
        WHERE mail_hash = $1";

    /// A member, new or changed; one that is here just so is not written.
    KEEP_MEMBER = "INSERT INTO kept_member (mail, name, note, labels, wants_mail, joined_at, rest, fingerprint, kept_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (mail) DO UPDATE SET name = excluded.name, note = excluded.note, labels = excluded.labels,
            wants_mail = excluded.wants_mail, joined_at = excluded.joined_at, rest = excluded.rest,
            fingerprint = excluded.fingerprint, kept_at = excluded.kept_at
        WHERE kept_member.fingerprint <> excluded.fingerprint";

    /// How many members are kept.
    COUNT_MEMBERS = "SELECT COUNT(*) AS members FROM kept_member";

    /// That whoever has this address asked to be forgotten.
    REMEMBER_FORGOTTEN = "INSERT INTO forgotten_mail (mail_hash) VALUES ($1) ON CONFLICT (mail_hash) DO NOTHING";

    /// Whether they did.
    IS_FORGOTTEN = "SELECT mail_hash FROM forgotten_mail WHERE mail_hash = $1";

    /// A member is forgotten.
    FORGET_MEMBER = "DELETE FROM kept_member WHERE mail = $1";
}
