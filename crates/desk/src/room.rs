//! A room: one manuscript that somebody has open. One task keeps its text; everything comes to it in a row.
//!
//! A stroke is a row before anybody hears of it: what others see, and what its writer is told is saved, is
//! kept. When the database does not answer, strokes wait here and their writers see that they wait.

mod writing;

use std::{sync::Arc, time::Duration};

use base::{Fault, Instant, No, clock::SharedClock};
use manuscript::{Text, append, caret, open, seal};
use newsroom::story::{StoryId, read};
use store::Db;
use tokio::{sync::mpsc, time::Instant as Moment};
use uuid::Uuid;

use crate::{
    hand::{Hand, HandId},
    told::{Bytes, Seen, Told},
};

/// Things asked of a room that may wait.
pub(crate) const MOST_ASKED: usize = 1_024;
/// Hands in one room.
const MOST_HANDS: usize = 100;
/// Things that are done together, their strokes by one commit.
const MOST_AT_ONCE: usize = 256;
/// How often a room looks around: for others' strokes and revisions, and whether it is time to seal.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A text that nobody has touched for so long is sealed as a revision.
const STILL: Duration = Duration::from_secs(8);
/// The same when the story was changed by another way meanwhile.
const PAUSE: Duration = Duration::from_secs(2);
/// However busily it is written, a revision is sealed this often.
const BUSY: Duration = Duration::from_secs(120);
/// How long an empty room waits for somebody who only loads their page anew.
const EMPTY: Duration = Duration::from_secs(5);

/// What is asked of a room.
pub(crate) enum Asked {
    /// Lets somebody in who is that far.
    Come {
        /// Who.
        hand: Hand,
        /// How far their copy is.
        vector: Vec<u8>,
    },
    /// Writes.
    Stroke {
        /// Whose.
        hand: HandId,
        /// Their count.
        number: u64,
        /// What.
        bytes: Vec<u8>,
    },
    /// Moves a caret.
    Caret {
        /// Whose.
        hand: HandId,
        /// Where to.
        bytes: Vec<u8>,
    },
    /// Somebody went away.
    Go {
        /// Who.
        hand: HandId,
    },
}

/// What a room stands on.
#[derive(Clone)]
pub(crate) struct Ground {
    /// The database.
    pub(crate) db: Db,
    /// The time.
    pub(crate) clock: SharedClock,
}

/// One manuscript and everybody who has it open.
pub(crate) struct Room {
    ground: Ground,
    story: StoryId,
    epoch: Uuid,
    text: Text,
    /// The number of the newest stroke in the text.
    strokes: u32,
    /// The newest revision that the hands were told of.
    revision: u32,
    /// Since when there are strokes that no revision holds, and when the last of them came.
    unsealed: Option<(Moment, Moment)>,
    hands: Vec<Hand>,
    /// Since when nobody is here.
    empty_since: Option<Moment>,
}

impl Room {
    /// Opens the manuscript.
    ///
    /// # Errors
    /// As [`open::open`].
    pub(crate) async fn open(ground: Ground, story: StoryId) -> Result<Self, No> {
        let now = ground.clock.now();
        // What others changed while nobody was here is followed first; what cannot be sealed yet stays as it is.
        match seal::seal(&ground.db, story, None, None, now).await {
            Ok(_) | Err(No::Refused(_)) => {}
            Err(no) => return Err(no),
        }
        let opened = open::open(&ground.db, story, now).await?;
        Ok(Self {
            ground,
            story,
            epoch: opened.epoch,
            text: opened.text,
            strokes: opened.strokes,
            revision: opened.revision,
            unsealed: opened.is_unsealed.then_some((Moment::now(), Moment::now())),
            hands: Vec::new(),
            empty_since: Some(Moment::now()),
        })
    }

