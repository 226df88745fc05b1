//! Stories, with what readers wrote below them.

use base::{Fault, No};
use newsroom::story::{
    StoryId,
    take_in::{self, Arrival, CalledOff, Import, Taken, call_off, take_in},
};
use store::Tx;

use super::{Landing, arrival};
use crate::{
    incoming::{IncomingState, IncomingStory, Kind, Warning},
    keeping::{self, comment::Below},
};

impl Landing {
    pub(super) async fn story(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingStory,
    ) -> Result<(), Fault> {
        if incoming.state == IncomingState::Trashed {
            self.skip(incoming, "it was in the old site's bin and stays out");
            return Ok(());
        }
        let (arrival, warnings) = arrival::of(incoming, &self.known, &self.settings);
        if incoming.state == IncomingState::Canceled {
            return self.call_off(tx, incoming, &arrival).await;
        }
        if let Some(issue) = incoming.issue
            && let Some(kept) = take_in::kept(tx, &arrival.source, &arrival.source_key).await?
            && arrival::issue_of(&kept).is_some_and(|here| issue.is_before(&here))
        {
            self.skip(incoming, "a later version of it is here");
            return Ok(());
        }
        warnings
            .into_iter()
            .for_each(|warning| self.report.warn(warning));
        match take_in(tx, &arrival, &self.import()).await {
            Ok(taken) => {
                self.count(incoming, taken, arrival.old_addresses.len());
                self.comments(tx, incoming, taken).await?;
            }
            Err(No::Failed(fault)) => return Err(fault),
            Err(no) => {
                self.report.left_out += 1;
                self.skip(incoming, format!("it was refused: {no}; left out"));
            }
        }
        Ok(())
    }

    /// Takes back what landed before and is called off by its source.
    async fn call_off(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingStory,
        arrival: &Arrival,
    ) -> Result<(), Fault> {
        let (was_here, why) = match call_off(tx, arrival, &self.import()).await? {
            CalledOff::Already => {
                self.report.unchanged += 1;
                return Ok(());
            }
            CalledOff::Unknown => (
                false,
                "its source called it off before it was ever here; left out",
            ),
            CalledOff::Spiked => (true, "its source called it off; it is spiked"),
            CalledOff::Withdrawn => (
                true,
                "its source called it off; it was public, and is withdrawn with a notice at its address",
            ),
        };
        self.report.called_off += usize::from(was_here);
        self.skip(incoming, why);
        Ok(())
    }

    /// Keeps what readers wrote below a story.
    async fn comments(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingStory,
        taken: Taken,
    ) -> Result<(), Fault> {
        let (Taken::New(id) | Taken::Changed(id) | Taken::Unchanged(id)) = taken;
        let address = incoming.old_addresses.first().map(String::as_str);
        for comment in &incoming.comments {
            let below = Below {
                source: &self.settings.source,
                thread: &incoming.source_key,
                address: address.unwrap_or_default(),
                story: Some(id),
            };
            let kept = keeping::comment::keep(tx, &below, comment, self.settings.now).await?;
            self.report.comments += usize::from(kept);
        }
        Ok(())
    }

    fn count(&mut self, incoming: &IncomingStory, taken: Taken, redirects: usize) {
        let id = match taken {
            Taken::Unchanged(id) => {
                self.report.unchanged += 1;
                return self.on_front(incoming, id);
            }
            Taken::Changed(id) => {
                self.report.changed += 1;
                return self.on_front(incoming, id);
            }
            Taken::New(id) => id,
        };
        match (incoming.kind, incoming.state) {
            (Kind::Page, _) => self.report.pages += 1,
            (Kind::Story, IncomingState::Published(_)) => self.report.stories += 1,
            (Kind::Story, IncomingState::Scheduled(_)) => self.report.scheduled += 1,
            (Kind::Story, _) => self.report.drafts += 1,
        }
        self.report.redirects += redirects;
        self.on_front(incoming, id);
    }

    fn on_front(&mut self, incoming: &IncomingStory, id: StoryId) {
        let place = incoming.lead.then_some(1).or(incoming.front);
        if let Some(place) = place {
            self.front.push((place, id));
        }
    }

    fn skip(&mut self, incoming: &IncomingStory, why: impl Into<String>) {
        self.report.skip(Warning {
            place: incoming.place.clone(),
            what: format!("“{}”", incoming.headline),
            why: why.into(),
        });
    }

    fn import(&self) -> Import<'_> {
        Import {
            zone: &self.settings.zone,
            by: &self.by,
            now: self.settings.now,
        }
    }
}
