//! Giving a topic another name. Its stories, its page and its address stay.

use base::{Fault, Instant, No, Refusal, Refusals, Slug};
use store::{Db, Tx, params};

use super::{
    Topic,
    sql::{RENAME_TOPIC, TOPIC},
    topic_from,
};
use crate::{
    By, Edition,
    alias::{self, Of},
    history,
    section::FURNITURE_CHANGED,
    story::{limits::NAME, rules::at_most},
};

/// Renames the topic at `slug`, upon the version that was looked at (0: never renamed). Stories that
/// print the old name stand on its page as before, and stories that print the new one stand there too;
/// the address the new name would have leads there.
///
/// # Errors
/// [`No::Absent`] where no public story has it. Refused with `somebody-changed-first` when it was
/// renamed since `upon`, with `topic-name-taken` where the name is another topic's, and for a name
/// that is missing, too long or without a letter. The name it has already changes nothing.
pub async fn rename(
    db: &Db,
    edition: &Edition,
    (slug, upon): (&Slug, u32),
    name: &str,
    (by, now): (&By, Instant),
) -> Result<Topic, No> {
    let called = edition.topic_name(slug).ok_or(No::Absent)?;
    let name = name.trim();
    let wanted = refuse_name(name)?;
    let mut tx = db.begin().await?;
    let before = looked_at(&mut tx, slug, called).await?;
    if before.version != upon {
        return Err(passed(upon, before.version).into());
    }
    if before.name == name {
        return Ok(before);
    }
    refuse_taken(&mut tx, edition, &wanted, slug).await?;
    let row = params![slug.as_str(), name, upon + 1];
    if tx.write(&RENAME_TOPIC, row).await? == 0 {
        return Err(passed(upon, upon + 1).into());
    }
    alias::lead(&mut tx, Of::Topic, (&wanted, slug), now).await?;
    let line = history::Line {
        what: "topic",
        subject: slug.to_string(),
        act: "renamed",
        told: serde_json::json!({"from": before.name, "to": name}),
    };
    history::note(&mut tx, line, by, now).await?;
    let told = serde_json::json!({"what": "topic", "slug": slug});
    store::outbox::emit(&mut tx, FURNITURE_CHANGED, uuid::Uuid::nil(), told, now).await?;
    tx.commit().await?;
    Ok(Topic {
        slug: slug.clone(),
        name: name.into(),
        version: upon + 1,
    })
}

/// The topic as it is: as it was renamed last, or as its stories print it.
async fn looked_at(tx: &mut Tx, slug: &Slug, printed: &str) -> Result<Topic, Fault> {
    let row = tx.read_one(&TOPIC, params![slug.as_str()]).await?;
    let renamed = row.as_ref().map(topic_from).transpose()?;
    Ok(renamed.unwrap_or_else(|| Topic {
        slug: slug.clone(),
        name: printed.into(),
        version: 0,
    }))
}

/// Refuses a name whose address is another topic's, or leads to another.
async fn refuse_taken(tx: &mut Tx, edition: &Edition, wanted: &Slug, own: &Slug) -> Result<(), No> {
    let leads_to = alias::target(tx, Of::Topic, wanted).await?;
    if wanted == own || leads_to.as_deref() == Some(own.as_str()) {
        return Ok(());
    }
    if leads_to.is_some() || edition.topic_name(wanted).is_some() {
        return Err(Refusal::on("name", "topic-name-taken").into());
    }
    Ok(())
}

/// The address that a topic's new name makes.
fn refuse_name(name: &str) -> Result<Slug, Refusals> {
    let mut no = Vec::new();
    if name.is_empty() {
        no.push(Refusal::on("name", "missing"));
    }
    at_most(&mut no, "name", Some(name), NAME);
    Refusals::none_of(no)?;
    Slug::from_words(name).ok_or_else(|| Refusal::on("name", "not-a-slug").into())
}

fn passed(yours: u32, theirs: u32) -> Refusal {
    let passed = Refusal::of("somebody-changed-first").with("yours", yours);
    passed.with("theirs", theirs)
}
