//! Every statement about staff, their sessions and tokens, and nothing else.

store::statements! {
    /// Everybody, by name.
    ALL_STAFF = "SELECT id, name, email, role, disabled_at FROM staff ORDER BY name, id";

    /// Somebody who is signing in.
    STAFF_BY_EMAIL = "SELECT id, name, email, role, disabled_at, password_hash, code_secret, code_confirmed,
            last_code_step
        FROM staff WHERE email = $1";

    /// Somebody who is coming in by a token.
    STAFF_TO_CONFIRM = "SELECT id, name, email, role, disabled_at, code_secret, code_confirmed, last_code_step
        FROM staff WHERE id = $1";

    /// Somebody new, who has yet to show their first code.
    INSERT_STAFF = "INSERT INTO staff
            (id, name, email, role, password_hash, code_secret, code_confirmed, last_code_step, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)";

    /// Enrolment begun again before it was finished takes the newest password and secret.
    REPLACE_UNCONFIRMED = "UPDATE staff SET name = $2, email = $3, password_hash = $4, code_secret = $5
        WHERE id = $1 AND NOT code_confirmed";

    /// A time code is good once: the step must be later than the last.
    USE_CODE = "UPDATE staff SET last_code_step = $2, code_confirmed = $3 WHERE id = $1 AND last_code_step < $2";

    /// An invitation.
    INSERT_INVITATION = "INSERT INTO invitation (token_hash, role, expires_at) VALUES ($1, $2, $3)";

    /// An invitation, by its token.
    INVITATION = "SELECT role, staff_id, expires_at FROM invitation WHERE token_hash = $1";

    /// Binds an invitation to the person it became.
    BIND_INVITATION = "UPDATE invitation SET staff_id = $2 WHERE token_hash = $1";

    /// An invitation is good once.
    USE_INVITATION = "DELETE FROM invitation WHERE token_hash = $1";

    /// Invitations that ran out.
    SWEEP_INVITATIONS = "DELETE FROM invitation WHERE expires_at <= $1";

    /// Who began to come in and has no invitation any more.
    SWEEP_UNCONFIRMED = "DELETE FROM staff WHERE NOT code_confirmed AND NOT EXISTS
            (SELECT 1 FROM invitation WHERE invitation.staff_id = staff.id)";

    /// Shuts somebody out, from this moment; whoever was shut out before stays so since then.
    SUSPEND = "UPDATE staff SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL";

    /// Lets them in again.
    RESTORE = "UPDATE staff SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL";

    /// Every session of somebody is over.
    END_SESSIONS_OF = "DELETE FROM staff_session WHERE staff_id = $1";

    /// The invitation of somebody who had not come in yet.
    DROP_INVITATION_OF = "DELETE FROM invitation WHERE staff_id = $1";

    /// A session.
    INSERT_SESSION = "INSERT INTO staff_session (token_hash, staff_id, opened_at, seen_at, ends_at)
        VALUES ($1, $2, $3, $3, $4)";

    /// Who holds this session.
    SESSION = "SELECT staff.id, staff.name, staff.email, staff.role, staff.disabled_at,
            staff_session.seen_at, staff_session.ends_at
        FROM staff_session JOIN staff ON staff.id = staff_session.staff_id
        WHERE staff_session.token_hash = $1";

    /// The session was used.
    TOUCH_SESSION = "UPDATE staff_session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";

    /// The session is over.
    END_SESSION = "DELETE FROM staff_session WHERE token_hash = $1";

    /// All sessions are over.
    END_ALL_SESSIONS = "DELETE FROM staff_session";

    /// Sessions past their end or long unused.
    SWEEP_SESSIONS = "DELETE FROM staff_session WHERE ends_at < $1 OR seen_at < $2";

    /// A machine's token.
    INSERT_TOKEN = "INSERT INTO api_token (id, name, token_hash, scopes, created_at, expires_at, owner_id, owner_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    /// The machine that holds this token.
    TOKEN = "SELECT id, name, scopes, expires_at, revoked_at FROM api_token WHERE token_hash = $1";

    /// Every token, the newest first.
    ALL_TOKENS = "SELECT id, name, scopes, created_at, expires_at, revoked_at, owner_id, owner_name FROM api_token
        ORDER BY created_at DESC, id";

    /// A page of tokens behind a moment and an id, the newest first.
    TOKENS_AFTER = "SELECT id, name, scopes, created_at, expires_at, revoked_at, owner_id, owner_name FROM api_token
        WHERE created_at < $1 OR (created_at = $1 AND id > $2)
        ORDER BY created_at DESC, id LIMIT $3";

    /// One token, without its secret.
    TOKEN_BY_ID = "SELECT id, name, scopes, created_at, expires_at, revoked_at, owner_id, owner_name FROM api_token
        WHERE id = $1";

    /// No longer good.
    REVOKE_TOKEN = "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";

    /// Nor is any that somebody answers for.
    REVOKE_TOKENS_OF = "UPDATE api_token SET revoked_at = $2 WHERE owner_id = $1 AND revoked_at IS NULL";
}
