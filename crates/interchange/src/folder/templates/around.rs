//! What stands around a command: an address, code, the command that ends it.

use base::html;

/// Whether the text so far ends where Markdown or HTML expects an address.
pub(super) fn in_destination(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let open = line.rfind("](").is_some_and(|at| !line[at..].contains(')'));
    let attribute = ["=\"", "='"].into_iter().any(|mark| {
        line.rfind(mark).is_some_and(|at| {
            let quote = &mark[1..];
            line[..at].contains('<') && !line[at + 2..].contains(quote)
        })
    });
    open || attribute
}

/// Whether the text so far ends within code, where commands are examples of themselves.
pub(super) fn in_code(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.matches('`').count() % 2 == 1 {
        return true;
    }
    if !before.contains("```") && !before.contains("~~~") {
        return false;
    }
    let fences = before
        .lines()
        .filter(|line| {
            let line = line.trim_start();
            line.starts_with("```") || line.starts_with("~~~")
        })
        .count();
    fences % 2 == 1
}

/// Whether a command of two parts is ended further on.
pub(super) fn closes_later(name: &str, whole: &str, behind: &str) -> bool {
    let opening = if whole.starts_with("{{%") {
        "{{%"
    } else {
        "{{<"
    };
    if whole.starts_with("{{") {
        [format!("{opening} /{name}"), format!("{opening}/{name}")]
            .iter()
            .any(|closing| behind.contains(closing.as_str()))
    } else {
        behind.contains(&format!("end{name}"))
    }
}

/// An attribute on one line, because a blank line would end HTML within Markdown.
pub(super) fn attribute(name: &str, value: &str) -> String {
    let mut out = String::new();
    html::push_attribute(&mut out, name, value);
    out.replace('\n', "&#10;")
}

/// White space closed up.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
