//! Who acts: the name that goes into the history, and the role where an act asks for more than a right.

use axum::extract::FromRequestParts;
use base::{No, Refusal};
use http::request::Parts;
use newsroom::{
    By,
    staff::{Role, session::Session},
};
use uuid::Uuid;
use web::Problem;

use crate::{Api, door};

/// The hand behind a write.
///
/// The visit knows neither a machine's name nor a role, so both are looked up once more by the same
/// credential; between the two looks a session can only have ended, and then nobody acts.
#[derive(Debug, Clone)]
pub struct Acting {
    /// What the history shows.
    pub by: By,
    /// The account: whose keys are whose.
    pub caller: Uuid,
    /// The role, for staff.
    role: Option<Role>,
}

impl Acting {
    /// Lets through whoever may take stories back: the duty editor and above. A machine was let
    /// through by its scope.
    ///
    /// # Errors
    /// `not-allowed` for other staff; it is logged (V-65).
    pub fn may_withdraw(&self) -> Result<(), Refusal> {
        if self.role.is_none_or(Role::may_withdraw) {
            return Ok(());
        }
        let account = self.caller;
        tracing::warn!(%account, "refused staff {account}, who may publish and not withdraw");
        Err(Refusal::of("not-allowed").with("right", "withdraw"))
    }
}

impl Acting {
    /// Logs that somebody tried to change a story that is not theirs to change (V-65).
    pub(crate) fn log_foreign(&self, no: &No) {
        let No::Refused(refusals) = no else { return };
        if refusals.has("not-your-story")
            || refusals.has("no-longer-a-draft")
            || refusals.has("not-your-picture")
        {
            let account = self.caller;
            tracing::warn!(%account, "refused staff {account}, who changes drafts of their own only");
        }
    }
}

impl FromRequestParts<Api> for Acting {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let (headers, now) = (&parts.headers, api.clock.now());
        if let Some(token) = door::machine(&api.db, headers, now).await? {
            let (by, caller) = (By::machine(token.name), token.id.uuid());
            let role = None;
            return Ok(Self { by, caller, role });
        }
        let Present(session) = Present::from_request_parts(parts, api).await?;
        let staff = session.staff;
        Ok(Self {
            caller: staff.id.uuid(),
            role: Some(staff.role),
            by: By::staff(&staff),
        })
    }
}

/// The session of the member of staff who came.
#[derive(Debug, Clone)]
pub struct Present(pub Session);

impl FromRequestParts<Api> for Present {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let session = door::session(&api.db, &parts.headers, api.clock.now()).await?;
        session.map(Self).ok_or_else(Problem::sign_in_first)
    }
}
