//! What nextest wrote down about a run: how many tests, how they ended, which were slowest.

/// How many slow tests are worth a line.
const SLOWEST: usize = 10;

/// A finished run of tests.
pub struct Report {
    tests: Vec<Test>,
}

struct Test {
    name: String,
    seconds: f64,
    failed: bool,
}

impl Report {
    /// Reads the JUnit file that nextest writes; an element we do not know is passed over.
    pub fn read(junit: &str) -> Self {
        let tests = junit
            .split("<testcase ")
            .skip(1)
            .filter_map(Test::read)
            .collect();
        Self { tests }
    }

    /// Prints the slowest tests, and a closing line that counts.
    pub fn print(&self) {
        let mut tests: Vec<&Test> = self.tests.iter().collect();
        tests.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        println!("\nthe slowest tests");
        for test in tests.iter().take(SLOWEST) {
            println!("{:>8.2} s  {}", test.seconds, test.name);
        }
        println!("\n{}", self.closing_line());
    }

    fn closing_line(&self) -> String {
        let failed = self.tests.iter().filter(|test| test.failed).count();
        let passed = self.tests.len() - failed;
        format!("tests: {passed} passed, {failed} failed")
    }
}

impl Test {
    fn read(element: &str) -> Option<Self> {
        let head = &element[..element.find('>')?];
        let body = match head.ends_with('/') {
            true => "",
            false => element.split("</testcase>").next()?,
        };
        Some(Self {
            name: format!(
                "{} {}",
                attribute(head, "classname")?,
                attribute(head, "name")?
            ),
            seconds: attribute(head, "time")?.parse().ok()?,
            failed: body.contains("<failure") || body.contains("<error"),
        })
    }
}

/// The value of an attribute. Names of Rust tests hold nothing that XML would escape.
fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let head = head.split(&format!(" {name}=\"")).nth(1).or_else(|| {
        // The first attribute stands without a space before it.
        head.strip_prefix(&format!("{name}=\""))
    })?;
    head.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = r#"<testsuites tests="3"><testsuite name="base">
        <testcase name="slug::tests::words_become_an_address" classname="base" timestamp="x" time="0.012"></testcase>
        <testcase name="slow" classname="store" time="2.5"/>
        <testcase name="broken" classname="web" time="0.1"><failure type="x">told</failure></testcase>
        </testsuite></testsuites>"#;

    #[test]
    fn a_report_counts_what_passed_and_what_failed() {
        let report = Report::read(RUN);
        assert_eq!(report.closing_line(), "tests: 2 passed, 1 failed");
        assert_eq!(report.tests[1].name, "store slow");
        assert_eq!(report.tests[1].seconds, 2.5);
    }

    #[test]
    fn no_report_is_no_tests() {
        assert_eq!(Report::read("").closing_line(), "tests: 0 passed, 0 failed");
    }
}
