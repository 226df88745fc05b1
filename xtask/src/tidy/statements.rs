//! SQL stands in `sql.rs` and is never put together at run time.

use super::{
    Finding,
    source::{Kind, Source, Token},
};

/// Macros that fill a text in.
const FILLS: &[&str] = &["format", "write", "writeln", "format_args"];
/// How many tokens may stand between a macro's bracket and its text: `write!(&mut self.out, "…")`.
const BEFORE_TEXT: usize = 8;

/// Finds statements outside `sql.rs`, and statements that are filled in.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().flat_map(of_source).collect()
}

fn of_source(source: &Source) -> Vec<Finding> {
    if source.crate_name() == "xtask" || is_engine(&source.path) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (place, token) in source.tokens.iter().enumerate() {
        if token.kind != Kind::Text || token.test || !is_statement(&token.text) {
            continue;
        }
        if !is_sql_file(&source.path) {
            let what = "has SQL outside of a `sql.rs`";
            findings.push(Finding::on_line(&source.path, token.line, what));
        }
        if let Some(name) = filled_by(&source.tokens[..place]) {
            let what = format!("puts a statement together with `{name}!`; bind values instead");
            findings.push(Finding::on_line(&source.path, token.line, what));
        }
    }
    findings
}

/// `sql.rs`, a file in a folder `sql/` beside it, and the list of migrations.
pub fn is_sql_file(path: &str) -> bool {
    path.ends_with("/sql.rs") || path.contains("/sql/") || path.contains("/migrations/")
}

/// Where the store speaks to its engines, statements of the engine's own are made: `PRAGMA`, `CREATE DATABASE`.
fn is_engine(path: &str) -> bool {
    const PLACES: &[&str] = &["sqlite", "postgres", "engine", "migrat", "dialect"];
    let inside = path.strip_prefix("crates/store/src/").unwrap_or_default();
    PLACES.iter().any(|place| inside.contains(place))
}

/// The macro whose brackets a text stands in, given the tokens before it.
fn filled_by(before: &[Token]) -> Option<&str> {
    let near = &before[before.len().saturating_sub(BEFORE_TEXT)..];
    let start = near.iter().rposition(|token| {
        token.kind == Kind::Mark && matches!(token.text.as_str(), "(" | "[" | "{")
    })?;
    if near[start..]
        .iter()
        .any(|token| token.text == ")" || token.text == ";")
        || start < 2
    {
        return None;
    }
    let (name, mark) = (&near[start - 2], &near[start - 1]);
    (mark.text == "!" && FILLS.contains(&name.text.as_str())).then_some(name.text.as_str())
}

/// Whether a text has the shape of a statement or a clause of one.
pub fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    let pair = |a: &str, b: &str| words.windows(2).any(|two| two == [a, b]);
    (has("SELECT") && (has("FROM") || words[0] == "SELECT"))
        || (has("UPDATE") && has("SET"))
        || [
            ("INSERT", "INTO"),
            ("DELETE", "FROM"),
            ("CREATE", "TABLE"),
            ("CREATE", "INDEX"),
            ("ALTER", "TABLE"),
            ("DROP", "TABLE"),
            ("ORDER", "BY"),
            ("ON", "CONFLICT"),
        ]
        .iter()
        .any(|(a, b)| pair(a, b))
        || matches!(words.first(), Some(&"PRAGMA" | &"WHERE"))
        || is_statement_in_small_letters(&words)
}

/// English begins with such words too, so more than the first is asked for.
fn is_statement_in_small_letters(words: &[&str]) -> bool {
    match words {
        ["insert", "into", ..] | ["delete", "from", ..] | ["create", "table", ..] => true,
        ["select", rest @ ..] => rest.contains(&"from") && rest.contains(&"where"),
        ["update", _, "set", ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::source;

    #[track_caller]
    fn check(path: &str, text: &str, findings: usize) {
        let code = format!("fn a() {{ {text} }}");
        assert_eq!(
            super::check(&[source(path, &code)]).len(),
            findings,
            "{path} {text}"
        );
    }

    const STORY: &str = "crates/newsroom/src/story.rs";
    const SQL: &str = "crates/newsroom/src/story/sql.rs";

    #[test]
    fn sql_stands_in_its_file() {
        for statement in [
            "\"SELECT id FROM story\"",
            "\"SELECT 1\"",
            "\"INSERT INTO story (id) VALUES ($1)\"",
            "\"UPDATE story SET slug = $1\"",
            "\"WHERE id = $1\"",
            "r#\"select id from story where id = $1\"#",
            "\"DELETE\n FROM story\"",
        ] {
            check(STORY, statement, 1);
            check(SQL, statement, 0);
            check("crates/newsroom/src/story/tests.rs", statement, 0);
        }
        check(
            "crates/store/src/sqlite/open.rs",
            "\"PRAGMA journal_mode = WAL\"",
            0,
        );
    }

    #[test]
    fn plain_words_are_no_sql() {
        for words in [
            "\"Select a story from the list\"",
            "\"update the story, then set it free\"",
            "\"where it happened\"",
            "\"FROM THE NEWSROOM\"",
        ] {
            check(STORY, words, 0);
        }
    }

    #[test]
    fn a_02_v_30_a_statement_is_never_filled_in() {
        check(SQL, "format!(\"SELECT id FROM {table}\")", 1);
        check(SQL, "write!(&mut out, \"DELETE FROM {table}\")", 1);
        check(SQL, "query(\"SELECT id FROM story\")", 0);
        check(SQL, "(format!(\"{a}\"), \"SELECT id FROM story\")", 0);
    }
}
