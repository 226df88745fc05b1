//! Where pictures are made and kept, as the settings say.

use std::{path::Path, sync::Arc, time::Duration};

use api::pictures::making::{Credentials, Making, Scanning};
use base::{Fault, clock::SharedClock, no::Doing};
use courier::{
    Rules, Sender,
    bucket::{Bucket, Place},
    scanner::Scanner,
};
use darkroom::{Darkroom, darkroom::Program};
use store::shelf::LocalShelf;

use crate::{bucket_shelf::BucketShelf, hand, settings::Settings};

/// Bytes in what the settings call a megabyte of a picture.
pub(crate) const PICTURE_MB: u64 = 1_000_000;

/// The whole time for one picture from elsewhere, with its redirects: fifty million bytes over seven megabits a second.
pub const PICTURE_WITHIN: Duration = Duration::from_secs(60);

/// Fetches pictures that a person asked for, one after the other and with rests, and nothing from our own network.
pub fn picture_fetcher(
    settings: &Settings,
    names: &Arc<dyn courier::Names>,
    clock: &SharedClock,
) -> Sender {
    let rules = Rules {
        own: settings.own_services.clone(),
        redirects: courier::fetch::REDIRECTS_MOST,
        largest: (settings.largest_picture_mb * PICTURE_MB) as usize,
        deadline: PICTURE_WITHIN,
        ..Rules::default()
    };
    Sender::following(Arc::clone(names), rules, Arc::clone(clock))
}

/// Where pictures are made; the settings name the folder. One bench for each core, so that pictures never keep pages
/// waiting for long.
///
/// # Errors
/// When the folder or the keys cannot be opened.
pub fn making(settings: &Settings, clock: &SharedClock) -> Result<Making, Fault> {
    let folder = settings.pictures_folder.clone();
    let folder = folder.ok_or_else(|| Fault::new("pictures have no folder"))?;
    let shelf = LocalShelf::open(&folder)?;
    let room = folder.join("darkroom");
    empty(&room).doing("making the darkroom's folder")?;
    let program = match &settings.darkroom {
        Some(path) => Program {
            path: path.clone(),
            arguments: vec![crate::CHILD.into()],
        },
        None => Program::itself(crate::CHILD).doing("finding our own program")?,
    };
    let benches = std::thread::available_parallelism().map_or(1, usize::from);
    let darkroom = Darkroom::new(program, &room, benches);
    let largest = settings.largest_picture_mb * PICTURE_MB;
    let mut making = Making::new(shelf.clone(), darkroom, settings.media(), largest);
    if let Some(place) = &settings.bucket {
        making.shelf = Arc::new(bucket_shelf(settings, place, (&folder, shelf))?);
    }
    let making = making.with_scanning(settings.scanner.clone().map(|place| Scanning {
        scanner: Scanner::at(place),
        when_silent: settings.when_scanner_silent,
    }));
    Ok(making.with_credentials(Credentials {
        hand: hand::open(settings, clock)?.map(Arc::new),
        trust: hand::trust(settings)?,
        newsroom: settings.name.clone(),
    }))
}

/// The shelf in a bucket, with its cache in the folder of pictures and with what lay there before.
pub(crate) fn bucket_shelf(
    settings: &Settings,
    place: &Place,
    (folder, before): (&Path, LocalShelf),
) -> Result<BucketShelf, Fault> {
    let bucket = Bucket::open(place)?;
    let cache = LocalShelf::open(&folder.join("cache"))?;
    let room = settings.bucket_cache_mb * PICTURE_MB;
    Ok(BucketShelf::new(bucket, (cache, room), before))
}

/// Children stand in folders of their own below this one, which a process that was killed leaves behind, empty.
fn empty(room: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(room)?;
    for left in std::fs::read_dir(room)? {
        // One that is not empty is not ours to remove, and harms nobody.
        let _ = std::fs::remove_dir(left?.path());
    }
    Ok(())
}
