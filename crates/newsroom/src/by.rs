//! Who did it: goes into every row that records an act.

use base::Id;

use crate::staff::{Role, Staff};

/// The hand behind an act: a member of staff, or a machine or import by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The member of staff, where it was one.
    pub staff: Option<Id<Staff>>,
    /// The name as the history shows it.
    pub name: String,
    /// What they are at the desk, where that narrows what they may do; no row keeps it.
    pub role: Option<Role>,
}

impl By {
    /// An act of this member of staff.
    pub fn staff(staff: &Staff) -> Self {
        Self {
            staff: Some(staff.id),
            name: staff.name.clone(),
            role: Some(staff.role),
        }
    }

    /// An act of the program itself or of an import.
    pub fn machine(name: impl Into<String>) -> Self {
        Self {
            staff: None,
            name: name.into(),
            role: None,
        }
    }
}
