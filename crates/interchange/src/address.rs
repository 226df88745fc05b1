//! Where a link of an archive leads: within its own site, to a file of it, or away.

use base::document::{Href, NotAnHref};

use crate::embeds::host_of;

/// The address of the archive's site and of the piece being read.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// `https://example.org/blog`, no slash at the end; empty when not known.
    site: String,
    /// The host without `www.`.
    host: Option<String>,
    /// The path that relative links start from, ends with a slash.
    folder: String,
    /// The whole address that relative links start from, where one is known; it need not be the site's.
    base: Option<String>,
    /// Whether the site is somebody else's and stays where it is, so that links to it leave ours.
    stays: bool,
}

impl Addresses {
    /// Addresses as seen from the front of `site`.
    pub fn of_site(site: &str) -> Self {
        let site = site.trim().trim_end_matches('/');
        Self {
            site: site.into(),
            host: host_of(site).map(without_www),
            folder: "/".into(),
            base: None,
            stays: false,
        }
    }

    /// Addresses as seen from `base`, an absolute address, which need not be of `site`. Where the
    /// site `stays`, links to it lead there for good.
    pub fn of_feed(site: &str, base: &str, stays: bool) -> Self {
        Self {
            base: host_of(base).map(|_| base.trim().to_string()),
            stays,
            ..Self::of_site(site)
        }
    }

    /// Addresses as seen from a page of the site, given by its address or path.
    pub fn seen_from(&self, page: &str) -> Self {
        let path = self.path(page).unwrap_or_else(|| "/".into());
        let path = path.split(['?', '#']).next().unwrap_or("/");
        let end = path.rfind('/').map_or(0, |slash| slash + 1);
        Self {
            folder: if end == 0 {
                "/".into()
            } else {
                path[..end].into()
            },
            ..self.clone()
        }
    }

    /// The path, with its query, of an address on this site; `None` for addresses elsewhere.
    pub fn path(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(clean(address));
        }
        let host = without_www(host_of(address)?);
        if Some(&host) != self.host.as_ref() {
            return None;
        }
        let (_, rest) = address.split_once("://")?;
        let path = rest.find(['/', '?', '#']).map_or("/", |at| &rest[at..]);
        Some(match path.strip_prefix('/') {
            Some(_) => clean(path),
            None => format!("/{}", clean(path)),
        })
    }

    /// Where a link leads. Addresses of this site become paths, so that redirects can catch them;
    /// its files (`/wp-content/…`) stay where they can be fetched.
    ///
    /// # Errors
    /// When the address is of a scheme that is never linked to, or is no address.
    pub fn link(&self, address: &str) -> Result<Href, NotAnHref> {
        let address = decoded_spaces(address);
        if let Some(base) = &self.base
            && !address.starts_with('#')
        {
            return self.link_seen_from(base, &address);
        }
        if let Some(path) = self.path(&address) {
            return if is_file(&path) {
                self.file(&address)
            } else {
                path.parse()
            };
        }
        self.absolute_or_joined(&address).parse()
    }

    /// Where a picture or another file can be fetched.
    ///
    /// # Errors
    /// As for [`Addresses::link`].
    pub fn file(&self, address: &str) -> Result<Href, NotAnHref> {
        let address = decoded_spaces(address);
        if let Some(base) = &self.base {
            return joined(base, &address).parse();
        }
        let joined = self.absolute_or_joined(&address);
        if joined.starts_with('/') && !joined.starts_with("//") && !self.site.is_empty() {
            return format!("{}{joined}", self.root()).parse();
        }
        joined.parse()
    }

    fn link_seen_from(&self, base: &str, address: &str) -> Result<Href, NotAnHref> {
        if address.is_empty() {
            return Err(NotAnHref);
        }
        let whole = joined(base, address);
        match self.path(&whole) {
            Some(path) if !self.stays && !is_file(&path) => path.parse(),
            _ => whole.parse(),
        }
    }

    /// Scheme and host of the site.
    fn root(&self) -> &str {
        let after = self.site.find("://").map_or(0, |at| at + 3);
        match self.site[after..].find('/') {
            Some(slash) => &self.site[..after + slash],
            None => &self.site,
        }
    }

    fn absolute_or_joined(&self, address: &str) -> String {
        if let Some(rest) = address.strip_prefix("//") {
            return format!("https://{rest}");
        }
        if has_scheme(address) || address.is_empty() || address.starts_with(['/', '?', '#']) {
            return address.to_string();
        }
        clean(&format!("{}{address}", self.folder))
    }
}

