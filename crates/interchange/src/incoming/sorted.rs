//! What was brought, sorted for tests of every reader.

use super::{Incoming, IncomingStory};

/// The stories among the pieces, in order.
pub(crate) fn stories(pieces: &[Incoming]) -> Vec<&IncomingStory> {
    let stories = pieces.iter().filter_map(|piece| match piece {
        Incoming::Story(story) => Some(story.as_ref()),
        _ => None,
    });
    stories.collect()
}

/// The warnings among them, a line each: `place | what | why`.
pub(crate) fn warnings(pieces: &[Incoming]) -> String {
    let warnings = pieces.iter().filter_map(|piece| match piece {
        Incoming::Warning(warning) => Some(format!(
            "{} | {} | {}",
            warning.place, warning.what, warning.why
        )),
        _ => None,
    });
    warnings.collect::<Vec<_>>().join("\n")
}
