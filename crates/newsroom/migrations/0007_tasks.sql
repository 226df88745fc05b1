CREATE TABLE task (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    story_id {uuid} REFERENCES story (id),
    entry_id {uuid},
    page TEXT,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    raised_at {ts} NOT NULL
) {strict};
CREATE INDEX task_by_age ON task (raised_at, id);
CREATE INDEX task_of_picture ON task (picture_id, raised_at);
CREATE INDEX task_of_story ON task (story_id);

CREATE TABLE task_completion (
    task_id {uuid} PRIMARY KEY REFERENCES task (id),
    how TEXT NOT NULL,
    done_by {uuid},
    done_by_name TEXT NOT NULL,
    done_at {ts} NOT NULL
) {strict};

INSERT INTO task (id, kind, picture_id, story_id, path, title, why, raised_at)
    SELECT id, 'picture_taken_off', picture_id, story_id, path, headline, why, taken_off_at FROM picture_taken_off;
DROP TABLE picture_taken_off;
