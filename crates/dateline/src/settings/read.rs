//! Reading the settings: file, environment, checks.

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::Path, str::FromStr};

use audience::{crawler::Offers, meter::Policy};
use courier::bucket::{Keys, Place};
use jiff::tz::TimeZone;

use super::{LIST, Setting, Settings};

/// The largest settings file, in bytes.
const LARGEST_FILE: u64 = 256 * 1024;

/// The longest name that every other server takes, in letters.
const LONGEST_FEDIVERSE_NAME: usize = 30;

/// Names the data folder on the command line's behalf; no setting, since settings lie in it.
const DATA_FOLDER: &str = "DATELINE_DATA";
/// What tests hand to each other begins so.
const FOR_TESTS: &str = "DATELINE_TEST_";

/// A setting that cannot be used, and why: one clear line (PROOFS F-34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The setting, or the file.
    pub setting: String,
    /// What is wrong, and what it takes.
    pub why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.why)
    }
}
impl std::error::Error for Wrong {}

fn wrong(setting: impl Into<String>, why: impl fmt::Display) -> Wrong {
    Wrong {
        setting: setting.into(),
        why: why.to_string(),
    }
}

/// Reads the file, where there is one, and what the environment lays over it.
///
/// # Errors
/// The first setting that is unknown or cannot be used.
pub fn read(
    file: &Path,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, Wrong> {
    let mut values = Values(BTreeMap::new());
    if file.exists() {
        values.take_file(file)?;
    }
    values.take_environment(environment)?;
    let settings = values.parse()?;
    refuse_danger(&settings)?;
    Ok(settings)
}

/// The documented sample: every setting with its meaning and default.
pub fn sample() -> String {
    let mut out = String::from(
        "# Settings of Dateline. Lines that begin with # show the defaults.\n\
         # Each can also be set as DATELINE_PART_NAME; a secret also as DATELINE_PART_NAME_FILE,\n\
         # or here as name_file, naming a file that holds it.\n",
    );
    let mut part = "";
    for setting in &LIST {
        let (of, name) = setting.name.split_once('.').unwrap_or(("", setting.name));
        if of != part {
            out.push_str(&format!("\n[{of}]\n"));
            part = of;
        }
        let value = setting.default.unwrap_or(setting.example);
        let suffix = if setting.is_secret { "_file" } else { "" };
        let value = if setting.is_secret {
            "secrets/meter.key"
        } else {
            value
        };
        out.push_str(&format!(
            "# {}\n# {name}{suffix} = \"{value}\"\n",
            setting.meaning
        ));
    }
    out
}

/// Values by name, not yet understood.
struct Values(BTreeMap<&'static str, String>);

impl Values {
    fn take_file(&mut self, file: &Path) -> Result<(), Wrong> {
        let at = file.display().to_string();
        let too_large = file
            .metadata()
            .is_ok_and(|about| about.len() > LARGEST_FILE);
        if too_large {
            return Err(wrong(at, format!("is larger than {LARGEST_FILE} bytes")));
        }
        let text = std::fs::read_to_string(file).map_err(|error| wrong(&at, error))?;
        let table: toml::Table = toml::from_str(&text).map_err(|error| wrong(&at, error))?;
        let beside = file.parent().unwrap_or(Path::new("."));
        for (part, values) in table {
            let toml::Value::Table(values) = values else {
                return Err(wrong(
                    part.clone(),
                    format!("belongs below a heading such as [{part}]"),
                ));
            };
            for (name, value) in values {
                self.take(
                    &format!("{part}.{name}"),
                    plain(&part, &name, value)?,
                    beside,
                )?;
            }
        }
        Ok(())
    }

    /// Takes `DATELINE_*`; variables for tests are left alone.
    fn take_environment(
        &mut self,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Wrong> {
        for (variable, value) in environment {
            let is_other = variable == DATA_FOLDER || variable.starts_with(FOR_TESTS);
            if !variable.starts_with("DATELINE_") || is_other {
                continue;
            }
            let (plain, of_file) = match variable.strip_suffix("_FILE") {
                Some(plain) => (plain, true),
                None => (variable.as_str(), false),
            };
            let setting = LIST.iter().find(|setting| setting.variable() == plain);
            let setting = setting.ok_or_else(|| wrong(&variable, "is no setting of Dateline"))?;
            let name = if of_file {
                format!("{}_file", setting.name)
            } else {
                setting.name.into()
            };
            self.take(&name, value, Path::new("."))?;
        }
        Ok(())
    }

    fn take(&mut self, name: &str, value: String, beside: &Path) -> Result<(), Wrong> {
        if let Some(setting) = LIST.iter().find(|setting| setting.name == name) {
            self.0.insert(setting.name, value);
            return Ok(());
        }
        let secret = name.strip_suffix("_file").and_then(|name| {
            LIST.iter()
                .find(|setting| setting.is_secret && setting.name == name)
        });
        let setting = secret.ok_or_else(|| unknown(name))?;
        let path = beside.join(value);
        let value = std::fs::read_to_string(&path)
            .map_err(|error| wrong(name, format!("{} cannot be read: {error}", path.display())))?;
        self.0.insert(setting.name, value.trim().to_string());
        Ok(())
    }

    fn get(&self, name: &'static str) -> Option<&str> {
        let setting: Option<&Setting> = LIST.iter().find(|setting| setting.name == name);
        let set = self.0.get(name).map(String::as_str);
        set.or(setting.and_then(|setting| setting.default))
    }

    fn text(&self, name: &'static str) -> Option<String> {
        self.get(name)
            .filter(|value| !value.is_empty())
            .map(String::from)
    }

    fn needed<T: FromStr>(&self, name: &'static str) -> Result<T, Wrong>
    where
        T::Err: fmt::Display,
    {
        let value = self.get(name).ok_or_else(|| wrong(name, "must be set"))?;
        value
            .parse()
            .map_err(|error| wrong(name, format!("“{value}”: {error}")))
    }

    fn number(&self, name: &'static str, least: u64, most: u64) -> Result<u64, Wrong> {
        let number: u64 = self.needed(name)?;
        if !(least..=most).contains(&number) {
            return Err(wrong(
                name,
                format!("is {number}; it takes {least} to {most}"),
            ));
        }
        Ok(number)
    }

    fn parse(&self) -> Result<Settings, Wrong> {
        let zone = self.zone()?;
        let threads = self.get("serve.threads");
        Ok(Settings {
            name: self.needed("newsroom.name")?,
            tagline: self.text("newsroom.tagline"),
            language: self.needed("newsroom.language")?,
            zone: zone.clone(),
            url: self.url()?,
            theme: self.text("site.theme").map(Into::into),
            security_contact: self.security_contact()?,
            listen: self.needed("serve.listen")?,
            threads: threads
                .map(|_| self.number("serve.threads", 1, 512))
                .transpose()?
                .map(|n| n as usize),
            trusted_proxies: self.networks()?,
            own_services: self.own_services()?,
            fediverse: self.needed("fediverse.on")?,
            fediverse_name: self.fediverse_name()?,
            fediverse_key: self.text("fediverse.key"),
            database: self.text("store.database"),
            pages_mb: self.number("store.pages_mb", 8, 65_536)?,
            media_url: self.media_url()?,
            frame_origin: self.frame_origin()?,
            pictures_folder: self.text("pictures.folder").map(Into::into),
            bucket: self.bucket()?,
            bucket_cache_mb: self.number("s3.cache_mb", 100, 1_000_000)?,
            largest_picture_mb: self.number("pictures.largest_mb", 1, 200)?,
            credit_needed: self.needed("pictures.credit_needed")?,
            darkroom: None,
            policy: Policy {
                limit: self.number("meter.limit", 1, 50)? as u8,
                asks_from: self.number("meter.asks_from", 1, 255)? as u8,
                daily_allowance: self.number("meter.daily_allowance", 1, 65_535)? as u16,
                zone,
            },
            meter_secret: self.text("meter.secret"),
            previous_meter_secret: self.text("meter.previous_secret"),
            secrets_folder: None,
            seal: self.needed("c2pa.seal")?,
            certificates: self.text("c2pa.certificates_file").map(Into::into),
            picture_key: self.text("c2pa.key"),
            trust: self.text("c2pa.trust_file").map(Into::into),
            crawlers: self.crawlers()?,
            renew_crawlers: self.needed::<bool>("crawlers.renew")?
                && self.url()?.starts_with("https://"),
            waive_rates: self.needed("serve.waive_rates")?,
        })
    }

    fn zone(&self) -> Result<TimeZone, Wrong> {
        let name: String = self.needed("newsroom.zone")?;
        TimeZone::get(&name)
            .map_err(|_| wrong("newsroom.zone", format!("“{name}” is no IANA time zone")))
    }

    fn url(&self) -> Result<String, Wrong> {
        origin("site.url", self.needed("site.url")?)
    }

    /// All of it or nothing: half a bucket is none.
    fn bucket(&self) -> Result<Option<Place>, Wrong> {
        let names = ["s3.endpoint", "s3.bucket", "s3.key_id", "s3.key"];
        let [endpoint, bucket, id, secret] = names.map(|name| self.text(name));
        let (Some(endpoint), Some(bucket), Some(id), Some(secret)) =
            (&endpoint, &bucket, &id, &secret)
        else {
            let given = [endpoint, bucket, id, secret];
            let missing = given.iter().position(Option::is_none);
            let is_begun = given.iter().any(Option::is_some);
            return match missing.filter(|_| is_begun) {
                Some(nth) => Err(wrong(
                    names[nth],
                    "is not set: endpoint, bucket, key_id and key come together",
                )),
                None => Ok(None),
            };
        };
        let is_name = |name: &str| {
            let is_sign = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
            (3..=63).contains(&name.len()) && name.bytes().all(is_sign) && !name.contains("..")
        };
        if !is_name(bucket) {
            let rule = "takes 3 to 63 small letters, digits, dots and hyphens";
            return Err(wrong("s3.bucket", rule));
        }
        Ok(Some(Place {
            endpoint: origin("s3.endpoint", endpoint.clone())?,
            bucket: bucket.clone(),
            region: self.needed("s3.region")?,
            path_style: self.needed("s3.path_style")?,
            keys: Keys {
                id: id.clone(),
                secret: secret.clone(),
            },
        }))
    }

    fn media_url(&self) -> Result<Option<String>, Wrong> {
        let url = self.text("media.url");
        url.map(|url| origin("media.url", url)).transpose()
    }

    fn frame_origin(&self) -> Result<Option<String>, Wrong> {
        let name = "embeds.frame_origin";
        let url = self.text(name);
        let url = url.map(|url| origin(name, url)).transpose()?;
        Ok(url.map(|url| url.to_lowercase()))
    }

    /// RFC 9116 section 2.5.3: an address for programs, so one without a scheme is none.
    fn security_contact(&self) -> Result<Option<String>, Wrong> {
        let name = "site.security_contact";
        let Some(contact) = self.text(name) else {
            return Ok(None);
        };
        let (scheme, to) = contact.split_once(':').unwrap_or_default();
        let good = match scheme {
            "mailto" => to.contains('@'),
            "https" => to.starts_with("//") && to.len() > 2,
            _ => false,
        };
        if good && contact.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Some(contact))
        } else {
            let rule = "it takes mailto: or https: and an address, without blanks";
            let shown = contact.escape_debug();
            Err(wrong(name, format!("“{shown}”: {rule}")))
        }
    }

    fn networks(&self) -> Result<Vec<web::Network>, Wrong> {
        let name = "serve.trusted_proxies";
        let listed = self.get(name).unwrap_or_default().split(',').map(str::trim);
        listed
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().map_err(|error| wrong(name, error)))
            .collect()
    }

    /// Other servers take no other letters in a name.
    fn fediverse_name(&self) -> Result<String, Wrong> {
        let (name, text): (_, String) = ("fediverse.name", self.needed("fediverse.name")?);
        let is_letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if (1..=LONGEST_FEDIVERSE_NAME).contains(&text.len()) && text.bytes().all(is_letter) {
            return Ok(text);
        }
        let rule = "it takes small letters, digits and underscores, 30 at most";
        Err(wrong(name, format!("“{}”: {rule}", text.escape_debug())))
    }

    fn own_services(&self) -> Result<Vec<SocketAddr>, Wrong> {
        let name = "outgoing.own";
        let listed = self.get(name).unwrap_or_default().split(',').map(str::trim);
        let rule = "is not an address with its port, such as 127.0.0.1:9000";
        listed
            .filter(|text| !text.is_empty())
            .map(|text| {
                let place = text.parse();
                place.map_err(|_| wrong(name, format!("“{text}” {rule}")))
            })
            .collect()
    }

    fn crawlers(&self) -> Result<Vec<(String, Offers)>, Wrong> {
        let name = "crawlers.choices";
        let listed = self.get(name).unwrap_or_default().split(',').map(str::trim);
        let choice = |text: &str| {
            let (crawler, offer) = text.split_once('=')?;
            let offer = match offer.trim() {
                "full" => Offers::Full,
                "teaser" => Offers::Teaser,
                "none" => Offers::None,
                _ => return None,
            };
            Some((crawler.trim().to_string(), offer))
        };
        listed
            .filter(|text| !text.is_empty())
            .map(|text| {
                choice(text).ok_or_else(|| {
                    wrong(name, format!("“{text}” is not NAME=full, teaser or none"))
                })
            })
            .collect()
    }
}

/// A scheme and a host, and nothing else.
fn origin(name: &'static str, url: String) -> Result<String, Wrong> {
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    // What stands here stands in headers too: no sign that would end a word there.
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let good = host.is_some_and(|host| !host.is_empty() && host.bytes().all(is_sign));
    let rule = "it takes http:// or https:// and a host, and nothing after it";
    if good {
        Ok(url)
    } else {
        Err(wrong(name, format!("“{url}”: {rule}")))
    }
}

/// Numbers, texts and yes or no may be written without quotation marks.
fn plain(part: &str, name: &str, value: toml::Value) -> Result<String, Wrong> {
    match value {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Boolean(is) => Ok(is.to_string()),
        _ => Err(wrong(
            format!("{part}.{name}"),
            "takes a text, a number, true or false",
        )),
    }
}

fn unknown(name: &str) -> Wrong {
    let (_, last) = name.rsplit_once('.').unwrap_or(("", name));
    let near = LIST
        .iter()
        .find(|setting| setting.name.rsplit('.').next() == Some(last));
    match near {
        Some(near) => wrong(
            name,
            format!("is no setting of Dateline; is {} meant?", near.name),
        ),
        None => wrong(
            name,
            "is no setting of Dateline; `dateline config` lists them all",
        ),
    }
}

fn is_on_this_machine(host: &str) -> bool {
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    let ip = bare.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    bare == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

/// Refuses what would leave the house open.
fn refuse_danger(settings: &Settings) -> Result<(), Wrong> {
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
