//! What is said of an import when it is over.

use std::path::Path;

use base::Fault;
use interchange::land::Report;

use super::Options;
use crate::admin::{Exit, Outcome, Stopped, counted::counted};

/// Tells it, as text or as JSON, and writes it down where that was asked for.
pub(super) fn answer(report: &Report, options: &Options) -> Outcome {
    let text = serde_json::to_string(report);
    let text = text.map_err(|error| Fault::while_("writing the report", error))?;
    if let Some(file) = &options.report {
        std::fs::write(file, &text).map_err(|error| {
            let why = format!(
                "the import is done, but its report was not written to {}: {error}",
                file.display()
            );
            Stopped::Refused(why)
        })?;
    }
    if options.json {
        println!("{text}");
    } else {
        print(report, options.report.as_deref());
    }
    Ok(match report.left_out {
        0 => Exit::DONE,
        _ => Exit::LEFT_OUT,
    })
}

fn print(report: &Report, file: Option<&Path>) {
    for warning in &report.warnings {
        println!("! {}: {}: {}", warning.place, warning.what, warning.why);
    }
    if report.more_warnings > 0 {
        println!("! and {}", counted(report.more_warnings, "more warning"));
    }
    for line in sums(report) {
        println!("{line}");
    }
    let whole = file.map(|file| format!("; the report is in {}", file.display()));
    let whole = whole.unwrap_or_default();
    match report.left_out {
        0 => println!("Nothing was left out whole{whole}."),
        number => println!(
            "{} left out whole, each with its reason in a line with ! above{whole}.",
            counted(number, "file or story").replace("file or stories", "files or stories")
        ),
    }
}

/// What is new, what became of the rest, and what is kept for later.
pub(super) fn sums(report: &Report) -> Vec<String> {
    let mut sums = vec![
        format!(
            "New: {}, {}, {}, {}, {}.",
            counted(report.stories, "story"),
            counted(report.drafts, "draft"),
            format_args!("{} scheduled", report.scheduled),
            counted(report.pages, "page"),
            counted(report.pictures, "picture record")
        ),
        format!(
            "Changed: {}. Unchanged: {}. Called off: {}. Passed over: {}. Old addresses that lead on: {}.",
            report.changed, report.unchanged, report.called_off, report.skipped, report.redirects
        ),
    ];
    if report.comments + report.members + report.comments_without_story > 0 {
        sums.push(format!(
            "Kept for later: {} ({} met without a story here), {}.",
            counted(report.comments, "comment"),
            report.comments_without_story,
            counted(report.members, "member")
        ));
    }
    sums
}
