//! Every file begins with a sentence that says what it is for.

use super::{Finding, source::Source};

/// Finds files whose first lines are no sentence.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources
        .iter()
        .filter(|source| !has_sentence(&source.head))
        .map(|source| Finding::in_file(&source.path, "does not begin with a sentence in `//!`"))
        .collect()
}

/// The first paragraph of the head ends as a sentence does. Attributes of the crate may stand before it.
fn has_sentence(head: &str) -> bool {
    let mut lines = head
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with("#!["));
    let paragraph: Vec<&str> = lines
        .by_ref()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph
        .last()
        .is_some_and(|line| line.ends_with(['.', ':', '?', '!']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, good: bool) {
        assert_eq!(has_sentence(head), good, "{head}");
    }

    #[test]
    fn a_file_begins_with_a_sentence() {
        check("//! The bridge: how it opens.\nuse a;", true);
        check(
            "#![forbid(unsafe_code)]\n\n//! Two lines\n//! of one sentence.",
            true,
        );
        check("use a;", false);
        check("// The bridge.\n", false);
        check("//!\n//! Late.", false);
        check("//! no sentence", false);
        check("", false);
    }
}
