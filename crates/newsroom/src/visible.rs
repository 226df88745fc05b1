//! Who may see which part of a body: the one function that every surface calls.

use base::{Document, Fault, HtmlOptions, document::Frames};

use crate::{
    picture::{PictureId, album::Album},
    story::{Access, StoryId},
};

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
    frames: Option<Frames>,
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
        /// The footnotes of both, numbered through.
        footnotes: Footnotes,
    },
    /// The opening; more is there.
    Opening {
        /// HTML of the opening.
        opening: String,
        /// The footnotes of the opening.
        footnotes: Footnotes,
    },
}

/// HTML of footnotes in order, the opening's first: items of one list, which a page puts at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footnotes {
    items: Vec<String>,
    of_opening: usize,
}

impl Footnotes {
    /// All of them; empty when there are none.
    pub fn html(&self) -> String {
        self.items.concat()
    }

    /// Those of the opening alone.
    #[must_use]
    pub fn of_opening(&self) -> Self {
        Self {
            items: self.items[..self.of_opening].to_vec(),
            of_opening: self.of_opening,
        }
    }
}

impl Body {
    /// Closes a document.
    pub fn new(document: Document) -> Self {
        let frames = None;
        Self { document, frames }
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

    /// From now on readers are offered the frames of its embeds so: for pages of ours, and for nothing that is read
    /// elsewhere.
    pub fn offer_frames(&mut self, frames: Option<Frames>) {
        self.frames = frames;
    }

    /// The pictures of ours in it: which, and not where.
    pub(crate) fn pictures(&self) -> Vec<PictureId> {
        let named = self.document.pictures().into_iter();
        named.filter_map(|(_, picture)| picture.id).collect()
    }

    /// Lays prints into its pictures, and leaves out those that readers may not see.
    pub(crate) fn lay_in(&mut self, album: &Album) {
        self.document
            .keep_pictures(&mut |picture| album.lay_in(picture));
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
    let options = HtmlOptions {
        frames: body.frames.as_ref(),
        ..HtmlOptions::default()
    };
    let written = options.write_apart(opening);
    let mut footnotes = Footnotes {
        of_opening: written.footnotes.len(),
        items: written.footnotes,
    };
    let opening = written.html;
    if !rest.is_empty() && !may_read_all {
        return Visible::Opening { opening, footnotes };
    }
    let options = HtmlOptions {
        first_footnote: 1 + footnotes.of_opening,
        ..options
    };
    let rest = options.write_apart(rest);
    footnotes.items.extend(rest.footnotes);
    Visible::Whole {
        opening,
        rest: rest.html,
        footnotes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{
        Id,
        document::{Block, Footnote, Inline, Paragraph, Quote},
    };

    #[track_caller]
    fn check(access: Access, viewer: Viewer, story: StoryId, sees_the_rest: bool) {
        let body = Body::new(Document::of_paragraphs(["one", "two", "CANARY"]));
        let text = match visible_body(&body, story, access, viewer) {
            Visible::Whole {
                opening,
                rest,
                footnotes,
            } => opening + &rest + &footnotes.html(),
            Visible::Opening { opening, footnotes } => opening + &footnotes.html(),
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

    fn noted(words: &str, note: &str) -> Block {
        let content = vec![Inline::text(note)];
        Block::Paragraph(Paragraph {
            content: vec![Inline::text(words), Inline::Footnote(Footnote { content })],
            ..Paragraph::default()
        })
    }

    #[test]
    fn footnotes_are_one_list_behind_the_whole_and_the_opening_has_only_its_own() {
        // The opening's second note is called in a quotation, not in a paragraph of its own.
        let quoted = Block::Quote(Quote {
            content: vec![noted("two", "note-b")],
            ..Quote::default()
        });
        let content = vec![
            noted("one", "note-a"),
            quoted,
            Block::Fold,
            noted("three", "CANARY-c"),
            noted("four", "CANARY-d"),
        ];
        let (body, story) = (Body::new(Document { content }), Id::fresh());
        let gate = Viewer::Granted(Grant::by_the_gate(story));
        let Visible::Whole {
            opening,
            rest,
            footnotes,
        } = visible_body(&body, story, Access::Metered, gate)
        else {
            panic!("the gate let nobody through");
        };
        assert!(!opening.contains("<li") && !rest.contains("<li"));
        let list = footnotes.html();
        let places = ["note-a", "note-b", "CANARY-c", "CANARY-d"].map(|note| list.find(note));
        assert!(places.is_sorted() && places[0].is_some(), "{list}");
        for number in 1..=4 {
            assert_eq!(list.matches(&format!("id=\"note-{number}\"")).count(), 1);
            let call = format!("id=\"noteref-{number}\" href=\"#note-{number}\"");
            assert_eq!(opening.contains(&call), number <= 2, "{number}");
            assert_eq!(rest.contains(&call), number > 2, "{number}");
        }

        let Visible::Opening { footnotes: own, .. } =
            visible_body(&body, story, Access::Metered, Viewer::Public)
        else {
            panic!("the public saw the whole");
        };
        assert_eq!(own.html(), footnotes.of_opening().html());
        assert!(own.html().contains("note-b") && !own.html().contains("CANARY"));
    }
}
