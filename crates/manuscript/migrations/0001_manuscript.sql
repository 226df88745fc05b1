-- The text of a story while it is written. `ground` holds every stroke up to `grounded` as one; the rest are rows.
CREATE TABLE manuscript (
    story_id {uuid} PRIMARY KEY REFERENCES story (id),
    epoch {uuid} NOT NULL,
    ground {blob} NOT NULL,
    grounded {int} NOT NULL,
    strokes {int} NOT NULL,
    sealed {int} NOT NULL,
    revision {int} NOT NULL,
    opened_at {ts} NOT NULL
) {strict};

CREATE TABLE stroke (
    story_id {uuid} NOT NULL REFERENCES manuscript (story_id),
    number {int} NOT NULL,
    bytes {blob} NOT NULL,
    made_by {uuid},
    made_by_name TEXT NOT NULL,
    made_at {ts} NOT NULL,
    PRIMARY KEY (story_id, number)
) {strict};
