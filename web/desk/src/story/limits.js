// Limits a writer feels, with their reasons.

/** A headline longer than this is cut on most surfaces, characters (NEWSROOM 2.2). */
export const HEADLINE_SOFT = 65;
/** What the server keeps at most, characters: `story::limits` has the same numbers and the last word. */
export const [HEADLINE_MOST, KICKER_MOST, DECK_MOST] = [250, 60, 600];
/** A slugline is a label on a board, characters (NEWSROOM 2.2). */
export const SLUGLINE_MOST = 24;
/** An alternative text longer than this tires who listens, characters (COPYDESK C17). */
export const ALT_SOFT = 150;
