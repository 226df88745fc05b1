//! A page of Markdown with its title in front: how the shipped trust pages are kept.

use std::collections::HashMap;

use base::{Document, Fault, no::Doing};

use crate::{address::Addresses, front_matter, html::Setting, margin::Margin, markdown};

/// Reads title and text.
///
/// # Errors
/// A fault when there is no front matter with a `title`, or the text holds something our tree does
/// not know: these pages are ours, and nothing of them may be lost.
pub fn read(text: &str) -> Result<(String, Document), Fault> {
    let mut front = front_matter::read(text).doing("reading a page's front matter")?;
    let title = front.take_text(&["title"]);
    let title = title.ok_or_else(|| Fault::new("a page has no title in its front matter"))?;
    let mut margin = Margin::new("page");
    let document = markdown::read(
        front.body,
        &mut Setting {
            addresses: &Addresses::default(),
            margin: &mut margin,
            notes: &HashMap::new(),
            line_ends_count: false,
        },
    );
    let lost = margin.into_warnings(&title).next();
    match lost {
        Some(lost) => Err(Fault::new(format!(
            "“{title}”: {}: {}",
            lost.what, lost.why
        ))),
        None => Ok((title, document)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_trust_page_reads_with_nothing_lost() {
        for (slug, text) in newsroom::trust::STARTER {
            let (title, body) = read(text).unwrap_or_else(|fault| panic!("{slug}: {fault:?}"));
            assert!(!title.is_empty() && body.words() > 50, "{slug}");
            assert!(body.refusals().is_empty());
        }
    }
}
