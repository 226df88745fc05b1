//! The voice that speaks to other servers: with a key that was set, or with one that the house made when it first spoke.
//!
//! One key for all actors of a newsroom: they lie beside each other, so that who takes one takes them all, and a
//! section that begins needs no new secret. It is in the folder of secrets and not in the database, for whoever reads a
//! copy of that could speak in our name to everybody who follows.

use std::fs;

use base::{Fault, no::Doing};
use syndication::fediverse::{Key, Voice};

use crate::{folder::write_secret, settings::Settings};

/// The voice, or none where the settings want none.
///
/// # Errors
/// A fault when the key cannot be read, or none can be made.
pub fn open(settings: &Settings) -> Result<Option<Voice>, Fault> {
    if !settings.fediverse {
        return Ok(None);
    }
    let pem = match (&settings.fediverse_key, &settings.secrets_folder) {
        (Some(pem), _) => pem.clone(),
        (None, Some(secrets)) => {
            let path = secrets.join("fediverse.key");
            if !path.exists() {
                fs::create_dir_all(secrets).doing("making the folder of secrets")?;
                write_secret(&path, &Key::fresh()?)?;
            }
            fs::read_to_string(&path).doing("reading secrets/fediverse.key")?
        }
        (None, None) => {
            return Err(Fault::new(
                "fediverse.on needs fediverse.key or a data folder",
            ));
        }
    };
    Ok(Some(Voice {
        site: settings.url.clone(),
        name: settings.fediverse_name.clone(),
        key: Key::read(&pem)?,
    }))
}

#[cfg(test)]
mod tests {
    use std::{os::unix::fs::PermissionsExt, path::Path};

    use super::*;

    #[test]
    fn a_house_has_one_key_for_good_that_only_its_owner_reads_and_none_while_it_is_off() {
        let path = std::env::temp_dir().join(format!("dateline-voice-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let settings = |on: bool| Settings {
            secrets_folder: Some(path.clone()),
            fediverse: on,
            ..crate::settings::read(Path::new("no-such-file"), []).unwrap()
        };
        assert!(open(&settings(false)).unwrap().is_none());
        assert!(!path.exists(), "nothing is made for nothing");
        let opened = || open(&settings(true)).unwrap().unwrap();
        let first = opened().key.public_pem().to_string();
        assert_eq!(opened().key.public_pem(), first);
        let file = fs::metadata(path.join("fediverse.key")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        fs::write(path.join("fediverse.key"), "no key").unwrap();
        assert!(
            open(&settings(true)).is_err(),
            "another key would be another newsroom"
        );
        fs::remove_dir_all(&path).unwrap();
    }
}
