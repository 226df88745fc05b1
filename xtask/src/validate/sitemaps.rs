//! Sitemaps: against our schemas and those beside the repository, and by opening what they name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    against_schema, fetched, path_of,
    report::{Report, Tool},
};
use crate::{newsroom, newsroom::Newsroom, repo};

const INDEX: &str = "/sitemap.xml";
const NEWS: &str = "/news-sitemap.xml";
/// Bytes in one sitemap at most (sitemaps.org, protocol 0.9).
const LARGEST: usize = 50 * 1024 * 1024;

/// Judges the index, each sitemap it names, and that of the news.
pub fn check(server: &Newsroom, folder: &Path, report: &mut Report) -> Result<()> {
    let index = fetched(server, INDEX)?;
    by_schema(INDEX, &index, (folder, &SITE_INDEX), report)?;
    for sitemap in locations(&index) {
        let path = path_of(&sitemap);
        check_one(server, path, (folder, &SITEMAP), report)?;
    }
    check_one(server, NEWS, (folder, &NEWS_SITEMAP), report)?;
    if !fetched(server, "/robots.txt")?.contains(NEWS) {
        report.error(NEWS, Tool::Schema, "robots.txt does not name it");
    }
    Ok(())
}

/// Our schema for a kind of sitemap, and the file beside the repository that says the same.
struct Schemas {
    ours: &'static str,
    others: &'static str,
}

const SITE_INDEX: Schemas = Schemas {
    ours: "siteindex.xsd",
    others: "samdark/tests/siteindex.xsd",
};
const SITEMAP: Schemas = Schemas {
    ours: "sitemap.xsd",
    others: "samdark/tests/sitemap.xsd",
};
const NEWS_SITEMAP: Schemas = Schemas {
    ours: "sitemap.xsd",
    others: "sitemap-all-ours.xsd",
};

fn check_one(
    server: &Newsroom,
    path: &str,
    by: (&Path, &Schemas),
    report: &mut Report,
) -> Result<()> {
    let text = fetched(server, path)?;
    by_schema(path, &text, by, report)?;
    if text.len() > LARGEST {
        report.error(path, Tool::Schema, "it has more than 50 MB");
    }
    for page in locations(&text) {
        let status = newsroom::get(server.address(), path_of(&page), &[])?.status;
        if status != 200 {
            let words = format!("it names {page}, which answers {status}");
            report.error(path, Tool::Schema, &words);
        }
    }
    Ok(())
}

fn by_schema(
    row: &str,
    text: &str,
    (folder, by): (&Path, &Schemas),
    report: &mut Report,
) -> Result<()> {
    let file = folder.join("sitemap-judged.xml");
    fs::write(&file, text)?;
    report.judged(row, Tool::Schema);
    for schema in by.files() {
        if let Err(words) = against_schema(&file, &schema) {
            report.error(row, Tool::Schema, &words);
        }
    }
    Ok(())
}

impl Schemas {
    /// Ours, and that of others where it lies beside the repository.
    fn files(&self) -> Vec<PathBuf> {
        let ours = repo::root().join("xtask/schemas").join(self.ours);
        let others = repo::corpora().join("sitemap-xsd").join(self.others);
        let others = Some(others).filter(|file| file.is_file());
        std::iter::once(ours).chain(others).collect()
    }
}

/// What stands in `<loc>`; an ampersand in an address is written as XML wants it.
fn locations(xml: &str) -> Vec<String> {
    xml.split("<loc>")
        .skip(1)
        .filter_map(|part| part.split_once("</loc>"))
        .map(|(url, _)| url.trim().replace("&amp;", "&"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{temporary::Folder, tools};

    const PROTOCOL: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    const GOOGLES: &str = "http://www.google.com/schemas/sitemap-news/0.9";

    #[track_caller]
    fn check(inside: &str, is_good: bool) {
        tools::require(tools::FOR_TESTS).unwrap();
        let folder = Folder::new(&format!("xsd-{}", inside.len())).unwrap();
        let file = folder.path().join("sitemap.xml");
        fs::write(
            &file,
            format!("<urlset xmlns=\"{PROTOCOL}\" xmlns:n=\"{GOOGLES}\">{inside}</urlset>"),
        )
        .unwrap();
        let schema = repo::root().join("xtask/schemas/sitemap.xsd");
        let judged = against_schema(&file, &schema);
        assert_eq!(judged.is_ok(), is_good, "{inside}: {judged:?}");
    }

    #[test]
    fn our_schema_takes_what_the_protocol_allows_and_nothing_else() {
        check("<url><loc>http://example.org/</loc></url>", true);
        check(
            "<url><loc>http://example.org/a</loc><lastmod>1970-04-15T09:15:00Z</lastmod><priority>0.5</priority></url>",
            true,
        );
        check("", false);
        check("<url><lastmod>1970-04-15</lastmod></url>", false);
        check("<url><loc>/relative</loc></url>", false);
        check(
            "<url><loc>http://example.org/b</loc><lastmod>yesterday</lastmod></url>",
            false,
        );
        check(
            "<url><loc>http://example.org/cc</loc><priority>2</priority></url>",
            false,
        );
        let news = |language: &str| {
            format!(
                "<url><loc>http://example.org/news</loc><n:news><n:publication><n:name>A</n:name>\
                 <n:language>{language}</n:language></n:publication>\
                 <n:publication_date>2026-11-22T12:00:00Z</n:publication_date><n:title>B</n:title>\
                 </n:news></url>"
            )
        };
        check(&news("en"), true);
        check(&news("en-GB"), false);
    }

    #[test]
    fn the_addresses_in_a_sitemap_are_found() {
        let found =
            locations("<url><loc>http://a.example/?b&amp;c</loc></url><url><loc>d</loc></url>");
        assert_eq!(found, ["http://a.example/?b&c", "d"]);
    }
}
