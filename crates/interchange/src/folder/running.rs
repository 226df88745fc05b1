//! A running story as a file: `running/NAME.md`, live entries under headings that begin with a moment.
//!
//! `## 2026-11-22T15:50:00Z | The bridge reopens | key, pinned`, then `by:` and `status:` lines.

use base::Instant;

/// One entry as written.
pub(super) struct Entry<'t> {
    /// When.
    pub at: Instant,
    /// Its title.
    pub title: &'t str,
    /// Its text.
    pub text: String,
    /// Words behind the title.
    pub flags: Vec<&'t str>,
    /// Who wrote it: `by: NAME` right under the heading.
    pub byline: Option<&'t str>,
    /// How sure it is: `status: confirmed` right under the heading.
    pub status: Option<&'t str>,
}

/// The text above the first entry, and the entries in the order of the file.
pub(super) fn split(body: &str) -> (String, Vec<Entry<'_>>) {
    let mut head = String::new();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for line in body.lines() {
        if let Some(entry) = heading(line) {
            entries.push(entry);
            continue;
        }
        if entries.last_mut().is_some_and(|entry| entry.takes(line)) {
            continue;
        }
        let text = entries
            .last_mut()
            .map_or(&mut head, |entry| &mut entry.text);
        text.push_str(line);
        text.push('\n');
    }
    (head, entries)
}

impl<'t> Entry<'t> {
    /// Takes up a line of settings, which stand before the entry's text.
    fn takes(&mut self, line: &'t str) -> bool {
        if !self.text.is_empty() {
            return false;
        }
        let place = match line.split_once(':') {
            Some(("by", _)) => &mut self.byline,
            Some(("status", _)) => &mut self.status,
            _ => return false,
        };
        *place = line.split_once(':').map(|(_, value)| value.trim());
        true
    }
}

fn heading(line: &str) -> Option<Entry<'_>> {
    let mut parts = line.strip_prefix("## ")?.split('|').map(str::trim);
    let at = parts.next()?.parse().ok()?;
    let title = parts.next().unwrap_or_default();
    let flags = parts
        .flat_map(|part| part.trim_start_matches("flags:").split(','))
        .map(str::trim)
        .collect();
    Some(Entry {
        at,
        title,
        text: String::new(),
        flags,
        byline: None,
        status: None,
    })
}
