//! Numbers with their words, as the operator's commands print them.

/// `1 story`, `2 stories`; what ends in a consonant and y takes ies.
pub(super) fn counted(number: usize, one: &str) -> String {
    let many = match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{one}s"),
    };
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_the_others_are_many() {
        for (number, one, said) in [
            (0, "story", "0 stories"),
            (1, "story", "1 story"),
            (2, "story", "2 stories"),
            (1, "session", "1 session"),
            (3, "API token", "3 API tokens"),
            (2, "day", "2 days"),
        ] {
            assert_eq!(counted(number, one), said);
        }
    }
}
