//! Every statement about who follows which feed, and nothing else.

store::statements! {
    /// What waits to be verified: in all, and for this host.
    COUNT_REQUESTS = "SELECT COUNT(*) AS all_of_them, COUNT(*) FILTER (WHERE host = $1) AS of_host FROM hub_request";

    /// Who follows: in all, and for this host.
    COUNT_SUBSCRIPTIONS = "SELECT COUNT(*) AS all_of_them, COUNT(*) FILTER (WHERE host = $1) AS of_host
        FROM hub_subscription";

    /// Asked for; an earlier request for the same is forgotten.
    PUT_REQUEST = "INSERT INTO hub_request (id, topic, callback, host, mode, secret, lease_seconds, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (topic, callback) DO UPDATE SET id = excluded.id, mode = excluded.mode,
            secret = excluded.secret, lease_seconds = excluded.lease_seconds, asked_at = excluded.asked_at";

    /// What was asked for.
    REQUEST = "SELECT topic, callback, host, mode, secret, lease_seconds FROM hub_request WHERE id = $1";

    /// It is settled.
    DELETE_REQUEST = "DELETE FROM hub_request WHERE id = $1";

    /// Follows, or goes on following.
    PUT_SUBSCRIPTION = "INSERT INTO hub_subscription
            (id, topic, callback, host, secret, made_at, ends_at, tries)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
        ON CONFLICT (topic, callback) DO UPDATE SET secret = excluded.secret, ends_at = excluded.ends_at,
            tries = 0, failing_since = NULL";

    /// Follows no more, because it said so.
    DELETE_SUBSCRIPTION_OF = "DELETE FROM hub_subscription WHERE topic = $1 AND callback = $2";

    /// Follows no more, because it is gone.
    DELETE_SUBSCRIPTION = "DELETE FROM hub_subscription WHERE id = $1";

    /// The feeds that somebody follows now, with what was last seen of each.
    TOPICS = "SELECT hub_subscription.topic, hub_topic.seen FROM hub_subscription
        LEFT JOIN hub_topic ON hub_topic.topic = hub_subscription.topic
        WHERE hub_subscription.ends_at > $1
        GROUP BY hub_subscription.topic, hub_topic.seen ORDER BY hub_subscription.topic";

    /// Whether anybody follows anything.
    ANYBODY = "SELECT id FROM hub_subscription WHERE ends_at > $1 LIMIT 1";

    /// Who follows this feed now.
    FOLLOWERS = "SELECT id FROM hub_subscription WHERE topic = $1 AND ends_at > $2 ORDER BY id";

    /// What was last seen of a feed.
    PUT_TOPIC = "INSERT INTO hub_topic (topic, seen) VALUES ($1, $2)
        ON CONFLICT (topic) DO UPDATE SET seen = excluded.seen";

    /// One following, while it lasts.
    SUBSCRIPTION = "SELECT topic, callback, secret, tries FROM hub_subscription WHERE id = $1 AND ends_at > $2";

    /// It took what was sent.
    TOOK = "UPDATE hub_subscription SET tries = 0, failing_since = NULL WHERE id = $1";

    /// It did not; since when, if this is not the first time.
    FAILED = "UPDATE hub_subscription SET tries = tries + 1, failing_since = COALESCE(failing_since, $2)
        WHERE id = $1 RETURNING failing_since";

    /// Forgets requests of before this.
    SWEEP_REQUESTS = "DELETE FROM hub_request WHERE asked_at < $1";

    /// Forgets what has run out.
    SWEEP_SUBSCRIPTIONS = "DELETE FROM hub_subscription WHERE ends_at <= $1";

    /// Forgets feeds that nobody follows.
    SWEEP_TOPICS = "DELETE FROM hub_topic WHERE NOT EXISTS
        (SELECT 1 FROM hub_subscription WHERE hub_subscription.topic = hub_topic.topic)";
}
