//! Structured data: what a story must say of itself, and schema.org's own vocabulary where it lies beside the repository.

use anyhow::Result;
use serde_json::Value;

use super::{
    pages::{Page, Pages},
    printed, python,
    report::{Report, Tool},
};
use crate::repo;

/// How a page's structured data begins.
const OPENING: &str = "<script type=\"application/ld+json\">";

/// Properties that a type must have; any type not named here needs `url` alone.
const REQUIRED: &[(&str, &[&str])] = &[
    ("NewsArticle", STORY),
    ("AnalysisNewsArticle", STORY),
    ("OpinionNewsArticle", STORY),
    ("BackgroundNewsArticle", STORY),
    ("ReportageNewsArticle", STORY),
    (
        "LiveBlogPosting",
        &[
            "headline",
            "inLanguage",
            "datePublished",
            "dateModified",
            "coverageStartTime",
            "publisher",
            "liveBlogUpdate",
        ],
    ),
    (
        "NewsMediaOrganization",
        &["name", "url", "ethicsPolicy", "publishingPrinciples"],
    ),
];
const STORY: &[&str] = &[
    "mainEntityOfPage",
    "headline",
    "inLanguage",
    "datePublished",
    "dateModified",
    "author",
    "publisher",
    "isAccessibleForFree",
    "wordCount",
];

/// Judges the data of every page that has some, and finds those that should and have none.
pub fn check(pages: &Pages, report: &mut Report) -> Result<()> {
    let with_data: Vec<&Page> = pages
        .all
        .iter()
        .filter(|page| page.has_data || page.html.contains(OPENING))
        .collect();
    for page in &with_data {
        report.judged(page.name, Tool::Data);
        for fault in faults(&page.html) {
            report.error(page.name, Tool::Data, &fault);
        }
    }
    by_vocabulary(&with_data, report)
}

/// What is wrong with a page's structured data by our own list.
fn faults(html: &str) -> Vec<String> {
    let Some((_, rest)) = html.split_once(OPENING) else {
        return vec!["there is no structured data".into()];
    };
    let text = rest.split("</script>").next().unwrap_or_default();
    match serde_json::from_str::<Value>(text) {
        Ok(data) => faults_of(&data, html),
        Err(error) => vec![format!("not JSON: {error}")],
    }
}

fn faults_of(data: &Value, html: &str) -> Vec<String> {
    let kind = data["@type"].as_str().unwrap_or("nothing");
    let mut faults = Vec::new();
    if data["@context"] != "https://schema.org" {
        faults.push(format!("{kind} does not name its context"));
    }
    let required = REQUIRED
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(&["url"][..], |(_, names)| names);
    let missing = required.iter().filter(|name| data[**name].is_null());
    faults.extend(missing.map(|name| format!("{kind} has no {name}")));
    // What search engines ask of text behind a wall: the page says so, and says where it is.
    if html.contains(" data-gate=\"") || html.contains("class=\"wall\"") {
        let part = &data["hasPart"];
        if data["isAccessibleForFree"] != false || part["isAccessibleForFree"] != false {
            faults.push(format!("{kind} stands behind a gate and does not say so"));
        }
        if part["cssSelector"] != ".rest" || !html.contains("class=\"rest\"") {
            faults.push(format!("{kind} does not point to the part behind the gate"));
        }
    }
    faults
}

/// The check that comes with schema.org's vocabulary: types, properties, domains, ranges, dates.
fn by_vocabulary(pages: &[&Page], report: &mut Report) -> Result<()> {
    let script = repo::corpora().join("schemaorg/check_schemaorg.py");
    if !script.is_file() {
        println!("no vocabulary of schema.org beside this clone: our own list has to do");
        return Ok(());
    }
    for page in pages {
        let mut command = python(&script)?;
        let said = printed(command.arg(&page.file))?;
        for fault in said.lines().filter(|line| line.starts_with("  ")) {
            report.error(page.name, Tool::Data, fault.trim());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(data: &str, body: &str, words: &[&str]) {
        let found = faults(&format!("{OPENING}{data}</script>{body}"));
        assert_eq!(found.len(), words.len(), "{found:?}");
        for word in words {
            assert!(found.iter().any(|one| one.contains(word)), "{found:?}");
        }
    }

    #[test]
    fn data_that_says_too_little_is_found() {
        let organisation = r#"{"@context":"https://schema.org","@type":"NewsMediaOrganization","name":"a","url":"b","ethicsPolicy":"c","publishingPrinciples":"c"}"#;
        check(organisation, "", &[]);
        check("{", "", &["not JSON"]);
        check(r#"{"@type":"Thing"}"#, "", &["context", "url"]);
        assert_eq!(faults("<p>").len(), 1);
    }

    #[test]
    fn a_gate_that_the_data_does_not_tell_of_is_found() {
        let data = |free: bool| {
            format!(
                r#"{{"@context":"https://schema.org","@type":"WebPage","url":"a","isAccessibleForFree":{free},
                "hasPart":{{"isAccessibleForFree":{free},"cssSelector":".rest"}}}}"#
            )
        };
        let gate = r#"<div class="rest" data-gate="/_gate/1/1">"#;
        check(&data(false), gate, &[]);
        check(&data(true), gate, &["does not say so"]);
    }
}
