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
            .taking("FieldsAsked")
            .or_nothing()
            .with_status(201)
            .with_headers(&["ETag", "Location"]),
        "STORY" => Operation::reading("A story.", "Story").with_headers(&["ETag"]),
        "REVISE" => Operation::act("Change a story: a new revision.", Needed)
            .taking("Change")
            .or_nothing(),
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
        row if row.contains("PICTURE") || row.contains("UPLOAD") => pictures(row),
        "BEGIN_SECTION" => Operation::section("Add a section.", "Section")
            .taking("SectionBegun")
            .with_status(201)
            .with_headers(&["ETag", "Location"]),
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
        "SECTION" => Operation::reading("A section.", "Section").with_headers(&["ETag"]),
        other => lists(other),
    }
}

/// The operation of a row about people, topics, running stories or tokens.
fn lists(row: &str) -> Operation {
    use Precondition::{Needed, None};
    match row {
        "TOPICS" => Operation::reading("Topics of public stories, the most used first.", "Topics"),
        "TOPIC" => Operation::reading("A topic.", "Topic").with_headers(&["ETag"]),
        "RENAME_TOPIC" => Operation::around("Call a topic something else.", "Topic", Needed)
            .taking("TopicRenamed"),
        "PEOPLE" => Operation::reading("People for bylines, by name.", "People"),
        "PERSON" => Operation::reading("A person.", "Person").with_headers(&["ETag"]),
        "ADD_PERSON" => Operation::new("Add a person.", "Person", "PersonAsked"),
        "CHANGE_PERSON" => {
            Operation::around("Change a person.", "Person", Needed).taking("PersonAsked")
        }
        "REMOVE_PERSON" => Operation::removing("Take away a person whom no byline means."),
        "TOKENS" => Operation::reading("Tokens without their secrets, newest first.", "Tokens"),
        "TOKEN" => Operation::reading("A token without its secret.", "Token"),
        // No key: what would be kept is a secret.
        "MAKE_TOKEN" => Operation::reading("Make a token.", "TokenMade")
            .taking("TokenAsked")
            .with_status(201)
            .with_headers(&["Location"]),
        "REVOKE_TOKEN" => Operation {
            headers: &[],
            ..Operation::around("End a token.", "Token", None)
        },
        other => running_stories(other),
    }
}

/// The operation of a row about running stories and their live entries.
fn running_stories(row: &str) -> Operation {
    use Precondition::{Needed, None};
    match row {
        "RUNNING_STORIES" => {
            Operation::reading("Running stories, the last changed first.", "RunningStories")
        }
        "RUNNING_STORY" => {
            Operation::reading("A running story.", "RunningStory").with_headers(&["ETag"])
        }
        "BEGIN_RUNNING_STORY" => Operation::new(
            "Begin a running story.",
            "RunningStory",
            "RunningStoryBegun",
        ),
        "CHANGE_RUNNING_STORY" => {
            Operation::around("Change a running story.", "RunningStory", Needed)
                .taking("RunningStoryChanged")
        }
        "REMOVE_RUNNING_STORY" => {
            Operation::removing("Take away a running story that was never used.")
        }
        "OPEN_FOR_SAFETY" => Operation::around(
            "Open all its stories to everybody, at once.",
            "RunningStory",
            None,
        ),
        "CLOSE_FOR_SAFETY" => Operation::around(
            "Each of its stories by its own rule again.",
            "RunningStory",
            None,
        ),
        "ENTRIES" => Operation::reading("Live entries, newest first.", "Entries"),
        "ENTRY" => Operation::reading("A live entry.", "Entry").with_headers(&["ETag"]),
        "ADD_ENTRY" => Operation::new("Say something on the live page.", "Entry", "EntryAsked"),
        "AMEND_ENTRY" => {
            Operation::around("Amend a live entry.", "Entry", Needed).taking("EntryAsked")
        }
        "TAKE_DOWN_ENTRY" => Operation {
            takes: Some("EntryTakenDown"),
            ..Operation::around("Take a live entry down.", "Entry", None)
        },
        other => pictures(other),
    }
}

/// The operation of a row about pictures.
fn pictures(row: &str) -> Operation {
    use Precondition::Needed;
    let act = |summary| Operation {
        is_kept: true,
        done: "Done; the picture as it now is.",
        ..Operation::reading(summary, "PictureRecord").with_headers(&["ETag"])
    };
    match row {
        "PICTURES" => {
            Operation::reading("The library, the last that came first.", "PictureRecords")
        }
        "BRING_PICTURE" => Operation {
            done: "It is in the library; 200 where the very same file was there already.",
            or_status: Some(200),
            ..Operation::reading("Bring a picture: the body is the file.", "PictureRecord")
        }
        .taking("File")
        .with_status(201)
        .with_headers(&["ETag"]),
        "PICTURE" => Operation::reading("A picture with all about it.", "PictureRecord")
            .with_headers(&["ETag"]),
        "AMEND_PICTURE" => Operation {
            upon: Needed,
            ..act("Change what is said of a picture; served files follow.").taking("PictureFields")
        },
        "REFOCUS_PICTURE" => act("Set the point that every crop keeps.").taking("Focus"),
        "PULL_PICTURE" => act("Take a picture from readers, at once.").taking("PullAsked"),
        "RESTORE_PICTURE" => act("Give a picture back to readers."),
        "PULL_PICTURES" => Operation {
            is_kept: true,
            done: "Done; readers see none of them from now on.",
            ..Operation::reading("Take many pictures from readers, at once.", "Pulled")
        }
        .taking("PullsAsked"),
        "PICTURE_USES" => Operation::reading("Where a picture runs.", "PictureUses"),
        "BEGIN_UPLOAD" => Operation {
            is_kept: true,
            done: "Send parts to its address.",
            ..Operation::reading("Begin to bring a picture in parts.", "Upload")
        }
        .taking("UploadAsked")
        .with_status(201)
        .with_headers(&["Location"]),
        "UPLOAD" => Operation::reading("How far an upload is.", "Upload"),
        "FETCH_PICTURE" => Operation {
            is_kept: true,
            done: "It is asked for; its address says what became of it.",
            ..Operation::reading("Bring a picture from its address.", "PictureFetch")
        }
        .taking("FetchAsked")
        .with_status(202)
        .with_headers(&["Location"]),
        "PICTURE_FETCH" => Operation::reading(
            "What became of a picture asked for by address.",
            "PictureFetch",
        ),
        "UPLOAD_PART" => Operation {
            done: "It is added; 201 when that was all, and it is a picture now.",
            or_status: Some(201),
            may_clash: true,
            ..Operation::reading("The next part of a file.", "Upload")
        }
        .taking("File"),
        "TASKS" => Operation::reading("What the desk is to look at.", "Tasks"),
        "COMPLETE_TASK" => Operation {
            is_kept: true,
            done: "It is done; who said so first is kept.",
            ..Operation::reading("Say that a task is done.", "Task")
        },
        "REOPEN_TASK" => Operation {
            is_kept: true,
            done: "It waits again.",
            ..Operation::reading("Say that a task is not done, after all.", "Task")
        },
        other => outgoing(other),
    }
}

/// The operation of a row about what leaves the house.
///
/// # Panics
/// For a row that nobody knows.
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
