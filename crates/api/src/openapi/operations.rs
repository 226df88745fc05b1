//! What a row does not know of itself, one entry for each.

mod furniture;
mod outgoing;
mod pictures;
mod running;
mod stories;

/// A door in words.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    /// What is done there.
    pub summary: &'static str,
    /// The schema of the body it takes.
    pub takes: Option<&'static str>,
    /// Whether that body must be there.
    pub needs_body: bool,
    /// Whether the revision must be said.
    pub upon: Precondition,
    /// Whether a repeat gets the same answer.
    pub is_kept: bool,
    /// The status when it was done.
    pub status: u16,
    /// Another status of the same answer: nothing was new, or the last part made it whole.
    pub or_status: Option<u16>,
    /// Whether it may find that things stand otherwise than the request says.
    pub may_clash: bool,
    /// What came of it, in words.
    pub done: &'static str,
    /// The schema of the answer.
    pub answers: Option<&'static str>,
    /// Headers of the answer.
    pub headers: &'static [&'static str],
}

/// Whether `If-Match` is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Precondition {
    /// It is not looked at.
    None,
    /// It may be there.
    Taken,
    /// Without it nothing is done.
    Needed,
}

impl Operation {
    const fn reading(summary: &'static str, answers: &'static str) -> Self {
        Self {
            summary,
            takes: None,
            needs_body: false,
            upon: Precondition::None,
            is_kept: false,
            status: 200,
            or_status: None,
            may_clash: false,
            done: "Here it is.",
            answers: Some(answers),
            headers: &[],
        }
    }

    /// An act upon a story, which answers with the story.
    const fn act(summary: &'static str, upon: Precondition) -> Self {
        Self {
            upon,
            is_kept: true,
            done: "Done; the story as it now is.",
            headers: &["ETag"],
            ..Self::reading(summary, "Story")
        }
    }

    /// An act upon what stands around the stories, which answers with it as it now is.
    const fn around(summary: &'static str, answers: &'static str, upon: Precondition) -> Self {
        Self {
            upon,
            is_kept: true,
            done: "Done. Readers have it at once.",
            headers: &["ETag"],
            ..Self::reading(summary, answers)
        }
    }

    /// As [`Operation::around`], of something new.
    const fn new(summary: &'static str, answers: &'static str, takes: &'static str) -> Self {
        Self::around(summary, answers, Precondition::None)
            .taking(takes)
            .with_status(201)
            .with_headers(&["ETag", "Location"])
    }

    /// Takes something away.
    const fn removing(summary: &'static str) -> Self {
        Self {
            answers: None,
            is_kept: true,
            done: "It is gone.",
            ..Self::reading(summary, "Nothing").with_status(204)
        }
    }

    /// An act upon a trust page, which answers with the page.
    const fn trust(summary: &'static str, upon: Precondition) -> Self {
        Self {
            upon,
            is_kept: true,
            done: "Done; the page as it now is. Readers have it at once, where it is shown.",
            headers: &["ETag"],
            ..Self::reading(summary, "TrustPage")
        }
    }

    /// An act upon sections, which answers with this.
    const fn section(summary: &'static str, answers: &'static str) -> Self {
        Self {
            is_kept: true,
            done: "Done. The navigation follows at once.",
            ..Self::reading(summary, answers)
        }
    }

    const fn taking(mut self, schema: &'static str) -> Self {
        self.takes = Some(schema);
        self.needs_body = true;
        self
    }

    /// The body may be left out, which stands for `{}`.
    const fn or_nothing(mut self) -> Self {
        self.needs_body = false;
        self
    }

    const fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    const fn with_headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }
}

/// By subject.
const SUBJECTS: [fn(&str) -> Option<Operation>; 8] = [
    stories::stories,
    furniture::furniture,
    furniture::lists,
    running::running_stories,
    pictures::pictures,
    pictures::arriving,
    pictures::tasks,
    outgoing::outgoing,
];

/// The operation of a row by its name.
///
/// # Panics
/// For a row without an entry, when the API is opened: a door that nobody described does not start.
pub(super) fn operation(row: &str) -> Operation {
    let found = SUBJECTS.iter().find_map(|subject| subject(row));
    found.unwrap_or_else(|| panic!("the door {row} has no description"))
}
