//! What is refused, and when: pure functions of the fields and the hour.

use base::{Instant, Refusal};

use super::{Fields, Story, limits};

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