/// Where `reference` leads as seen from `base`, an absolute web address (RFC 3986 section 5.2).
/// A reference that is absolute, or a base that is not, leaves the reference as it is.
pub fn joined(base: &str, reference: &str) -> String {
    let (base, reference) = (base.trim(), reference.trim());
    let Some((scheme, rest)) = base.split_once("://").filter(|_| host_of(base).is_some()) else {
        return reference.to_string();
    };
    if has_scheme(reference) {
        return reference.to_string();
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let (host, path) = match rest.find(['/', '?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let without_fragment = path.split('#').next().unwrap_or_default();
    let plain = without_fragment.split('?').next().unwrap_or_default();
    let path = match reference.as_bytes().first() {
        None => without_fragment.to_string(),
        Some(b'#') => format!("{without_fragment}{reference}"),
        Some(b'?') => format!("{plain}{reference}"),
        Some(b'/') => clean(reference),
        Some(_) => {
            let folder = plain.rfind('/').map_or("/", |slash| &plain[..=slash]);
            clean(&format!("{folder}{reference}"))
        }
    };
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{scheme}://{host}{slash}{path}")
}

fn has_scheme(address: &str) -> bool {
    address
        .find([':', '/', '?', '#'])
        .is_some_and(|at| address.as_bytes()[at] == b':')
}

fn without_www(host: String) -> String {
    host.strip_prefix("www.")
        .map(str::to_string)
        .unwrap_or(host)
}

/// Archives write spaces into addresses; browsers would send them as `%20`.
fn decoded_spaces(address: &str) -> String {
    address.trim().replace(' ', "%20")
}

/// Folders of WordPress and Ghost for files, which no story of ours will answer for.
const FILE_FOLDERS: [&str; 5] = [
    "/wp-content/",
    "/wp-includes/",
    "/content/images/",
    "/content/files/",
    "/content/media/",
];

fn is_file(path: &str) -> bool {
    FILE_FOLDERS.iter().any(|folder| path.contains(folder))
}

/// Takes `.` and `..` out of a path and closes up double slashes at its start.
fn clean(path: &str) -> String {
    let cut = path.find(['?', '#']).unwrap_or(path.len());
    let (path, tail) = path.split_at(cut);
    if !path.contains("/.") && !path.contains("//") {
        return format!("{path}{tail}");
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{slash}{tail}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, link: Option<&str>) {
        let site = Addresses::of_site("https://www.herald.test/blog/").seen_from("/blog/2019/a/");
        let found = site.link(address).ok();
        assert_eq!(found.as_ref().map(Href::as_str), link, "{address}");
    }

    #[test]
    fn a_link_within_the_site_becomes_a_path_and_one_elsewhere_stays() {
        check("http://herald.test/blog/b/?x=1#c", Some("/blog/b/?x=1#c"));
        check("https://www.herald.test", Some("/"));
        check("https://herald.test?p=4", Some("/?p=4"));
        check("//other.test/a b", Some("https://other.test/a%20b"));
        check("../b", Some("/blog/2019/b"));
        check("c.html", Some("/blog/2019/a/c.html"));
        check("mailto:desk@herald.test", Some("mailto:desk@herald.test"));
        check("javascript:alert(1)", None);
        check("", None);
        check("/../../etc//passwd", Some("/etc/passwd"));
    }

    #[test]
    fn a_file_of_the_old_site_stays_where_it_can_be_fetched() {
        check(
            "/wp-content/uploads/a.pdf",
            Some("https://www.herald.test/wp-content/uploads/a.pdf"),
        );
        check(
            "https://herald.test/blog/wp-content/uploads/a.pdf",
            Some("https://herald.test/blog/wp-content/uploads/a.pdf"),
        );
    }

    #[test]
    fn a_reference_is_joined_to_its_base() {
        let base = "https://herald.test/2019/05/bridge?x=1#top";
        for (reference, whole) in [
            ("a.png", "https://herald.test/2019/05/a.png"),
            ("../b/./c", "https://herald.test/2019/b/c"),
            ("/d?e#f", "https://herald.test/d?e#f"),
            ("?p=1", "https://herald.test/2019/05/bridge?p=1"),
            ("#note", "https://herald.test/2019/05/bridge?x=1#note"),
            ("", "https://herald.test/2019/05/bridge?x=1"),
            ("//other.test/x", "https://other.test/x"),
            ("mailto:desk@herald.test", "mailto:desk@herald.test"),
            ("http://other.test/a//b/../c", "http://other.test/a//b/../c"),
        ] {
            assert_eq!(joined(base, reference), whole, "{reference}");
        }
        assert_eq!(joined("https://herald.test", "a"), "https://herald.test/a");
        assert_eq!(
            joined("https://herald.test?x", "#a"),
            "https://herald.test/?x#a"
        );
        assert_eq!(joined("urn:isbn:1", "a"), "a");
    }

    #[test]
    fn links_to_a_site_that_stays_lead_there() {
        let seen = |stays| {
            let site = "https://herald.test/";
            let addresses = Addresses::of_feed(site, "https://herald.test/a/b", stays);
            addresses.link("c").unwrap().as_str().to_string()
        };
        assert_eq!(seen(false), "/a/c");
        assert_eq!(seen(true), "https://herald.test/a/c");
    }
}
