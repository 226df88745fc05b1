//! Nothing unfinished and nothing switched off.

use super::{Finding, source::Source};

/// Attributes that switch something off, as they are written without blanks.
const ATTRIBUTES: &[(&str, &str)] = &[
    (
        "ignore",
        "a test that is not run; say in a test what is wrong for now",
    ),
    (
        "should_panic",
        "a test that cannot say which panic it means; test the refusal",
    ),
    ("allow(dead_code)", "code that nothing calls; take it out"),
];
/// Macros that stand for work to be done.
const MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// Finds what is switched off or left for later, also in tests.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        for (line, attribute) in &source.attributes {
            let known = ATTRIBUTES
                .iter()
                .find(|(name, _)| attribute == name || attribute.starts_with(&format!("{name}=")));
            if let Some((name, why)) = known {
                findings.push(Finding::on_line(
                    &source.path,
                    *line,
                    format!("has #[{name}]: {why}"),
                ));
            }
        }
        for name in MACROS {
            for place in source.find(&[name, "!"]) {
                let line = source.tokens[place].line;
                findings.push(Finding::on_line(
                    &source.path,
                    line,
                    format!("has `{name}!`"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::source;

    #[track_caller]
    fn check(text: &str, findings: usize) {
        assert_eq!(
            super::check(&[source("crates/web/src/a.rs", text)]).len(),
            findings,
            "{text}"
        );
    }

    #[test]
    fn nothing_is_left_for_later() {
        check("#[test] #[ignore] fn a() {}", 1);
        check("#[test] #[ignore = \"slow\"] fn a() {}", 1);
        check("#[allow(dead_code)] fn a() {}", 1);
        check("fn a() { todo!() }", 1);
        check("fn a() { let ignore = \"todo!\"; }", 0);
    }
}
