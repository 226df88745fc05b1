//! The desk's door, and stories.

use super::{Operation, Precondition};

/// Rows of the desk's door and of stories.
pub(super) fn stories(row: &str) -> Option<Operation> {
    use Precondition::{Needed, Taken};
    Some(match row {
        "OPENAPI" => Operation::reading("This description.", "Description"),
        "SESSION" => Operation::reading("Who is signed in.", "Session"),
        "SIGN_IN" => Operation::reading("Sign in.", "Session")
            .taking("SignIn")
            .with_headers(&["Set-Cookie"]),
        "SIGN_OUT" => Operation {
            answers: None,
            done: "Signed out.",
            headers: &["Set-Cookie", "Clear-Site-Data"],
            ..Operation::reading("Sign out.", "Session").with_status(204)
        },
        "ENROL" => Operation::reading("Come in by a one-time token.", "Begun").taking("Begin"),
        "CONFIRM" => Operation::reading("Show the first code and be signed in.", "Session")
            .taking("Confirm")
            .with_headers(&["Set-Cookie"]),
        "STORIES" => Operation::reading("Stories by last change, newest first.", "Stories"),
        "DRAFT" => Operation::act("Start a story.", Precondition::None)
            .taking("FieldsAsked")
            .or_nothing()
            .with_status(201)
            .with_headers(&["ETag", "Location"]),
        "STORY" => Operation::reading("A story.", "Story").with_headers(&["ETag"]),
        "REVISE" => Operation::act("Change a story: a new revision.", Needed)
            .taking("Change")
            .or_nothing(),
        "REVISIONS" => Operation::reading("The revisions of a story, newest first.", "Revisions"),
        "SEAL" => Operation::act(
            "Seal what was written in the manuscript until now as a revision.",
            Precondition::None,
        )
        .taking("SealAsked")
        .or_nothing(),
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
        _ => return None,
    })
}
