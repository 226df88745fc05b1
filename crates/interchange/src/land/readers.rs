//! What readers left behind elsewhere, where it comes without stories: comments and members.

use base::Fault;
use newsroom::story::take_in;
use store::Tx;

use super::Landing;
use crate::{
    incoming::{IncomingMember, IncomingThreaded, Warning},
    keeping::{self, comment::Below},
};

impl Landing {
    /// Keeps a comment that came without its story, which is found by its address where it is here.
    pub(super) async fn comment(
        &mut self,
        tx: &mut Tx,
        one: &IncomingThreaded,
    ) -> Result<(), Fault> {
        let path = one.address.split('?').next().unwrap_or_default();
        let mut story = None;
        for path in [one.address.as_str(), path] {
            if story.is_none() {
                story = take_in::story_at(tx, path).await?;
            }
        }
        if story.is_none() {
            self.report.comments_without_story += 1;
            if self.without_story.insert(one.address.clone()) {
                self.report.warn(Warning {
                    place: one.address.clone(),
                    what: "comments".into(),
                    why: "no story is at this address; they are kept by it, and find the story when the same \
                          export is imported again after it"
                        .into(),
                });
            }
        }
        let below = Below {
            source: &self.settings.source,
            thread: &one.thread,
            address: &one.address,
            story,
        };
        match keeping::comment::keep(tx, &below, &one.comment, self.settings.now).await? {
            true => self.report.comments += 1,
            false => self.report.unchanged += 1,
        }
        Ok(())
    }

    pub(super) async fn member(
        &mut self,
        tx: &mut Tx,
        member: &IncomingMember,
    ) -> Result<(), Fault> {
        match keeping::member::keep(tx, member, self.settings.now).await? {
            true => self.report.members += 1,
            false => self.report.unchanged += 1,
        }
        Ok(())
    }
}
