//! Pictures of stories that came from elsewhere are brought into the house: looked for in a copy of the old site's
//! folder, else fetched from their addresses, taken in as an upload is, and named by their stories from then on.
//!
//! Every step is done for itself and known again: a run that is killed is taken up by running it again.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    time::Duration,
};

use api::pictures::{
    fetches::{self, Words},
    making::{Brought, Making, Whole},
};
use base::{
    Fault, Language, No, Refusals,
    clock::SharedClock,
    document::{Format, Shape},
    no::Doing,
};
use courier::{Sender, fetch::host_of};
use interchange::old_pictures::{addresses, places};
use jiff::tz::TimeZone;
use newsroom::{
    By,
    picture::{
        Picture,
        address::{found_at, remember},
    },
    story::{
        StoryId,
        adopt::{Foreign, Ours, adopt, foreign, taken_in_after},
        take_in::tell_of_batch,
    },
};
use serde::Serialize;
use store::Db;
use web::words::Fact;

/// Rest between two pictures from one host.
const REST: Duration = Duration::from_millis(200);
/// Refusals listed one by one; beyond these they are counted.
pub const MAX_LISTED: usize = 1_000;
/// Pixels across of the file that a story names for programs that know no ids, as the desk does.
const PREVIEW: u32 = 600;
/// Who brings them, in the history.
const BY: &str = "Import: pictures";

/// What is brought where, and from where.
pub struct Adoption {
    /// The database.
    pub db: Db,
    /// Where pictures are made.
    pub making: Making,
    /// The newsroom's zone.
    pub zone: TimeZone,
    /// The time.
    pub clock: SharedClock,
    /// A copy of the old site's folder.
    pub from: Option<PathBuf>,
    /// What addresses without a host stand on.
    pub site: Option<String>,
    /// By whom pictures are fetched that are not in the folder; nobody where nothing is to be fetched.
    pub sender: Option<Sender>,
    /// So many pictures at most.
    pub limit: Option<usize>,
}

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Pictures found in the folder.
    pub found: usize,
    /// Pictures fetched from their addresses.
    pub fetched: usize,
    /// Pictures that were here already.
    pub known: usize,
    /// Stories that name ours from now on.
    pub stories: usize,
    /// Pictures that still lie elsewhere.
    pub still_foreign: usize,
    /// Pictures brought in without a credit: a story with one of them is not published anew before it has one.
    pub without_credit: usize,
    /// Why not, by address.
    pub refused: BTreeMap<String, String>,
    /// Refusals beyond [`MAX_LISTED`].
    pub more_refused: usize,
}

/// Why a picture was not brought that nobody was to fetch.
const UNLOOKED: &str = "it is not in the folder, and nothing was to be fetched";

/// How a picture came.
enum Way {
    Found,
    Fetched,
    Known,
}

/// What is remembered within a run.
#[derive(Default)]
struct Run {
    report: Report,
    refused: HashMap<String, Refusals>,
    last_host: Option<String>,
}

