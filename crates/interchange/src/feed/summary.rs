//! Telling a summary from a text, where a feed does not.

use crate::html;

/// Words up to here may be a summary; news of that length would be a brief.
const SUMMARY_LONGEST: usize = 600;
/// How a text ends that was cut off to be read on somewhere else.
const CUT_ENDS: [&str; 12] = [
    "…",
    "...",
    "[…]",
    "[...]",
    "[…",
    "read more",
    "read more »",
    "continue reading",
    "continue reading →",
    "read more →",
    "weiterlesen",
    "lire la suite",
];
/// Elements that summaries do without.
const SHAPES: [&str; 6] = ["<table", "<ul", "<ol", "<blockquote", "<h2", "<h3"];

/// Whether what an item calls its description is a summary: it breaks off, or it is short and plain.
/// RSS leaves open which of the two it is (RSS 2.0, “Elements of item”).
pub(super) fn is_summary(markup: &str) -> bool {
    let words = ending_cut(&html::plain(markup));
    let lower = words.to_lowercase();
    if CUT_ENDS.iter().any(|end| lower.ends_with(end)) {
        return true;
    }
    let lower = markup.to_ascii_lowercase();
    let is_shaped = SHAPES.iter().any(|shape| lower.contains(shape));
    let paragraphs = lower.matches("<p>").count() + lower.matches("<p ").count();
    words.chars().count() <= SUMMARY_LONGEST && paragraphs < 2 && !is_shaped
}

/// Whether a summary says anything that the beginning of the text does not.
pub(super) fn says_more(summary: &str, text: &str) -> bool {
    let bare = |text: &str| {
        text.chars()
            .filter(|ch| ch.is_alphanumeric())
            .collect::<String>()
    };
    let mut words = ending_cut(summary);
    let cut = CUT_ENDS
        .iter()
        .filter(|end| words.to_lowercase().ends_with(**end));
    if let Some(longest) = cut.map(|end| end.chars().count()).max() {
        let left = words.chars().count() - longest;
        words = words.chars().take(left).collect();
    }
    let words = bare(&words);
    !words.is_empty() && !bare(text).starts_with(&words)
}

/// Without the line that WordPress puts below: “The post … appeared first on …”.
fn ending_cut(words: &str) -> String {
    let cut = words
        .rfind("The post ")
        .filter(|at| words[*at..].contains(" appeared first on "));
    words[..cut.unwrap_or(words.len())].trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_that_breaks_off_or_is_short_is_a_summary() {
        assert!(is_summary("The bridge is open."));
        assert!(is_summary(&format!(
            "<p>{}</p><p>Read more</p>",
            "word ".repeat(300)
        )));
        assert!(is_summary(&format!("{} [&#8230;]", "word ".repeat(300))));
        assert!(!is_summary(&"word ".repeat(300)));
        assert!(!is_summary(
            "<p>The bridge is open.</p><p>Cars drove over it.</p>"
        ));
    }

    #[test]
    fn a_summary_made_of_the_beginning_says_nothing_more() {
        let text = "The bridge is open. Cars drove over it. A ferry waits.";
        assert!(!says_more("The bridge is open. Cars […]", text));
        let wordpress = "The bridge is open. The post Bridge appeared first on Herald.";
        assert!(!says_more(wordpress, text));
        assert!(says_more("A crossing after nine years", text));
    }
}
