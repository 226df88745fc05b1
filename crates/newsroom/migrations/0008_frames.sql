CREATE TABLE embed_frame (
    hash {blob} PRIMARY KEY,
    html TEXT NOT NULL,
    address TEXT NOT NULL,
    kept_at {ts} NOT NULL
) {strict};
