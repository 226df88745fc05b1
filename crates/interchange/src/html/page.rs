//! A whole page of HTML: what its head says of it, and where in it the text stands.

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::{one_line, weight};

/// Names of `<meta>` that hold the day of publication, by how sure they are.
const DATES: [&str; 9] = [
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "publish-date",
    "pubdate",
    "date",
];
/// Names of `<meta>` that hold who wrote it.
const AUTHORS: [&str; 3] = ["author", "dc.creator", "dcterms.creator"];
/// Elements that hold the text of a page, the likeliest first.
const TEXTS: [&str; 3] = ["main", "article", "body"];

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// The headline, and where it stood.
    pub headline: Option<(String, &'static str)>,
    /// The day or moment as it is written, and where it stood.
    pub date: Option<(String, String)>,
    /// Who wrote it, each as written.
    pub authors: Vec<String>,
    /// One or two sentences about it.
    pub description: Option<String>,
    /// Its language tag.
    pub language: Option<String>,
    /// The HTML of its text, without the headline.
    pub text: String,
    /// The element that held the text.
    pub text_from: &'static str,
}

/// Reads a page; none for HTML that was made to exhaust whoever parses it.
pub(crate) fn read(html: &str) -> Option<Page> {
    if !weight::is_bearable(html) {
        return None;
    }
    let mut document = Html::parse_document(html);
    let (text_from, text) = TEXTS
        .into_iter()
        .find_map(|name| Some((name, first(&document, name)?.id())))?;
    let heading = first(&document, "h1").map(|element| (element.id(), words(element)));
    let headline = headline(&document, heading.as_ref().map(|(_, words)| words.as_str()));
    let mut page = Page {
        date: date(&document, text),
        authors: metas(&document, &AUTHORS)
            .into_iter()
            .map(|(_, who)| who)
            .collect(),
        description: metas(&document, &["description", "og:description"])
            .into_iter()
            .map(|(_, words)| words)
            .next(),
        language: first(&document, "html")
            .and_then(|element| element.attr("lang"))
            .map(str::to_string),
        text_from,
        ..Page::default()
    };
    let repeats = |words: &str| headline.as_ref().is_some_and(|(line, _)| line == words);
    if let Some((id, _)) = heading.filter(|(_, words)| repeats(words))
        && let Some(mut node) = document.tree.get_mut(id)
    {
        node.detach();
    }
    page.headline = headline;
    page.text = element(&document, text).map(|text| text.inner_html())?;
    Some(page)
}

/// The title; or the first heading, where the title is that and the site's name behind it.
fn headline(document: &Html, heading: Option<&str>) -> Option<(String, &'static str)> {
    let title = first(document, "title").map(words);
    let title = title.filter(|words| !words.is_empty());
    let heading = heading.filter(|words| !words.is_empty());
    match (title, heading) {
        (Some(title), Some(heading)) if title.starts_with(heading) => {
            Some((heading.to_string(), "<h1>"))
        }
        (Some(title), _) => Some((title, "<title>")),
        (None, heading) => heading.map(|words| (words.to_string(), "<h1>")),
    }
}

fn date(document: &Html, text: NodeId) -> Option<(String, String)> {
    let meta = metas(document, &DATES).into_iter().next();
    if let Some((name, date)) = meta {
        return Some((date, format!("<meta {name}>")));
    }
    let within = element(document, text)?;
    let mut times = within.descendent_elements().chain(elements(document));
    let date = times.find_map(|found| match found.value().name() {
        "time" => found.attr("datetime"),
        _ => None,
    })?;
    Some((date.to_string(), "<time datetime>".to_string()))
}

/// What `<meta>` elements of these names say, in the order of the names.
fn metas(document: &Html, names: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for wanted in names {
        for meta in elements(document).filter(|found| found.value().name() == "meta") {
            let name = ["name", "property", "itemprop"]
                .into_iter()
                .find_map(|key| meta.attr(key))
                .unwrap_or_default();
            let said = one_line(meta.attr("content").unwrap_or_default());
            if name.eq_ignore_ascii_case(wanted) && !said.is_empty() {
                found.push((name.to_string(), said));
            }
        }
    }
    found
}

fn elements(document: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    document.tree.nodes().filter_map(ElementRef::wrap)
}

fn element(document: &Html, id: NodeId) -> Option<ElementRef<'_>> {
    ElementRef::wrap(document.tree.get(id)?)
}

fn first<'d>(document: &'d Html, name: &str) -> Option<ElementRef<'d>> {
    elements(document).find(|found| found.value().name() == name)
}

fn words(element: ElementRef<'_>) -> String {
    one_line(&element.text().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, headline: &str, date: &str, text: &str) {
        let page = read(html).unwrap();
        let found = page.headline.map(|(words, from)| format!("{words} {from}"));
        assert_eq!(found.unwrap_or_default(), headline, "{html}");
        let found = page.date.map(|(date, from)| format!("{date} {from}"));
        assert_eq!(found.unwrap_or_default(), date, "{html}");
        assert_eq!(page.text.trim(), text, "{html}");
    }

    #[test]
    fn a_page_says_its_headline_its_day_and_where_its_text_is() {
        check(
            "<title>Bridge opens – The Herald</title><meta name=date content=2019-03-27>\
             <nav>Front</nav><main><h1>Bridge opens</h1><p>It is open.</main>",
            "Bridge opens <h1>",
            "2019-03-27 <meta date>",
            "<p>It is open.</p>",
        );
        check(
            "<title>A town by a river</title><h1>The Herald</h1>\
             <article><time datetime=2020-01-02>Thursday</time><p>Text</article>",
            "A town by a river <title>",
            "2020-01-02 <time datetime>",
            "<time datetime=\"2020-01-02\">Thursday</time><p>Text</p>",
        );
        check(
            "<meta property='article:published_time' content='2021-05-11T10:00:00Z'>\
             <meta name=DC.date content=1999><p>Words alone",
            "",
            "2021-05-11T10:00:00Z <meta article:published_time>",
            "<p>Words alone</p>",
        );
    }
}
