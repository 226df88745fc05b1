//! The house through its public doors: a folder for each surface, a sentence for each promise.
