//! What is refused, and when: pure functions of the fields and the hour.

use base::{Instant, Refusal};

use super::{Fields, State, Story, limits};
use crate::By;

/// What no revision may hold, a draft's least of all. Empty when all is well.
pub fn refusals(fields: &Fields) -> Vec<Refusal> {
    let mut no = Vec::new();
    texts(fields, &mut no);
    lists(fields, &mut no);
    if !(1..=9).contains(&fields.urgency) {
        no.push(
            Refusal::on("urgency", "out-of-range")
                .with("least", 1)
                .with("most", 9),
        );
    }
    no.extend(fields.body.refusals());
    no
}

/// Refuses an act upon a revision that has passed: nobody's work is overwritten or sent out unseen.
pub fn refuse_passed(story: &Story, upon: u32) -> Result<(), Refusal> {
    if story.revision == upon {
        return Ok(());
    }
    let passed = Refusal::of("somebody-saved-first").with("yours", upon);
    Err(passed.with("theirs", story.revision))
}

/// Who may change a story: reporters and above any, a contributor a draft that they began and that
/// nobody has taken further. Machines were let through by their scope.
pub fn refuse_foreign(story: &Story, by: &By) -> Result<(), Refusal> {
    if by.role.is_none_or(|role| role.may_change_any()) {
        return Ok(());
    }
    if by.staff.is_none() || story.begun_by.staff != by.staff {
        return Err(Refusal::of("not-your-story").with("name", &story.begun_by.name));
    }
    if story.state() != State::Draft {
        return Err(Refusal::of("no-longer-a-draft"));
    }
    Ok(())
}

/// What stands between this story and its readers at this hour. Empty when it may go out.
pub fn refusals_to_publish(story: &Story, now: Instant) -> Vec<Refusal> {
    let fields = &story.fields;
    let mut no = refusals(fields);
    if story.withdrawal.is_some() {
        no.push(Refusal::of("withdrawn"));
    }
    if fields.headline.trim().is_empty() {
        no.push(Refusal::on("headline", "no-headline"));
    }
    if fields.body.is_empty() && fields.lead_picture.is_none() {
        no.push(Refusal::on("body", "no-body"));
    }
    if fields.section_id.is_none() && story.kind == super::Kind::Story {
        no.push(Refusal::on("section_id", "no-section"));
    }
    let goes_out = fields.scheduled_for.map_or(now, |hour| hour.max(now));
    if let Some(embargo) = fields
        .embargo
        .as_ref()
        .filter(|embargo| embargo.until > goes_out)
    {
        no.push(Refusal::on("embargo", "embargoed").with("until", embargo.until));
    }
    no
}

fn texts(fields: &Fields, no: &mut Vec<Refusal>) {
    at_most(no, "headline", Some(&fields.headline), limits::HEADLINE);
    at_most(no, "slugline", fields.slugline.as_deref(), limits::SLUGLINE);
    at_most(no, "kicker", fields.kicker.as_deref(), limits::KICKER);
    at_most(no, "deck", fields.deck.as_deref(), limits::DECK);
    at_most(
        no,
        "source_note",
        fields.source_note.as_deref(),
        limits::NOTE,
    );
    let place = fields
        .dateline
        .as_ref()
        .map(|dateline| dateline.place.as_str());
    at_most(no, "dateline.place", place, limits::NAME);
    let reason = fields
        .embargo
        .as_ref()
        .and_then(|embargo| embargo.reason.as_deref());
    at_most(no, "embargo.reason", reason, limits::NOTE);
    at_most(
        no,
        "comments.reason",
        fields.comments.reason.as_deref(),
        limits::NOTE,
    );
}

fn lists(fields: &Fields, no: &mut Vec<Refusal>) {
    for (nth, byline) in fields.bylines.iter().enumerate() {
        name(no, format!("bylines[{nth}].name"), &byline.name);
        at_most(
            no,
            format!("bylines[{nth}].role"),
            byline.role.as_deref(),
            limits::NAME,
        );
    }
    for (field, names) in [
        ("topics", &fields.topics),
        ("people", &fields.people),
        ("places", &fields.places),
    ] {
        for (nth, entry) in names.iter().enumerate() {
            name(no, format!("{field}[{nth}]"), entry);
        }
        at_most_entries(no, field, names.len());
    }
    at_most_entries(no, "bylines", fields.bylines.len());
    at_most_entries(no, "related", fields.related.len());
}

fn name(no: &mut Vec<Refusal>, field: String, name: &str) {
    if name.trim().is_empty() {
        no.push(Refusal::on(field, "missing"));
        return;
    }
    at_most(no, field, Some(name), limits::NAME);
}

/// Refuses `text` when it holds more than `most` characters.
pub(crate) fn at_most(
    no: &mut Vec<Refusal>,
    field: impl Into<std::borrow::Cow<'static, str>>,
    text: Option<&str>,
    most: usize,
) {
    let long = text.map_or(0, |text| text.chars().count());
    if long > most {
        no.push(
            Refusal::on(field, "too-long")
                .with("limit", most)
                .with("given", long),
        );
    }
}

fn at_most_entries(no: &mut Vec<Refusal>, field: &'static str, given: usize) {
    if given > limits::LIST {
        no.push(
            Refusal::on(field, "too-many")
                .with("limit", limits::LIST)
                .with("given", given),
        );
    }
}
