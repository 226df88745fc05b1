//! Footnotes: a small raised link to a note below becomes the note itself, where it is called.

use base::document::Inline;
use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::{Found, Reader, line::on_one_line};

/// Beginnings of the ids that writing programs give to notes: Markdown, Word, WordPress, HTML 5.
const NOTE_IDS: [&str; 8] = [
    "fn",
    "_ftn",
    "footnote",
    "note-",
    "sdfootnote",
    "_edn",
    "endnote",
    "easy-footnote-bottom",
];
/// Beginnings of the ids that stand where a note is called.
const CALL_IDS: [&str; 8] = [
    "fnref",
    "_ftnref",
    "footnote-ref",
    "noteref",
    "_ednref",
    "ref",
    "sdfootnote",
    "easy-footnote",
];

impl Reader<'_, '_> {
    /// The note that a link calls, when it is recognisable as a footnote.
    pub(super) fn note_called_by(&mut self, link: Found<'_>, address: &str) -> Option<Vec<Inline>> {
        let id = address.strip_prefix('#').filter(|id| !id.is_empty())?;
        if let Some(html) = self.setting.notes.get(id).cloned() {
            let blocks = self.fragment(&html);
            return Some(flat_note(on_one_line(blocks).0));
        }
        if !looks_like_call(link, id) {
            return None;
        }
        let target = root_of(link)
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|element| element.attr("id") == Some(id) || element.attr("name") == Some(id))?;
        let target = holder_of_note(target)?;
        if target.id() == link.id() || self.taken.contains(&target.id()) {
            return None;
        }
        self.taken.insert(target.id());
        let mut sink = super::Sink::default();
        self.children(&mut sink, target, &super::Place::default());
        let (inlines, others) = on_one_line(sink.finish());
        if !others.is_empty() || inlines.is_empty() {
            self.taken.remove(&target.id());
            return None;
        }
        Some(flat_note(inlines))
    }

    /// Whether a link within a note leads back to where the note is called.
    pub(super) fn is_way_back(&self, link: Found<'_>, address: &str) -> bool {
        let words: String = link.text().collect();
        let words = words.trim().trim_end_matches('\u{fe0e}');
        address.starts_with('#') && (words == "↩" || words == "↵" || words == "↑")
            || address
                .strip_prefix('#')
                .is_some_and(|id| CALL_IDS.iter().any(|start| id.starts_with(start)))
                && link.ancestors().any(|node| self.taken.contains(&node.id()))
    }
}

/// A note holds text and no notes.
fn flat_note(inlines: Vec<Inline>) -> Vec<Inline> {
    inlines
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Footnote(note) => note.content,
            other => vec![other],
        })
        .collect()
}

/// A call is short, and its address, its place or its class says that it is one.
fn looks_like_call(link: Found<'_>, id: &str) -> bool {
    let words: String = link.text().collect();
    let short = words.trim().chars().count() <= 6 && !words.trim().is_empty();
    let known_id = NOTE_IDS.iter().any(|start| id.starts_with(start));
    let raised = link
        .parent()
        .and_then(ElementRef::wrap)
        .is_some_and(|parent| {
            parent.value().name() == "sup"
                || parent
                    .value()
                    .classes()
                    .any(|class| class.contains("footnote"))
        });
    short && (known_id || raised)
}

/// The item, paragraph or division that holds the whole note.
fn holder_of_note(target: Found<'_>) -> Option<Found<'_>> {
    std::iter::once(target)
        .chain(target.ancestors().filter_map(ElementRef::wrap))
        .take(3)
        .find(|element| matches!(element.value().name(), "li" | "p" | "div" | "dd" | "aside"))
}

fn root_of(element: Found<'_>) -> NodeRef<'_, Node> {
    element.ancestors().last().unwrap_or(*element)
}

/// The number that is written before a note; notes are numbered anew here.
pub(super) fn is_number_of_note(element: Found<'_>) -> bool {
    let mut classes = element.value().classes();
    classes.any(|class| class == "footnote-definition-label")
}

/// The rule that writing programs draw above the notes.
pub(super) fn is_rule_above_notes(rule: Found<'_>) -> bool {
    let named = |element: Found<'_>| {
        element
            .value()
            .classes()
            .any(|class| class.starts_with("footnotes"))
    };
    named(rule) || rule.parent().and_then(ElementRef::wrap).is_some_and(named)
}
