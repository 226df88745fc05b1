//! `GET /_preview/{story}`: for the desk, the newest revision as a reader will see it.

use axum::extract::{Path, State};
use base::{Id, Refusal};
use newsroom::{
    edition::Published,
    story::{Card, read},
    visible::Viewer as Who,
};
use web::{Answer, Page, Problem, Query};

use super::story;
use crate::{Site, gate, rows};

/// Shows the newest revision. `as` is `free` (all of it), `asked` (with the notice) or `closed`.
pub async fn show(
    State(site): State<Site>,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Answer, Problem> {
    let id: newsroom::story::StoryId = id
        .parse()
        .map(Id::from_uuid)
        .map_err(|_| Problem::absent())?;
    let found = read::story(&site.db, id)
        .await?
        .ok_or_else(Problem::absent)?;
    let now = site.clock.now();
    let first_at = found
        .publication
        .as_ref()
        .map_or(now, |public| public.first_at);
    let preview = Published {
        id,
        revision: found.revision,
        path: found
            .publication
            .as_ref()
            .map_or("/".into(), |public| public.path.clone()),
        card: Card::of(found.kind, &found.fields),
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
            page.rest_html = None;
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
