//! Running stories and their live entries.

use super::{Operation, Precondition};

/// Rows of running stories and of their entries.
pub(super) fn running_stories(row: &str) -> Option<Operation> {
    use Precondition::Needed;
    Some(match row {
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
            Precondition::None,
        ),
        "CLOSE_FOR_SAFETY" => Operation::around(
            "Each of its stories by its own rule again.",
            "RunningStory",
            Precondition::None,
        ),
        "ENTRIES" => Operation::reading("Live entries, newest first.", "Entries"),
        "ENTRY" => Operation::reading("A live entry.", "Entry").with_headers(&["ETag"]),
        "ADD_ENTRY" => Operation::new("Say something on the live page.", "Entry", "EntryAsked"),
        "AMEND_ENTRY" => {
            Operation::around("Amend a live entry.", "Entry", Needed).taking("EntryAsked")
        }
        "TAKE_DOWN_ENTRY" => Operation {
            takes: Some("EntryTakenDown"),
            ..Operation::around("Take a live entry down.", "Entry", Precondition::None)
        },
        _ => return None,
    })
}
