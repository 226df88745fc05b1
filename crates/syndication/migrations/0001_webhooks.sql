CREATE TABLE webhook (
    id {uuid} PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    secret {blob} NOT NULL,
    created_at {ts} NOT NULL,
    created_by_name TEXT NOT NULL,
    failing_since {ts},
    off_at {ts},
    off_why TEXT
) {strict};

CREATE TABLE webhook_message (
    id {uuid} PRIMARY KEY,
    event_id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    at {ts} NOT NULL,
    UNIQUE (event_id, kind)
) {strict};
CREATE INDEX webhook_message_by_time ON webhook_message (at);

CREATE TABLE webhook_delivery (
    id {uuid} PRIMARY KEY,
    webhook_id {uuid} NOT NULL REFERENCES webhook (id),
    message_id {uuid} NOT NULL REFERENCES webhook_message (id),
    state TEXT NOT NULL,
    attempts {int} NOT NULL,
    status {int},
    why TEXT,
    made_at {ts} NOT NULL,
    tried_at {ts},
    next_at {ts},
    UNIQUE (webhook_id, message_id)
) {strict};
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (webhook_id, made_at, id);
CREATE INDEX webhook_delivery_by_message ON webhook_delivery (message_id);
