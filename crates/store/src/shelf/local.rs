//! A shelf in a folder: `ab/abcd…` for what is kept, `incoming/` for what is still on its way.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use base::{Fault, Instant, no::Doing};
use uuid::Uuid;

use super::{Hash, Kept, Shelf, Shelving};

/// Where files lie until they are whole.
const INCOMING: &str = "incoming";

/// A shelf in a folder of this machine.
#[derive(Clone, Debug)]
pub struct LocalShelf(Arc<Path>);

/// A file on its way: parts come one after another, and it is kept or thrown away as a whole.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    file: File,
    length: u64,
    is_fleeting: bool,
}

impl LocalShelf {
    /// A shelf in this folder, which is made where it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        fs::create_dir_all(folder.join(INCOMING)).map_err(|error| {
            Fault::while_(format!("making the shelf {}", folder.display()), error)
        })?;
        Ok(Self(folder.into()))
    }

    /// The file on its way that has this id, begun where there is none.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn incoming(&self, id: Uuid) -> Result<Incoming, Fault> {
        let path = self.on_its_way(id);
        aside(move || {
            let mut options = OpenOptions::new();
            let mut file = options.create(true).append(true).read(true).open(&path)?;
            let length = file.seek(SeekFrom::End(0))?;
            Ok(Incoming {
                path,
                file,
                length,
                is_fleeting: false,
            })
        })
        .await
        .doing("opening a file on its way")
    }

    /// How many bytes have come of the file of this id; none where there is no such file.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub async fn received(&self, id: Uuid) -> Result<u64, Fault> {
        let path = self.on_its_way(id);
        let looked = aside(move || unless_absent(fs::metadata(path)));
        let about = looked.await.doing("looking at a file on its way")?;
        Ok(about.map_or(0, |about| about.len()))
    }

    /// The ids of all files on their way, with when they last grew.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn all_incoming(&self) -> Result<Vec<(Uuid, Instant)>, Fault> {
        let folder = self.0.join(INCOMING);
        let listed = aside(move || {
            let mut found = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let id = entry
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse().ok());
                if let Some(id) = id {
                    found.push((id, instant(entry.metadata()?.modified()?)));
                }
            }
            Ok(found)
        });
        listed.await.doing("listing files on their way")
    }

    /// Throws away a file on its way; nothing happens where there is none.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn forget(&self, id: Uuid) -> Result<(), Fault> {
        let path = self.on_its_way(id);
        let gone = aside(move || unless_absent(fs::remove_file(path)));
        gone.await.map(|_| ()).doing("throwing a file away")
    }

    fn on_its_way(&self, id: Uuid) -> PathBuf {
        self.0.join(INCOMING).join(id.to_string())
    }

    fn place(&self, hash: Hash) -> PathBuf {
        let name = hash.to_string();
        self.0.join(&name[..2]).join(name)
    }
}

impl Incoming {
    /// The same, which goes when whoever holds it does: a request may be cut at any moment, and nobody comes back for what
    /// came of it until then.
    #[must_use]
    pub fn fleeting(mut self) -> Self {
        self.is_fleeting = true;
        self
    }

    /// How many bytes have come.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// When they cannot be written; what came before stays.
    pub async fn add(mut self, bytes: bytes::Bytes) -> Result<Self, Fault> {
        let adding = aside(move || {
            self.file.write_all(&bytes)?;
            self.length += bytes.len() as u64;
            Ok(self)
        });
        adding.await.doing("writing a file on its way")
    }

    /// All that has come, and itself again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(mut self) -> Result<(Self, Vec<u8>), Fault> {
        let reading = aside(move || {
            let mut bytes = Vec::with_capacity(self.length as usize);
            self.file.seek(SeekFrom::Start(0))?;
            self.file.read_to_end(&mut bytes)?;
            Ok((self, bytes))
        });
        reading.await.doing("reading a file on its way")
    }

    /// Throws it away.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn discard(self) -> Result<(), Fault> {
        let gone = aside(move || unless_absent(fs::remove_file(&self.path)));
        gone.await.map(|_| ()).doing("throwing a file away")
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.is_fleeting {
            // What cannot be removed is swept.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Shelf for LocalShelf {
    fn put(&self, bytes: Vec<u8>) -> Shelving<'_, Hash> {
        let shelf = self.clone();
        let putting = aside(move || shelf.write(&bytes));
        Box::pin(async move { putting.await.doing("putting a file on the shelf") })
    }

    fn get(&self, hash: Hash) -> Shelving<'_, Option<Vec<u8>>> {
        let path = self.place(hash);
        let reading = aside(move || unless_absent(fs::read(path)));
        Box::pin(async move {
            let bytes = reading.await.doing("reading a file off the shelf")?;
            match bytes {
                Some(bytes) if Hash::of(&bytes) != hash => Err(Fault::new(format!(
                    "the file {hash} on the shelf is not what its name says; restore it from a backup"
                ))),
                bytes => Ok(bytes),
            }
        })
    }

    fn remove(&self, hash: Hash) -> Shelving<'_, ()> {
        let path = self.place(hash);
        let removing = aside(move || unless_absent(fs::remove_file(path)));
        Box::pin(async move {
            removing
                .await
                .map(|_| ())
                .doing("taking a file off the shelf")
        })
    }

    fn list(&self) -> Shelving<'_, Vec<Kept>> {
        let shelf = self.clone();
        let listing = aside(move || shelf.all());
        Box::pin(async move { listing.await.doing("listing the shelf") })
    }
}

impl LocalShelf {
    /// Written aside, synced, renamed, and the folder synced: a power cut leaves all of it or nothing.
    fn write(&self, bytes: &[u8]) -> io::Result<Hash> {
        let hash = Hash::of(bytes);
        let place = self.place(hash);
        if fs::metadata(&place).is_ok_and(|about| about.len() == bytes.len() as u64) {
            // It may be on its way out: whoever sweeps looks at how old a file is.
            let touched = File::options().append(true).open(&place)?;
            touched.set_modified(SystemTime::now())?;
            return Ok(hash);
        }
        let aside = self.on_its_way(Uuid::now_v7());
        let mut file = File::create_new(&aside)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        let written = written.and_then(|()| self.rename(&aside, &place));
        if written.is_err() {
            // What cannot be removed is swept: nobody reads from here.
            let _ = fs::remove_file(&aside);
        }
        written.map(|()| hash)
    }

    fn rename(&self, aside: &Path, place: &Path) -> io::Result<()> {
        let folder = place.parent().unwrap_or(&self.0);
        if !folder.exists() {
            fs::create_dir_all(folder)?;
            File::open(&*self.0)?.sync_all()?;
        }
        fs::rename(aside, place)?;
        File::open(folder)?.sync_all()
    }

    fn all(&self) -> io::Result<Vec<Kept>> {
        let mut kept = Vec::new();
        for folder in fs::read_dir(&*self.0)? {
            let folder = folder?;
            if folder.file_name() == INCOMING || !folder.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(folder.path())? {
                let entry = entry?;
                let hash = entry
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse().ok());
                // What is no hash is not ours.
                let Some(hash) = hash else { continue };
                let about = entry.metadata()?;
                let (since, bytes) = (instant(about.modified()?), about.len());
                kept.push(Kept { hash, since, bytes });
            }
        }
        Ok(kept)
    }
}

/// File systems' calls wait for disks, so they wait elsewhere.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

fn unless_absent<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        done => done.map(Some),
    }
}

fn instant(time: SystemTime) -> Instant {
    Instant::try_from(time).unwrap_or(base::clock::EARLIEST)
}
