//! Reads archives named on the command line and prints what they hold: counts, warnings, time.
//!
//! `survey [--text] [--warnings N] PATH…`: a folder of Markdown or HTML, or exports of
//! WordPress and Ghost (`.json`).

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use interchange::{
    folder, ghost,
    incoming::{Incoming, Summary, Unread, Warning},
    wordpress,
};

fn main() {
    let mut show_text = false;
    let mut shown = 12;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--text" => show_text = true,
            "--warnings" => {
                shown = words
                    .next()
                    .and_then(|number| number.parse().ok())
                    .unwrap_or(shown);
            }
            path => survey(&PathBuf::from(path), show_text, shown),
        }
    }
}

fn survey(path: &PathBuf, show_text: bool, shown: usize) {
    let mut warnings: Vec<Warning> = Vec::new();
    let mut refusals = 0;
    let begun = Instant::now();
    let mut take = |piece: Incoming| {
        match piece {
            Incoming::Warning(warning) => warnings.push(warning),
            Incoming::Story(story) => {
                refusals += story.body.refusals().len();
                if show_text {
                    print_story(&story);
                }
            }
            Incoming::LiveRunning(running) if show_text => println!("{running:#?}"),
            _ => {}
        }
        Ok(())
    };
    let answer = if path.is_dir() {
        folder::read(path, &jiff::tz::TimeZone::UTC, &mut take)
    } else if path.extension().is_some_and(|end| end == "json") {
        ghost::read(path, None, &mut take)
    } else {
        wordpress::read(path, &mut take)
    };
    let seconds = begun.elapsed().as_secs_f64();
    report(path, &answer, &warnings, seconds, shown);
    if refusals > 0 {
        println!("  !! {refusals} refusals of bodies");
    }
}

fn report(
    path: &std::path::Path,
    answer: &Result<Summary, Unread>,
    warnings: &[Warning],
    seconds: f64,
    shown: usize,
) {
    println!("{}: {seconds:.2} s", path.display());
    match answer {
        Ok(summary) => println!("  {summary:?}"),
        Err(Unread::Refused(why)) => println!("  refused: {why}"),
        Err(other) => println!("  broken: {other}"),
    }
    let mut kinds: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    for warning in warnings {
        let entry = kinds
            .entry((&warning.why, &warning.what))
            .or_insert((0, &warning.place));
        entry.0 += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
    for ((why, what), (times, place)) in kinds.into_iter().take(shown) {
        println!("  {times:>5} {what}: {why} [{place}]");
    }
    println!("  peak memory {} MB", peak_memory());
}

fn print_story(story: &interchange::incoming::IncomingStory) {
    println!(
        "--- {} | {:?} | {}",
        story.headline, story.state, story.source_key
    );
    println!(
        "    {:?} {:?} {:?} {:?}",
        story.bylines, story.sections, story.topics, story.old_addresses
    );
    println!(
        "{}",
        base::document::HtmlOptions::default().write(&story.body.content)
    );
}

/// The largest memory the process had, where the system tells.
fn peak_memory() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}
