CREATE TABLE fediverse_actor (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    key_id TEXT NOT NULL,
    key {blob} NOT NULL,
    inbox TEXT NOT NULL,
    send_to TEXT NOT NULL,
    fetched_at {ts} NOT NULL,
    failing_since {ts}
) {strict};
CREATE INDEX fediverse_actor_by_host ON fediverse_actor (host);
CREATE INDEX fediverse_actor_by_place ON fediverse_actor (send_to);

CREATE TABLE fediverse_follower (
    actor_id TEXT NOT NULL REFERENCES fediverse_actor (id),
    followed TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    made_at {ts} NOT NULL,
    PRIMARY KEY (actor_id, followed)
) {strict};
CREATE INDEX fediverse_follower_by_followed ON fediverse_follower (followed);

CREATE TABLE fediverse_arrival (
    id {uuid} PRIMARY KEY,
    host TEXT NOT NULL,
    document {json} NOT NULL,
    tries {int} NOT NULL,
    came_at {ts} NOT NULL
) {strict};
CREATE INDEX fediverse_arrival_by_host ON fediverse_arrival (host);

CREATE TABLE fediverse_story (
    story_id {uuid} PRIMARY KEY,
    actor TEXT NOT NULL,
    told_at {ts} NOT NULL,
    gone_at {ts}
) {strict};

CREATE TABLE fediverse_delivery (
    id {uuid} PRIMARY KEY,
    event_id {uuid} NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    story_id {uuid},
    payload TEXT,
    send_to TEXT NOT NULL,
    tries {int} NOT NULL,
    made_at {ts} NOT NULL,
    UNIQUE (event_id, act, send_to)
) {strict};
CREATE INDEX fediverse_delivery_by_place ON fediverse_delivery (send_to);
