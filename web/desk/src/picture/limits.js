// Limits that are felt at a picture, with their reasons.

/**
 * Bytes that go in one part: on a slow line (0.6 Mbit/s) one comes within the thirty seconds a request has, and a break costs no more.
 * The server takes larger ones and says so; what it says holds where it is less.
 */
export const PART = 2 * 1024 * 1024;
/** Pictures under way at once: more would share the same line. */
export const AT_ONCE = 2;
/** First and longest wait before a broken line is tried again, milliseconds. */
export const RETRY = [2_000, 30_000];
/** Times a part is tried by itself before a hand is asked. */
export const TRIES = 8;
/** Hours for which the server keeps what came of an unfinished file (`LASTS` in crates/newsroom/src/picture/upload.rs). */
export const KEPT_HOURS = 24;
/** Unfinished files remembered on this device. */
export const MAX_UNFINISHED = 20;
/** How often a picture under development is looked at again, milliseconds; crops follow within seconds. */
export const DEVELOPING = 1_500;
/** How often a picture that is fetched by its address is asked after, milliseconds. */
export const LOOK = 1_000;
/** Characters of a line and of a text, and entries of a list (crates/newsroom/src/picture/fields.rs). */
export const [LINE_MOST, TEXT_MOST, ENTRIES_MOST] = [500, 10_000, 100];
/** Pictures that one pull may name (`POST /picture-pulls`). */
export const PULL_MOST = 200;
/** How far an arrow key moves the focus, thousandths of the picture: a fiftieth, and with Shift a tenth. */
export const [STEP, STRIDE] = [20, 100];
