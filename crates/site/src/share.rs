//! The picture beside a link to a story elsewhere: its lead picture, or one drawn from its words.
//!
//! `GET /_share/{story}/{file}` draws on the first visit and holds what it drew. The file's name is a hash of the words,
//! so that an address never shows other words than it did, and may be kept for ever. On a hard day nothing is shared
//! but words in ink: no photograph, no colour. What is behind the gate is never on it: a [`Card`] holds none of that.

use std::{
    fmt::Write,
    sync::{Arc, LazyLock},
};

use axum::extract::{Path, State};
use base::Fault;
use darkroom::share_picture::{EDITION, Front, HEIGHT, Printer, WIDTH};
use newsroom::{
    edition::Published,
    story::{Card, StoryId},
};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use web::{Answer, Assets, Effort, Kind, Page, Problem};

use crate::{Site, frame::SharePicture, gate::id_of, json_ld, kept::weight_of, pictures, rows};

/// Bytes of drawn pictures that are held: some six hundred. Others are drawn again when somebody asks.
const ROOM: u64 = 24 * 1024 * 1024;
/// Pictures a newsroom of ordinary size holds; only a hint for the first allocation.
const USUAL_PICTURES: usize = 256;
/// Pictures drawn at once. Whoever waits for one waits as they would for a slow page; the other cores serve readers.
const AT_ONCE: usize = 1;
/// Bytes of the hash that are in a name: plenty for telling the versions of one story apart.
const HASH_BYTES: usize = 8;
/// What the names end with.
const ENDING: &str = ".png";
/// Where the stylesheet says the newsroom's colour.
const ACCENT: &str = "--accent:";
/// The colour of the shipped theme, for an overlay that says its own in another form than `#rrggbb`.
const SHIPPED_ACCENT: [u8; 3] = [0x0b, 0x5c, 0x8a];

/// What draws, and what was drawn.
pub(crate) struct Drawings {
    printer: Arc<LazyLock<Printer>>,
    held: Cache<Key, Arc<Page>, Bytes>,
    presses: Semaphore,
    accent: [u8; 3],
}

/// A story and the file's name.
type Key = (StoryId, String);

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Page>> for Bytes {
    fn weight(&self, (_, name): &Key, page: &Arc<Page>) -> u64 {
        name.len() as u64 + weight_of(page)
    }
}

/// What a link to this story shows.
pub(crate) fn shared(site: &Site, story: &Published) -> SharePicture {
    match &story.card.picture {
        Some(picture) if !story.card.sensitive => {
            let one = pictures::shared(site, picture);
            SharePicture {
                url: json_ld::whole(site, &one.src),
                alt: picture.alt.clone(),
                size: one.width.zip(one.height),
            }
        }
        _ => drawn(site, story),
    }
}

/// The same in all shapes there are of it, the usual one first: whoever shows a story chooses what fits their page.
pub(crate) fn in_shapes(site: &Site, story: &Published) -> Vec<String> {
    match &story.card.picture {
        Some(picture) if !story.card.sensitive => pictures::in_shapes(site, picture)
            .into_iter()
            .map(|one| json_ld::whole(site, &one.src))
            .collect(),
        _ => vec![drawn(site, story).url],
    }
}

