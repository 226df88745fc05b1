CREATE TABLE section (
    id {uuid} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    language TEXT NOT NULL,
    access TEXT NOT NULL,
    position {int} NOT NULL
) {strict};

CREATE TABLE person (
    id {uuid} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT,
    bio TEXT,
    created_at {ts} NOT NULL
) {strict};

CREATE TABLE running_story (
    id {uuid} PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    summary {json} NOT NULL,
    public_safety_open {bool} NOT NULL,
    reviewed_at {ts},
    created_at {ts} NOT NULL,
    updated_at {ts} NOT NULL
) {strict};

CREATE TABLE live_entry (
    id {uuid} PRIMARY KEY,
    running_story_id {uuid} NOT NULL REFERENCES running_story (id),
    title TEXT,
    body {json} NOT NULL,
    byline TEXT,
    key_event {bool} NOT NULL,
    pinned {bool} NOT NULL,
    status TEXT NOT NULL,
    at {ts} NOT NULL
) {strict};
CREATE INDEX live_entry_by_time ON live_entry (running_story_id, at, id);

CREATE TABLE story (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    headline TEXT NOT NULL,
    section_id {uuid} REFERENCES section (id),
    running_story_id {uuid} REFERENCES running_story (id),
    language TEXT NOT NULL,
    desk_state TEXT NOT NULL,
    revision {int} NOT NULL,
    created_at {ts} NOT NULL,
    updated_at {ts} NOT NULL
) {strict};
CREATE INDEX story_by_change ON story (updated_at, id);
CREATE INDEX story_by_section ON story (section_id, updated_at, id);

CREATE TABLE revision (
    story_id {uuid} NOT NULL REFERENCES story (id),
    number {int} NOT NULL,
    fields {json} NOT NULL,
    made_by {uuid},
    made_by_name TEXT NOT NULL,
    made_at {ts} NOT NULL,
    why TEXT,
    PRIMARY KEY (story_id, number)
) {strict};

CREATE TABLE publication (
    story_id {uuid} PRIMARY KEY REFERENCES story (id),
    revision {int} NOT NULL,
    path TEXT NOT NULL UNIQUE,
    card {json} NOT NULL,
    first_at {ts} NOT NULL,
    changed_at {ts} NOT NULL,
    published_by {uuid},
    published_by_name TEXT NOT NULL
) {strict};
CREATE INDEX publication_by_time ON publication (first_at, story_id);

CREATE TABLE withdrawal (
    story_id {uuid} PRIMARY KEY REFERENCES story (id),
    path TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    reason TEXT NOT NULL,
    substitute_id {uuid} REFERENCES story (id),
    withdrawn_by {uuid},
    withdrawn_by_name TEXT NOT NULL,
    withdrawn_at {ts} NOT NULL
) {strict};

CREATE TABLE schedule (
    story_id {uuid} PRIMARY KEY REFERENCES story (id),
    due_at {ts} NOT NULL,
    scheduled_by {uuid},
    scheduled_by_name TEXT NOT NULL
) {strict};
CREATE INDEX schedule_by_time ON schedule (due_at, story_id);

CREATE TABLE public_note (
    id {uuid} PRIMARY KEY,
    story_id {uuid} NOT NULL REFERENCES story (id),
    revision {int} NOT NULL,
    class TEXT NOT NULL,
    words TEXT NOT NULL,
    noted_by_name TEXT NOT NULL,
    noted_at {ts} NOT NULL
) {strict};
CREATE INDEX public_note_by_story ON public_note (story_id, noted_at, id);
CREATE INDEX public_note_by_time ON public_note (noted_at, id);

CREATE TABLE old_address (
    path TEXT PRIMARY KEY,
    story_id {uuid} REFERENCES story (id),
    leads_to TEXT,
    since {ts} NOT NULL
) {strict};

CREATE TABLE front_slot (
    position {int} PRIMARY KEY,
    story_id {uuid} NOT NULL REFERENCES story (id),
    weight TEXT NOT NULL
) {strict};

CREATE TABLE trust_page (
    slug TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    body {json} NOT NULL,
    starter {bool} NOT NULL,
    position {int} NOT NULL,
    updated_at {ts} NOT NULL
) {strict};

CREATE TABLE picture (
    id {uuid} PRIMARY KEY,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    record {json} NOT NULL,
    created_at {ts} NOT NULL,
    UNIQUE (source, source_key)
) {strict};

CREATE TABLE taken_in (
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    story_id {uuid} NOT NULL REFERENCES story (id),
    fingerprint {blob} NOT NULL,
    kept {json} NOT NULL,
    taken_at {ts} NOT NULL,
    PRIMARY KEY (source, source_key)
) {strict};

CREATE TABLE staff (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    code_secret {blob} NOT NULL,
    code_confirmed {bool} NOT NULL,
    last_code_step {int} NOT NULL,
    created_at {ts} NOT NULL,
    disabled_at {ts}
) {strict};

CREATE TABLE invitation (
    token_hash {blob} PRIMARY KEY,
    role TEXT NOT NULL,
    staff_id {uuid} REFERENCES staff (id),
    expires_at {ts} NOT NULL
) {strict};

CREATE TABLE staff_session (
    token_hash {blob} PRIMARY KEY,
    staff_id {uuid} NOT NULL REFERENCES staff (id),
    opened_at {ts} NOT NULL,
    seen_at {ts} NOT NULL,
    ends_at {ts} NOT NULL
) {strict};
CREATE INDEX staff_session_by_staff ON staff_session (staff_id);

CREATE TABLE api_token (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash {blob} NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at {ts} NOT NULL,
    expires_at {ts},
    revoked_at {ts}
) {strict};
