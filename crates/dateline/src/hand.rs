//! The hand that signs the newsroom's pictures: with a certificate that was bought, or with one that the house made when
//! it first opened.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base::{Fault, clock::SharedClock, no::Doing};
use provenance::{
    Hand, Trust,
    hand::{Unfit, made_for},
};

use crate::{folder::write_secret, settings::Settings};

/// Bytes of a file of certificates; the longest list that is published today has a tenth of them.
const LARGEST: u64 = 512 * 1024;

/// The hand, or none where the settings want no pictures sealed, or there is neither a certificate nor a place to keep
/// one. Makes a key and a certificate when there are none.
///
/// # Errors
/// A fault that names the file and what is wrong with it.
pub fn open(settings: &Settings, clock: &SharedClock) -> Result<Option<Hand>, Fault> {
    if !settings.seal {
        return Ok(None);
    }
    let bought = settings
        .certificates
        .as_ref()
        .zip(settings.picture_key.as_ref());
    let (certificates, key) = match (bought, &settings.secrets_folder) {
        (Some((path, key)), _) => (read(path, "c2pa.certificates_file")?, key.clone()),
        (None, Some(secrets)) => own(secrets, settings, clock)?,
        (None, None) => return Ok(None),
    };
    Hand::of(&certificates, &key).map(Some).map_err(unfit)
}

/// Whom readers are told is vouched for.
///
/// # Errors
/// A fault that names the file, when it cannot be read.
pub fn trust(settings: &Settings) -> Result<Trust, Fault> {
    let anchors = settings.trust.as_deref();
    let anchors = anchors.map(|path| read(path, "c2pa.trust_file"));
    Ok(Trust {
        anchors: anchors.transpose()?,
        signers: None,
    })
}

/// The certificates and the key that the house made for itself.
fn in_folder(secrets: &Path) -> (PathBuf, PathBuf) {
    (secrets.join("pictures.pem"), secrets.join("pictures.key"))
}

fn own(
    secrets: &Path,
    settings: &Settings,
    clock: &SharedClock,
) -> Result<(String, String), Fault> {
    let (certificates, key) = in_folder(secrets);
    if !key.exists() {
        let year = clock.now().to_zoned(settings.zone.clone()).year();
        let pem = made_for(&settings.name, i32::from(year)).map_err(unfit)?;
        fs::create_dir_all(secrets).doing("making the folder of secrets")?;
        // A certificate without its key is of no use, a key without its certificate is made again by nobody: the key
        // is written last.
        fs::write(&certificates, pem.certificates).doing("writing the pictures' certificate")?;
        write_secret(&key, &pem.key)?;
    }
    Ok((
        read(&certificates, "secrets/pictures.pem")?,
        read(&key, "secrets/pictures.key")?,
    ))
}

fn read(path: &Path, name: &str) -> Result<String, Fault> {
    let doing = || format!("reading {name} ({})", path.display());
    let length = fs::metadata(path)
        .map_err(|error| Fault::while_(doing(), error))?
        .len();
    if length > LARGEST {
        let why = format!("it has {length} bytes, and certificates take {LARGEST} at most");
        return Err(Fault::while_(doing(), why));
    }
    fs::read_to_string(path).map_err(|error| Fault::while_(doing(), error))
}

fn unfit(unfit: Unfit) -> Fault {
    Fault::while_("opening the hand that signs pictures", unfit.0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use base::clock::SystemClock;
    use provenance::Signs;

    use super::*;

    fn settings(secrets: &Path, seal: bool) -> Settings {
        let seal = ("DATELINE_C2PA_SEAL".to_string(), seal.to_string());
        let settings = crate::settings::read(Path::new("no-such-file"), [seal]).unwrap();
        Settings {
            secrets_folder: Some(secrets.into()),
            ..settings
        }
    }

    #[test]
    fn a_house_signs_with_one_certificate_for_good_and_only_its_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;

        let path = std::env::temp_dir().join(format!("dateline-hand-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let clock: SharedClock = Arc::new(SystemClock);
        let opened = || open(&settings(&path, true), &clock).unwrap().unwrap();
        let first = opened().certificates();
        assert_eq!(opened().certificates(), first);
        let (_, key) = in_folder(&path);
        let key = fs::metadata(key).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
        let off = open(&settings(&path, false), &clock).unwrap();
        assert!(off.is_none());
        fs::remove_dir_all(&path).unwrap();
    }
}
