//! Who hosts an embedded thing, by the host of its address, and where a person would watch it.

/// Hosts whose bare address on a line of its own means the thing itself, with the name of each.
/// WordPress keeps a longer list of oEmbed providers; these cover what newsrooms use.
const PROVIDERS: [(&str, &str); 32] = [
    ("youtube.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("vimeo.com", "Vimeo"),
    ("dailymotion.com", "Dailymotion"),
    ("dai.ly", "Dailymotion"),
    ("twitter.com", "Twitter"),
    ("x.com", "X"),
    ("instagram.com", "Instagram"),
    ("facebook.com", "Facebook"),
    ("fb.watch", "Facebook"),
    ("tiktok.com", "TikTok"),
    ("soundcloud.com", "SoundCloud"),
    ("spotify.com", "Spotify"),
    ("mixcloud.com", "Mixcloud"),
    ("flickr.com", "Flickr"),
    ("flic.kr", "Flickr"),
    ("scribd.com", "Scribd"),
    ("slideshare.net", "SlideShare"),
    ("ted.com", "TED"),
    ("wordpress.tv", "WordPress.tv"),
    ("videopress.com", "VideoPress"),
    ("reddit.com", "Reddit"),
    ("imgur.com", "Imgur"),
    ("issuu.com", "Issuu"),
    ("kickstarter.com", "Kickstarter"),
    ("tumblr.com", "Tumblr"),
    ("pinterest.com", "Pinterest"),
    ("bsky.app", "Bluesky"),
    ("documentcloud.org", "DocumentCloud"),
    ("datawrapper.de", "Datawrapper"),
    ("datawrapper.dwcdn.net", "Datawrapper"),
];

/// The provider's name when the address is one of a known host.
pub fn known_provider(url: &str) -> Option<&'static str> {
    let host = host_of(url)?;
    PROVIDERS
        .iter()
        .find(|(known, _)| {
            host == *known
                || host
                    .strip_suffix(known)
                    .is_some_and(|rest| rest.ends_with('.'))
        })
        .map(|(_, name)| *name)
}

/// A name for whoever hosts the address: the provider's, else the host.
pub fn provider(url: &str) -> Option<String> {
    known_provider(url)
        .map(str::to_string)
        .or_else(|| host_of(url).map(|host| host.trim_start_matches("www.").to_string()))
}

/// The address of the page a person would open, for an address made for frames.
pub fn page_of(url: &str) -> String {
    let Some(host) = host_of(url) else {
        return url.to_string();
    };
    let after = |marker: &str| {
        let (_, rest) = url.split_once(marker)?;
        let id = rest.split(['?', '&', '#', '/']).next()?;
        (!id.is_empty()).then(|| id.to_string())
    };
    let page = match host.trim_start_matches("www.") {
        "youtube.com" | "youtube-nocookie.com" => after("/embed/")
            .filter(|id| id != "videoseries")
            .map(|id| format!("https://www.youtube.com/watch?v={id}")),
        "player.vimeo.com" => after("/video/").map(|id| format!("https://vimeo.com/{id}")),
        _ => None,
    };
    page.unwrap_or_else(|| url.to_string())
}

/// The host of an absolute web address, in small letters.
pub fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, name: Option<&str>, page: &str) {
        assert_eq!(provider(url).as_deref(), name);
        assert_eq!(page_of(url), page);
    }

    #[test]
    fn a_frame_is_named_for_its_host_and_leads_to_the_page_behind_it() {
        check(
            "https://www.youtube-nocookie.com/embed/aB_1?rel=0",
            Some("YouTube"),
            "https://www.youtube.com/watch?v=aB_1",
        );
        check(
            "https://player.vimeo.com/video/22439234",
            Some("Vimeo"),
            "https://vimeo.com/22439234",
        );
        check(
            "https://notyoutube.com/x",
            Some("notyoutube.com"),
            "https://notyoutube.com/x",
        );
        check("/local", None, "/local");
    }
}
