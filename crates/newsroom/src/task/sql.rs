//! Every statement about tasks, and nothing else.

store::statements! {
    /// A task is raised.
    INSERT_TASK = "INSERT INTO task (id, kind, picture_id, story_id, entry_id, page, path, title, why, raised_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    /// One task.
    TASK_BY_ID = "SELECT t.id, t.kind, t.picture_id, t.story_id, t.entry_id, t.page, t.path, t.title, t.why, t.raised_at,
            d.how, d.done_by_name, d.done_at
        FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id WHERE t.id = $1";

    /// Tasks that are done or not ($1), the last raised first, before $2 and $3, so many $4.
    LIST_TASKS = "SELECT t.id, t.kind, t.picture_id, t.story_id, t.entry_id, t.page, t.path, t.title, t.why, t.raised_at,
            d.how, d.done_by_name, d.done_at
        FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE (d.task_id IS NOT NULL) = $1
          AND (t.raised_at < $2 OR (t.raised_at = $2 AND t.id < $3))
        ORDER BY t.raised_at DESC, t.id DESC LIMIT $4";

    /// How many wait, counted no further than $1.
    COUNT_OPEN = "SELECT COUNT(*) AS open FROM (
            SELECT 1 AS one FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
            WHERE d.task_id IS NULL LIMIT $1) AS waiting";

    /// Where a picture was taken off, the last first.
    TASKS_OF_PICTURE = "SELECT t.id, t.kind, t.picture_id, t.story_id, t.entry_id, t.page, t.path, t.title, t.why,
            t.raised_at, d.how, d.done_by_name, d.done_at
        FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE t.picture_id = $1 ORDER BY t.raised_at DESC, t.id DESC LIMIT $2";

    /// A task is done.
    COMPLETE = "INSERT INTO task_completion (task_id, how, done_by, done_by_name, done_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (task_id) DO NOTHING";

    /// It is not, after all.
    REOPEN = "DELETE FROM task_completion WHERE task_id = $1";

    /// What waits because of a picture.
    OPEN_OF_PICTURE = "SELECT t.id FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE t.picture_id = $1 AND d.task_id IS NULL";

    /// What waits upon a story, with its pictures.
    OPEN_OF_STORY = "SELECT t.id, t.picture_id FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE t.story_id = $1 AND d.task_id IS NULL";

    /// What waits upon a live entry, with its pictures.
    OPEN_OF_ENTRY = "SELECT t.id, t.picture_id FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE t.entry_id = $1 AND d.task_id IS NULL";

    /// What waits upon a page about the newsroom, with its pictures.
    OPEN_OF_PAGE = "SELECT t.id, t.picture_id FROM task AS t LEFT JOIN task_completion AS d ON d.task_id = t.id
        WHERE t.page = $1 AND d.task_id IS NULL";
}
