//! The moving parts of an address, parsed before the database hears of them.

use axum::extract::{FromRequestParts, Path};
use base::{Id, Slug};
use http::request::Parts;
use newsroom::{
    person::Person,
    picture::{PictureId, fetch::Fetch, upload::Upload},
    running::{LiveEntry, RunningStory},
    section::Section,
    staff::api_token::ApiToken,
    story::StoryId,
    task::Task,
};
use syndication::webhook::{Delivery, Webhook};
use web::Problem;

/// The story an address names. Anything that is no id in its one spelling is 404.
#[derive(Debug, Clone, Copy)]
pub struct AtStory(pub StoryId);

/// The running story an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtRunningStory(pub Id<RunningStory>);

/// The section an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtSection(pub Id<Section>);

/// The picture an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtPicture(pub PictureId);

/// The upload an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtUpload(pub Id<Upload>);

/// The fetch of a picture that an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtFetch(pub Id<Fetch>);

/// The task an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtTask(pub Id<Task>);

/// The live entry an address names, below its running story.
#[derive(Debug, Clone, Copy)]
pub struct AtEntry(pub Id<RunningStory>, pub Id<LiveEntry>);

/// The person an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtPerson(pub Id<Person>);

/// The topic an address names.
#[derive(Debug, Clone)]
pub struct AtTopic(pub Slug);

/// The token an address names, by its id.
#[derive(Debug, Clone, Copy)]
pub struct AtToken(pub Id<ApiToken>);

/// The webhook an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtWebhook(pub Id<Webhook>);

/// The delivery to a webhook that an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtDelivery(pub Id<Webhook>, pub Id<Delivery>);

/// The trust page an address names.
#[derive(Debug, Clone)]
pub struct AtTrustPage(pub Slug);

/// The version of a trust page that an address names.
#[derive(Debug, Clone)]
pub struct AtTrustVersion(pub Slug, pub u32);

/// The revision an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtRevision(pub StoryId, pub u32);

/// Takes the named pieces of an address, in the order of the type's members.
macro_rules! at {
    ($($kind:ident($($name:literal),+);)+) => {$(
        impl<S: Send + Sync> FromRequestParts<S> for $kind {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
                let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
                let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
                Ok(Self($(piece(&pieces, $name).ok_or_else(Problem::absent)?),+))
            }
        }
    )+};
}

at! {
    AtStory("story");
    AtRevision("story", "number");
    AtRunningStory("running");
    AtEntry("running", "entry");
    AtPerson("person");
    AtSection("section");
    AtToken("token");
    AtTopic("slug");
    AtTrustPage("slug");
    AtTrustVersion("slug", "version");
    AtPicture("picture");
    AtUpload("upload");
    AtFetch("fetch");
    AtTask("task");
    AtWebhook("webhook");
    AtDelivery("webhook", "delivery");
}

/// The value of a piece, if it is spelt as we would spell it: no braces, capitals, plus or noughts.
fn piece<T: std::str::FromStr + ToString>(pieces: &[(String, String)], name: &str) -> Option<T> {
    let (_, text) = pieces.iter().find(|(known, _)| known == name)?;
    let value: T = text.parse().ok()?;
    (value.to_string() == *text).then_some(value)
}
