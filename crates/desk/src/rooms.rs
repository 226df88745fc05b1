//! Every room that is open, by its story.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use base::No;
use newsroom::story::StoryId;
use tokio::sync::mpsc;

use crate::room::{Asked, Ground, MOST_ASKED, Room};

/// All rooms of this process. Cheap to clone.
#[derive(Clone)]
pub struct Rooms {
    ground: Ground,
    open: Arc<Mutex<HashMap<StoryId, mpsc::Sender<Asked>>>>,
}

impl Rooms {
    /// None yet.
    pub fn new(db: store::Db, clock: base::clock::SharedClock) -> Self {
        Self {
            ground: Ground { db, clock },
            open: Arc::default(),
        }
    }

    /// The way to a story's room, which is opened when it is not.
    pub(crate) async fn room(&self, story: StoryId) -> Result<mpsc::Sender<Asked>, No> {
        if let Some(room) = self.known(story) {
            return Ok(room);
        }
        let room = Room::open(self.ground.clone(), story).await?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // Two may have opened it at once: there is one room.
        if let Some(known) = open.get(&story).filter(|room| !room.is_closed()) {
            return Ok(known.clone());
        }
        let (asks, asked) = mpsc::channel(MOST_ASKED);
        open.retain(|_, room| !room.is_closed());
        open.insert(story, asks.clone());
        tokio::spawn(room.keep(asked));
        Ok(asks)
    }

    fn known(&self, story: StoryId) -> Option<mpsc::Sender<Asked>> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(&story).filter(|room| !room.is_closed()).cloned()
    }
}
