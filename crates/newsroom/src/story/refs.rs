//! What a story's fields point at must be there: refused by name, not by the database.

use base::{No, Refusal, Refusals};
use store::{Tx, params};

use super::{
    Fields,
    sql::{KNOWN_RUNNING_STORY, KNOWN_SECTION},
};
use crate::frame;

/// Refuses a section or running story that is not there, and a frame of an embed that we do not have.
pub(super) async fn refuse_unknown(tx: &mut Tx, fields: &Fields) -> Result<(), No> {
    let mut no = Vec::new();
    if let Some(id) = fields.section_id
        && tx.read_one(&KNOWN_SECTION, params![id]).await?.is_none()
    {
        no.push(Refusal::on("section_id", "unknown-section"));
    }
    if let Some(id) = fields.running_story_id
        && tx
            .read_one(&KNOWN_RUNNING_STORY, params![id])
            .await?
            .is_none()
    {
        no.push(Refusal::on("running_story_id", "unknown-running-story"));
    }
    Refusals::none_of(no)?;
    frame::refuse_unknown(tx, &fields.body).await
}
