//! What the desk's browsers and the house say to each other about manuscripts. Bytes go as base64.

use base::Id;
use base64::{Engine, prelude::BASE64_STANDARD};
use newsroom::story::{Story, StoryId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The form of a body that this program knows; a browser that runs an older desk must load itself anew
/// before it may write, lest it take away what it has no name for. Grows when the tree gets a new part.
pub(crate) const FORM: u32 = 1;

/// What a browser says.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Said {
    /// Opens a manuscript.
    Open {
        /// Of this story.
        story: Id<Story>,
        /// The form of a body that the browser knows.
        form: u32,
        /// The number of the browser's copy.
        client: u64,
        /// How far the browser's copy is.
        vector: Bytes,
    },
    /// Writes.
    Stroke {
        /// In this story.
        story: Id<Story>,
        /// The browser's count, by which it hears that the stroke is saved.
        number: u64,
        /// What.
        bytes: Bytes,
    },
    /// Moves its caret.
    Caret {
        /// In this story.
        story: Id<Story>,
        /// Where to.
        bytes: Bytes,
    },
    /// Closes a manuscript.
    Close {
        /// Of this story.
        story: Id<Story>,
    },
}

/// What the house says.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Told {
    /// Here is what you lack, and how far the house is: send what it lacks.
    Text {
        /// Of this story.
        story: StoryId,
        /// Strokes upon another epoch do not belong to it.
        epoch: uuid::Uuid,
        /// What the browser lacks.
        bytes: Bytes,
        /// How far the house is.
        vector: Bytes,
        /// The story's newest revision.
        revision: u32,
    },
    /// Somebody wrote.
    Stroke {
        /// In this story.
        story: StoryId,
        /// What.
        bytes: Bytes,
    },
    /// Your strokes up to this one are saved.
    Saved {
        /// In this story.
        story: StoryId,
        /// The browser's count.
        number: u64,
    },
    /// Somebody moved their caret.
    Caret {
        /// In this story.
        story: StoryId,
        /// Where to, and who.
        bytes: Bytes,
    },
    /// Who has it open now.
    Hands {
        /// This story.
        story: StoryId,
        /// All of them, you included.
        hands: Vec<Seen>,
    },
    /// The story has a new revision.
    Revision {
        /// This story.
        story: StoryId,
        /// Its number.
        revision: u32,
    },
    /// You may not.
    Refused {
        /// In this story.
        story: StoryId,
        /// Why, as the key of a refusal.
        reason: &'static str,
    },
    /// The text was begun anew, or you missed something: open it again.
    Again {
        /// This story.
        story: StoryId,
    },
}

/// A hand as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Seen {
    /// The number of their browser's copy.
    pub(crate) client: u64,
    /// Their name.
    pub(crate) name: String,
    /// The colour of their caret.
    pub(crate) colour: &'static str,
}

/// Bytes, as base64 on the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64_STANDARD.decode(text);
        bytes.map(Self).map_err(serde::de::Error::custom)
    }
}
