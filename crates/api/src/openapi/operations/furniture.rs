//! What stands around the stories: the front, trust pages, sections, people, topics, tokens.

use super::{Operation, Precondition};

/// Rows of the front, of trust pages and of sections.
pub(super) fn furniture(row: &str) -> Option<Operation> {
    use Precondition::{Needed, Taken};
    Some(match row {
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
        _ => return None,
    })
}

/// Rows of people, topics and tokens.
pub(super) fn lists(row: &str) -> Option<Operation> {
    use Precondition::Needed;
    Some(match row {
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
            ..Operation::around("End a token.", "Token", Precondition::None)
        },
        _ => return None,
    })
}
