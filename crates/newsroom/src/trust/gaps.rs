//! Finds what is left to be filled in: words between square brackets, as the starter text has them.

/// Everything between an opening bracket and the next closing one on the same line, with the brackets.
/// A bracket within brackets begins anew, so that `[one [two]` is `[two]`.
pub(super) fn in_text(text: &str) -> impl Iterator<Item = String> {
    text.lines().flat_map(in_line)
}

fn in_line(line: &str) -> impl Iterator<Item = String> {
    line.split_inclusive(']').filter_map(|piece| {
        let opened = piece.rfind('[')?;
        let gap = &piece[opened..];
        let is_one = gap.ends_with(']') && gap.chars().any(char::is_alphanumeric);
        is_one.then(|| gap.to_string())
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_stands_in_square_brackets_is_still_to_be_filled_in() {
        #[track_caller]
        fn check(text: &str, gaps: &[&str]) {
            let found: Vec<String> = super::in_text(text).collect();
            assert_eq!(found, gaps, "{text}");
        }
        check("", &[]);
        check("Nothing to fill in.", &[]);
        check("Write to [address].", &["[address]"]);
        check(
            "[Name, role] decides in [number] days.",
            &["[Name, role]", "[number]"],
        );
        check("[one [two] three]", &["[two]"]);
        check("not closed [here", &[]);
        check("over [two\nlines]", &[]);
        check("nothing in [] or [ ] or […]", &[]);
    }
}
