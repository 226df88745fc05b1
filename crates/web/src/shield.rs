//! The security headers, in three sets. No page needs an exception, so there is none.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::doors::Gate;

/// One year, with every host below ours (V-18).
const HSTS: &str = "max-age=31536000; includeSubDomains";
/// What no page of ours asks for.
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), \
                           payment=(), usb=(), browsing-topics=()";
/// Pages anybody may keep: a nonce would be the same for all, so everything comes from our own
/// files. JSON-LD blocks are data, to which the policy does not apply.
const SITE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                        img-src 'self' data: https:; font-src 'self'; connect-src 'self'; \
                        object-src 'none'; base-uri 'none'; form-action 'self'; \
                        frame-ancestors 'none'; manifest-src 'self'";
/// As the site, but the desk may frame it.
const PREVIEW_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                           img-src 'self' data: https:; font-src 'self'; connect-src 'self'; \
                           object-src 'none'; base-uri 'none'; form-action 'self'; \
                           frame-ancestors 'self'; manifest-src 'self'";
/// The desk: frames previews, and no string becomes markup without a policy (V-17): Svelte's for its
/// own templates and the editor's for what is pasted, which it parses and never shows as it came.
const DESK_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                        img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self'; \
                        worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; \
                        form-action 'self'; frame-ancestors 'none'; manifest-src 'self'; \
                        require-trusted-types-for 'script'; \
                        trusted-types svelte-trusted-html ProseMirrorClipboard";

/// Files that are shown and nothing else: opened by themselves they run no script and reach nothing, whatever a browser
/// takes them for (A-22, V-70).
const MEDIA_CSP: &str = "default-src 'none'; script-src 'none'; object-src 'none'; base-uri 'none'; \
                         form-action 'none'; frame-ancestors 'none'; sandbox";

/// Which set of security headers an answer wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shield {
    /// The reader's site and the API.
    Site,
    /// The desk application.
    Desk,
    /// A story as a reader would see it, inside the desk.
    Preview,
    /// A file of a picture.
    Media,
}

impl Shield {
    /// The set a row wears when it names none.
    pub const fn of(gate: Gate) -> Self {
        match gate {
            Gate::StaffOnly => Self::Desk,
            Gate::Open | Gate::Shell | Gate::Gated => Self::Site,
        }
    }

    /// Its headers, made once at start.
    pub(crate) fn headers(self, https: bool) -> HeaderMap {
        let (policy, referrer) = match self {
            Self::Site => (SITE_CSP, "strict-origin-when-cross-origin"),
            Self::Desk => (DESK_CSP, "no-referrer"),
            Self::Preview => (PREVIEW_CSP, "no-referrer"),
            Self::Media => (MEDIA_CSP, "no-referrer"),
        };
        let mut headers = HeaderMap::with_capacity(8);
        let mut set = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        set(header::CONTENT_SECURITY_POLICY, policy);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::REFERRER_POLICY, referrer);
        set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        if https {
            set(header::STRICT_TRANSPORT_SECURITY, HSTS);
        }
        if self == Self::Media {
            // Pages of ours on other hosts show them, and so do feed readers.
            set(
                HeaderName::from_static("cross-origin-resource-policy"),
                "cross-origin",
            );
        } else if self != Self::Site {
            set(
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin",
            );
            set(
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin",
            );
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_set_allows_unsafe_or_foreign_script() {
        for shield in [Shield::Site, Shield::Desk, Shield::Preview, Shield::Media] {
            let headers = shield.headers(true);
            let policy = headers["content-security-policy"].to_str().unwrap();
            for needed in [
                "default-src 'none'",
                "script-src '",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action '",
                "frame-ancestors",
            ] {
                assert!(policy.contains(needed), "{shield:?}: {needed}");
            }
            for refused in ["unsafe-", "nonce-", "*", "http:"] {
                assert!(!policy.contains(refused), "{shield:?}: {refused}");
            }
            assert!(headers.contains_key("strict-transport-security"));
            assert!(
                !shield
                    .headers(false)
                    .contains_key("strict-transport-security")
            );
        }
    }
}
