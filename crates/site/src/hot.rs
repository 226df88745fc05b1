//! Finished answers, for the way in front of the router.
