//! Which event has which listeners, and which job which runner. One page; nothing else is called when
//! something happens.

use std::{collections::HashSet, time::Duration};

use api::pictures::fetches;
use base::{Fault, Id, Instant};
use newsroom::{
    picture::{DEVELOP, FETCH, PICTURE_CHANGED, PRESS, PictureId, uses},
    running::entry::LIVE_PAGE_CHANGED,
    section::FURNITURE_CHANGED,
    story::{
        publish, publish::STORY_PUBLISHED, take_in::ARCHIVE_TAKEN_IN, withdraw::STORY_WITHDRAWN,
    },
    task::Place,
};
use store::{
    jobs::Job,
    outbox::{self, Event},
};
use syndication::{
    fediverse::{arrival, deliver, retell},
    hub::{spread, verify},
    webhook,
};

use crate::{house::Newsroom, telling};

/// Events handled in one go.
const EVENTS_AT_ONCE: u32 = 256;
/// How long we sleep when nobody rings: what another process wrote is seen by then.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often the schedule is looked at; a story goes out at most this much late.
const SCHEDULE_EVERY: Duration = Duration::from_secs(1);

/// Hears events for as long as the house stands.
pub async fn listen(newsroom: Newsroom) {
    let bell = newsroom.db.rung();
    loop {
        match hear(&newsroom).await {
            Ok(0) => {
                let _ = tokio::time::timeout(LOOK_EVERY, bell.notified()).await;
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(
                    fault = fault.chain(),
                    "events could not be read; trying again"
                );
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    }
}

/// Hears what has happened since, and answers how much that was.
pub async fn hear(newsroom: &Newsroom) -> Result<usize, Fault> {
    let events = outbox::take(&newsroom.db, EVENTS_AT_ONCE, newsroom.clock.now()).await?;
    // One reading serves every event of a round that is about the same thing.
    let mut seen = HashSet::new();
    for event in &events {
        let is_new = seen.insert((event.kind.clone(), event.subject));
        match heard(newsroom, event, is_new).await {
            Ok(()) => {}
            Err(fault) => {
                tracing::error!(
                    event = event.kind,
                    fault = fault.chain(),
                    "a listener failed"
                );
                let now = newsroom.clock.now();
                outbox::failed(&newsroom.db, event, &fault.chain(), now).await?;
            }
        }
    }
    Ok(events.len())
}

/// First our own house is in order; then, in one transaction with the end of the event, what others are
/// told of it is written down.
async fn heard(newsroom: &Newsroom, event: &Event, is_new: bool) -> Result<(), Fault> {
    if is_new {
        tell(newsroom, event).await?;
    }
    Box::pin(telling::pass_on(newsroom, event)).await
}

/// The listeners. Each may hear the same event twice.
async fn tell(newsroom: &Newsroom, event: &Event) -> Result<(), Fault> {
    match event.kind.as_str() {
        STORY_PUBLISHED | STORY_WITHDRAWN => {
            newsroom
                .keeper
                .refresh_story(Id::from_uuid(event.subject))
                .await
        }
        FURNITURE_CHANGED => newsroom.keeper.refresh_furniture().await,
        PICTURE_CHANGED => refresh_stories_with(newsroom, Id::from_uuid(event.subject)).await,
        LIVE_PAGE_CHANGED => newsroom.keeper.refresh_running().await,
        ARCHIVE_TAKEN_IN => newsroom.keeper.reload().await,
        unknown => Err(Fault::new(format!("nobody listens to “{unknown}”"))),
    }
}

/// Every kind of job that this program runs; a job of a kind that is not here waits for one that does.
pub const JOBS: &[&str] = &[
    DEVELOP,
    PRESS,
    FETCH,
    webhook::deliver::DELIVERY,
    verify::VERIFICATION,
    spread::ROUND,
    spread::DELIVERY,
    arrival::ARRIVAL,
    deliver::DELIVERY,
    retell::RETELLING,
];

/// The runners. Each may be given the same job twice. They lie in boxes: side by side they would not fit
/// on a thread's stack.
pub async fn run(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let (db, sender, now) = (&newsroom.db, &newsroom.sender, newsroom.clock.now());
    match job.kind.as_str() {
        DEVELOP => Box::pin(newsroom.making.develop(db, picture_of(job)?, now)).await,
        PRESS => Box::pin(newsroom.making.press(db, picture_of(job)?, now)).await,
        FETCH => Box::pin(fetch_picture(newsroom, job, now)).await,
        webhook::deliver::DELIVERY => Box::pin(webhook::deliver::run(db, sender, job, now)).await,
        verify::VERIFICATION => Box::pin(verify::run(db, sender, job, now)).await,
        spread::ROUND => Box::pin(telling::look_at_feeds(newsroom)).await,
        spread::DELIVERY => Box::pin(telling::deliver_feed(newsroom, job)).await,
        arrival::ARRIVAL => Box::pin(telling::check_arrival(newsroom, job)).await,
        deliver::DELIVERY => Box::pin(telling::deliver_activity(newsroom, job)).await,
        retell::RETELLING => Box::pin(telling::retell(newsroom, job)).await,
        unknown => Err(Fault::new(format!("nobody runs “{unknown}”"))),
    }
}

fn picture_of(job: &Job) -> Result<PictureId, Fault> {
    let id = job.payload["picture"]
        .as_str()
        .and_then(|id| id.parse().ok());
    id.ok_or_else(|| Fault::new("a job about a picture names none"))
}

async fn fetch_picture(newsroom: &Newsroom, job: &Job, now: Instant) -> Result<(), Fault> {
    let id = job.payload["fetch"].as_str().and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| Fault::new("a job about a fetch names none"))?;
    let ground = (&newsroom.db, &newsroom.zone);
    let sender = newsroom.picture_fetcher.as_ref();
    fetches::run(ground, &newsroom.making, sender, id, now).await
}

/// Reads again every story, live page and page about the newsroom that a picture stands in, with what is kept of their pages.
async fn refresh_stories_with(newsroom: &Newsroom, picture: PictureId) -> Result<(), Fault> {
    let (mut live, mut about) = (false, false);
    for used in uses::uses(&newsroom.db, picture).await? {
        match used.place {
            Place::Story(story) => newsroom.keeper.refresh_story(story).await?,
            Place::Entry(_) => live = true,
            Place::Page(_) => about = true,
        }
    }
    if live {
        newsroom.keeper.refresh_running().await?;
    }
    if about {
        newsroom.keeper.refresh_furniture().await?;
    }
    Ok(())
}

/// Publishes what is due, for as long as the house stands.
pub async fn keep_schedule(newsroom: Newsroom) {
    let mut tick = tokio::time::interval(SCHEDULE_EVERY);
    loop {
        tick.tick().await;
        let now = newsroom.clock.now();
        if let Err(fault) = publish::publish_due(&newsroom.db, &newsroom.customs, now).await {
            tracing::error!(
                fault = fault.chain(),
                "the schedule could not be read; trying again"
            );
        }
    }
}
