//! The page of proofs and the tests: each test it names is there, and each test with an id in its name stands on it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Text, source::Source};

/// The page.
const PAGE: &str = "docs/proofs.md";
/// The kinds of ids in the plan, as tests spell them.
const KINDS: &[u8] = b"abflvw";
/// Says in a row without tests that something must come first.
const WAITS: &str = "waits";

/// Finds rows whose tests are gone, rows without any that wait for nothing, and tests that no row names.
pub fn check(texts: &[Text], sources: &[Source]) -> Vec<Finding> {
    let Some(page) = texts.iter().find(|text| text.path == PAGE) else {
        return Vec::new();
    };
    let tests = tests(sources);
    let rows: Vec<Row> = rows(&page.text).collect();
    let mut findings: Vec<Finding> = rows.iter().filter_map(|row| row.judged(&tests)).collect();
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &rows {
        if named.contains_key(row.id) {
            findings.push(row.finding("stands there twice"));
        }
        named.entry(row.id).or_default().extend(&row.tests);
    }
    for (name, place) in &tests {
        for id in ids(name) {
            let stands = named
                .get(id.as_str())
                .is_some_and(|tests| tests.contains(name));
            if !stands {
                let what = format!("`{name}` is not in the row of {id} on {PAGE}");
                findings.push(Finding::in_file(place, what));
            }
        }
    }
    findings
}

/// Tests with an id in their name, and the file each is in.
fn tests(sources: &[Source]) -> BTreeMap<&str, &str> {
    let mut tests = BTreeMap::new();
    for source in sources {
        for function in source.functions.iter().filter(|function| function.test) {
            if !ids(&function.name).is_empty() {
                tests.insert(function.name.as_str(), source.path.as_str());
            }
        }
    }
    tests
}

/// `w_01_v_60_nobody_reads` proves W-01 and V-60.
fn ids(name: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = name.as_bytes();
    while let [kind, b'_', ten, one, b'_', tail @ ..] = rest {
        if !KINDS.contains(kind) || !ten.is_ascii_digit() || !one.is_ascii_digit() {
            break;
        }
        let kind = kind.to_ascii_uppercase();
        ids.push([kind, b'-', *ten, *one].map(char::from).iter().collect());
        rest = tail;
    }
    ids
}

/// A row of the table: an id, the tests it names in backticks, and what it says besides.
struct Row<'a> {
    line: usize,
    id: &'a str,
    tests: Vec<&'a str>,
    says: &'a str,
}

fn rows(page: &str) -> impl Iterator<Item = Row<'_>> {
    page.lines().enumerate().filter_map(|(number, line)| {
        let (id, says) = line.strip_prefix("| ")?.split_once(" |")?;
        let is_id = id.len() == 4 && id.as_bytes()[1] == b'-';
        let quoted = says.split('`').skip(1).step_by(2);
        is_id.then(|| Row {
            line: number + 1,
            id,
            tests: quoted.filter(|name| !ids(name).is_empty()).collect(),
            says,
        })
    })
}

impl Row<'_> {
    fn judged(&self, tests: &BTreeMap<&str, &str>) -> Option<Finding> {
        let gone = self.tests.iter().find(|name| !tests.contains_key(*name));
        if let Some(name) = gone {
            return Some(self.finding(&format!("names `{name}`, and there is no such test")));
        }
        if self.tests.is_empty() && !self.says.contains(WAITS) {
            return Some(self.finding("names no test, and does not say what it waits for"));
        }
        None
    }

    fn finding(&self, what: &str) -> Finding {
        Finding::on_line(PAGE, self.line, format!("{} {what}", self.id))
    }
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::{source, text};

    const TESTS: &str = "#[test] fn w_01_v_60_nobody_reads() {} #[test] fn w_02_no_cache_does() {} \
        #[test] fn a_plain_sentence() {}";

    #[track_caller]
    fn check(page: &str, findings: usize) {
        let sources = [source("crates/site/tests/a.rs", TESTS)];
        let found = super::check(&[text("docs/proofs.md", page)], &sources);
        assert_eq!(found.len(), findings, "{page}: {found:?}");
    }

    #[test]
    fn the_page_and_the_tests_agree() {
        let good = "| W-01 | `w_01_v_60_nobody_reads` | a |\n| W-02 | `w_02_no_cache_does` | b |\n\
                    | V-60 | `w_01_v_60_nobody_reads` | c |\n";
        check(good, 0);
        check(&format!("{good}| V-27 | | waits for streams |\n"), 0);
        check(&format!("{good}| V-27 | | nothing said |\n"), 1);
        check(&format!("{good}| V-27 | `v_27_gone_test` | d |\n"), 1);
        check(
            &format!("{good}| V-60 | `w_01_v_60_nobody_reads` | twice |\n"),
            1,
        );
        check(&good.replace("| V-60 |", "| V-61 |"), 1);
        check(&good.replace("`w_02_no_cache_does`", "waits"), 1);
    }

    #[test]
    fn a_name_begins_with_its_ids() {
        assert_eq!(super::ids("w_01_v_60_nobody_reads"), ["W-01", "V-60"]);
        assert!(super::ids("a_page_of_another_site").is_empty());
        assert!(super::ids("x_01_unknown").is_empty());
    }
}
