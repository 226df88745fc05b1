//! Serves the desk application, the Svelte page built under `web/desk/dist`, to anybody who asks.
//!
//! The files are in the program, compressed once when it starts. They hold no secret: what staff see
//! in the desk comes from `/api/v1`, which asks who they are. Files below `assets/` carry a hash of
//! their bytes in their names and are kept for a year; the page itself is asked for each time.
//!
//! Not here: any act. Acts go through `api`.

pub mod files;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{Path, State};
use web::{Answer, Problem};

pub use files::Desk;

web::doors! {
    /// The doors of the desk.
    pub fn doors() -> Doors<Desk>;

    DESK: Get "/desk" => page,
        who: Anyone, cache: Never, rate: READING, gate: Open, shield: Desk;
    DESK_ASSET: Get "/desk/assets/{name}" => asset,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, shield: Desk, case: Exact;
    DESK_PAGE: Get "/desk/{*path}" => file_or_page,
        who: Anyone, cache: Never, rate: READING, gate: Open, shield: Desk, case: Exact;
}

async fn page(State(desk): State<Desk>) -> Answer {
    desk.page().into()
}

async fn asset(State(desk): State<Desk>, Path(name): Path<String>) -> Result<Answer, Problem> {
    let asset = desk.find(&format!("{}{name}", files::ASSETS));
    asset.map(Answer::from).ok_or_else(Problem::absent)
}

/// A file by its name. An address without a dot is a place within the desk, and the page finds it;
/// a file that is not there is 404, so that no script is ever answered with a page.
async fn file_or_page(
    State(desk): State<Desk>,
    Path(path): Path<String>,
) -> Result<Answer, Problem> {
    let found: Option<Arc<web::Page>> = match desk.find(&path) {
        Some(file) => Some(file),
        None if path.contains('.') || path.starts_with(files::ASSETS) => None,
        None => Some(desk.page()),
    };
    found.map(Answer::from).ok_or_else(Problem::absent)
}
