//! What the old site said of itself: its settings, and the address it is told to have had.

use std::{borrow::Cow, collections::HashMap};

use base::Language;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{export::Export, row::is_set};
use crate::{address::Addresses, html, incoming::IncomingSite};

/// What Ghost 4 and later write in place of the site's own address.
const PLACEHOLDER: &str = "__GHOST_URL__";
/// The language that every site and story of 0.x had, set by nobody.
const SET_BY_NOBODY: &str = "en_US";

/// The old site.
pub(super) struct Site {
    /// Where links lead.
    pub addresses: Addresses,
    /// Scheme and host with its path, no slash at the end; empty when it was not told.
    pub url: String,
    settings: HashMap<String, String>,
}

impl Site {
    /// Reads the settings. An export never names its site, so that `url` comes from outside.
    pub fn read(export: &Export, url: Option<&str>) -> Self {
        let url = url.unwrap_or_default().trim().trim_end_matches('/');
        let mut settings = HashMap::new();
        for row in export.rows("settings").good {
            let Some(key) = row.text("key") else { continue };
            let value = match row.fields.get("value") {
                Some(Value::String(text)) => text.trim().to_string(),
                None | Some(Value::Null) => continue,
                Some(other) => other.to_string(),
            };
            settings.insert(key.to_string(), value);
        }
        Self {
            addresses: Addresses::of_site(url),
            url: url.into(),
            settings,
        }
    }

    /// The first of these settings that is there and not empty.
    pub fn setting(&self, names: &[&str]) -> Option<&str> {
        let values = names.iter().filter_map(|name| self.settings.get(*name));
        values.map(String::as_str).find(|value| !value.is_empty())
    }

    /// Whether a setting says yes.
    pub fn is_set(&self, name: &str) -> bool {
        is_set(self.settings.get(name).cloned().map(Value::String).as_ref())
    }

    /// The site's language.
    pub fn language(&self) -> Option<Language> {
        language(self.setting(&["locale", "lang", "default_locale", "defaultLang"])?)
    }

    /// The zone by which dates stood in addresses.
    pub fn zone(&self) -> TimeZone {
        self.setting(&["timezone", "active_timezone", "activeTimezone"])
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC)
    }

    /// The site as a piece.
    pub fn piece(&self) -> IncomingSite {
        let text = |name| html::one_line(self.setting(&[name]).unwrap_or_default());
        IncomingSite {
            title: text("title"),
            tagline: text("description"),
            url: self.url.clone(),
            language: self.language(),
        }
    }

    /// The path below which the site stood: empty, or `/blog`.
    pub fn folder(&self) -> String {
        let path = self.addresses.path(&self.url).unwrap_or_default();
        path.trim_end_matches('/').to_string()
    }

    /// A text with the site's address where Ghost wrote a placeholder for it; a path when the
    /// address is not known.
    pub fn at_home<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains(PLACEHOLDER) {
            return Cow::Borrowed(text);
        }
        let text = text.replace(&format!("{PLACEHOLDER}/"), &format!("{}/", self.url));
        let root = if self.url.is_empty() { "/" } else { &self.url };
        Cow::Owned(text.replace(PLACEHOLDER, root))
    }

    /// Slugs of the tags that the site's menus led to, in their order.
    pub fn tags_in_menus(&self) -> Vec<String> {
        let mut slugs = Vec::new();
        for name in ["navigation", "secondary_navigation"] {
            let menu = self.setting(&[name]).unwrap_or("[]");
            let menu: Vec<Value> = serde_json::from_str(menu).unwrap_or_default();
            for entry in menu {
                let address = entry["url"].as_str().unwrap_or_default();
                let path = self.at_home(address);
                let slug = path
                    .split_once("/tag/")
                    .map(|(_, rest)| rest.trim_end_matches('/').to_lowercase());
                if let Some(slug) = slug.filter(|slug| !slug.is_empty() && !slugs.contains(slug)) {
                    slugs.push(slug);
                }
            }
        }
        slugs
    }
}

/// A language by its tag, with a hyphen or as POSIX writes it.
pub(super) fn language(tag: &str) -> Option<Language> {
    (tag != SET_BY_NOBODY)
        .then(|| tag.replace('_', "-").parse().ok())
        .flatten()
}
