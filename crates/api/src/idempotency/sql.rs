//! Every statement about kept answers, and nothing else.

store::statements! {
    /// Claims a key, or takes over one that nobody will ask for any more ($6), or that was left under
    /// way by the same request too long ago ($5).
    CLAIM = "INSERT INTO kept_answer (caller, request_key, fingerprint, asked_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (caller, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
            asked_at = excluded.asked_at, status = NULL, headers = NULL, body = NULL
        WHERE kept_answer.asked_at < $6
            OR (kept_answer.status IS NULL AND kept_answer.asked_at < $5
                AND kept_answer.fingerprint = excluded.fingerprint)";

    /// What is under a key.
    KEPT = "SELECT fingerprint, status, headers, body FROM kept_answer WHERE caller = $1 AND request_key = $2";

    /// Keeps the answer under the claim made at that moment.
    KEEP = "UPDATE kept_answer SET status = $4, headers = $5, body = $6
        WHERE caller = $1 AND request_key = $2 AND asked_at = $3";

    /// Gives a key back whose request did nothing.
    RELEASE = "DELETE FROM kept_answer
        WHERE caller = $1 AND request_key = $2 AND asked_at = $3 AND status IS NULL";

    /// Forgets answers that were kept long enough.
    SWEEP = "DELETE FROM kept_answer WHERE asked_at < $1";
}
