//! Telling followers anew of stories that were opened or closed around them, newest first and a few at a time.
//!
//! A section that closes changes none of its stories, so nobody would hear of it, and what was sent while it was open
//! would stand open elsewhere for good. Only what was told is told anew: what no follower was sent stands nowhere.

use base::{Fault, Instant};
use jiff::SignedDuration;
use newsroom::{
    edition::{Edition, Published},
    opener::Opener,
    story::StoryId,
};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Db, Tx,
    jobs::{self, Job, NewJob},
    outbox::Event,
};
use uuid::Uuid;

use super::tell;

/// The kind of the job.
pub const RETELLING: &str = "fediverse.retelling";

/// Stories of a section or a running story that are looked at, newest first. Elsewhere older ones have sunk out of
/// sight: servers drop what is old, and nobody scrolls as far.
pub const STORIES_MOST: usize = 500;
/// Stories that are told anew in one step: what one server is sent at once of them.
pub const STORIES_A_STEP: usize = 25;
/// Letters in one minute, so that what is published meanwhile does not wait behind them. The last story of a step may
/// go beyond it, and the next step waits as much longer.
pub const LETTERS_A_MINUTE: usize = 1_000;

/// Where it stands.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    opener: Opener,
    event: Uuid,
    /// Behind this story, by when it first went out.
    after: Option<(Instant, StoryId)>,
}

/// Lets the stories of whoever opened or closed them be told anew. Where that is still under way from before, it begins
/// again with the newest.
///
/// # Errors
/// When the database is unavailable.
pub async fn begin(tx: &mut Tx, event: &Event, opener: Opener, now: Instant) -> Result<(), Fault> {
    let step = Step {
        opener,
        event: event.id,
        after: None,
    };
    step.wait(tx, now, now).await
}

/// Writes down who is sent what of the next stories, and lets the next step follow.
///
/// # Errors
/// When the database is unavailable.
pub async fn run(db: &Db, edition: &Edition, job: &Job, now: Instant) -> Result<(), Fault> {
    let step = serde_json::from_value(job.payload.clone());
    let mut step: Step =
        step.map_err(|error| Fault::while_("reading how far followers were told", error))?;
    let (mut stories, mut letters) = (0, 0);
    let mut tx = db.begin().await?;
    for story in step.ahead(edition) {
        if stories == STORIES_A_STEP || letters >= LETTERS_A_MINUTE {
            let minutes = letters.div_ceil(LETTERS_A_MINUTE).max(1);
            let next = now + SignedDuration::from_mins(minutes as i64);
            step.wait(&mut tx, next, now).await?;
            break;
        }
        step.after = Some((story.first_at, story.id));
        if let Some(sent) = tell::anew(&mut tx, step.event_of(story.id), story.id, now).await? {
            stories += 1;
            letters += sent;
        }
    }
    tx.commit().await
}

