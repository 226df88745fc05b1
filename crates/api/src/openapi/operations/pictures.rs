//! Pictures, and what is to be done about them.

use super::{Operation, Precondition};

/// Rows of the library.
pub(super) fn pictures(row: &str) -> Option<Operation> {
    use Precondition::Needed;
    let act = |summary| Operation {
        is_kept: true,
        done: "Done; the picture as it now is.",
        ..Operation::reading(summary, "PictureRecord").with_headers(&["ETag"])
    };
    Some(match row {
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
        _ => return None,
    })
}

/// Rows of pictures on their way in.
pub(super) fn arriving(row: &str) -> Option<Operation> {
    Some(match row {
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
        _ => return None,
    })
}

/// Rows of what the desk is to look at.
pub(super) fn tasks(row: &str) -> Option<Operation> {
    Some(match row {
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
        _ => return None,
    })
}
