CREATE TABLE kept_comment (
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    address TEXT NOT NULL,
    story_id {uuid} REFERENCES story (id),
    parent_key TEXT,
    name TEXT NOT NULL,
    mail_hash {blob},
    written_at {ts},
    body {json} NOT NULL,
    state TEXT NOT NULL,
    fingerprint {blob} NOT NULL,
    kept_at {ts} NOT NULL,
    PRIMARY KEY (source, source_key)
) {strict};
CREATE INDEX kept_comment_by_address ON kept_comment (address);
CREATE INDEX kept_comment_by_story ON kept_comment (story_id);
CREATE INDEX kept_comment_by_mail_hash ON kept_comment (mail_hash);

CREATE TABLE kept_member (
    mail TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    labels {json} NOT NULL,
    wants_mail {bool} NOT NULL,
    joined_at {ts},
    rest {json} NOT NULL,
    fingerprint {blob} NOT NULL,
    kept_at {ts} NOT NULL
) {strict};

CREATE TABLE forgotten_mail (
    mail_hash {blob} PRIMARY KEY
) {strict};
