//! Every statement about pictures, and nothing else.

store::statements! {
    /// One picture of ours.
    PICTURE_BY_ID = "SELECT k.id, k.version, k.fields, k.file, k.original, k.focus_x, k.focus_y, k.state, k.remarks,
            k.prints, k.printed, k.lapses_at, k.uploaded_by, k.uploaded_by_name, k.created_at, k.changed_at,
            l.why, l.reason, l.pulled_at, l.pulled_by_name,
            (SELECT COUNT(DISTINCT u.story_id) FROM picture_use AS u
                JOIN publication ON publication.story_id = u.story_id
                WHERE u.picture_id = k.id AND l.picture_id IS NULL) AS uses
        FROM picture AS k LEFT JOIN picture_pull AS l ON l.picture_id = k.id
        WHERE k.id = $1 AND k.original IS NOT NULL";

    /// The picture whose original has this hash.
    PICTURE_OF_ORIGINAL = "SELECT id FROM picture WHERE source = 'upload' AND source_key = $1";

    /// A page of the library, newest first: words $1, credit $2, place $3, taken from $4 to $5, rights $6 at the
    /// hour $7 with $8 still far enough away, before $9 and $10, so many $11.
    LIST_PICTURES = "SELECT * FROM (
            SELECT k.id, k.version, k.fields, k.file, k.original, k.focus_x, k.focus_y, k.state, k.remarks,
                k.prints, k.printed, k.lapses_at, k.uploaded_by, k.uploaded_by_name, k.created_at, k.changed_at,
                l.why, l.reason, l.pulled_at, l.pulled_by_name,
                (SELECT COUNT(DISTINCT u.story_id) FROM picture_use AS u
                    JOIN publication ON publication.story_id = u.story_id
                WHERE u.picture_id = k.id AND l.picture_id IS NULL) AS uses,
                CASE WHEN l.why = 'pulled' THEN 'pulled'
                     WHEN k.lapses_at <= $7 THEN 'lapsed'
                     WHEN k.lapses_at <= $8 THEN 'lapsing'
                     WHEN k.credit = '' THEN 'no-credit'
                     ELSE 'fine' END AS rights
            FROM picture AS k LEFT JOIN picture_pull AS l ON l.picture_id = k.id
            WHERE k.original IS NOT NULL
              AND (k.words LIKE $1 OR $1 IS NULL)
              AND (k.credit LIKE $2 OR $2 IS NULL)
              AND (k.place LIKE $3 OR $3 IS NULL)
              AND (k.taken >= $4 OR $4 IS NULL)
              AND (substr(k.taken, 1, 10) <= $5 OR $5 IS NULL)
              AND (k.created_at < $9 OR (k.created_at = $9 AND k.id < $10))
        ) AS listed
        WHERE (rights = $6 OR $6 IS NULL)
        ORDER BY created_at DESC, id DESC LIMIT $11";

    /// A picture that came in; one whose original is here already stays as it is.
    INSERT_PICTURE = "INSERT INTO picture (id, source, source_key, record, created_at, changed_at, fields, words, credit,
            place, taken, lapses_at, original, file, state, remarks, prints, printed, uploaded_by, uploaded_by_name)
        VALUES ($1, 'upload', $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'developing', $13, $14, 1, $15, $16)
        ON CONFLICT (source, source_key) DO NOTHING";

    /// Sets what is said of a picture, unless another hand changed it first.
    AMEND_PICTURE = "UPDATE picture SET fields = $3, words = $4, credit = $5, place = $6, taken = $7, lapses_at = $8,
            prints = $9, changed_at = $10, version = version + 1
        WHERE id = $1 AND version = $2";

    /// Sets what crops keep.
    REFOCUS_PICTURE = "UPDATE picture SET focus_x = $2, focus_y = $3, state = 'developing', changed_at = $4,
            version = version + 1
        WHERE id = $1";

    /// Other files for a picture, unless there are others already.
    LAY_PRINTS = "UPDATE picture SET prints = $3, remarks = $4, state = $5, printed = printed + 1
        WHERE id = $1 AND printed = $2";

    /// The picture cannot be developed further.
    SET_STATE = "UPDATE picture SET state = $2 WHERE id = $1";

    /// A file of a picture.
    INSERT_PRINT = "INSERT INTO picture_print (hash, picture_id, format) VALUES ($1, $2, $3)
        ON CONFLICT (hash, picture_id) DO UPDATE SET replaced_at = NULL";

    /// The files there were are replaced.
    REPLACE_PRINTS = "UPDATE picture_print SET replaced_at = $2 WHERE picture_id = $1 AND replaced_at IS NULL";

    /// Whose file this is, and whether readers may have it.
    PRINT_BY_HASH = "SELECT f.picture_id, f.format, k.file, l.picture_id AS pulled
        FROM picture_print AS f JOIN picture AS k ON k.id = f.picture_id
        LEFT JOIN picture_pull AS l ON l.picture_id = f.picture_id
        WHERE f.hash = $1";

    /// What readers are shown of a picture.
    SHOWN_OF_PICTURE = "SELECT k.prints, l.picture_id AS pulled FROM picture AS k
        LEFT JOIN picture_pull AS l ON l.picture_id = k.id WHERE k.id = $1";

    /// Takes a picture from readers.
    PULL_PICTURE = "INSERT INTO picture_pull (picture_id, why, reason, pulled_by, pulled_by_name, pulled_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (picture_id) DO NOTHING";

    /// A person's word in place of the calendar's.
    REPLACE_PULL = "UPDATE picture_pull SET why = 'pulled', reason = $2, pulled_by = $3, pulled_by_name = $4, pulled_at = $5
        WHERE picture_id = $1 AND why = 'lapsed'";

    /// Gives it back.
    RESTORE_PICTURE = "DELETE FROM picture_pull WHERE picture_id = $1";

    /// Pictures whose term is over and that readers still have.
    LAPSED_PICTURES = "SELECT k.id FROM picture AS k LEFT JOIN picture_pull AS l ON l.picture_id = k.id
        WHERE k.lapses_at <= $1 AND l.picture_id IS NULL AND k.original IS NOT NULL
        ORDER BY k.lapses_at LIMIT $2";

    /// The uses of a story as it goes out: first none.
    FORGET_USES = "DELETE FROM picture_use WHERE story_id = $1";

    /// Then each.
    INSERT_USE = "INSERT INTO picture_use (story_id, picture_id, is_lead) VALUES ($1, $2, $3)
        ON CONFLICT (story_id, picture_id, is_lead) DO NOTHING";

    /// Where a picture runs.
    USES_OF_PICTURE = "SELECT u.story_id, u.is_lead, p.path, p.card FROM picture_use AS u
        JOIN publication AS p ON p.story_id = u.story_id
        WHERE u.picture_id = $1 ORDER BY p.first_at DESC, u.story_id, u.is_lead LIMIT $2";

    /// What was done to a picture.
    INSERT_PICTURE_ACT = "INSERT INTO picture_act (id, picture_id, act, told, done_by, done_by_name, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// A file begins to come.
    INSERT_UPLOAD = "INSERT INTO picture_upload (id, length, file_name, begun_by, begun_at) VALUES ($1, $2, $3, $4, $5)";

    /// One on its way, or that came.
    UPLOAD_BY_ID = "SELECT id, length, file_name, begun_by, begun_at, picture_id FROM picture_upload WHERE id = $1";

    /// How many of one hand are on their way.
    UPLOADS_OF = "SELECT COUNT(*) AS uploads FROM picture_upload WHERE begun_by = $1 AND picture_id IS NULL";

    /// It became a picture.
    END_UPLOAD = "UPDATE picture_upload SET picture_id = $2 WHERE id = $1";

    /// It is over.
    DELETE_UPLOAD = "DELETE FROM picture_upload WHERE id = $1";

    /// Those begun too long ago.
    OLD_UPLOADS = "SELECT id FROM picture_upload WHERE begun_at < $1 ORDER BY begun_at LIMIT $2";

    /// Files that were replaced long ago are no longer ours.
    DELETE_REPLACED = "DELETE FROM picture_print WHERE replaced_at < $1";

    /// Whether a row names this file.
    IS_NAMED = "SELECT 1 AS named FROM picture WHERE original = $1
        UNION ALL SELECT 1 AS named FROM picture_print WHERE hash = $1 LIMIT 1";

    /// The picture that was found at an address elsewhere.
    PICTURE_AT_ADDRESS = "SELECT picture_id FROM picture_address WHERE address = $1";

    /// Remembers where a picture was found; the first to be found there stays.
    REMEMBER_ADDRESS = "INSERT INTO picture_address (address, picture_id, found_at) VALUES ($1, $2, $3)
        ON CONFLICT (address) DO NOTHING";

    /// Somebody asks for a picture from an address.
    INSERT_FETCH = "INSERT INTO picture_fetch (id, address, begun_by, staff_id, begun_by_name, begun_at)
        VALUES ($1, $2, $3, $4, $5, $6)";

    /// What was asked for, and what became of it.
    FETCH_BY_ID = "SELECT id, address, begun_by, staff_id, begun_by_name, picture_id, refusal FROM picture_fetch
        WHERE id = $1";

    /// How many of one hand are under way.
    FETCHES_OF = "SELECT COUNT(*) AS fetches FROM picture_fetch
        WHERE begun_by = $1 AND picture_id IS NULL AND refusal IS NULL";

    /// What became of it.
    END_FETCH = "UPDATE picture_fetch SET picture_id = $2, refusal = $3 WHERE id = $1";

    /// Those asked for long ago are forgotten.
    DELETE_FETCHES = "DELETE FROM picture_fetch WHERE begun_at < $1";
}
