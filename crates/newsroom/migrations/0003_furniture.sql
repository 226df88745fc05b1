ALTER TABLE trust_page ADD COLUMN version {int} NOT NULL DEFAULT 1;
ALTER TABLE trust_page ADD COLUMN shown {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE trust_page ADD COLUMN changed_by_name TEXT;
UPDATE trust_page SET shown = NOT starter;

CREATE TABLE trust_page_version (
    slug TEXT NOT NULL REFERENCES trust_page (slug),
    version {int} NOT NULL,
    act TEXT NOT NULL,
    title TEXT NOT NULL,
    body {json} NOT NULL,
    starter {bool} NOT NULL,
    shown {bool} NOT NULL,
    made_by {uuid},
    made_by_name TEXT,
    made_at {ts} NOT NULL,
    PRIMARY KEY (slug, version)
) {strict};
INSERT INTO trust_page_version (slug, version, act, title, body, starter, shown, made_at)
    SELECT slug, 1, 'laid_out', title, body, starter, shown, updated_at FROM trust_page;

ALTER TABLE section ADD COLUMN version {int} NOT NULL DEFAULT 1;

CREATE TABLE section_change (
    id {uuid} PRIMARY KEY,
    section_id {uuid} NOT NULL,
    act TEXT NOT NULL,
    told {json} NOT NULL,
    changed_by {uuid},
    changed_by_name TEXT NOT NULL,
    changed_at {ts} NOT NULL
) {strict};
CREATE INDEX section_change_by_time ON section_change (changed_at, id);
