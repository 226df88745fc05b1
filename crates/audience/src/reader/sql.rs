//! Every statement about readers and their sessions, and nothing else.

store::statements! {
    /// Id, now.
    INSERT_READER = "INSERT INTO reader (id, registered_at) VALUES ($1, $2)";

    /// Hash of the token, reader, now, end.
    INSERT_SESSION = "INSERT INTO reader_session (token_hash, reader, opened_at, expires_at)
        VALUES ($1, $2, $3, $4)";

    /// Hash of the token, now.
    READER_OF_SESSION = "SELECT reader FROM reader_session WHERE token_hash = $1 AND expires_at > $2";

    /// Hash of the token.
    DELETE_SESSION = "DELETE FROM reader_session WHERE token_hash = $1";

    /// Now.
    DELETE_SPENT_SESSIONS = "DELETE FROM reader_session WHERE expires_at <= $1";
}
