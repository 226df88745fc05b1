//! A table is named in the crate that owns it and nowhere else.

use std::collections::BTreeMap;

use super::{
    Finding, Text,
    source::{Kind, Source},
    statements::{is_sql_file, is_statement},
};

/// Which crate owns which table.
pub type Owners = BTreeMap<String, String>;

/// Words of SQL that a table's name follows.
const BEFORE_A_TABLE: &[&str] = &["FROM", "INTO", "UPDATE", "JOIN", "TABLE"];

/// Reads the owners off the `CREATE TABLE`s in migrations and `sql.rs`.
pub fn owners(texts: &[Text]) -> Owners {
    let mut owners = Owners::new();
    for text in texts {
        let Some(owner) = text.crate_name().filter(|name| *name != "xtask") else {
            continue;
        };
        if !(is_sql_file(&text.path) || text.ends(".sql")) {
            continue;
        }
        for table in created(&text.text) {
            owners.insert(table, owner.to_string());
        }
    }
    owners
}

/// Finds tables named outside `sql.rs` and migrations, or in the `sql.rs` of another crate.
pub fn check(sources: &[Source], owners: &Owners) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.crate_name() != "xtask")
    {
        let in_sql = is_sql_file(&source.path);
        for token in &source.tokens {
            if token.kind != Kind::Text || token.test {
                continue;
            }
            for table in named(&token.text) {
                let Some(owner) = owners.get(&table) else {
                    continue;
                };
                let at_home = owner == source.crate_name();
                if !(at_home && (in_sql || owner == "store")) {
                    let what = format!(
                        "names the table `{table}`, which only the `sql.rs` of `{owner}` may"
                    );
                    findings.push(Finding::on_line(&source.path, token.line, what));
                }
            }
        }
    }
    findings
}

fn created(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let names = words.windows(2).enumerate().filter_map(|(place, two)| {
        let create = two[0]
            .trim_start_matches('"')
            .eq_ignore_ascii_case("create");
        if !create || !two[1].eq_ignore_ascii_case("table") {
            return None;
        }
        let rest = &words[place + 2..];
        let skipped = match rest {
            [a, b, c, ..]
                if [a, b, c]
                    .iter()
                    .zip(["if", "not", "exists"])
                    .all(|(x, y)| x.eq_ignore_ascii_case(y)) =>
            {
                3
            }
            _ => 0,
        };
        rest.get(skipped).map(|name| bare(name))
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// The names that follow `FROM`, `INTO` and their like. Small letters count in a statement only, because English has them too.
fn named(text: &str) -> Vec<String> {
    let small = is_statement(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .filter(|two| {
            let word = two[0].trim_start_matches('(');
            BEFORE_A_TABLE
                .iter()
                .any(|before| word == *before || (small && word.eq_ignore_ascii_case(before)))
        })
        .map(|two| bare(two[1]))
        .collect()
}

fn bare(name: &str) -> String {
    name.split(|ch: char| !(ch.is_ascii_alphanumeric() || ch == '_'))
        .find(|part| !part.is_empty())
        .unwrap_or_default()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{source, text};

    fn world() -> Owners {
        owners(&[
            text(
                "crates/newsroom/migrations/0001_story.sql",
                "CREATE TABLE story (\n id {uuid} PRIMARY KEY\n) {strict};\nCREATE TABLE IF NOT EXISTS revision(id {int});",
            ),
            text(
                "crates/audience/src/reader/sql.rs",
                "const A: &str = \"CREATE TABLE reader (id)\";",
            ),
            text("docs/store.md", "CREATE TABLE nothing (id)"),
        ])
    }

    #[test]
    fn the_owner_is_whose_migration_makes_the_table() {
        let owners = world();
        let seen: Vec<_> = owners
            .iter()
            .map(|(table, owner)| (table.as_str(), owner.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("reader", "audience"),
                ("revision", "newsroom"),
                ("story", "newsroom")
            ]
        );
    }

    #[track_caller]
    fn check(path: &str, statement: &str, findings: usize) {
        let source = source(path, &format!("const A: &str = \"{statement}\";"));
        assert_eq!(
            super::check(&[source], &world()).len(),
            findings,
            "{path} {statement}"
        );
    }

    #[test]
    fn a_table_is_named_by_its_owner_only() {
        check(
            "crates/newsroom/src/story/sql.rs",
            "SELECT id FROM story JOIN revision ON a",
            0,
        );
        check(
            "crates/newsroom/src/story/sql.rs",
            "SELECT id FROM story JOIN reader ON a",
            1,
        );
        check(
            "crates/audience/src/reader/sql.rs",
            "UPDATE story SET a = 1",
            1,
        );
        check("crates/newsroom/src/story.rs", "DELETE FROM revision", 1);
        check(
            "crates/newsroom/src/story/tests.rs",
            "DELETE FROM revision",
            0,
        );
        check("crates/site/src/page.rs", "a note from reader to editor", 0);
    }
}
