//! Reading the settings: what each takes, and what it means.

use std::{net::SocketAddr, path::Path};

use audience::{crawler::Offers, meter::Policy};
use courier::{
    bucket::{Keys, Place},
    scanner,
};
use jiff::tz::TimeZone;

use super::{
    Settings,
    danger::refuse_danger,
    values::Values,
    wrong::{Wrong, wrong},
};

/// The longest name that every other server takes, in letters.
const LONGEST_FEDIVERSE_NAME: usize = 30;

/// Reads the file, where there is one, and what the environment lays over it.
///
/// # Errors
/// The first setting that is unknown or cannot be used.
pub fn read(
    file: &Path,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, Wrong> {
    let mut values = Values::default();
    if file.exists() {
        values.take_file(file)?;
    }
    values.take_environment(environment)?;
    let settings = values.parse()?;
    refuse_danger(&settings)?;
    Ok(settings)
}

impl Values {
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
            scanner: self.scanner()?,
            when_scanner_silent: self.needed("scanner.when_silent")?,
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

    fn scanner(&self) -> Result<Option<scanner::Place>, Wrong> {
        let name = "scanner.address";
        self.text(name).map(|_| self.needed(name)).transpose()
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
