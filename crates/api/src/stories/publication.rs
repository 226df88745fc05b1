//! `/stories/{story}/publication`: laying a story before its readers, and taking it back.

use axum::extract::State;
use http::StatusCode;
use newsroom::{
    By,
    story::{
        StoryId,
        publish::publish,
        withdraw::{Notice, withdraw},
    },
};
use web::{Answer, Problem};

use crate::{Api, address::AtStory, face, idempotency, write::Write};

/// What readers are told when nobody gave a reason.
const NEUTRAL_NOTICE: &str = "notice-withdrawn";

/// `PUT …/publication`: the newest revision, now or at the hour it is scheduled for.
pub async fn create(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| lay_out(api, write, id)).await
}

async fn lay_out(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    write.read_nothing()?;
    let upon = write.upon_if_said()?;
    let (customs, hand) = (&api.customs, (&write.acting.by, api.clock.now()));
    match publish(&api.db, customs, id, upon, hand).await {
        Ok(story) => face::answer(StatusCode::OK, &story),
        Err(no) => Err(face::refused(&api, id, no).await),
    }
}

/// `DELETE …/publication`: withdraws with the neutral notice.
pub async fn destroy(
    State(api): State<Api>,
    AtStory(id): AtStory,
    write: Write,
) -> Result<Answer, Problem> {
    idempotency::once(api, write, move |api, write| take_back(api, write, id)).await
}

async fn take_back(api: Api, write: Write, id: StoryId) -> Result<Answer, Problem> {
    write.acting.may_withdraw()?;
    write.read_nothing()?;
    let reason = api.words.say(&api.identity.language, NEUTRAL_NOTICE, &[]);
    let notice = Notice {
        upon: write.upon_if_said()?,
        reason: &reason,
        ..Notice::default()
    };
    withdrawn(&api, id, &notice, &write.acting.by).await
}

/// Takes the story back and answers with it, or with the story as it now is where somebody saved
/// first.
pub(super) async fn withdrawn(
    api: &Api,
    id: StoryId,
    notice: &Notice<'_>,
    by: &By,
) -> Result<Answer, Problem> {
    match withdraw(&api.db, id, notice, by, api.clock.now()).await {
        Ok(story) => face::answer(StatusCode::OK, &story),
        Err(no) => Err(face::refused(api, id, no).await),
    }
}
