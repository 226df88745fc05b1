//! Every statement about the front, and nothing else.

store::statements! {
    /// The slots in order.
    ALL_SLOTS = "SELECT position, story_id, weight FROM front_slot ORDER BY position";

    /// Empties the front, before it is set anew in the same transaction.
    CLEAR_SLOTS = "DELETE FROM front_slot";

    /// Fills one slot.
    PUT_SLOT = "INSERT INTO front_slot (position, story_id, weight) VALUES ($1, $2, $3)";
}
