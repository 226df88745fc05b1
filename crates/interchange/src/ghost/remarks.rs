//! What is to be said of an export as a whole: its version, its site, and the tables left out.

use super::{Reading, atlas::Atlas, export::Export};

/// Tables that are read, or that only join others.
const READ: [&str; 10] = [
    "posts",
    "posts_meta",
    "posts_tags",
    "posts_authors",
    "posts_products",
    "tags",
    "users",
    "settings",
    "comments",
    "products",
];
/// Settings with code that the old site put into every page.
const INJECTED: [&str; 4] = [
    "codeinjection_head",
    "codeinjection_foot",
    "ghost_head",
    "ghost_foot",
];

/// Remarks on the whole: what, and why with what became of it.
pub(super) fn of(reading: &Reading<'_>, export: &Export) -> Vec<(String, String)> {
    let atlas = &reading.atlas;
    let mut remarks: Vec<(String, String)> = on_version(export).into_iter().collect();
    remarks.extend(on_site(atlas));
    remarks.extend(on_tags(atlas));
    if reading.pictures_at_home > 0 {
        let why = "an export does not name its site, and they lie there below /content/; run it again \
                   with --site https://… and they are known by their whole address";
        remarks.push((format!("{} pictures", reading.pictures_at_home), why.into()));
    }
    if atlas.site.setting(&["permalinks"]).is_none() && reading.out.summary.stories > 0 {
        let why = "an export does not say how addresses were made; stories are found at /slug/, and where \
                   routes.yaml had them elsewhere, redirects.yaml beside the export can say so";
        remarks.push(("addresses".into(), why.into()));
    }
    remarks.extend(left_out(export));
    remarks
}

fn on_version(export: &Export) -> Option<(String, String)> {
    match export.version.as_deref() {
        Some(version) if is_known(version) => None,
        Some(version) => Some((
            format!("version “{version}”"),
            "versions 0 to 6 are known; it was read as the newest of them".into(),
        )),
        None => Some((
            "version".into(),
            "the export does not name its version; it was read as the newest".into(),
        )),
    }
}

/// `000` to `004` and `0.11.4` were written by 0.x; since 1.0 it is the version of Ghost.
fn is_known(version: &str) -> bool {
    let major = version.split('.').next().unwrap_or_default();
    major.parse().is_ok_and(|major: u32| major <= 6)
}

fn on_site(atlas: &Atlas) -> Vec<(String, String)> {
    let mut remarks = Vec::new();
    for name in INJECTED {
        if let Some(code) = atlas.site.setting(&[name]) {
            let size = code.len();
            let why =
                format!("{size} bytes of code for every page; nothing of it runs here, left out");
            remarks.push((name.to_string(), why));
        }
    }
    if atlas.site.is_set("is_private") {
        let why = "the whole site asked for a password; what was published there is public here";
        remarks.push(("is_private".into(), why.into()));
    }
    remarks
}

fn on_tags(atlas: &Atlas) -> Vec<(String, String)> {
    let mut remarks = Vec::new();
    if atlas.tags.guessed {
        let why = "no menu of the old site leads to a tag; these stand first on most stories and were \
                   taken for sections";
        remarks.push((atlas.tags.sections().join(", "), why.into()));
    }
    for (name, field) in atlas.tags.poorer() {
        let what = format!("{field} of the tag {name}");
        remarks.push((what, "no place for it on a topic here; left out".into()));
    }
    remarks
}

/// Tables that are no stories, with their rows: those with a reason of their own, then the others.
fn left_out(export: &Export) -> Vec<(String, String)> {
    let mut told = Vec::new();
    let mut others = Vec::new();
    let others_with_rows = |(name, rows): &(&str, usize)| *rows > 0 && !READ.contains(name);
    for (table, rows) in export.tables().filter(others_with_rows) {
        let what = format!("{rows} rows of {table}");
        let why = match table {
            "members" | "subscribers" => "readers' accounts do not come with an archive; left out",
            "snippets" => "pieces of text for writers; left out",
            "roles" | "roles_users" => {
                "rights on the old site; staff get theirs when they are invited; left out"
            }
            _ => {
                others.push(what);
                continue;
            }
        };
        told.push((what, why.into()));
    }
    if !others.is_empty() {
        let why = "machinery of the old site, no stories; left out";
        told.push((others.join(", "), why.into()));
    }
    told
}