    /// Keeps the room until nobody is in it and all is sealed.
    pub(crate) async fn keep(mut self, mut asked: mpsc::Receiver<Asked>) {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                count = asked.recv_many(&mut batch, MOST_AT_ONCE) => {
                    if count == 0 {
                        break;
                    }
                    self.does(&mut batch).await;
                }
                _ = tick.tick() => {
                    if let Err(fault) = self.looks_around().await {
                        let (story, fault) = (self.story, fault.chain());
                        tracing::error!(%story, fault, "a manuscript could not be looked after; trying again");
                    }
                    if self.is_over() && asked.is_empty() {
                        break;
                    }
                }
            }
        }
    }

    fn now(&self) -> Instant {
        self.ground.clock.now()
    }

    fn is_over(&self) -> bool {
        let long_empty = self
            .empty_since
            .is_some_and(|since| since.elapsed() >= EMPTY);
        long_empty && self.unsealed.is_none()
    }

    fn lets_in(&mut self, hand: Hand, vector: &[u8]) {
        if self.hands.len() >= MOST_HANDS {
            let (story, reason) = (self.story, "too-many-hands");
            hand.line.tell(&Arc::new(Told::Refused { story, reason }));
            return;
        }
        let Ok(missing) = self.text.missing(vector) else {
            let (story, reason) = (self.story, "unreadable-stroke");
            hand.line.tell(&Arc::new(Told::Refused { story, reason }));
            return;
        };
        hand.line.tell(&Arc::new(Told::Text {
            story: self.story,
            epoch: self.epoch,
            bytes: Bytes(missing),
            vector: Bytes(self.text.vector()),
            revision: self.revision,
        }));
        for other in &self.hands {
            if let Some(caret) = &other.caret {
                hand.line.tell(&self.caret(caret));
            }
        }
        self.hands.push(hand);
        self.empty_since = None;
        self.tells_who_is_here();
    }

    fn lets_go(&mut self, id: HandId) {
        let Some(at) = self.hands.iter().position(|hand| hand.id == id) else {
            return;
        };
        let hand = self.hands.remove(at);
        if let Some(caret) = hand.caret {
            let told = self.caret(&caret::gone(hand.client, caret.clock));
            self.tells(&told, None);
        }
        if self.hands.is_empty() {
            self.empty_since = Some(Moment::now());
        }
        self.tells_who_is_here();
    }

    fn moves(&mut self, id: HandId, bytes: &[u8]) {
        let Some(hand) = self.hands.iter_mut().find(|hand| hand.id == id) else {
            return;
        };
        let name = hand.by.name.clone();
        let owner = caret::Owner {
            client: hand.client,
            name: &name,
            colour: hand.colour(),
        };
        // A caret is worth no refusal: the next one is on its way.
        let Ok(caret) = caret::signed(bytes, &owner) else {
            return;
        };
        hand.caret = Some(caret.clone());
        let told = self.caret(&caret);
        self.tells(&told, Some(id));
    }

    fn caret(&self, caret: &caret::Caret) -> Arc<Told> {
        Arc::new(Told::Caret {
            story: self.story,
            bytes: Bytes(caret.bytes.clone()),
        })
    }

    fn tells_who_is_here(&mut self) {
        let seen = |hand: &Hand| Seen {
            client: hand.client,
            name: hand.by.name.clone(),
            colour: hand.colour(),
        };
        let told = Arc::new(Told::Hands {
            story: self.story,
            hands: self.hands.iter().map(seen).collect(),
        });
        self.tells(&told, None);
    }

    /// Tells everybody but one. Whoever does not keep up is let go: their browser comes again.
    fn tells(&mut self, told: &Arc<Told>, but: Option<HandId>) {
        let hears = |hand: &&Hand| Some(hand.id) == but || hand.line.tell(told);
        let deaf: Vec<HandId> = self
            .hands
            .iter()
            .filter(|hand| !hears(hand))
            .map(|hand| hand.id)
            .collect();
        for id in deaf {
            self.lets_go(id);
        }
    }

    /// What other processes wrote, what other doors changed, and whether it is time to seal.
    async fn looks_around(&mut self) -> Result<(), Fault> {
        let Some(progress) = append::progress(&self.ground.db, self.story).await? else {
            return Ok(());
        };
        if progress.strokes > self.strokes {
            self.catches_up().await?;
        }
        let newest = read::newest_revision(&self.ground.db, self.story).await?;
        if let Some(newest) = newest.filter(|newest| *newest > self.revision) {
            self.tells_revision(newest);
        }
        // Somebody changed the story by another way: a seal follows what they wrote.
        let is_behind = newest.is_some_and(|newest| newest != progress.revision);
        let is_time = match self.unsealed {
            None => is_behind,
            Some((since, last)) => {
                let still = if is_behind { PAUSE } else { STILL };
                let is_still = last.elapsed() >= still || self.hands.is_empty();
                is_still || since.elapsed() >= BUSY
            }
        };
        if is_time {
            let sealed = seal::seal(&self.ground.db, self.story, None, None, self.now()).await;
            self.has_sealed(sealed).await?;
        }
        Ok(())
    }

    /// Takes what came into the rows by other ways, and passes it on.
    async fn catches_up(&mut self) -> Result<(), Fault> {
        let since = append::since(&self.ground.db, self.story, self.strokes).await?;
        for stroke in since.strokes {
            let before = self.text.vector();
            if self.text.take(&stroke).is_err() {
                continue;
            }
            if let Ok(news) = self.text.missing(&before) {
                self.tells_stroke(news, None);
            }
        }
        self.strokes = since.number.max(self.strokes);
        Ok(())
    }

    async fn has_sealed(&mut self, sealed: Result<seal::Sealed, No>) -> Result<(), Fault> {
        match sealed {
            Ok(sealed) => {
                self.unsealed = None;
                self.text.settle();
                if sealed.has_followed {
                    self.catches_up().await?;
                }
                self.tells_revision(sealed.story.revision);
                Ok(())
            }
            Err(No::Failed(fault)) => Err(fault),
            Err(no) => {
                // Over a limit, most likely: the words are kept, and sealing is tried when they change.
                let story = self.story;
                tracing::warn!(%story, %no, "a manuscript could not be sealed");
                self.unsealed = None;
                self.tells(
                    &Arc::new(Told::Refused {
                        story,
                        reason: "not-sealed",
                    }),
                    None,
                );
                Ok(())
            }
        }
    }

    fn tells_revision(&mut self, revision: u32) {
        if revision <= self.revision {
            return;
        }
        self.revision = revision;
        let story = self.story;
        self.tells(&Arc::new(Told::Revision { story, revision }), None);
    }

    fn tells_stroke(&mut self, bytes: Vec<u8>, but: Option<HandId>) {
        let told = Arc::new(Told::Stroke {
            story: self.story,
            bytes: Bytes(bytes),
        });
        self.tells(&told, but);
    }
}
