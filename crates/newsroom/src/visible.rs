//! Who may see which part of a body: the one function that every surface calls.

use base::{
    Document, Fault, HtmlOptions,
    document::{Block, Inline},
};

use crate::story::{Access, StoryId};

/// Paragraphs of a gated story that everybody may read, where no fold says otherwise.
pub const OPENING_PARAGRAPHS: usize = 2;

/// A story's body, closed: what is behind the opening comes out through [`visible_body`] alone.
///
/// ```compile_fail
/// fn leak(body: newsroom::visible::Body) -> base::Document {
///     body.document // private: the public renderer cannot reach it (PROOFS W-04)
/// }
/// ```
pub struct Body {
    document: Document,
}

/// Who is looking.
#[derive(Clone, Copy, Debug)]
pub enum Viewer {
    /// Anybody: feeds, search, previews, caches, crawlers, mail.
    Public,
    /// A reader whom the gate let through.
    Granted(Grant),
    /// A member of staff.
    Staff,
}

/// The gate's word that one reader may read one story now.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    story: StoryId,
}

impl Grant {
    /// Given by the gate, after the meter's decision, and by nothing else.
    pub fn by_the_gate(story: StoryId) -> Self {
        Self { story }
    }
}

/// What a viewer may see.
pub enum Visible {
    /// All of it.
    Whole {
        /// HTML of the opening.
        opening: String,
        /// HTML of the rest; empty when the opening is all there is.
        rest: String,
    },
    /// The opening; more is there.
    Opening {
        /// HTML of the opening.
        opening: String,
    },
}

impl Body {
    /// Closes a document.
    pub fn new(document: Document) -> Self {
        Self { document }
    }

    /// Reads the body out of a revision's `fields`.
    ///
    /// # Errors
    /// A fault when the kept JSON is no document.
    pub fn from_fields(fields: &mut serde_json::Value) -> Result<Self, Fault> {
        let body = fields
            .get_mut("body")
            .map(serde_json::Value::take)
            .unwrap_or_default();
        serde_json::from_value(body)
            .map(Self::new)
            .map_err(|error| Fault::while_("reading a story's body", error))
    }

    /// Whether anything is behind the opening.
    pub fn has_rest(&self) -> bool {
        !self.document.cut(OPENING_PARAGRAPHS).1.is_empty()
    }

    /// The number of words, which is no secret.
    pub fn words(&self) -> usize {
        self.document.words()
    }
}

/// The part of `body` that `viewer` may see under this `access`.
pub fn visible_body(body: &Body, story: StoryId, access: Access, viewer: Viewer) -> Visible {
    let (opening, rest) = body.document.cut(OPENING_PARAGRAPHS);
    let may_read_all = match viewer {
        Viewer::Staff => true,
        Viewer::Granted(grant) => grant.story == story,
        Viewer::Public => access == Access::Open,
    };
    let html = HtmlOptions::default().write(opening);
    if rest.is_empty() || may_read_all {
        let first_footnote = 1 + count_footnotes(opening);
        let rest = HtmlOptions {
            first_footnote,
            ..HtmlOptions::default()
        }
        .write(rest);
        return Visible::Whole {
            opening: html,
            rest,
        };
    }
    Visible::Opening { opening: html }
}

fn count_footnotes(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(&paragraph.content),
            _ => None,
        })
        .flatten()
        .filter(|inline| matches!(inline, Inline::Footnote(_)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Id;

    #[track_caller]
    fn check(access: Access, viewer: Viewer, story: StoryId, sees_the_rest: bool) {
        let body = Body::new(Document::of_paragraphs(["one", "two", "CANARY"]));
        let text = match visible_body(&body, story, access, viewer) {
            Visible::Whole { opening, rest } => opening + &rest,
            Visible::Opening { opening } => opening,
        };
        assert_eq!(text.contains("CANARY"), sees_the_rest);
        assert!(text.contains("one") && text.contains("two"));
    }

    #[test]
    fn w_04_only_the_entitled_see_behind_the_opening() {
        let (story, other) = (Id::fresh(), Id::fresh());
        check(Access::Open, Viewer::Public, story, true);
        for access in [Access::Metered, Access::Registered] {
            check(access, Viewer::Public, story, false);
            check(
                access,
                Viewer::Granted(Grant::by_the_gate(story)),
                story,
                true,
            );
            check(
                access,
                Viewer::Granted(Grant::by_the_gate(other)),
                story,
                false,
            );
            check(access, Viewer::Staff, story, true);
        }
    }
}
