//! The moving parts of an address, parsed before the database hears of them.

use axum::extract::{FromRequestParts, Path};
use base::{Id, Slug};
use http::request::Parts;
use newsroom::{
    picture::{PictureId, upload::Upload},
    running::RunningStory,
    section::Section,
    story::StoryId,
};
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

/// The trust page an address names.
#[derive(Debug, Clone)]
pub struct AtTrustPage(pub Slug);

/// The version of a trust page that an address names.
#[derive(Debug, Clone)]
pub struct AtTrustVersion(pub Slug, pub u32);

/// The revision an address names.
#[derive(Debug, Clone, Copy)]
pub struct AtRevision(pub StoryId, pub u32);

impl<S: Send + Sync> FromRequestParts<S> for AtStory {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        piece(&pieces, "story")
            .map(Self)
            .ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtRunningStory {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        piece(&pieces, "running")
            .map(Self)
            .ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtSection {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        piece(&pieces, "section")
            .map(Self)
            .ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtPicture {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        let picture = piece(&pieces, "picture").map(Self);
        picture.ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtUpload {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        let upload = piece(&pieces, "upload").map(Self);
        upload.ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtTrustPage {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        piece(&pieces, "slug").map(Self).ok_or_else(Problem::absent)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtTrustVersion {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let AtTrustPage(slug) = AtTrustPage::from_request_parts(parts, state).await?;
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        let version = piece(&pieces, "version").ok_or_else(Problem::absent)?;
        Ok(Self(slug, version))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtRevision {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let AtStory(story) = AtStory::from_request_parts(parts, state).await?;
        let pieces = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(pieces) = pieces.map_err(|_| Problem::absent())?;
        let number = piece(&pieces, "number").ok_or_else(Problem::absent)?;
        Ok(Self(story, number))
    }
}

/// The value of a piece, if it is spelt as we would spell it: no braces, capitals, plus or noughts.
fn piece<T: std::str::FromStr + ToString>(pieces: &[(String, String)], name: &str) -> Option<T> {
    let (_, text) = pieces.iter().find(|(known, _)| known == name)?;
    let value: T = text.parse().ok()?;
    (value.to_string() == *text).then_some(value)
}
