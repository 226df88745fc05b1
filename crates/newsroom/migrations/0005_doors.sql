ALTER TABLE person ADD COLUMN version {int} NOT NULL DEFAULT 1;
ALTER TABLE running_story ADD COLUMN version {int} NOT NULL DEFAULT 1;
CREATE INDEX running_story_by_change ON running_story (updated_at, id);
ALTER TABLE live_entry ADD COLUMN version {int} NOT NULL DEFAULT 1;

CREATE TABLE topic (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version {int} NOT NULL
) {strict};

CREATE TABLE alias (
    what TEXT NOT NULL,
    slug TEXT NOT NULL,
    leads_to TEXT NOT NULL,
    PRIMARY KEY (what, slug)
) {strict};

CREATE TABLE furniture_change (
    id {uuid} PRIMARY KEY,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    act TEXT NOT NULL,
    told {json} NOT NULL,
    changed_by {uuid},
    changed_by_name TEXT NOT NULL,
    changed_at {ts} NOT NULL
) {strict};
CREATE INDEX furniture_change_by_subject ON furniture_change (what, subject, changed_at, id);

ALTER TABLE api_token ADD COLUMN owner_id {uuid} REFERENCES staff (id);
ALTER TABLE api_token ADD COLUMN owner_name TEXT;
CREATE INDEX api_token_by_time ON api_token (created_at, id);
