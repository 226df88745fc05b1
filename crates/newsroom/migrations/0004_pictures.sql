ALTER TABLE picture ADD COLUMN version {int} NOT NULL DEFAULT 1;
ALTER TABLE picture ADD COLUMN fields {json};
ALTER TABLE picture ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN credit TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN taken TEXT;
ALTER TABLE picture ADD COLUMN lapses_at {ts};
ALTER TABLE picture ADD COLUMN original {blob};
ALTER TABLE picture ADD COLUMN file {json};
ALTER TABLE picture ADD COLUMN focus_x {int} NOT NULL DEFAULT 500;
ALTER TABLE picture ADD COLUMN focus_y {int} NOT NULL DEFAULT 500;
ALTER TABLE picture ADD COLUMN state TEXT NOT NULL DEFAULT 'absent';
ALTER TABLE picture ADD COLUMN remarks {json};
ALTER TABLE picture ADD COLUMN prints {json};
ALTER TABLE picture ADD COLUMN printed {int} NOT NULL DEFAULT 0;
ALTER TABLE picture ADD COLUMN uploaded_by {uuid};
ALTER TABLE picture ADD COLUMN uploaded_by_name TEXT;
ALTER TABLE picture ADD COLUMN changed_at {ts};
CREATE INDEX picture_by_age ON picture (created_at, id);
CREATE INDEX picture_by_term ON picture (lapses_at);
CREATE INDEX picture_by_original ON picture (original);

CREATE TABLE picture_print (
    hash {blob} NOT NULL,
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    format TEXT NOT NULL,
    replaced_at {ts},
    PRIMARY KEY (hash, picture_id)
) {strict};
CREATE INDEX picture_print_of_picture ON picture_print (picture_id);

CREATE TABLE picture_pull (
    picture_id {uuid} PRIMARY KEY REFERENCES picture (id),
    why TEXT NOT NULL,
    reason TEXT NOT NULL,
    pulled_by {uuid},
    pulled_by_name TEXT NOT NULL,
    pulled_at {ts} NOT NULL
) {strict};

CREATE TABLE picture_use (
    story_id {uuid} NOT NULL REFERENCES story (id),
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    is_lead {bool} NOT NULL,
    PRIMARY KEY (story_id, picture_id, is_lead)
) {strict};
CREATE INDEX picture_use_of_picture ON picture_use (picture_id);

CREATE TABLE picture_taken_off (
    id {uuid} PRIMARY KEY,
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    story_id {uuid} NOT NULL REFERENCES story (id),
    path TEXT NOT NULL,
    headline TEXT NOT NULL,
    why TEXT NOT NULL,
    taken_off_at {ts} NOT NULL
) {strict};
CREATE INDEX picture_taken_off_of_picture ON picture_taken_off (picture_id, taken_off_at);

CREATE TABLE picture_act (
    id {uuid} PRIMARY KEY,
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    act TEXT NOT NULL,
    told {json} NOT NULL,
    done_by {uuid},
    done_by_name TEXT NOT NULL,
    done_at {ts} NOT NULL
) {strict};
CREATE INDEX picture_act_of_picture ON picture_act (picture_id, done_at);

CREATE TABLE picture_upload (
    id {uuid} PRIMARY KEY,
    length {int} NOT NULL,
    file_name TEXT NOT NULL,
    begun_by {uuid} NOT NULL,
    begun_at {ts} NOT NULL,
    picture_id {uuid} REFERENCES picture (id)
) {strict};
CREATE INDEX picture_upload_by_age ON picture_upload (begun_at);
