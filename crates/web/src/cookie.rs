//! Cookies of one kind only: `__Host-`, `Secure`, `HttpOnly`, `SameSite`, for the whole house (V-11).

use http::{HeaderMap, HeaderValue, header};

/// The prefix by which a browser itself keeps a cookie to this host, all paths and HTTPS.
const PREFIX: &str = "__Host-";
/// Cookies that may be otherwise. There are none; one that must be is listed here with its reason.
const EXCEPTIONS: [&str; 0] = [];
/// The longest value, in bytes: browsers keep 4,096 with name and attributes (RFC 6265bis 5.6).
pub const LONGEST_VALUE: usize = 3500;

/// A cookie to set.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie {
    name: &'static str,
    value: String,
    seconds: Option<u32>,
    same_site: SameSite,
}

/// When a browser brings a cookie along from another site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// When somebody follows a link to us.
    Lax,
    /// Never.
    Strict,
}

impl Cookie {
    /// A cookie until the browser closes, `SameSite=Lax`. The name begins with `__Host-`.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            seconds: None,
            same_site: SameSite::Lax,
        }
    }

    /// Takes the cookie away.
    pub fn gone(name: &'static str) -> Self {
        Self::new(name, "").lasting(0)
    }

    /// How long it lasts, in seconds.
    #[must_use]
    pub fn lasting(mut self, seconds: u32) -> Self {
        self.seconds = Some(seconds);
        self
    }

    /// When it comes along from other sites.
    #[must_use]
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// As a `Set-Cookie` header; `None` when name or value cannot stand in one.
    pub fn header(&self) -> Option<HeaderValue> {
        let octet = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        let fits = self.name.starts_with(PREFIX)
            && self.value.len() <= LONGEST_VALUE
            && self.value.bytes().all(octet);
        if !fits {
            return None;
        }
        let (name, value, same_site) = (self.name, &self.value, self.same_site);
        let mut line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite={same_site:?}");
        if let Some(seconds) = self.seconds {
            line.push_str(&format!("; Max-Age={seconds}"));
        }
        let mut header = HeaderValue::try_from(line).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

/// The value of a cookie a browser brings. Nothing when the name comes twice: we cannot know which
/// one we set.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    let mut values = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value);
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// Whether a `Set-Cookie` header is of our one kind; the guard refuses every other.
pub(crate) fn is_kept_well(header: &HeaderValue) -> bool {
    let Ok(line) = header.to_str() else {
        return false;
    };
    let mut parts = line.split(';').map(str::trim);
    let name = parts.next().and_then(|pair| pair.split_once('='));
    let Some((name, _)) = name else {
        return false;
    };
    let attributes: Vec<&str> = parts.collect();
    let has = |wanted: &str| {
        attributes
            .iter()
            .any(|part| part.eq_ignore_ascii_case(wanted))
    };
    let well = name.starts_with(PREFIX)
        && has("Path=/")
        && has("Secure")
        && has("HttpOnly")
        && (has("SameSite=Lax") || has("SameSite=Strict"))
        && !attributes
            .iter()
            .any(|part| part.to_ascii_lowercase().starts_with("domain"));
    well || EXCEPTIONS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, well: bool) {
        assert_eq!(
            is_kept_well(&HeaderValue::from_str(line).unwrap()),
            well,
            "{line}"
        );
    }

    #[test]
    fn a_cookie_is_of_one_kind_only() {
        let cookie = Cookie::new("__Host-m", "abc").lasting(60).header().unwrap();
        let line = "__Host-m=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60";
        assert_eq!(cookie, line);
        check(line, true);
        check(
            "__Host-m=a; path=/; secure; httponly; samesite=strict",
            true,
        );
        check("m=a; Path=/; Secure; HttpOnly; SameSite=Lax", false);
        check("__Host-m=a; Path=/; HttpOnly; SameSite=Lax", false);
        check("__Host-m=a; Path=/; Secure; SameSite=Lax", false);
        check("__Host-m=a; Path=/; Secure; HttpOnly", false);
        check("__Host-m=a; Path=/a; Secure; HttpOnly; SameSite=Lax", false);
        check(
            "__Host-m=a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=example",
            false,
        );
        for odd in ["a;b", "a b", "a\"", "a\r\nb", "é"] {
            assert_eq!(Cookie::new("__Host-m", odd).header(), None, "{odd}");
        }
        assert_eq!(Cookie::new("m", "a").header(), None);
    }

    #[test]
    fn a_cookie_that_comes_twice_is_none() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; __Host-m=x=y; b=2; b=3"),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("c=4"));
        assert_eq!(find(&headers, "__Host-m"), Some("x=y"));
        assert_eq!(find(&headers, "c"), Some("4"));
        assert_eq!(find(&headers, "b"), None);
        assert_eq!(find(&headers, "Host-m"), None);
    }
}
