//! Every statement about manuscripts and their strokes, and nothing else.

store::statements! {
    /// A manuscript's row, if somebody has opened it before.
    MANUSCRIPT = "SELECT epoch, ground, grounded, strokes, sealed, revision FROM manuscript WHERE story_id = $1";

    /// How far it is, without its text.
    PROGRESS = "SELECT strokes, sealed, revision FROM manuscript WHERE story_id = $1";

    /// The same with nobody else able to write to it until the transaction ends.
    HOLD = "UPDATE manuscript SET strokes = strokes WHERE story_id = $1
        RETURNING epoch, ground, grounded, strokes, sealed, revision";

    /// A manuscript that is opened for the first time; the first to do so lays it out.
    LAY_OUT = "INSERT INTO manuscript (story_id, epoch, ground, grounded, strokes, sealed, revision, opened_at)
        VALUES ($1, $2, $3, 0, 0, 0, $4, $5) ON CONFLICT (story_id) DO NOTHING";

    /// Numbers for this many strokes; the row's lock keeps them in order.
    NUMBER = "UPDATE manuscript SET strokes = strokes + $3 WHERE story_id = $1 AND epoch = $2 RETURNING strokes";

    /// A stroke.
    INSERT_STROKE = "INSERT INTO stroke (story_id, number, bytes, made_by, made_by_name, made_at)
        VALUES ($1, $2, $3, $4, $5, $6)";

    /// The strokes behind a number, in order.
    STROKES_AFTER = "SELECT number, bytes FROM stroke WHERE story_id = $1 AND number > $2 ORDER BY number";

    /// Who made the strokes behind a number, and which member of staff the newest of them is.
    WRITERS_AFTER = "SELECT made_by, made_by_name, MAX(number) AS newest FROM stroke
        WHERE story_id = $1 AND number > $2 GROUP BY made_by, made_by_name ORDER BY newest DESC";

    /// What a revision holds now, and the strokes up to it as one.
    SETTLE = "UPDATE manuscript SET ground = $2, grounded = $3, sealed = $3, strokes = $3, revision = $4 WHERE story_id = $1";

    /// Strokes that the ground holds.
    FORGET_STROKES = "DELETE FROM stroke WHERE story_id = $1 AND number <= $2";
}
