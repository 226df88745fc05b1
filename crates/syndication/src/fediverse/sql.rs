//! Every statement about other servers, who follows there, and what is sent to them, and nothing else.

store::statements! {
    /// Somebody who follows.
    ACTOR = "SELECT id, host, key_id, key, inbox, send_to FROM fediverse_actor WHERE id = $1";

    /// Somebody who follows, as they say they are now.
    PUT_ACTOR = "INSERT INTO fediverse_actor (id, host, key_id, key, inbox, send_to, fetched_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, key = excluded.key, inbox = excluded.inbox,
            send_to = excluded.send_to, fetched_at = excluded.fetched_at";

    /// Who follows nobody is nobody to us.
    DELETE_IDLE_ACTOR = "DELETE FROM fediverse_actor WHERE id = $1 AND NOT EXISTS
        (SELECT 1 FROM fediverse_follower WHERE fediverse_follower.actor_id = fediverse_actor.id)";

    /// Follows, or goes on following.
    PUT_FOLLOWER = "INSERT INTO fediverse_follower (actor_id, followed, activity_id, made_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (actor_id, followed) DO UPDATE SET activity_id = excluded.activity_id";

    /// Follows this one no more.
    DELETE_FOLLOWER = "DELETE FROM fediverse_follower WHERE actor_id = $1 AND followed = $2";

    /// Takes back what it asked for by this id.
    DELETE_FOLLOWER_BY_ACTIVITY = "DELETE FROM fediverse_follower WHERE actor_id = $1 AND activity_id = $2";

    /// Follows nobody any more.
    DELETE_FOLLOWERS_OF_ACTOR = "DELETE FROM fediverse_follower WHERE actor_id = $1";

    /// How many follow this one.
    COUNT_OF = "SELECT COUNT(*) AS followers FROM fediverse_follower WHERE followed = $1";

    /// How many there are who follow: in all, and at this host.
    COUNT_ACTORS = "SELECT COUNT(*) AS all_of_them, COUNT(*) FILTER (WHERE host = $1) AS of_host
        FROM fediverse_actor";

    /// Where those are who follow one of these two.
    PLACES = "SELECT DISTINCT fediverse_actor.send_to FROM fediverse_actor
        JOIN fediverse_follower ON fediverse_follower.actor_id = fediverse_actor.id
        WHERE fediverse_follower.followed = $1 OR fediverse_follower.followed = $2
        ORDER BY fediverse_actor.send_to";

    /// Nobody at this place follows any more.
    DELETE_FOLLOWERS_AT = "DELETE FROM fediverse_follower WHERE actor_id IN
        (SELECT id FROM fediverse_actor WHERE send_to = $1 OR inbox = $1)";

    /// This place is forgotten.
    DELETE_ACTORS_AT = "DELETE FROM fediverse_actor WHERE send_to = $1 OR inbox = $1";

    /// Nothing more goes to this place.
    DELETE_DELIVERIES_TO = "DELETE FROM fediverse_delivery WHERE send_to = $1";

    /// A place took what was sent.
    TOOK = "UPDATE fediverse_actor SET failing_since = NULL WHERE send_to = $1 AND failing_since IS NOT NULL";

    /// A place did not; since when, if this is not the first time.
    FAILED = "UPDATE fediverse_actor SET failing_since = COALESCE(failing_since, $2) WHERE send_to = $1
        RETURNING failing_since";

    /// What waits to be checked: in all, and of this host.
    COUNT_ARRIVALS = "SELECT COUNT(*) AS all_of_them, COUNT(*) FILTER (WHERE host = $1) AS of_host
        FROM fediverse_arrival";

    /// Came in.
    PUT_ARRIVAL = "INSERT INTO fediverse_arrival (id, host, document, tries, came_at) VALUES ($1, $2, $3, 0, $4)";

    /// What came in.
    ARRIVAL = "SELECT document, tries FROM fediverse_arrival WHERE id = $1";

    /// Its key could not be had.
    ARRIVAL_TRIED = "UPDATE fediverse_arrival SET tries = tries + 1 WHERE id = $1";

    /// It is settled.
    DELETE_ARRIVAL = "DELETE FROM fediverse_arrival WHERE id = $1";

    /// Forgets what came in before this.
    SWEEP_ARRIVALS = "DELETE FROM fediverse_arrival WHERE came_at < $1";

    /// In whose name a story was told, and whether it was taken back.
    STORY = "SELECT actor, gone_at FROM fediverse_story WHERE story_id = $1";

    /// A story is told; in the name of whoever told it first.
    PUT_STORY = "INSERT INTO fediverse_story (story_id, actor, told_at) VALUES ($1, $2, $3)
        ON CONFLICT (story_id) DO UPDATE SET gone_at = NULL RETURNING actor";

    /// A story is taken back.
    STORY_GONE = "UPDATE fediverse_story SET gone_at = $2 WHERE story_id = $1 RETURNING actor";

    /// One delivery for each event, act and place.
    INSERT_DELIVERY = "INSERT INTO fediverse_delivery (id, event_id, act, actor, story_id, payload, send_to, tries, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)
        ON CONFLICT (event_id, act, send_to) DO NOTHING";

    /// What is to be sent where.
    DELIVERY = "SELECT event_id, act, actor, story_id, payload, send_to, tries, made_at FROM fediverse_delivery WHERE id = $1";

    /// It was not taken.
    DELIVERY_TRIED = "UPDATE fediverse_delivery SET tries = tries + 1 WHERE id = $1";

    /// It is over.
    DELETE_DELIVERY = "DELETE FROM fediverse_delivery WHERE id = $1";

    /// Forgets what was to be sent before this.
    SWEEP_DELIVERIES = "DELETE FROM fediverse_delivery WHERE made_at < $1";
}