/// `GET /_share/{story}/{file}`: the drawn picture of a public story. Words of before lead to those of now.
pub async fn show(
    State(site): State<Site>,
    Path((story, file)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let id: StoryId = id_of(&story).ok_or_else(Problem::absent)?;
    let edition = site.edition();
    let story = edition.story(id).ok_or_else(Problem::absent)?;
    let front = front(&site, &story.card);
    let name = name_of(&front);
    if file != name {
        let known = is_name(&file).then(|| address(id, &name));
        return Answer::see(&known.ok_or_else(Problem::absent)?);
    }
    Ok(site.drawings.drawn((id, name), front).await?.into())
}

impl Drawings {
    /// Nothing drawn yet. The faces are read when the first picture is asked for.
    pub(crate) fn new(assets: &Assets) -> Self {
        Self {
            printer: Arc::new(LazyLock::new(Printer::new)),
            held: Cache::with_weighter(USUAL_PICTURES, ROOM, Bytes),
            presses: Semaphore::new(AT_ONCE),
            accent: accent(assets).unwrap_or(SHIPPED_ACCENT),
        }
    }

    /// The picture, drawn once however many ask.
    async fn drawn(&self, key: Key, front: Front) -> Result<Arc<Page>, Problem> {
        match self.held.get_value_or_guard_async(&key).await {
            Ok(page) => Ok(page),
            Err(guard) => {
                let png = self.print(front).await?;
                let page = Page::new(&rows::SHARE, Kind::Png, png, Effort::Keep)
                    .with_surrogate_keys([format!("art-{}", key.0)])
                    .shared();
                let _ = guard.insert(Arc::clone(&page));
                Ok(page)
            }
        }
    }

    async fn print(&self, front: Front) -> Result<Vec<u8>, Fault> {
        let broke = |error| Fault::while_("drawing a share picture", error);
        let _press = self
            .presses
            .acquire()
            .await
            .map_err(|error| Fault::while_("waiting to draw a share picture", error))?;
        let printer = Arc::clone(&self.printer);
        let drawing = tokio::task::spawn_blocking(move || printer.draw(&front));
        let drawn = drawing.await.map_err(broke)?;
        drawn.map_err(|refused| Fault::new(format!("a share picture was not drawn: {refused:?}")))
    }
}

fn drawn(site: &Site, story: &Published) -> SharePicture {
    let front = front(site, &story.card);
    let words = [
        front.kicker.as_deref(),
        Some(&front.headline),
        Some(&front.name),
    ];
    SharePicture {
        url: site.absolute(&address(story.id, &name_of(&front))),
        alt: words.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        size: Some((WIDTH, HEIGHT)),
    }
}

fn front(site: &Site, card: &Card) -> Front {
    Front {
        kicker: card.kicker.clone(),
        headline: card.headline.clone(),
        name: site.identity.name.clone(),
        direction: card.language.direction(),
        accent: (!card.sensitive).then_some(site.drawings.accent),
    }
}

fn address(story: StoryId, name: &str) -> String {
    format!("/_share/{story}/{name}")
}

/// The name that these words have, drawn as we draw now.
fn name_of(front: &Front) -> String {
    let mut hasher = Sha256::new();
    let kicker = front.kicker.as_deref().unwrap_or_default();
    for part in [kicker, &front.headline, &front.name] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.update([
        u8::from(front.kicker.is_some()),
        u8::from(front.accent.is_some()),
    ]);
    hasher.update(front.accent.unwrap_or_default());
    hasher.update(front.direction.attribute());
    hasher.update(EDITION.to_be_bytes());
    let mut name = String::new();
    for byte in &hasher.finalize()[..HASH_BYTES] {
        let _ = write!(name, "{byte:02x}");
    }
    name + ENDING
}

/// Whether it may once have been a name of ours.
fn is_name(file: &str) -> bool {
    let hash = file.strip_suffix(ENDING).unwrap_or_default();
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    hash.len() == 2 * HASH_BYTES && hash.bytes().all(is_digit)
}

/// The colour that the stylesheet in use says, `#rrggbb`.
fn accent(assets: &Assets) -> Option<[u8; 3]> {
    let address = assets.address("site.css")?;
    let sheet = assets.find(address.strip_prefix(web::assets::FOLDER)?)?;
    let sheet = std::str::from_utf8(sheet.bytes()).ok()?;
    let (_, after) = sheet.split_once(ACCENT)?;
    let digits = after.trim_start().strip_prefix('#')?.get(..6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Front {
        Front {
            kicker: Some("City".into()),
            headline: "The bridge reopens".into(),
            name: "Port Halem Gazette".into(),
            direction: base::Direction::Ltr,
            accent: Some(SHIPPED_ACCENT),
        }
    }

    #[test]
    fn every_change_of_the_words_or_their_look_has_an_address_of_its_own() {
        let mut names = vec![name_of(&words())];
        let change = |change: fn(&mut Front)| {
            let mut front = words();
            change(&mut front);
            name_of(&front)
        };
        names.push(change(|front| front.kicker = None));
        names.push(change(|front| front.kicker = Some(String::new())));
        names.push(change(|front| front.headline.push('!')));
        names.push(change(|front| front.name.push('!')));
        names.push(change(|front| front.direction = base::Direction::Rtl));
        names.push(change(|front| front.accent = None));
        names.push(change(|front| front.accent = Some([0, 0, 0])));
        // The same letters, parted elsewhere.
        names.push(change(|front| {
            front.kicker = Some("CityT".into());
            front.headline = "he bridge reopens".into();
        }));
        assert!(names.iter().all(|name| is_name(name)), "{names:?}");
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(name_of(&words()), name_of(&words()));
    }

    #[test]
    fn only_what_may_once_have_been_a_name_is_led_on() {
        for other in [
            "",
            ".png",
            "0123456789abcdef",
            "0123456789ABCDEF.png",
            "0123456789abcdef.jpg",
            "../../x.png",
        ] {
            assert!(!is_name(other), "{other}");
        }
        assert!(is_name("0123456789abcdef.png"));
    }
}
