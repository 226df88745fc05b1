//! How long functions and files are: the tails are printed, and the very long fail.

use super::{Finding, source::Source};

/// Lines of a function at which to look twice (ARCHITECTURE.md, "Numbers to stay inside").
const LONG_FUNCTION: usize = 50;
/// Lines of a function that fail.
const LONGEST_FUNCTION: usize = 80;
/// Lines of a file, tests aside, at which to look twice.
const LONG_FILE: usize = 400;
/// Lines of a file, tests aside, that fail.
const LONGEST_FILE: usize = 600;
/// How many of each are printed.
const SHOWN: usize = 10;

/// Prints the longest functions and the largest files, tests aside.
pub fn print(sources: &[Source]) {
    print_tail("longest functions", LONG_FUNCTION, functions(sources));
    print_tail("largest files, tests aside", LONG_FILE, files(sources));
}

/// Finds what is longer than a person keeps in mind.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let too_long = |rows: Vec<(usize, String)>, most: usize| {
        rows.into_iter()
            .filter(move |(lines, _)| *lines > most)
            .map(move |(lines, place)| {
                Finding::in_file(&place, format!("has {lines} lines; {most} at most"))
            })
    };
    too_long(functions(sources), LONGEST_FUNCTION)
        .chain(too_long(files(sources), LONGEST_FILE))
        .collect()
}

fn functions(sources: &[Source]) -> Vec<(usize, String)> {
    sources
        .iter()
        .flat_map(|source| {
            source
                .functions
                .iter()
                .map(move |function| (source, function))
        })
        .filter(|(_, function)| !function.test)
        .map(|(source, function)| {
            let place = format!("{}:{} {}", source.path, function.first, function.name);
            (function.lines(), place)
        })
        .collect()
}

fn files(sources: &[Source]) -> Vec<(usize, String)> {
    sources
        .iter()
        .filter(|source| !source.test)
        .map(|source| (source.lines, source.path.clone()))
        .collect()
}

fn print_tail(title: &str, look_twice: usize, mut rows: Vec<(usize, String)>) {
    rows.sort_by(|a, b| b.cmp(a));
    let long = rows.iter().filter(|(lines, _)| *lines > look_twice).count();
    println!("{title} ({long} of {} over {look_twice} lines)", rows.len());
    for (lines, place) in rows.iter().take(SHOWN) {
        let mark = if *lines > look_twice {
            "  look twice"
        } else {
            ""
        };
        println!("{lines:>6}  {place}{mark}");
    }
    println!();
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::source;

    #[track_caller]
    fn check(path: &str, text: &str, findings: usize) {
        assert_eq!(
            super::check(&[source(path, text)]).len(),
            findings,
            "{path}"
        );
    }

    #[test]
    fn a_function_has_its_measure() {
        let lines = |count| format!("fn a() {{\n{}}}", "b();\n".repeat(count));
        check("crates/web/src/a.rs", &lines(78), 0);
        check("crates/web/src/a.rs", &lines(79), 1);
        check("crates/web/src/a/tests.rs", &lines(79), 0);
    }

    #[test]
    fn a_file_has_its_measure_tests_aside() {
        let lines = |count: usize| "const A: u8 = 1;\n".repeat(count);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}", lines(600));
        check("crates/web/src/a.rs", &lines(601), 1);
        check("crates/web/src/a.rs", &format!("{}{tests}", lines(300)), 0);
    }
}
