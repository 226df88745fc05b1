//! What was judged by whom, and what was found: printed as it comes, and as a table at the end.

use std::collections::BTreeMap;

use super::pages::Pages;

/// Who judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// The Nu HTML checker, for HTML and CSS.
    Vnu,
    /// axe-core in Chromium, for accessibility.
    Axe,
    /// Schemas of sitemaps, by xmllint.
    Schema,
    /// Structured data, by our list and schema.org's vocabulary.
    Data,
    /// feedparser for RSS and Atom, schemas for JSON Feed.
    Feed,
    /// redbot, for the answer's head.
    Redbot,
}

const TOOLS: [(Tool, &str); 6] = [
    (Tool::Vnu, "vnu"),
    (Tool::Axe, "axe"),
    (Tool::Schema, "schema"),
    (Tool::Data, "json-ld"),
    (Tool::Feed, "feed"),
    (Tool::Redbot, "redbot"),
];

#[derive(Clone, Copy, Default)]
struct Count {
    errors: usize,
    warnings: usize,
}

/// Counts by row (a page's name) and tool.
pub struct Report {
    rows: Vec<String>,
    counts: BTreeMap<(String, Tool), Count>,
}

impl Report {
    /// A report that begins with these pages, in their order.
    pub fn new(pages: &Pages) -> Self {
        Self::of_rows(pages.all.iter().map(|page| page.name.to_string()).collect())
    }

    fn of_rows(rows: Vec<String>) -> Self {
        Self {
            rows,
            counts: BTreeMap::new(),
        }
    }

    /// Notes that a tool has judged a row, whatever it found.
    pub fn judged(&mut self, row: &str, tool: Tool) {
        let _ = self.count(row, tool);
    }

    /// An error: the command will fail.
    pub fn error(&mut self, row: &str, tool: Tool, words: &str) {
        self.count(row, tool).errors += 1;
        println!("error    {row} | {} | {words}", name_of(tool));
    }

    /// Something worth reading that fails nothing.
    pub fn warning(&mut self, row: &str, tool: Tool, words: &str) {
        self.count(row, tool).warnings += 1;
        println!("warning  {row} | {} | {words}", name_of(tool));
    }

    /// All errors.
    pub fn errors(&self) -> usize {
        self.counts.values().map(|count| count.errors).sum()
    }

    /// Prints the table: errors, and warnings after a plus; a dot where a tool has nothing to judge.
    pub fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let heads: String = TOOLS.map(|(_, name)| format!(" {name:>8}")).concat();
        let mut lines = vec![format!("{:<28}{heads}", "page")];
        for row in &self.rows {
            let cells: String = TOOLS
                .map(|(tool, _)| format!(" {:>8}", self.cell(row, tool)))
                .concat();
            lines.push(format!("{row:<28}{cells}"));
        }
        let warnings: usize = self.counts.values().map(|count| count.warnings).sum();
        lines.push(format!(
            "{} errors, {warnings} warnings in {} judgements of {} things",
            self.errors(),
            self.counts.len(),
            self.rows.len()
        ));
        lines.join("\n")
    }

    fn cell(&self, row: &str, tool: Tool) -> String {
        match self.counts.get(&(row.to_string(), tool)) {
            None => "·".into(),
            Some(count) if count.warnings == 0 => count.errors.to_string(),
            Some(count) => format!("{}+{}", count.errors, count.warnings),
        }
    }

    fn count(&mut self, row: &str, tool: Tool) -> &mut Count {
        if !self.rows.iter().any(|known| known == row) {
            self.rows.push(row.to_string());
        }
        self.counts.entry((row.to_string(), tool)).or_default()
    }
}

fn name_of(tool: Tool) -> &'static str {
    TOOLS
        .iter()
        .find(|(known, _)| *known == tool)
        .map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_errors_from_warnings_and_from_what_was_not_judged() {
        let mut report = Report::of_rows(vec!["front".into()]);
        report.judged("front", Tool::Vnu);
        report.error("front", Tool::Axe, "no name");
        report.warning("feed", Tool::Redbot, "public");
        let table = report.table();
        let cells = |row: &str| -> Vec<String> {
            let line = table.lines().find(|line| line.starts_with(row));
            let words = line.into_iter().flat_map(|line| line.split_whitespace());
            words.skip(1).map(str::to_string).collect()
        };
        assert_eq!(cells("front"), ["0", "1", "·", "·", "·", "·"]);
        assert_eq!(cells("feed"), ["·", "·", "·", "·", "·", "0+1"]);
        assert_eq!(report.errors(), 1);
    }
}
