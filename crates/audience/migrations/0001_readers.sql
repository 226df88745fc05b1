CREATE TABLE reader (
    id {uuid} PRIMARY KEY,
    registered_at {ts} NOT NULL
) {strict};

CREATE TABLE reader_session (
    token_hash {blob} PRIMARY KEY,
    reader {uuid} NOT NULL REFERENCES reader (id) ON DELETE CASCADE,
    opened_at {ts} NOT NULL,
    expires_at {ts} NOT NULL
) {strict};
CREATE INDEX reader_session_of ON reader_session (reader);
CREATE INDEX reader_session_expires ON reader_session (expires_at);
