//! SQL as registered statics: written once, turned into each engine's text once, prepared once.

use std::sync::OnceLock;

/// One SQL text with `$1…$n` for its parameters, the same for both engines.
///
/// Only [`statements!`](crate::statements) makes one, so that every statement is on a list that a
/// test prepares on both engines, and none is put together from what a visitor sent (A-01, A-02).
#[derive(Debug)]
pub struct Statement {
    name: &'static str,
    text: &'static str,
    for_sqlite: OnceLock<String>,
    for_postgres: OnceLock<String>,
}

impl Statement {
    #[doc(hidden)]
    pub const fn of_the_macro(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            for_sqlite: OnceLock::new(),
            for_postgres: OnceLock::new(),
        }
    }

    /// The crate, module and name it was registered under, for messages.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text as written.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The text with `?n` for `$n`: SQLite numbers `$n` by first appearance and would silently swap
    /// the values of `$2, $1`.
    pub(crate) fn for_sqlite(&self) -> &str {
        self.for_sqlite
            .get_or_init(|| question_marks(&self.text.replace("{skip_locked}", "")))
    }

    /// The text with `{skip_locked}` spelled out.
    pub(crate) fn for_postgres(&self) -> &str {
        self.for_postgres
            .get_or_init(|| self.text.replace("{skip_locked}", "FOR UPDATE SKIP LOCKED"))
    }
}

/// Registers SQL: one public static per statement, and `STATEMENTS`, the list of them all.
///
/// `{skip_locked}` is the one token: `FOR UPDATE SKIP LOCKED` where the engine has it. Use the macro
/// once per module.
///
/// ```
/// store::statements! {
///     /// The story with this id.
///     STORY_BY_ID = "SELECT headline FROM story WHERE id = $1";
/// }
/// assert_eq!(STATEMENTS.len(), 1);
/// assert!(STORY_BY_ID.name().ends_with("STORY_BY_ID"));
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)*) => {
        $(
            $(#[$meta])*
            pub static $name: $crate::Statement = $crate::Statement::of_the_macro(
                concat!(module_path!(), "::", stringify!($name)),
                $text,
            );
        )*
        /// Every statement of this module, for the test that prepares them on both engines.
        pub static STATEMENTS: &[&$crate::Statement] = &[$(&$name),*];
    };
}

/// Writes `?n` for `$n`, leaving quoted text and comments alone.
fn question_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\'', '"', '-', '/']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let taken = length_of_piece(tail);
        let piece = &tail[..taken];
        let is_parameter = piece.len() > 1 && piece.starts_with('$');
        out.push_str(if is_parameter { "?" } else { &piece[..1] });
        out.push_str(&piece[1..]);
        rest = &tail[taken..];
    }
    out.push_str(rest);
    out
}

/// How many bytes at the head of `tail` belong together: a parameter, a quotation, a comment, or
/// the one character.
fn length_of_piece(tail: &str) -> usize {
    let through = |end: &str, from: usize| {
        tail[from..]
            .find(end)
            .map_or(tail.len(), |at| from + at + end.len())
    };
    match tail.as_bytes() {
        [b'$', ..] => 1 + tail[1..].bytes().take_while(u8::is_ascii_digit).count(),
        [b'\'', ..] => through("'", 1),
        [b'"', ..] => through("\"", 1),
        [b'-', b'-', ..] => through("\n", 2),
        [b'/', b'*', ..] => through("*/", 2),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(question_marks(text), expected);
    }

    #[test]
    fn parameters_keep_their_numbers() {
        check("SELECT $2, $1", "SELECT ?2, ?1");
        check("WHERE a=$10 AND b=$1", "WHERE a=?10 AND b=?1");
        check("$1", "?1");
    }

    #[test]
    fn quoted_text_and_comments_are_left_alone() {
        check("SELECT 'costs $1', $1", "SELECT 'costs $1', ?1");
        check("SELECT 'it''s $1' || $2", "SELECT 'it''s $1' || ?2");
        check(
            "SELECT \"$1\" FROM t -- $1\nWHERE a = $1",
            "SELECT \"$1\" FROM t -- $1\nWHERE a = ?1",
        );
        check("SELECT a - $1 / $2 /* $3 */", "SELECT a - ?1 / ?2 /* $3 */");
        check(
            "SELECT doc->>'price' || '$' || $1",
            "SELECT doc->>'price' || '$' || ?1",
        );
        check("SELECT 'unfinished $1", "SELECT 'unfinished $1");
    }

    #[test]
    fn the_lock_token_is_spelled_out_where_there_are_locks() {
        let claim = Statement::of_the_macro("claim", "SELECT id FROM job LIMIT $1 {skip_locked}");
        assert_eq!(claim.for_sqlite(), "SELECT id FROM job LIMIT ?1 ");
        assert_eq!(
            claim.for_postgres(),
            "SELECT id FROM job LIMIT $1 FOR UPDATE SKIP LOCKED"
        );
    }
}
