CREATE TABLE picture_address (
    address TEXT PRIMARY KEY,
    picture_id {uuid} NOT NULL REFERENCES picture (id),
    found_at {ts} NOT NULL
) {strict};
CREATE INDEX picture_address_of_picture ON picture_address (picture_id);
CREATE INDEX taken_in_by_story ON taken_in (story_id);

CREATE TABLE picture_fetch (
    id {uuid} PRIMARY KEY,
    address TEXT NOT NULL,
    begun_by {uuid} NOT NULL,
    staff_id {uuid},
    begun_by_name TEXT NOT NULL,
    begun_at {ts} NOT NULL,
    picture_id {uuid} REFERENCES picture (id),
    refusal {json}
) {strict};
CREATE INDEX picture_fetch_by_age ON picture_fetch (begun_at);
