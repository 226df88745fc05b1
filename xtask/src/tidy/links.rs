//! Links between documents lead somewhere inside the repository.

use super::{Finding, Text};

/// Finds relative links in Markdown, fixtures aside, whose target `exists` denies; the path is asked from the root.
pub fn check(texts: &[Text], exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for text in texts
        .iter()
        .filter(|text| text.ends(".md") && !text.path.contains("/fixtures/"))
    {
        for (line, target) in links(&text.text) {
            match resolve(&text.path, target) {
                Some(path) if exists(&path) => {}
                Some(_) => {
                    let what = format!("links to {target}, which is not there");
                    findings.push(Finding::on_line(&text.path, line, what));
                }
                None => {
                    let what = format!("links to {target}, outside of the repository");
                    findings.push(Finding::on_line(&text.path, line, what));
                }
            }
        }
    }
    findings
}

/// Relative targets of `[…](target)`, outside of code, with their lines.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for (place, piece) in line.split("](").enumerate() {
            let target = piece.split([')', ' ']).next().unwrap_or_default();
            if place > 0 && is_relative(target) {
                found.push((number + 1, target));
            }
        }
    }
    found
}

fn is_relative(target: &str) -> bool {
    !target.is_empty()
        && !target.starts_with('#')
        && !target.contains("://")
        && !target.starts_with("mailto:")
}

/// The path from the root, or nothing when it leads out of it.
fn resolve(document: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => document.split('/').collect(),
    };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::text;

    #[track_caller]
    fn check(document: &str, findings: usize) {
        let there =
            |path: &str| ["STYLE.md", "docs/ci.md", "docs/pictures/wall.png"].contains(&path);
        let found = super::check(&[text("docs/words.md", document)], &there);
        assert_eq!(found.len(), findings, "{document}: {found:?}");
    }

    #[test]
    fn a_link_leads_somewhere() {
        check(
            "[a](ci.md) [b](../STYLE.md#point) ![c](pictures/wall.png) [d](#here)",
            0,
        );
        check("[a](https://example.org/) [b](mailto:desk@example.org)", 0);
        check("[a](gone.md)", 1);
        check("[a](../../shared/plan.md)", 1);
        check("```\n[a](gone.md)\n```", 0);
    }
}
