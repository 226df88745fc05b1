//! `POST /desk/exchange`: the desk's line for a browser whose network lets no WebSocket through. What is said comes with the
//! request, what is told with the answer, which waits a while for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Json, extract::State};
use http::{HeaderMap, StatusCode};
use newsroom::{By, staff::Staff};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Mutex as Turn, mpsc::Receiver},
    time::{Instant, timeout},
};
use uuid::Uuid;
use web::{Answer, Problem};

use crate::{
    Desk,
    live::{LARGEST_MESSAGE, Visit},
    told::{Said, Told},
};

/// The largest request, in bytes.
pub(crate) const LARGEST: usize = LARGEST_MESSAGE;
/// How long an answer waits for something to tell: shorter than any proxy's patience.
const WAIT: Duration = Duration::from_secs(10);
/// A browser that asks nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(45);
/// How often those who have gone are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Browsers that come this way at once.
const MOST_VISITS: usize = 500;
/// Messages in one answer.
const MOST_TOLD: usize = 256;

/// What a browser brings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Brought {
    /// The visit of its last answer; none at first.
    visit: Option<Uuid>,
    /// What it says.
    #[serde(default)]
    said: Vec<Said>,
}

#[derive(Serialize)]
struct Given {
    visit: Uuid,
    /// Whether the visit begins here: what was open before must be opened again.
    is_new: bool,
    told: Vec<Arc<Told>>,
}

/// Everybody who comes this way, by their visit.
#[derive(Clone, Default)]
pub(crate) struct Visits(Arc<Mutex<HashMap<Uuid, Kept>>>);

/// A visit, and what it is to be told: behind locks of their own, so that a question that waits for news holds up
/// nothing that is said.
#[derive(Clone)]
struct Kept {
    staff: Option<base::Id<Staff>>,
    visit: Arc<Turn<Visit>>,
    told: Arc<Turn<Receiver<Arc<Told>>>>,
    last: Instant,
}

/// Says, and is told.
pub(crate) async fn exchange(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Json(brought): Json<Brought>,
) -> Result<Answer, Problem> {
    let by = desk
        .by(&headers)
        .await?
        .ok_or_else(Problem::sign_in_first)?;
    let known = brought
        .visit
        .and_then(|id| Some((id, desk.visits.known(id, &by)?)));
    let Some((visit, kept)) = known else {
        // What was said upon a visit that is over is said again when the browser has opened its texts anew.
        let begun = desk.visits.begin(Visit::new(desk.clone(), headers, by));
        let visit = begun.ok_or_else(|| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?;
        return given(visit, true, Vec::new());
    };
    if brought.said.is_empty() {
        return given(visit, false, news(&mut *kept.told.lock().await).await);
    }
    let mut speaks = kept.visit.lock().await;
    for said in brought.said {
        speaks.hears(said).await;
    }
    given(visit, false, Vec::new())
}

fn given(visit: Uuid, is_new: bool, told: Vec<Arc<Told>>) -> Result<Answer, Problem> {
    Answer::json(
        StatusCode::OK,
        &Given {
            visit,
            is_new,
            told,
        },
    )
}

/// What there is to tell; waits for the first of it.
async fn news(told: &mut Receiver<Arc<Told>>) -> Vec<Arc<Told>> {
    let mut news = Vec::new();
    let first = timeout(WAIT, told.recv()).await;
    news.extend(first.ok().flatten());
    while news.len() < MOST_TOLD {
        let Ok(next) = told.try_recv() else {
            break;
        };
        news.push(next);
    }
    news
}

impl Visits {
    /// The visit of this id, where it is this member of staff's.
    fn known(&self, id: Uuid, by: &By) -> Option<Kept> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get_mut(&id).filter(|kept| kept.staff == by.staff)?;
        kept.last = Instant::now();
        Some(kept.clone())
    }

    /// Begins a visit; none when there are too many.
    fn begin(&self, (visit, told): (Visit, Receiver<Arc<Told>>)) -> Option<Uuid> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_VISITS {
            return None;
        }
        let id = Uuid::now_v7();
        let kept = Kept {
            staff: visit.by.staff,
            visit: Arc::new(Turn::new(visit)),
            told: Arc::new(Turn::new(told)),
            last: Instant::now(),
        };
        all.insert(id, kept);
        tokio::spawn(self.clone().looks_after(id));
        Some(id)
    }

    /// Ends the visit when its browser has gone.
    async fn looks_after(self, id: Uuid) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let gone = {
                let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let is_gone = all
                    .get(&id)
                    .is_none_or(|kept| kept.last.elapsed() > SILENCE);
                is_gone.then(|| all.remove(&id))
            };
            if let Some(gone) = gone {
                if let Some(kept) = gone {
                    kept.visit.lock().await.leaves().await;
                }
                return;
            }
        }
    }
}
