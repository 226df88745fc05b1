//! `/_preview/…`: for the desk, a story's newest revision, an arrangement of the front or a trust
//! page as a reader will see it.

use axum::extract::{Path, State};
use base::{Refusal, Slug};
use newsroom::{
    edition::Published,
    front::{MAX_SLOTS, Slot},
    picture::album::Album,
    story::{Card, read},
    visible::Viewer as Who,
};
use web::{Answer, Page, Problem, Query};

use super::{front, story, trust};
use crate::{Site, gate, rows};

/// Shows the newest revision. `as` is `free` (all of it), `asked` (with the notice) or `closed`.
pub async fn show(
    State(site): State<Site>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let id = gate::id_of(&id).ok_or_else(Problem::absent)?;
    let found = read::story(&site.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    let now = site.clock.now();
    let first_at = found
        .publication
        .as_ref()
        .map_or(now, |public| public.first_at);
    let mut card = Card::of(found.kind, &found.fields);
    if let Some(picture) = &mut card.picture {
        let album = Album::of(&site.db, picture.id, &site.media).await?;
        if !album.lay_in(picture) {
            card.picture = None;
        }
    }
    let preview = Published {
        id,
        revision: found.revision,
        path: found
            .publication
            .as_ref()
            .map_or("/".into(), |public| public.path.clone()),
        card,
        first_at,
        changed_at: now,
        stamp: 0,
    };
    let edition = site.edition();
    let mut page = story::page(&site, &edition, &preview, Who::Staff).await?;
    page.gate = None;
    page.frame.without_script();
    match query.get("as").unwrap_or("free") {
        "free" => {}
        "asked" => page.standing = Some(gate::notice::StandingView::asked_sample(&site)),
        "closed" => {
            page.close();
            page.standing = Some(gate::notice::StandingView::closed_sample(&site, &preview));
        }
        _ => {
            let choices = "free, asked, closed";
            return Err(Refusal::on("as", "not-a-choice")
                .with("choices", choices)
                .into());
        }
    }
    let html = site.templates.render("story.html", &page)?;
    Ok(Page::once(&rows::PREVIEW, html).into())
}

/// `GET /_preview/front`: the front as it would be with these slots, which are `story.weight` in
/// order, with commas between. What readers cannot see is left out, as it would be for them.
pub async fn front(State(site): State<Site>, Query(query): Query) -> Result<Answer, Problem> {
    let slots = slots(query.get("slots").unwrap_or_default())?;
    let html = front::with_slots(&site, slots).await?;
    Ok(Page::once(&rows::PREVIEW_FRONT, html).into())
}

/// `GET /_preview/about/{slug}`: a trust page as it stands at the desk, shown to readers or not.
pub async fn trust(State(site): State<Site>, Path(slug): Path<Slug>) -> Result<Answer, Problem> {
    let page = newsroom::trust::page(&site.db, &slug).await?;
    let page = page.ok_or_else(Problem::absent)?;
    let mut view = trust::TrustView::of(&site, &site.edition(), &page);
    view.frame.without_script();
    let html = site.templates.render("trust.html", &view)?;
    Ok(Page::once(&rows::PREVIEW_TRUST, html).into())
}

fn slots(text: &str) -> Result<Vec<Slot>, Refusal> {
    let slots = text.split(',').filter(|slot| !slot.is_empty());
    let slots = slots.take(MAX_SLOTS as usize).map(slot);
    let unread = || Refusal::on("slots", "wrong-value").with("expected", "slots");
    slots.collect::<Option<_>>().ok_or_else(unread)
}

fn slot(text: &str) -> Option<Slot> {
    let (story_id, weight) = text.split_once('.')?;
    Some(Slot {
        story_id: story_id.parse().ok()?,
        weight: serde_json::from_value(weight.into()).ok()?,
    })
}
