//! Who did it: goes into every row that records an act.

use base::Id;

use crate::staff::Staff;

/// The hand behind an act: a member of staff, or a machine or import by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The member of staff, where it was one.
    pub staff: Option<Id<Staff>>,
    /// The name as the history shows it.
    pub name: String,
}

impl By {
    /// An act of the program itself or of an import.
    pub fn machine(name: impl Into<String>) -> Self {
        Self {
            staff: None,
            name: name.into(),
        }
    }
}