impl Adoption {
    /// Brings in what it can; `progress` hears how many pictures were dealt with.
    ///
    /// # Errors
    /// When database or shelf are unavailable. What was brought in until then stays.
    pub async fn run(&self, progress: &mut dyn FnMut(usize)) -> Result<Report, Fault> {
        let mut run = Run::default();
        let mut after = None;
        loop {
            let stories = taken_in_after(&self.db, after).await?;
            after = stories.last().copied();
            if after.is_none() {
                break;
            }
            for story in stories {
                self.story(story, &mut run, progress).await?;
            }
        }
        if run.report.stories > 0 {
            let mut tx = self.db.begin().await?;
            tell_of_batch(&mut tx, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(run.report)
    }

    async fn story(
        &self,
        story: StoryId,
        run: &mut Run,
        progress: &mut dyn FnMut(usize),
    ) -> Result<(), Fault> {
        let mut ours = HashMap::new();
        for one in foreign(&self.db, story).await? {
            match self.picture(&one, run).await? {
                Some(picture) => {
                    ours.insert(one.address, our(&picture, &self.making.media)?);
                }
                None => run.report.still_foreign += 1,
            }
            progress(run.report.brought() + run.report.known + run.report.still_foreign);
        }
        if ours.is_empty() {
            return Ok(());
        }
        let hand = (&By::machine(BY), self.clock.now());
        match adopt(&self.db, &self.zone, story, &ours, hand).await {
            Ok(true) => run.report.stories += 1,
            Ok(false) => {}
            Err(No::Failed(fault)) => return Err(fault),
            Err(No::Absent) => {}
            Err(No::Refused(refusals)) => {
                run.refuse(format!("story {story}"), in_words(&refusals));
                run.report.still_foreign += ours.len();
            }
        }
        Ok(())
    }

    /// The picture of ours that an address stands for; nothing where it cannot be had.
    async fn picture(&self, one: &Foreign, run: &mut Run) -> Result<Option<Picture>, Fault> {
        if one.address.starts_with(&self.making.media) {
            return Ok(None);
        }
        let candidates = addresses(&one.address, self.site.as_deref());
        for address in &candidates {
            if let Some(picture) = found_at(&self.db, address).await? {
                run.report.known += 1;
                return Ok(Some(picture));
            }
        }
        if self
            .limit
            .is_some_and(|limit| run.report.brought() >= limit)
        {
            return Ok(None);
        }
        let words = Words {
            caption: one.caption.clone(),
            alt: one.alt.clone(),
            credit: one.credit.clone(),
        };
        match self.brought(&candidates, &words, run).await {
            Ok(Some((picture, way))) => {
                run.count(&picture, &way);
                return Ok(Some(picture));
            }
            Ok(None) if self.sender.is_none() => run.refuse(one.address.clone(), UNLOOKED.into()),
            Ok(None) | Err(No::Absent) => {}
            Err(No::Failed(fault)) => return Err(fault),
            Err(No::Refused(refusals)) => run.refuse(one.address.clone(), in_words(&refusals)),
        }
        Ok(None)
    }

    /// From the folder, under whichever of its addresses; else by the guard. Nothing where neither is asked for. Of
    /// several refusals the first is told: that of the best file there is.
    async fn brought(
        &self,
        candidates: &[String],
        words: &Words,
        run: &mut Run,
    ) -> Result<Option<(Picture, Way)>, No> {
        let mut refusal = None;
        for address in candidates {
            match self.found(address, words).await {
                Ok(None) => {}
                Err(No::Refused(refused)) => {
                    refusal.get_or_insert(refused);
                }
                other => return other,
            }
        }
        for address in candidates {
            match self.fetched(address, words, run).await {
                Ok(None) => {}
                Err(No::Refused(refused)) => {
                    refusal.get_or_insert(refused);
                }
                other => return other,
            }
        }
        refusal.map_or(Ok(None), |refused| Err(refused.into()))
    }

    async fn found(&self, address: &str, words: &Words) -> Result<Option<(Picture, Way)>, No> {
        let Some((name, bytes)) = self.in_folder(address).await? else {
            return Ok(None);
        };
        let brought = Brought {
            file: Whole(bytes),
            name: &name,
            words,
        };
        let (ground, by) = ((&self.db, &self.zone), By::machine(BY));
        let hand = (&by, self.clock.now());
        let (picture, is_new) = self.making.take_in(ground, brought, hand).await?;
        remember(&self.db, address, picture.id, self.clock.now()).await?;
        Ok(Some((picture, way(is_new, Way::Found))))
    }

    async fn fetched(
        &self,
        address: &str,
        words: &Words,
        run: &mut Run,
    ) -> Result<Option<(Picture, Way)>, No> {
        let Some(sender) = &self.sender else {
            return Ok(None);
        };
        if let Some(before) = run.refused.get(address) {
            return Err(before.clone().into());
        }
        run.rest_before(address).await;
        let (ground, by) = ((&self.db, &self.zone), By::machine(BY));
        let hand = (&by, self.clock.now());
        let came = fetches::bring(ground, &self.making, (sender, address), words, hand).await;
        if let Err(No::Refused(refusals)) = &came {
            run.refused.insert(address.into(), refusals.clone());
        }
        let (picture, is_new) = came?;
        Ok(Some((picture, way(is_new, Way::Fetched))))
    }

    /// The file of an address in the copy of the old site's folder, with its name.
    async fn in_folder(&self, address: &str) -> Result<Option<(String, Vec<u8>)>, Fault> {
        let Some(folder) = self.from.clone() else {
            return Ok(None);
        };
        let (places, most) = (places(address), self.making.largest());
        let read = move || {
            places
                .iter()
                .find_map(|place| file_in(&folder, place, most))
        };
        let read = tokio::task::spawn_blocking(read).await;
        read.doing("looking for a picture in the folder")
    }
}

impl Report {
    /// Pictures that are new in the house.
    pub fn brought(&self) -> usize {
        self.found + self.fetched
    }
}

impl Run {
    fn count(&mut self, picture: &Picture, way: &Way) {
        match way {
            Way::Found => self.report.found += 1,
            Way::Fetched => self.report.fetched += 1,
            Way::Known => self.report.known += 1,
        }
        let is_new = !matches!(way, Way::Known);
        if is_new && picture.fields.credit.is_none() {
            self.report.without_credit += 1;
        }
    }

    fn refuse(&mut self, what: String, why: String) {
        if self.report.refused.len() < MAX_LISTED {
            self.report.refused.insert(what, why);
        } else {
            self.report.more_refused += 1;
        }
    }

    /// One at a time, and a moment between two from the same host.
    async fn rest_before(&mut self, address: &str) {
        let host = host_of(address).ok();
        if host.is_some() && host == self.last_host {
            tokio::time::sleep(REST).await;
        }
        self.last_host = host;
    }
}

/// As the operator reads it.
fn in_words(refusals: &Refusals) -> String {
    let words = web::Words::shipped();
    let english = Language::english();
    let said = refusals.iter().map(|refusal| {
        let facts = refusal.facts.iter();
        let facts: Vec<(&str, Fact)> = facts
            .map(|(name, value)| (*name, Fact::read(value)))
            .collect();
        words.say(&english, refusal.key, &facts)
    });
    said.collect::<Vec<_>>().join(" ")
}

fn way(is_new: bool, way: Way) -> Way {
    if is_new { way } else { Way::Known }
}

/// A file of at most so many bytes and one more, so that the making refuses what is larger. What leads out of the folder,
/// by whatever link, is not there.
fn file_in(folder: &Path, place: &Path, most: u64) -> Option<(String, Vec<u8>)> {
    use std::io::Read;
    let root = folder.canonicalize().ok()?;
    let path = root.join(place).canonicalize().ok()?;
    if !path.starts_with(&root) || !path.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&path).ok()?;
    file.take(most + 1).read_to_end(&mut bytes).ok()?;
    let name = place.file_name()?.to_string_lossy().into_owned();
    Some((name, bytes))
}

fn our(picture: &Picture, media: &str) -> Result<Ours, Fault> {
    let print = picture.prints.fitting(Shape::Whole, Format::Jpeg, PREVIEW);
    let print = print.ok_or_else(|| Fault::new("a picture of ours has no print"))?;
    let src = format!("{media}{}", print.name()).parse();
    Ok(Ours {
        id: picture.id,
        src: src.doing("naming a file of ours")?,
        width: picture.file.width,
        height: picture.file.height,
    })
}
