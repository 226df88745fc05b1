//! Strokes on their way: taken into the text, kept as rows by one commit, then passed on and said to be saved.

use std::{sync::Arc, time::Duration};

use base::No;
use manuscript::append::{Made, append};
use tokio::time::Instant as Moment;

use super::{Asked, Room};
use crate::{hand::HandId, told::Told};

/// First and longest wait before a database that did not answer is asked again.
const RETRY: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(5)];

/// A stroke that is not kept yet.
struct Waiting {
    hand: HandId,
    number: u64,
    made: Made,
    /// What keeps words that this stroke would have lost.
    rescue: Option<Made>,
}

impl Room {
    /// Does what was asked, in order; strokes that stand together are kept together.
    pub(super) async fn does(&mut self, asked: &mut Vec<Asked>) {
        let mut strokes = Vec::new();
        for one in asked.drain(..) {
            if let Asked::Stroke {
                hand,
                number,
                bytes,
            } = one
            {
                strokes.push((hand, number, bytes));
                continue;
            }
            self.writes(&mut strokes).await;
            match one {
                Asked::Come { hand, vector } => self.lets_in(hand, &vector),
                Asked::Caret { hand, bytes } => self.moves(hand, &bytes),
                Asked::Go { hand } => self.lets_go(hand),
                Asked::Stroke { .. } => {}
            }
        }
        self.writes(&mut strokes).await;
    }

    /// Takes strokes into the text and keeps them, however long that takes.
    async fn writes(&mut self, strokes: &mut Vec<(HandId, u64, Vec<u8>)>) {
        let taken: Vec<Waiting> = strokes
            .drain(..)
            .filter_map(|(hand, number, bytes)| self.takes(hand, number, bytes))
            .collect();
        if taken.is_empty() {
            return;
        }
        let rows = taken
            .iter()
            .flat_map(|one| [Some(&one.made), one.rescue.as_ref()]);
        let rows: Vec<Made> = rows.flatten().cloned().collect();
        match self.keeps(&rows).await {
            Ok(last) => {
                self.have_been_kept(taken, last - rows.len() as u32, last)
                    .await
            }
            Err(no) => self.were_refused(&taken, &no).await,
        }
    }

    fn takes(&mut self, id: HandId, number: u64, bytes: Vec<u8>) -> Option<Waiting> {
        let hand = self.hands.iter().find(|hand| hand.id == id)?;
        let (by, line) = (hand.by.clone(), hand.line.clone());
        let Ok(taken) = self.text.take(&bytes) else {
            let (story, reason) = (self.story, "unreadable-stroke");
            line.tell(&Arc::new(Told::Refused { story, reason }));
            return None;
        };
        let rescue = taken.rescue.map(|bytes| Made {
            bytes,
            by: by.clone(),
        });
        Some(Waiting {
            hand: id,
            number,
            made: Made { bytes, by },
            rescue,
        })
    }

    /// Keeps rows; a database that does not answer is asked until it does.
    async fn keeps(&self, rows: &[Made]) -> Result<u32, No> {
        let mut wait = RETRY[0];
        loop {
            let kept = append(&self.ground.db, (self.story, self.epoch), rows, self.now()).await;
            let Err(No::Failed(fault)) = kept else {
                return kept;
            };
            let (story, fault) = (self.story, fault.chain());
            tracing::error!(%story, fault, "strokes could not be kept; trying again");
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(RETRY[1]);
        }
    }

    async fn have_been_kept(&mut self, taken: Vec<Waiting>, before: u32, last: u32) {
        let now = Moment::now();
        let since = self.unsealed.map_or(now, |(since, _)| since);
        self.unsealed = Some((since, now));
        for one in taken {
            self.tells_stroke(one.made.bytes, Some(one.hand));
            if let Some(rescue) = one.rescue {
                self.tells_stroke(rescue.bytes, None);
            }
            let saved = Told::Saved {
                story: self.story,
                number: one.number,
            };
            self.tells_one(one.hand, &Arc::new(saved));
        }
        // Numbers between are another process's; the next look around brings them.
        if before == self.strokes {
            self.strokes = last;
        }
    }

    /// Somebody among them may not write here any more: the text is what the rows say, and who may still write
    /// brings the rest again.
    async fn were_refused(&mut self, taken: &[Waiting], no: &No) {
        let story = self.story;
        tracing::warn!(%story, %no, "strokes were refused");
        for one in taken {
            let may_not = one.made.by.role.is_some_and(|role| !role.may_change_any());
            let told = match may_not {
                true => Told::Refused {
                    story,
                    reason: "not-your-story",
                },
                false => Told::Again { story },
            };
            self.tells_one(one.hand, &Arc::new(told));
        }
        if let Ok(fresh) = Self::open(self.ground.clone(), story).await {
            (self.text, self.strokes, self.epoch) = (fresh.text, fresh.strokes, fresh.epoch);
        }
    }

    fn tells_one(&mut self, id: HandId, told: &Arc<Told>) {
        let hears = self
            .hands
            .iter()
            .find(|hand| hand.id == id)
            .is_none_or(|hand| hand.line.tell(told));
        if !hears {
            self.lets_go(id);
        }
    }
}
