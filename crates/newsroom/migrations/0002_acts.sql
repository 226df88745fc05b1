CREATE TABLE front_arrangement (
    version {int} PRIMARY KEY,
    slots {json} NOT NULL,
    arranged_by {uuid},
    arranged_by_name TEXT NOT NULL,
    arranged_at {ts} NOT NULL
) {strict};

ALTER TABLE withdrawal ADD COLUMN note TEXT;

CREATE TABLE public_safety_turn (
    id {uuid} PRIMARY KEY,
    running_story_id {uuid} NOT NULL REFERENCES running_story (id),
    open {bool} NOT NULL,
    turned_by {uuid},
    turned_by_name TEXT NOT NULL,
    turned_at {ts} NOT NULL
) {strict};
CREATE INDEX public_safety_turn_by_story ON public_safety_turn (running_story_id, turned_at, id);
