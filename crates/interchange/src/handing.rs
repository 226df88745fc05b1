//! How a reader hands on what it read: each piece to whoever asked, counted on the way.

use crate::incoming::{Incoming, IncomingStory, Summary, Take, Unread, Warning};

/// Characters of a body that stand in for a headline.
const MAX_STAND_IN: usize = 80;

/// Whom the pieces go to, and how many there were.
pub(crate) struct Handing<'t> {
    take: &'t mut Take<'t>,
    pub(crate) summary: Summary,
}

impl<'t> Handing<'t> {
    pub(crate) fn to(take: &'t mut Take<'t>) -> Self {
        let summary = Summary::default();
        Self { take, summary }
    }

    /// Hands one piece on.
    pub(crate) fn hand(&mut self, piece: Incoming) -> Result<(), Unread> {
        self.summary.count(&piece);
        (self.take)(piece)?;
        Ok(())
    }

    /// Says what was not understood, where, and what became of it.
    pub(crate) fn warn(&mut self, place: &str, what: &str, why: &str) -> Result<(), Unread> {
        self.hand(Incoming::Warning(Warning {
            place: place.into(),
            what: what.into(),
            why: why.into(),
        }))
    }
}

/// Words for a headline that is missing: the first of the body, else of the address, else a number.
pub(crate) fn stand_in_headline(story: &IncomingStory, number: &str) -> String {
    let text = story.body.to_text();
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    [shortened(first), story.slug.replace('-', " ")]
        .into_iter()
        .find(|words| !words.trim().is_empty())
        .unwrap_or_else(|| format!("Untitled {number}"))
}

/// Cut at a word, with an ellipsis, where the words are too many for a headline.
pub(crate) fn shortened(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(MAX_STAND_IN) else {
        return words.into();
    };
    let cut = words[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &words[..cut])
}
