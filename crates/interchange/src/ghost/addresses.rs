//! Where stories stood on the old site.

use base::Instant;
use jiff::tz::TimeZone;

use super::{atlas::Atlas, row::Row, standing::published};
use crate::incoming::{IncomingState, Kind};

/// Every path at which readers may have found the story; none while they could not.
pub(super) fn of(row: &Row, atlas: &Atlas, kind: Kind, state: IncomingState) -> Vec<String> {
    let Some(slug) = row.text("slug") else {
        return Vec::new();
    };
    let folder = atlas.site.folder();
    if state == IncomingState::Draft {
        let sent = row.text("status") == Some("sent");
        let uuid = row.text("uuid").filter(|_| sent);
        return uuid
            .map(|uuid| format!("{folder}/email/{uuid}/"))
            .into_iter()
            .collect();
    }
    let mut paths = vec![format!("{folder}/{slug}/")];
    if kind == Kind::Story {
        paths.extend(dated_address(row, slug, atlas).map(|path| folder.clone() + &path));
        if atlas.site.is_set("amp") {
            paths.push(format!("{folder}/{slug}/amp/"));
        }
    }
    let mut unique: Vec<String> = Vec::with_capacity(paths.len());
    for path in paths {
        if !unique.contains(&path) {
            unique.push(path);
        }
    }
    unique
}

/// Up to 1.x, the settings say how addresses of stories were made.
fn dated_address(row: &Row, slug: &str, atlas: &Atlas) -> Option<String> {
    let pattern = atlas.site.setting(&["permalinks"])?;
    let id = row.key("id").unwrap_or_default();
    let author = atlas.authors_of(&id, row).into_iter().next();
    let author = author.and_then(|id| atlas.people.get(&id));
    let author = author.map_or("", |person| person.slug.as_str());
    let zone = atlas.site.zone();
    by_pattern(
        pattern,
        slug,
        &id,
        author,
        published(row).map(|at| (at, &zone)),
    )
}

/// The address that a pattern of 0.x and 1.x gives a story: `/:year/:month/:day/:slug/`.
///
/// `None` when the pattern names something that is not known.
fn by_pattern(
    pattern: &str,
    slug: &str,
    id: &str,
    author: &str,
    at: Option<(Instant, &TimeZone)>,
) -> Option<String> {
    let mut path = String::new();
    let date = at.map(|(at, zone)| at.to_zoned(zone.clone()));
    for part in pattern.split('/') {
        let part = match part {
            ":slug" => slug.to_string(),
            ":id" => id.to_string(),
            ":author" | ":primary_author" => author.to_string(),
            ":year" => format!("{:04}", date.as_ref()?.year()),
            ":month" => format!("{:02}", date.as_ref()?.month()),
            ":day" => format!("{:02}", date.as_ref()?.day()),
            unknown if unknown.starts_with(':') => return None,
            part => part.to_string(),
        };
        if !part.is_empty() {
            path.push('/');
            path.push_str(&part);
        }
    }
    (!path.is_empty()).then_some(path + "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_pattern_gives_a_story_its_address() {
        let at: Instant = "2014-12-31T23:30:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let dated = |pattern| by_pattern(pattern, "bridge", "4", "ada", Some((at, &zone)));
        assert_eq!(
            dated("/:year/:month/:day/:slug/").as_deref(),
            Some("/2015/01/01/bridge/")
        );
        assert_eq!(dated("/:author/:slug/").as_deref(), Some("/ada/bridge/"));
        assert_eq!(dated("/:primary_tag/:slug/"), None);
        assert_eq!(
            by_pattern("/:year/:slug/", "bridge", "4", "ada", None),
            None
        );
    }
}
