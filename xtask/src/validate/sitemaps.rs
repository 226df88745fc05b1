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
/// Bytes in one sitemap at most (sitemaps.org, protocol 0.9).
const LARGEST: usize = 50 * 1024 * 1024;

/// Judges the index and each sitemap it names.
pub fn check(server: &Newsroom, folder: &Path, report: &mut Report) -> Result<()> {
    let index = fetched(server, INDEX)?;
    by_schema(INDEX, &index, "siteindex", folder, report)?;
    for sitemap in locations(&index) {
        let path = path_of(&sitemap);
        let text = fetched(server, path)?;
        by_schema(path, &text, "sitemap", folder, report)?;
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
    }
    Ok(())
}

fn by_schema(row: &str, text: &str, kind: &str, folder: &Path, report: &mut Report) -> Result<()> {
    let file = folder.join("sitemap-judged.xml");
    fs::write(&file, text)?;
    report.judged(row, Tool::Schema);
    for schema in schemas(kind) {
        if let Err(words) = against_schema(&file, &schema) {
            report.error(row, Tool::Schema, &words);
        }
    }
    Ok(())
}

/// Our schema, and the protocol's own where it lies beside the repository.
fn schemas(kind: &str) -> Vec<PathBuf> {
    let mut schemas = vec![repo::root().join(format!("xtask/schemas/{kind}.xsd"))];
    let others = repo::corpora().join(format!("sitemap-xsd/samdark/tests/{kind}.xsd"));
    schemas.extend(Some(others).filter(|file| file.is_file()));
    schemas
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

    #[track_caller]
    fn check(inside: &str, is_good: bool) {
        tools::require(tools::FOR_TESTS).unwrap();
        let folder = Folder::new(&format!("xsd-{}", inside.len())).unwrap();
        let file = folder.path().join("sitemap.xml");
        fs::write(
            &file,
            format!("<urlset xmlns=\"{PROTOCOL}\">{inside}</urlset>"),
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
    }

    #[test]
    fn the_addresses_in_a_sitemap_are_found() {
        let found =
            locations("<url><loc>http://a.example/?b&amp;c</loc></url><url><loc>d</loc></url>");
        assert_eq!(found, ["http://a.example/?b&c", "d"]);
    }
}
