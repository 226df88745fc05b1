//! What readers are told is passed on: to webhooks, to programs that follow a feed, and to other servers.

use base::Fault;
use newsroom::{
    opener::Opener,
    reading::{self, Elsewhere},
};
use serde_json::{Value, json};
use site::{fediverse::stories, feeds::copy};
use store::{
    jobs::Job,
    outbox::{self, Event},
};
use syndication::{
    fediverse::{arrival, deliver, retell, tell::tell},
    hub::spread::{self, Feed},
    told::{self, Occasion},
    webhook::announce::announce,
};

use crate::house::Newsroom;

/// Writes down who is to be told what of an event, and that the event was heard, in one transaction.
pub async fn pass_on(newsroom: &Newsroom, event: &Event) -> Result<(), Fault> {
    let now = newsroom.clock.now();
    let mut tidings = Vec::new();
    for occasion in told::occasions(event) {
        let data = data(newsroom, event, occasion).await?;
        tidings.extend(data.map(|data| (occasion, data)));
    }
    let mut tx = newsroom.db.begin().await?;
    for (occasion, data) in &tidings {
        announce(&mut tx, event, *occasion, data, now).await?;
    }
    if newsroom.site.voice.is_some() {
        let edition = newsroom.site.edition();
        let story = edition.story(told::subject(event));
        let author = story.and_then(|story| site::fediverse::author(&edition, story));
        for occasion in told::occasions(event) {
            tell(&mut tx, event, (occasion, author), now).await?;
        }
        if let Some(opener) = Opener::of_event(event) {
            retell::begin(&mut tx, event, opener, now).await?;
        }
    }
    spread::begin(&mut tx, now).await?;
    outbox::done_in(&mut tx, event).await?;
    tx.commit().await
}

/// What there is to say; nothing when things have moved on since, for then a later event says it.
async fn data(
    newsroom: &Newsroom,
    event: &Event,
    occasion: Occasion,
) -> Result<Option<Value>, Fault> {
    let (site, edition) = (&newsroom.site.identity.url, newsroom.site.edition());
    let story = edition.story(told::subject(event));
    if occasion == Occasion::Withdrawn {
        let Some(path) = event.payload["path"].as_str().filter(|_| story.is_none()) else {
            return Ok(None);
        };
        return Ok(match reading::elsewhere(&newsroom.db, path).await? {
            Some(Elsewhere::Withdrawn(notice)) => {
                Some(json!({"story": told::withdrawn(site, path, &notice)}))
            }
            _ => None,
        });
    }
    Ok(story.map(|story| {
        let mut data = json!({"story": told::story(&edition, site, story)});
        if occasion == Occasion::Corrected {
            data["note"] = event.payload["note"].clone();
        }
        data
    }))
}

/// Looks at each feed that somebody follows, and lets those be sent that are new.
pub async fn look_at_feeds(newsroom: &Newsroom) -> Result<(), Fault> {
    let (db, now) = (&newsroom.db, newsroom.clock.now());
    for topic in spread::topics(db, now).await? {
        if let Some(feed) = feed(newsroom, &topic.url).await? {
            spread::spread(db, &topic, &feed, now).await?;
        }
    }
    Ok(())
}

/// Sends a feed to one who follows it.
pub async fn deliver_feed(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let (db, now) = (&newsroom.db, newsroom.clock.now());
    let Some(follower) = spread::follower(db, job, now).await? else {
        return Ok(());
    };
    let Some(feed) = feed(newsroom, &follower.topic).await? else {
        return Ok(());
    };
    let hub = newsroom.site.absolute(site::rows::HUB.path);
    let by = (db, newsroom.sender.as_ref());
    follower.deliver(by, &feed, &hub, now).await
}

/// Checks what another server brought, and does it. While nobody speaks to other servers it waits to be forgotten.
pub async fn check_arrival(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let Some(voice) = &newsroom.site.voice else {
        return Ok(());
    };
    let by = (&newsroom.db, newsroom.sender.as_ref());
    arrival::run(by, voice, job, newsroom.clock.now()).await
}

/// Tells followers of other servers anew of stories that were opened or closed around them.
pub async fn retell(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let (db, now) = (&newsroom.db, newsroom.clock.now());
    if newsroom.site.voice.is_none() {
        return Ok(());
    }
    retell::run(db, &newsroom.site.edition(), job, now).await
}

/// Sends an activity to another server.
pub async fn deliver_activity(newsroom: &Newsroom, job: &Job) -> Result<(), Fault> {
    let (db, now) = (&newsroom.db, newsroom.clock.now());
    let Some(voice) = &newsroom.site.voice else {
        return Ok(());
    };
    let Some(due) = deliver::due(db, job).await? else {
        return Ok(());
    };
    let activity = stories::activity(&newsroom.site, voice, &due).await?;
    let by = (db, newsroom.sender.as_ref());
    due.deliver(by, voice, activity, now).await
}

async fn feed(newsroom: &Newsroom, url: &str) -> Result<Option<Feed>, Fault> {
    let copy = copy::as_read(&newsroom.site, url).await;
    let copy = copy
        .map_err(|problem| Fault::new(format!("making a feed to send it: {}", problem.status())))?;
    Ok(copy.map(|copy| Feed {
        media_type: copy.media_type.into(),
        body: copy.body,
    }))
}
