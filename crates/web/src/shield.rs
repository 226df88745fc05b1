//! The security headers, in sets. No page of ours needs an exception, so there is none; what is not ours has a set of
//! its own, on an origin of its own.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{doors::Gate, house::House};

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

/// What a provider offers for its embeds, on an origin where nothing of ours is: its scripts, styles and frames
/// run, from https alone, and in a sandbox however it is opened. No policy of ours can be kept in HTML that others
/// write, hence `unsafe-inline`. Who may frame it is said by [`Shield::headers`].
const FRAME_CSP: &str = "default-src 'none'; script-src https: 'unsafe-inline'; \
                         style-src https: 'unsafe-inline'; img-src https: data: blob:; \
                         media-src https: blob:; font-src https: data:; connect-src https:; \
                         frame-src https:; worker-src 'none'; object-src 'none'; base-uri 'none'; \
                         form-action 'none'; \
                         sandbox allow-scripts allow-same-origin allow-popups allow-presentation";

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
    /// What a provider offers for an embed.
    Frame,
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
    pub(crate) fn headers(self, house: &House) -> HeaderMap {
        let (policy, referrer) = match self {
            Self::Site => (SITE_CSP, "strict-origin-when-cross-origin"),
            Self::Desk => (DESK_CSP, "no-referrer"),
            Self::Preview => (PREVIEW_CSP, "no-referrer"),
            Self::Media => (MEDIA_CSP, "no-referrer"),
            // Players ask on whose site they are: they are told the origin of frames, which names no story.
            Self::Frame => (FRAME_CSP, "strict-origin"),
        };
        let mut headers = HeaderMap::with_capacity(8);
        let mut set = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::REFERRER_POLICY, referrer);
        set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        if house.https {
            set(header::STRICT_TRANSPORT_SECURITY, HSTS);
        }
        if matches!(self, Self::Media | Self::Frame) {
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
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy(policy, house));
        headers
    }

    /// The policy with what depends on where frames of embeds stand.
    fn policy(self, always: &'static str, house: &House) -> HeaderValue {
        let more = match (self, &house.frames) {
            (Self::Site, Some(frames)) => format!("; frame-src {}", frames.origin),
            (Self::Frame, Some(frames)) => format!("; frame-ancestors {}", frames.site),
            (Self::Frame, None) => "; frame-ancestors 'none'".into(),
            _ => return HeaderValue::from_static(always),
        };
        let whole = HeaderValue::try_from(format!("{always}{more}"));
        whole.unwrap_or(HeaderValue::from_static(MEDIA_CSP))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::house::FrameHost;

    fn house(https: bool, frames: Option<FrameHost>) -> House {
        House {
            https,
            frames,
            ..House::plain(Arc::new(base::clock::SystemClock))
        }
    }

    fn elsewhere() -> FrameHost {
        FrameHost {
            origin: "https://frames.example".into(),
            site: "https://news.example".into(),
        }
    }

    #[test]
    fn no_set_allows_unsafe_or_foreign_script() {
        let (open, closed) = (house(true, Some(elsewhere())), house(false, None));
        for shield in [Shield::Site, Shield::Desk, Shield::Preview, Shield::Media] {
            for house in [&open, &closed] {
                let headers = shield.headers(house);
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
                let is_https = headers.contains_key("strict-transport-security");
                assert_eq!(is_https, house.https);
            }
        }
    }

    #[test]
    fn a_21_a_frame_runs_in_a_sandbox_from_https_alone_and_in_pages_of_the_site_alone() {
        let house = house(true, Some(elsewhere()));
        let policy = |shield: Shield| {
            let headers = shield.headers(&house);
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .to_string()
        };
        let frame = policy(Shield::Frame);
        for needed in [
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "worker-src 'none'",
            "; sandbox allow-scripts allow-same-origin allow-popups allow-presentation;",
            "; frame-ancestors https://news.example",
        ] {
            assert!(frame.contains(needed), "{needed}: {frame}");
        }
        for refused in [
            "http:",
            "'self'",
            "*",
            "top-navigation",
            "escape",
            "unsafe-eval",
        ] {
            assert!(!frame.contains(refused), "{refused}: {frame}");
        }
        assert!(policy(Shield::Site).ends_with("; frame-src https://frames.example"));
        for other in [Shield::Desk, Shield::Preview, Shield::Media] {
            assert!(!policy(other).contains("frames.example"), "{other:?}");
        }
    }
}
