//! Settings that are wrong are refused with one clear line (PROOFS F-34).

use std::path::Path;

use super::*;

#[track_caller]
fn check(file: &str, environment: &[(&str, &str)], says: &str) {
    let folder =
        std::env::temp_dir().join(format!("dateline-settings-{}", base::Id::<()>::fresh()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("dateline.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()));
    let answer = match read(&path, environment) {
        Ok(settings) => format!("{} {}", settings.name, settings.listen),
        Err(wrong) => wrong.to_string(),
    };
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(answer.contains(says), "{answer:?} does not say {says:?}");
    assert!(
        !answer.trim().contains('\n') || answer.contains("TOML"),
        "{answer}"
    );
}

#[test]
fn f_34_wrong_settings_are_refused_with_one_clear_line() {
    check("", &[], "The Newsroom 127.0.0.1:8321");
    check("[newsroom]\nname = \"The Meridian\"", &[], "The Meridian");
    check(
        "[newsroom]\nname = \"A\"",
        &[("DATELINE_NEWSROOM_NAME", "B")],
        "B 127",
    );
    check(
        "[newsroom]\nnam = \"A\"",
        &[],
        "newsroom.nam: is no setting of Dateline",
    );
    check("[site]\nname = \"A\"", &[], "is newsroom.name meant?");
    check("name = \"A\"", &[], "belongs below a heading");
    check(
        "",
        &[("DATELINE_NAME", "B")],
        "DATELINE_NAME: is no setting",
    );
    check(
        "[serve]\nlisten = \"0.0.0.0:80\"",
        &[],
        "open to the network and site.url is not https",
    );
    check(
        "[serve]\nlisten = \"0.0.0.0:80\"\n[site]\nurl = \"https://example.org\"",
        &[],
        "0.0.0.0:80",
    );
    for wrong in [
        "security@example.org",
        "http://example.org",
        "mailto:us",
        "https:",
        "mailto:a@b\\nX: y",
    ] {
        check(
            &format!("[site]\nsecurity_contact = \"{wrong}\""),
            &[],
            "site.security_contact: “",
        );
    }
    for (origin, says) in [
        ("https://example.org", "names the site's own host"),
        ("https://EXAMPLE.org:444", "names the site's own host"),
        ("https://media.example", "names the host of media.url"),
        ("http://frames.example", "is http and the site https"),
        ("https://frames.example/", "nothing after it"),
        ("https://frames.example/player", "nothing after it"),
        ("https://frames.example; script-src *", "nothing after it"),
        ("frames.example", "nothing after it"),
        ("https://frames.example", "The Newsroom"),
        ("", "The Newsroom"),
    ] {
        let site =
            "[site]\nurl = \"https://example.org\"\n[media]\nurl = \"https://media.example\"";
        let embeds = format!("{site}\n[embeds]\nframe_origin = \"{origin}\"");
        check(&embeds, &[], says);
    }
    check("[serve]\nlisten = \"here\"", &[], "serve.listen: “here”");
    for name in [
        "",
        "The Meridian",
        "נמל",
        "a-b",
        "0123456789012345678901234567890",
    ] {
        check(
            &format!("[fediverse]\nname = \"{name}\""),
            &[],
            "fediverse.name: “",
        );
    }
    for (url, on) in [
        (
            "http://example.org",
            "fediverse.on: needs an https site.url",
        ),
        ("http://127.evil.example", "fediverse.on: needs an https"),
        ("http://localhost:8321", "The Newsroom"),
        ("https://example.org", "The Newsroom"),
    ] {
        check(
            &format!("[site]\nurl = \"{url}\"\n[fediverse]\non = true"),
            &[],
            on,
        );
    }
    check(
        "[meter]\nlimit = 0",
        &[],
        "meter.limit: is 0; it takes 1 to 50",
    );
    check("[meter]\nlimit = \"many\"", &[], "meter.limit: “many”");
    check(
        "[newsroom]\nzone = \"Mars/Olympus\"",
        &[],
        "no IANA time zone",
    );
    check(
        "[newsroom]\nlanguage = \"<b>\"",
        &[],
        "is not a language tag",
    );
    check(
        "[site]\nurl = \"https://example.org/news\"",
        &[],
        "nothing after it",
    );
    check(
        "[meter]\nsecret_file = \"gone.key\"",
        &[],
        "meter.secret_file:",
    );
    check(
        "",
        &[("DATELINE_METER_SECRET_FILE", "gone.key")],
        "gone.key cannot be read",
    );
    check(
        "[s3]\nendpoint = \"https://s3.example.org\"\nbucket = \"pictures\"\nkey_id = \"a\"",
        &[],
        "s3.key: is not set",
    );
    check(
        "[s3]\nendpoint = \"https://s3.example.org\"\nbucket = \"../x\"\nkey_id = \"a\"\nkey = \"b\"",
        &[],
        "s3.bucket: takes 3 to 63",
    );
    for (set, refused) in [
        (
            "address = \"/run/clamav/clamd.ctl\"",
            "scanner.address: “/run/clamav/clamd.ctl”: it takes unix:",
        ),
        (
            "address = \"unix:clamd.ctl\"",
            "scanner.address: “unix:clamd.ctl”: it takes unix: and a path",
        ),
        (
            "address = \"tcp:8.8.8.8:3310\"",
            "scanner.address: “tcp:8.8.8.8:3310”: is on the public internet",
        ),
        (
            "when_silent = \"ignore\"",
            "scanner.when_silent: “ignore”: it takes refuse or accept",
        ),
        (
            "address = \"tcp:127.0.0.1:3310\"\nwhen_silent = \"accept\"",
            "The Newsroom",
        ),
        ("address = \"\"", "The Newsroom"),
    ] {
        check(&format!("[scanner]\n{set}"), &[], refused);
    }
    check(
        "[crawlers]\nchoices = \"google=some\"",
        &[],
        "is not NAME=full, teaser or none",
    );
}

#[test]
fn the_sample_names_every_setting_and_reads_as_the_defaults() {
    let text = sample();
    for setting in &LIST {
        let name = setting.name.split_once('.').unwrap().1;
        assert!(text.contains(&format!("\n# {name}")), "{name}");
    }
    check(&text, &[], "The Newsroom 127.0.0.1:8321");
    assert!(read(Path::new("nowhere.toml"), []).is_ok());
}
