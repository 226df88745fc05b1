//! Running stories and their live entries, landed.

use base::{Fault, Id, Slug};
use newsroom::running::{self, EntryStatus, LiveEntry, RunningState, RunningStory};
use sha2::{Digest, Sha256};
use store::Tx;

use super::{Landing, Settings, report::unnamed};
use crate::incoming::IncomingRunning;

impl Landing {
    /// Lands a running story with its entries.
    pub(super) async fn running(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingRunning,
    ) -> Result<(), Fault> {
        let words = [&incoming.slug, &incoming.name];
        let Some(slug) = words.into_iter().find_map(|words| Slug::from_words(words)) else {
            self.report
                .warn(unnamed("a running story", &incoming.source_key));
            return Ok(());
        };
        let story = running_story(incoming, slug, &self.settings);
        let id = running::put(tx, &story).await?;
        for (nth, entry) in incoming.entries.iter().enumerate() {
            let key = format!("{} {} {nth}", incoming.source_key, entry.at);
            let entry = LiveEntry {
                id: id_from(&self.settings.source, &key),
                title: Some(entry.title.clone()).filter(|title| !title.is_empty()),
                body: entry.body.clone(),
                byline: entry.byline.clone(),
                key_event: entry.key,
                pinned: entry.pinned,
                status: status_of(entry.status.as_deref()),
                at: base::clock::to_micros(entry.at),
                version: 1,
            };
            running::put_entry(tx, id, &entry).await?;
        }
        self.known.running.insert(incoming.name.clone(), id);
        self.report.running += 1;
        self.report.entries += incoming.entries.len();
        Ok(())
    }
}

fn running_story(incoming: &IncomingRunning, slug: Slug, settings: &Settings) -> RunningStory {
    let times = || {
        incoming
            .entries
            .iter()
            .map(|entry| base::clock::to_micros(entry.at))
    };
    let text = |name: &str| incoming.kept.get(name).and_then(|value| value.as_str());
    RunningStory {
        id: Id::fresh(),
        slug,
        name: incoming.name.clone(),
        label: text("label").unwrap_or(&incoming.name).to_string(),
        language: incoming
            .language
            .clone()
            .unwrap_or_else(|| settings.language.clone()),
        state: text("state")
            .and_then(state_of)
            .unwrap_or(RunningState::Closed),
        summary: summary_of(incoming),
        public_safety_open: false,
        reviewed_at: text("summary_reviewed").and_then(|at| at.parse().ok()),
        created_at: times().min().unwrap_or(settings.now),
        updated_at: times().max().unwrap_or(settings.now),
        version: 1,
    }
}

/// Several points come one to a line.
fn summary_of(incoming: &IncomingRunning) -> Vec<String> {
    let text = incoming.summary.as_deref().unwrap_or_default();
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(String::from)
        .collect()
}

fn state_of(word: &str) -> Option<RunningState> {
    serde_json::from_value(word.into()).ok()
}

fn status_of(word: Option<&str>) -> EntryStatus {
    word.and_then(|word| serde_json::from_value(word.into()).ok())
        .unwrap_or(EntryStatus::Reported)
}

/// The same id for the same piece in every run (RFC 9562 section 5.8, UUIDv8 from a hash).
fn id_from<Thing>(source: &str, key: &str) -> Id<Thing> {
    let hash = Sha256::digest(format!("{source}\n{key}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Id::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
