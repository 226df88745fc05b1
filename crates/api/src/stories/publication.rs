//! `/stories/{story}/publication`: laying a story before its readers, and taking it back.

use axum::extract::State;
use base::{No, Refusal};
use http::StatusCode;
use newsroom::story::{
    StoryId,
    publish::publish,
    read,
    withdraw::{Notice, withdraw},
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
    refuse_passed(&api, &write, id).await?;
    let (zone, by) = (&api.identity.zone, &write.acting.by);
    let story = publish(&api.db, zone, id, by, api.clock.now()).await?;
    face::answer(StatusCode::OK, &story)
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
    refuse_passed(&api, &write, id).await?;
    let reason = api.words.say(&api.identity.language, NEUTRAL_NOTICE, &[]);
    let notice = Notice {
        reason: &reason,
        substitute: None,
    };
    let story = withdraw(&api.db, id, &notice, &write.acting.by, api.clock.now()).await?;
    face::answer(StatusCode::OK, &story)
}

/// Refuses an act upon a revision that has passed, where the client said which one it looked at.
///
/// It looks before the act, not within it: who saves in between is not noticed. Acts that lose
/// somebody's words (saving, correcting) check within their transaction instead.
///
/// # Errors
/// 409 with `current`, and 404 where there is no such story.
pub(super) async fn refuse_passed(api: &Api, write: &Write, id: StoryId) -> Result<(), Problem> {
    let Some(upon) = write.upon_if_said()? else {
        return Ok(());
    };
    let story = read::story(&api.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    if story.revision == upon {
        return Ok(());
    }
    let passed = Refusal::of("somebody-saved-first").with("yours", upon);
    let passed = passed.with("theirs", story.revision);
    Err(face::refused(api, id, No::from(passed)).await)
}
