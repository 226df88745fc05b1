//! What would leave the house open, and is refused before anything is served.

use super::{
    Settings,
    wrong::{Wrong, wrong},
};

/// Refuses what would leave the house open.
pub(super) fn refuse_danger(settings: &Settings) -> Result<(), Wrong> {
    let is_local = settings.listen.ip().is_loopback();
    if !is_local && !settings.is_https() {
        let why = format!(
            "{} is open to the network and site.url is not https: put a proxy with TLS in front, \
             set site.url to its https address and listen on 127.0.0.1 (or on the proxy's network)",
            settings.listen
        );
        return Err(wrong("serve.listen", why));
    }
    if settings.certificates.is_some() != settings.picture_key.is_some() {
        let why = "a certificate and its key come together: set both or neither";
        return Err(wrong("c2pa.certificates_file", why));
    }
    if settings.fediverse && !settings.is_https() && !is_on_this_machine(settings.host()) {
        let why = "needs an https site.url: other servers believe nobody else";
        return Err(wrong("fediverse.on", why));
    }
    let media_host = settings.media_host().map(str::to_lowercase);
    if media_host.is_some_and(|host| host == settings.host().to_lowercase()) {
        return Err(wrong(
            "media.url",
            "names the site's own host: files from outside have a host of their own or, with the setting left out, \
             stand below /media/ of the site",
        ));
    }
    let is_media_open = settings.media_url.as_deref();
    if settings.is_https() && is_media_open.is_some_and(|url| !url.starts_with("https://")) {
        return Err(wrong(
            "media.url",
            "is http and the site https: browsers would show no picture",
        ));
    }
    refuse_near_frames(settings)?;
    if settings.waive_rates && !is_local {
        return Err(wrong(
            "serve.waive_rates",
            "is for measuring on this machine alone",
        ));
    }
    Ok(())
}

/// What others write has a host where nothing of ours is (PROOFS A-21). The port makes no difference: cookies know none.
fn refuse_near_frames(settings: &Settings) -> Result<(), Wrong> {
    let name = "embeds.frame_origin";
    let Some(host) = settings.frame_host() else {
        return Ok(());
    };
    let is_near = |other: &str| without_port(other).eq_ignore_ascii_case(without_port(host));
    if is_near(settings.host()) {
        let why = "names the site's own host: what providers offer would run where readers and staff are signed in. \
                   Give it another host that leads here";
        return Err(wrong(name, why));
    }
    if settings.media_host().is_some_and(is_near) {
        let why = "names the host of media.url, which serves pictures and nothing else. Give it another host that leads here";
        return Err(wrong(name, why));
    }
    let is_https = |origin: &String| origin.starts_with("https://");
    if settings.is_https() && !settings.frame_origin.as_ref().is_some_and(is_https) {
        let why = "is http and the site https: browsers would show no frame";
        return Err(wrong(name, why));
    }
    Ok(())
}

/// A host without the port that may stand behind it; an address of IPv6 keeps its brackets and colons.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((bare, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => bare,
        _ => host,
    }
}

fn is_on_this_machine(host: &str) -> bool {
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    let ip = bare.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    bare == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}
