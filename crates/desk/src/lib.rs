//! Serves the desk application, the Svelte page built under `web/desk/dist`, to anybody who asks, and keeps its
//! line: the WebSocket by which manuscripts are written together.
//!
//! The files are in the program, compressed once when it starts. They hold no secret: what staff see
//! in the desk comes from `/api/v1`, which asks who they are. Files below `assets/` carry a hash of
//! their bytes in their names and are kept for a year; the page itself is asked for each time.
//!
//! Reading order: [`files`], `live` (the line to one browser), `room` (a manuscript that somebody has open),
//! [`rooms`] (all of them).
//!
//! Not here: any act but writing. Acts go through `api`.

pub mod files;
mod hand;
mod live;
mod room;
pub mod rooms;
mod told;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{Path, State};
use web::{Answer, Problem};

use base::No;
use files::Files;
use http::HeaderMap;
use newsroom::{
    By,
    story::{StoryId, read, rules},
};
use tokio::sync::mpsc;

pub use rooms::Rooms;

use room::Asked;

/// The desk behind its doors. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    files: Files,
    rooms: Rooms,
    db: store::Db,
    clock: base::clock::SharedClock,
}

impl Desk {
    /// The files of the program, and these rooms.
    ///
    /// # Errors
    /// A fault when the program was built without the desk's page.
    pub fn open(
        rooms: Rooms,
        db: store::Db,
        clock: base::clock::SharedClock,
    ) -> Result<Self, base::Fault> {
        Ok(Self {
            files: Files::open()?,
            rooms,
            db,
            clock,
        })
    }

    /// Whose session these headers carry.
    async fn by(&self, headers: &HeaderMap) -> Result<Option<By>, base::Fault> {
        let session = api::door::session(&self.db, headers, self.clock.now()).await?;
        Ok(session.map(|session| By::staff(&session.staff)))
    }

    /// The room of a story, for somebody who may write in it.
    async fn room_for(&self, story: StoryId, by: &By) -> Result<mpsc::Sender<Asked>, No> {
        let found = read::story(&self.db, story).await?.ok_or(No::Absent)?;
        rules::refuse_foreign(&found, by)?;
        self.rooms.room(story).await
    }
}

web::doors! {
    /// The doors of the desk.
    pub fn doors() -> Doors<Desk>;

    DESK: Get "/desk" => page,
        who: Anyone, cache: Never, rate: READING, gate: Open, shield: Desk;
    LIVE: Get "/desk/live" => live::open,
        who: Staff(Write), cache: Personal, rate: READING, gate: StaffOnly, shield: Desk;
    DESK_ASSET: Get "/desk/assets/{name}" => asset,
        who: Anyone, cache: Asset, rate: ASSETS, gate: Open, shield: Desk, case: Exact;
    DESK_PAGE: Get "/desk/{*path}" => file_or_page,
        who: Anyone, cache: Never, rate: READING, gate: Open, shield: Desk, case: Exact;
}

async fn page(State(desk): State<Desk>) -> Answer {
    desk.files.page().into()
}

async fn asset(State(desk): State<Desk>, Path(name): Path<String>) -> Result<Answer, Problem> {
    let asset = desk.files.find(&format!("{}{name}", files::ASSETS));
    asset.map(Answer::from).ok_or_else(Problem::absent)
}

/// A file by its name. An address without a dot is a place within the desk, and the page finds it;
/// a file that is not there is 404, so that no script is ever answered with a page.
async fn file_or_page(
    State(desk): State<Desk>,
    Path(path): Path<String>,
) -> Result<Answer, Problem> {
    let found: Option<Arc<web::Page>> = match desk.files.find(&path) {
        Some(file) => Some(file),
        None if path.contains('.') || path.starts_with(files::ASSETS) => None,
        None => Some(desk.files.page()),
    };
    found.map(Answer::from).ok_or_else(Problem::absent)
}
