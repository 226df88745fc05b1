//! Settings as they are written: from the file, and from the environment that lies over it.

use std::{collections::BTreeMap, fmt, path::Path, str::FromStr};

use super::{
    LIST, Setting,
    wrong::{Wrong, wrong},
};

/// The largest settings file, in bytes.
const LARGEST_FILE: u64 = 256 * 1024;

/// Names the data folder on the command line's behalf; no setting, since settings lie in it.
const DATA_FOLDER: &str = "DATELINE_DATA";
/// What tests hand to each other begins so.
const FOR_TESTS: &str = "DATELINE_TEST_";

/// Values by name, not yet understood.
#[derive(Default)]
pub(super) struct Values(BTreeMap<&'static str, String>);

impl Values {
    pub(super) fn take_file(&mut self, file: &Path) -> Result<(), Wrong> {
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
    pub(super) fn take_environment(
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

    pub(super) fn get(&self, name: &'static str) -> Option<&str> {
        let setting: Option<&Setting> = LIST.iter().find(|setting| setting.name == name);
        let set = self.0.get(name).map(String::as_str);
        set.or(setting.and_then(|setting| setting.default))
    }

    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        self.get(name)
            .filter(|value| !value.is_empty())
            .map(String::from)
    }

    pub(super) fn needed<T: FromStr>(&self, name: &'static str) -> Result<T, Wrong>
    where
        T::Err: fmt::Display,
    {
        let value = self.get(name).ok_or_else(|| wrong(name, "must be set"))?;
        value
            .parse()
            .map_err(|error| wrong(name, format!("“{value}”: {error}")))
    }

    pub(super) fn number(&self, name: &'static str, least: u64, most: u64) -> Result<u64, Wrong> {
        let number: u64 = self.needed(name)?;
        if !(least..=most).contains(&number) {
            return Err(wrong(
                name,
                format!("is {number}; it takes {least} to {most}"),
            ));
        }
        Ok(number)
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
