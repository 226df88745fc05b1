//! Every statement about webhooks, what they are told and what came of it, and nothing else.

store::statements! {
    /// All of them.
    WEBHOOKS = "SELECT id, url, events, created_at, created_by_name, failing_since, off_at, off_why
        FROM webhook ORDER BY id";

    /// One of them.
    WEBHOOK = "SELECT id, url, events, created_at, created_by_name, failing_since, off_at, off_why
        FROM webhook WHERE id = $1";

    /// How many there are.
    COUNT_WEBHOOKS = "SELECT COUNT(*) AS webhooks FROM webhook";

    /// A new one.
    INSERT_WEBHOOK = "INSERT INTO webhook (id, url, events, secret, created_at, created_by_name)
        VALUES ($1, $2, $3, $4, $5, $6)";

    /// Changes its address and what it is told of, and whether it is told at all.
    UPDATE_WEBHOOK = "UPDATE webhook SET url = $2, events = $3, off_at = $4, off_why = $5, failing_since = NULL
        WHERE id = $1";

    /// Takes one away.
    DELETE_WEBHOOK = "DELETE FROM webhook WHERE id = $1";

    /// Takes its log away.
    DELETE_DELIVERIES = "DELETE FROM webhook_delivery WHERE webhook_id = $1";

    /// Turns one off, unless it is off.
    TURN_OFF = "UPDATE webhook SET off_at = $2, off_why = $3 WHERE id = $1 AND off_at IS NULL";

    /// It took something.
    TOOK = "UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";

    /// It took nothing; since when, if this is not the first time.
    FAILED = "UPDATE webhook SET failing_since = COALESCE(failing_since, $2) WHERE id = $1
        RETURNING failing_since";

    /// What is told, once for each event and occasion; the id of what is there comes back.
    INSERT_MESSAGE = "INSERT INTO webhook_message (id, event_id, kind, payload, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (event_id, kind) DO UPDATE SET kind = excluded.kind RETURNING id";

    /// One delivery for each webhook and message.
    INSERT_DELIVERY = "INSERT INTO webhook_delivery (id, webhook_id, message_id, state, attempts, made_at, next_at)
        VALUES ($1, $2, $3, 'waiting', 0, $4, $4)
        ON CONFLICT (webhook_id, message_id) DO NOTHING";

    /// What a delivery is about, with the secret that signs it.
    TO_DELIVER = "SELECT webhook_delivery.attempts, webhook_delivery.webhook_id, webhook.url, webhook.secret,
            webhook_message.id AS message_id, webhook_message.payload
        FROM webhook_delivery
        JOIN webhook ON webhook.id = webhook_delivery.webhook_id
        JOIN webhook_message ON webhook_message.id = webhook_delivery.message_id
        WHERE webhook_delivery.id = $1 AND webhook_delivery.state = 'waiting'";

    /// What came of a try.
    NOTE_TRY = "UPDATE webhook_delivery SET state = $2, attempts = attempts + 1, status = $3, why = $4,
            tried_at = $5, next_at = $6
        WHERE id = $1 AND state = 'waiting'";

    /// Nothing was tried; not before this.
    PUT_OFF = "UPDATE webhook_delivery SET why = $2, next_at = $3 WHERE id = $1 AND state = 'waiting'";

    /// What waits for a webhook that is off waits for nothing.
    GIVE_UP = "UPDATE webhook_delivery SET state = 'failed', why = COALESCE(why, $2), next_at = NULL
        WHERE webhook_id = $1 AND state = 'waiting'";

    /// A delivery begins again.
    BEGIN_AGAIN = "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = $3
        WHERE webhook_id = $1 AND id = $2";

    /// The log of a webhook, newest first.
    DELIVERIES = "SELECT webhook_delivery.id, webhook_delivery.state, webhook_delivery.attempts,
            webhook_delivery.status, webhook_delivery.why, webhook_delivery.made_at,
            webhook_delivery.tried_at, webhook_delivery.next_at, webhook_message.id AS message_id,
            webhook_message.kind
        FROM webhook_delivery
        JOIN webhook_message ON webhook_message.id = webhook_delivery.message_id
        WHERE webhook_delivery.webhook_id = $1 AND webhook_delivery.id < $2
        ORDER BY webhook_delivery.id DESC LIMIT $3";

    /// One line of it.
    DELIVERY = "SELECT webhook_delivery.id, webhook_delivery.state, webhook_delivery.attempts,
            webhook_delivery.status, webhook_delivery.why, webhook_delivery.made_at,
            webhook_delivery.tried_at, webhook_delivery.next_at, webhook_message.id AS message_id,
            webhook_message.kind
        FROM webhook_delivery
        JOIN webhook_message ON webhook_message.id = webhook_delivery.message_id
        WHERE webhook_delivery.webhook_id = $1 AND webhook_delivery.id = $2";

    /// Forgets deliveries of before this.
    SWEEP_DELIVERIES = "DELETE FROM webhook_delivery WHERE made_at < $1";

    /// Forgets what nobody is told any more.
    SWEEP_MESSAGES = "DELETE FROM webhook_message WHERE at < $1
        AND NOT EXISTS (SELECT 1 FROM webhook_delivery WHERE webhook_delivery.message_id = webhook_message.id)";
}
