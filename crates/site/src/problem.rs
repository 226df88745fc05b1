//! How a problem looks to a reader: in the site's frame, with somewhere to go on from.

use newsroom::edition::ListOf;
use serde::Serialize;
use web::{
    Visit,
    problem::{Html, PlainProblemPage, ProblemPage, Told},
};

use crate::{
    Site,
    frame::{Frame, PageFrame},
    view::{Card, Viewer},
};

/// Stories offered to somebody who found nothing.
const NEWEST: usize = 6;

/// Problems in the site's own frame. Made from memory alone: the database may be away.
pub struct SiteProblemPage(pub Site);

#[derive(Serialize)]
struct ProblemView {
    frame: Frame,
    status: u16,
    title: String,
    text: String,
    number: Option<String>,
    newest: Vec<Card>,
    search: bool,
}

impl ProblemPage for SiteProblemPage {
    fn render(&self, told: &Told, visit: &Visit) -> Html {
        let site = &self.0;
        let edition = site.edition();
        let language = &site.identity.language;
        let viewer = Viewer {
            site,
            edition: &edition,
            language,
        };
        let frame = PageFrame::new(site, "problem", told.title.clone(), language).hidden();
        let (newest, _) = edition.list(&ListOf::Newest, 0, NEWEST);
        let said = told.refusals.iter().map(|said| said.message.as_str());
        let text = std::iter::once(told.detail.as_str())
            .chain(said)
            .collect::<Vec<_>>()
            .join(" ");
        let page = ProblemView {
            frame: Frame::new(site, &edition, frame, None),
            status: told.status.as_u16(),
            title: told.title.clone(),
            text,
            number: told.number.clone(),
            newest: viewer.cards(newest),
            search: true,
        };
        match site.templates.render("problem.html", &page) {
            Ok(html) => Html(html),
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "the problem page itself broke");
                PlainProblemPage.render(told, visit)
            }
        }
    }
}
