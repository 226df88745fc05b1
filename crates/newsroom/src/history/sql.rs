//! Every statement about the history of what stands around the stories, and nothing else.

store::statements! {
    /// A line.
    INSERT_CHANGE = "INSERT INTO furniture_change
            (id, what, subject, act, told, changed_by, changed_by_name, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}
