//! Every statement about frames of embeds, and nothing else.

store::statements! {
    /// What a provider offers; the same HTML is kept once.
    KEEP_FRAME = "INSERT INTO embed_frame (hash, html, address, kept_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO NOTHING";

    /// The HTML of a frame.
    FRAME_BY_HASH = "SELECT html FROM embed_frame WHERE hash = $1";

    /// Whether there is such a frame.
    KNOWN_FRAME = "SELECT 1 AS known FROM embed_frame WHERE hash = $1";
}
