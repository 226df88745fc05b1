//! Where a newsroom's data lies on disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base::{Fault, no::Doing};
use newsroom::staff::Token;
use store::Place;

use crate::settings::Settings;

/// A data folder.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.0.join("dateline.toml")
    }

    /// The database: the one that is set, or the file here.
    pub fn database(&self, settings: &Settings) -> Result<Place, Fault> {
        match &settings.database {
            Some(text) => Place::parse(text),
            None => Ok(Place::Sqlite(self.0.join("dateline.db"))),
        }
    }

    /// Where files of pictures are kept: the folder that is set, or one here.
    pub fn pictures(&self, settings: &Settings) -> PathBuf {
        let own = || self.0.join("pictures");
        settings.pictures_folder.clone().unwrap_or_else(own)
    }

    /// Whether a newsroom lives here.
    pub fn is_newsroom(&self) -> bool {
        self.settings().exists()
    }

    /// Lays out a new newsroom: the settings file and the meter's secret.
    ///
    /// # Errors
    /// A fault when something is already there, or cannot be written.
    pub fn lay_out(&self, name: &str, more: &str) -> Result<(), Fault> {
        if self.is_newsroom() {
            return Err(Fault::new(format!(
                "there is a newsroom in {} already, and it stays as it is: start it with `dateline \
                 serve --data {0}`, or name another folder with --data",
                self.0.display()
            )));
        }
        let secrets = self.0.join("secrets");
        fs::create_dir_all(&secrets).map_err(|error| {
            let doing = format!(
                "making the data folder {}; nothing was made",
                self.0.display()
            );
            Fault::while_(doing, error)
        })?;
        write_secret(&self.meter_key(), Token::fresh()?.reveal())?;
        let name = toml::Value::String(name.into());
        let text = format!(
            "# Settings of this newsroom. `dateline config` shows all there are.\n\n\
             [newsroom]\nname = {name}\n{more}\n[meter]\nsecret_file = \"secrets/meter.key\"\n"
        );
        fs::write(self.settings(), text).doing("writing the settings")
    }

    /// Takes away what [`Folder::lay_out`] has just laid out, so that it can be tried again.
    pub fn clear_away(&self) {
        // What cannot be removed is named when somebody tries again.
        let _ = fs::remove_file(self.settings());
        let _ = fs::remove_file(self.meter_key());
    }

    fn meter_key(&self) -> PathBuf {
        self.0.join("secrets").join("meter.key")
    }
}

/// Writes a file that only its owner can read.
fn write_secret(path: &Path, secret: &str) -> Result<(), Fault> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    let mut file = file.map_err(|error| {
        Fault::while_(
            format!("making a file for a secret, {}", path.display()),
            error,
        )
    })?;
    file.write_all(secret.as_bytes()).doing("writing a secret")
}