impl Step {
    /// The stories that it is still about, newest first.
    fn ahead<'e>(&self, edition: &'e Edition) -> Vec<&'e Published> {
        let (opener, after) = (self.opener, self.after);
        let (newest, _) = edition.list(&opener.stories(), 0, STORIES_MOST);
        let is_ahead =
            |story: &&Published| after.is_none_or(|after| (story.first_at, story.id) < after);
        let stories = newest.into_iter().map(AsRef::as_ref).filter(is_ahead);
        stories
            .filter(|story| opener.decides(edition, &story.card))
            .collect()
    }

    /// An event for each story, and the same when a step is run twice: by it receivers know a repeat.
    fn event_of(&self, story: StoryId) -> Uuid {
        let both = [self.event.into_bytes(), story.uuid().into_bytes()].concat();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest(&SHA256, &both).as_ref()[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    async fn wait(&self, tx: &mut Tx, run_at: Instant, now: Instant) -> Result<(), Fault> {
        let job = NewJob {
            kind: RETELLING,
            key: Some(json!(self.opener).to_string()),
            payload: json!(self),
            run_at,
        };
        jobs::enqueue(tx, job, now).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use base::Id;
    use jiff::tz::TimeZone;
    use newsroom::{
        section::Section,
        story::{Card, Fields, Kind},
    };
    use store::{params, testing::on_both};

    use super::*;
    use crate::fediverse::{Actor, sql};

    fn noon() -> Instant {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    /// So many stories of a section, a minute each.
    fn edition(section: Id<Section>, stories: usize) -> Edition {
        let mut edition = Edition::empty(TimeZone::UTC);
        for nth in 0..stories {
            let fields = Fields {
                headline: format!("Story {nth}"),
                section_id: Some(section),
                ..Fields::default()
            };
            let first_at = noon() + SignedDuration::from_mins(nth as i64);
            let story = Published {
                id: Id::fresh(),
                revision: 1,
                path: format!("/2026/03/story-{nth}"),
                card: Card::of(Kind::Story, &fields),
                first_at,
                changed_at: first_at,
                stamp: 0,
            };
            edition = edition.with_story(story.id, Some(story));
        }
        edition
    }

    async fn are_told(db: &Db, edition: &Edition, section: Id<Section>) {
        let (stories, _) =
            edition.list(&newsroom::edition::ListOf::Section(section), 0, usize::MAX);
        let mut tx = db.begin().await.unwrap();
        for story in stories {
            let row = params![story.id, Actor::Section(section).to_string(), noon()];
            tx.write(&sql::PUT_STORY, row).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn are_followed(db: &Db, section: Id<Section>, servers: usize) {
        let mut tx = db.begin().await.unwrap();
        for nth in 0..servers {
            let host = format!("{nth}.example");
            let (id, inbox) = (format!("https://{host}/a"), format!("https://{host}/inbox"));
            let row = params![&id, &host, &id, vec![0_u8], &inbox, &inbox, noon()];
            tx.write(&sql::PUT_ACTOR, row).await.unwrap();
            let row = params![&id, section.to_string(), "f", noon()];
            tx.write(&sql::PUT_FOLLOWER, row).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    fn event(section: Id<Section>) -> Event {
        Event {
            id: Uuid::now_v7(),
            kind: newsroom::section::FURNITURE_CHANGED.into(),
            subject: section.uuid(),
            payload: json!({"opener": Opener::Section(section)}),
            at: noon(),
            attempt: 1,
            dead_at: None,
            why: None,
        }
    }

    /// Runs every step as it comes due; answers the minutes at which one ran, and how many jobs waited then: the letters
    /// so far, and the next step.
    async fn steps(db: &Db, edition: &Edition) -> Vec<(i64, u64)> {
        let mut steps = Vec::new();
        for minute in 0..60 {
            let now = noon() + SignedDuration::from_mins(minute);
            while let Some(job) = jobs::claim(db, &[RETELLING], now).await.unwrap() {
                run(db, edition, &job, now).await.unwrap();
                // Whoever runs it twice writes nothing twice.
                run(db, edition, &job, now).await.unwrap();
                jobs::done(db, &job).await.unwrap();
                steps.push((minute, jobs::waiting(db).await.unwrap()));
            }
        }
        steps
    }

    #[tokio::test]
    async fn a_large_section_is_told_newest_first_and_slowly_and_to_an_end() {
        async fn check(stories: usize, servers: usize, expected: &[(i64, u64)]) {
            on_both(&[newsroom::MIGRATIONS, crate::MIGRATIONS], async |db| {
                let section = Id::<Section>::fresh();
                let edition = edition(section, stories);
                are_told(&db, &edition, section).await;
                are_followed(&db, section, servers).await;
                let mut tx = db.begin().await.unwrap();
                let opener = Opener::of_event(&event(section)).unwrap();
                begin(&mut tx, &event(section), opener, noon())
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                assert_eq!(
                    steps(&db, &edition).await,
                    expected,
                    "{stories} to {servers}"
                );
            })
            .await;
        }
        check(30, 1, &[(0, 25 + 1), (1, 30)]).await;
        check(3, 600, &[(0, 1_200 + 1), (2, 1_800)]).await;
        let all = (0..20_u64).map(|nth| (nth as i64, 25 * (nth + 1) + u64::from(nth < 19)));
        check(STORIES_MOST + 40, 1, &all.collect::<Vec<_>>()).await;
    }
}
