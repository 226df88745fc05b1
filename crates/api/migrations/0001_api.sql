CREATE TABLE kept_answer (
    caller {uuid} NOT NULL,
    request_key TEXT NOT NULL,
    fingerprint {blob} NOT NULL,
    asked_at {ts} NOT NULL,
    status {int},
    headers {json},
    body {blob},
    PRIMARY KEY (caller, request_key)
) {strict};
CREATE INDEX kept_answer_by_time ON kept_answer (asked_at);
