//! What a row does not know of itself, one entry for each.

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

    /// A turn of a running story's switch, which answers with the running story.
    const fn turn(summary: &'static str) -> Self {
        Self {
            is_kept: true,
            done: "Done; the running story as it now is.",
            ..Self::reading(summary, "RunningStory")
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

    const fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    const fn with_headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }
}

/// The operation of a row by its name.
///
/// # Panics
/// For a row without an entry, when the API is opened: a door that nobody described does not start.
pub(super) fn operation(row: &str) -> Operation {
    use Precondition::{Needed, None, Taken};
    match row {
        "OPENAPI" => Operation::reading("This description.", "Description"),
        "SESSION" => Operation::reading("Who is signed in.", "Session"),
        "SIGN_IN" => Operation::reading("Sign in.", "Session")
            .taking("SignIn")
            .with_headers(&["Set-Cookie"]),
        "SIGN_OUT" => Operation {
            answers: Option::None,
            done: "Signed out.",
            headers: &["Set-Cookie", "Clear-Site-Data"],
            ..Operation::reading("Sign out.", "Session").with_status(204)
        },
        "ENROL" => Operation::reading("Come in by a one-time token.", "Begun").taking("Begin"),
        "CONFIRM" => Operation::reading("Show the first code and be signed in.", "Session")
            .taking("Confirm")
            .with_headers(&["Set-Cookie"]),
        "STORIES" => Operation::reading("Stories by last change, newest first.", "Stories"),
        "DRAFT" => Operation::act("Start a story.", None)
            .taking("Fields")
            .with_status(201)
            .with_headers(&["ETag", "Location"]),
        "STORY" => Operation::reading("A story.", "Story").with_headers(&["ETag"]),
        "REVISE" => Operation::act("Change a story: a new revision.", Needed).taking("Change"),
        "REVISIONS" => Operation::reading("The revisions of a story, newest first.", "Revisions"),
        "REVISION" => Operation::reading("The fields as they were then.", "Fields"),
        "PUBLISH" => Operation {
            takes: Some("Nothing"),
            ..Operation::act(
                "Lay the newest revision before readers, now or when due.",
                Taken,
            )
        },
        "UNPUBLISH" => Operation::act("Take the story back with the neutral notice.", Taken),
        "WITHDRAW" => {
            Operation::act("Take the story back, and say why.", Taken).taking("WithdrawalAsked")
        }
        "CORRECT" => Operation::act("Change what has run, and tell readers.", Needed)
            .taking("CorrectionAsked")
            .with_status(201),
        "RUNNING_STORIES" => Operation::reading("Running stories.", "RunningStories"),
        "OPEN_FOR_SAFETY" => Operation::turn("Open all its stories to everybody, at once."),
        "CLOSE_FOR_SAFETY" => Operation::turn("Each of its stories by its own rule again."),
        "TOPICS" => Operation::reading("Topics of public stories.", "Topics"),
        "PEOPLE" => Operation::reading("People for bylines.", "People"),
        other => furniture(other),
    }
}

/// The operation of a row about what stands around the stories.
fn furniture(row: &str) -> Operation {
    use Precondition::{Needed, Taken};
    match row {
        "FRONT" => {
            Operation::reading("The slots of the front, in order.", "Front").with_headers(&["ETag"])
        }
        "ARRANGE" => Operation {
            answers: Some("Front"),
            done: "Done; the front as it now is. Readers have it at once.",
            ..Operation::act("Set all slots of the front, in order.", Needed).taking("FrontAsked")
        },
        "TRUST_PAGES" => Operation::reading("What readers are told of the newsroom.", "TrustPages"),
        "TRUST_PAGE" => {
            Operation::reading("A trust page with its text.", "TrustPage").with_headers(&["ETag"])
        }
        "ADAPT" => {
            Operation::trust("Change title and text of a trust page.", Needed).taking("TrustAsked")
        }
        "SHOW_TRUST_PAGE" => Operation::trust("Put a trust page on the site.", Taken),
        "HIDE_TRUST_PAGE" => Operation::trust("Take a trust page off the site.", Taken),
        "RESTORE_TRUST_PAGE" => {
            Operation::trust("Put the words of a version back.", Needed).taking("RestorationAsked")
        }
        "TRUST_VERSIONS" => Operation::reading(
            "What became of a trust page, newest first.",
            "TrustVersions",
        ),
        "TRUST_VERSION" => Operation::reading("A trust page as it was then.", "TrustVersion"),
        "BEGIN_SECTION" => Operation::section("Add a section.", "Section")
            .taking("SectionBegun")
            .with_status(201)
            .with_headers(&["ETag"]),
        "ORDER_SECTIONS" => {
            Operation::section("Set the order of all sections.", "Sections").taking("SectionOrder")
        }
        "CHANGE_SECTION" => Operation {
            upon: Needed,
            ..Operation::section("Change the particulars of a section.", "Section")
        }
        .taking("SectionChanged")
        .with_headers(&["ETag"]),
        "REMOVE_SECTION" => Operation::section("Take away a section without stories.", "Sections"),
        "SECTIONS" => Operation::reading("Sections of the site.", "Sections"),
        other => outgoing(other),
    }
}

/// The operation of a row about what leaves the house.
fn outgoing(row: &str) -> Operation {
    match row {
        "WEBHOOKS" => {
            Operation::reading("Addresses that are told what readers are told.", "Webhooks")
        }
        "WEBHOOK" => Operation::reading("A webhook.", "Webhook"),
        "MAKE_WEBHOOK" => Operation {
            done: "Made. Its secret is in this answer and never again.",
            headers: &["Location"],
            ..Operation::reading("Add a webhook.", "WebhookMade")
        }
        .taking("WebhookAsked")
        .with_status(201),
        "CHANGE_WEBHOOK" => Operation {
            is_kept: true,
            done: "Done; the webhook as it now is.",
            ..Operation::reading("Change a webhook, or turn it on or off.", "Webhook")
        }
        .taking("WebhookChanged"),
        "REMOVE_WEBHOOK" => Operation {
            answers: None,
            is_kept: true,
            done: "Gone, with its log.",
            ..Operation::reading("Take a webhook away.", "Webhook").with_status(204)
        },
        "DELIVERIES" => {
            Operation::reading("What was sent to a webhook, newest first.", "Deliveries")
        }
        "REDELIVER" => Operation {
            is_kept: true,
            done: "It will be sent at once, and by the schedule if that fails.",
            ..Operation::reading("Send a delivery again.", "Delivery").with_status(202)
        },
        "EMBED" => Operation::reading(
            "A card of something elsewhere, from its own words.",
            "EmbedFound",
        )
        .taking("EmbedAsked"),
        unknown => panic!("the door {unknown} has no description"),
    }
}
