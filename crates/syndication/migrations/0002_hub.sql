CREATE TABLE hub_request (
    id {uuid} PRIMARY KEY,
    topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    host TEXT NOT NULL,
    mode TEXT NOT NULL,
    secret {blob},
    lease_seconds {int} NOT NULL,
    asked_at {ts} NOT NULL,
    UNIQUE (topic, callback)
) {strict};
CREATE INDEX hub_request_by_host ON hub_request (host);

CREATE TABLE hub_subscription (
    id {uuid} PRIMARY KEY,
    topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    host TEXT NOT NULL,
    secret {blob},
    made_at {ts} NOT NULL,
    ends_at {ts} NOT NULL,
    tries {int} NOT NULL,
    failing_since {ts},
    UNIQUE (topic, callback)
) {strict};
CREATE INDEX hub_subscription_by_host ON hub_subscription (host);

CREATE TABLE hub_topic (
    topic TEXT PRIMARY KEY,
    seen {blob} NOT NULL
) {strict};
