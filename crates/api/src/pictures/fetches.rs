//! `/picture-fetches`: a picture brought from its address, by the guard and as a job, for who asked for it.

use axum::extract::State;
use base::{Fault, Id, No, Refusal, Refusals};
use bytes::Bytes;
use courier::{Sender, Unsent, fetch::spelling};
use http::StatusCode;
use jiff::tz::TimeZone;
use newsroom::{
    By,
    picture::{
        self, Picture,
        address::remember,
        fetch::{self, End, Fetch},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Db;
use web::{Answer, Problem, words::Fact};

use super::{
    face::Face,
    making::{Brought, Making, Whole},
};
use crate::{Api, acting::Acting, address::AtFetch, current::found_at, idempotency, write::Write};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    address: String,
}

#[derive(Debug, Serialize)]
struct FetchFace<'a> {
    id: Id<Fetch>,
    address: &'a str,
    state: &'static str,
    picture: Option<Face<'a>>,
    refusal: Option<Said>,
}

/// Why it was not brought, in words.
#[derive(Debug, Serialize)]
struct Said {
    key: String,
    message: String,
}

/// `POST`: asks for it. 202, and where it can be asked what became of it.
pub async fn create(State(api): State<Api>, write: Write) -> Result<Answer, Problem> {
    idempotency::once(api, write, begin).await
}

async fn begin(api: Api, write: Write) -> Result<Answer, Problem> {
    let asked: Asked = write.read()?;
    spelling(&asked.address).map_err(|why| refused(why.to_string()))?;
    let hand = (write.acting.caller, api.clock.now());
    let fetch = fetch::begin(&api.db, &asked.address, &write.acting.by, hand).await?;
    let at = format!("/api/v1/picture-fetches/{}", fetch.id);
    let answer = answer(&api, StatusCode::ACCEPTED, &fetch).await?;
    Ok(found_at(&at, answer))
}

/// `GET …/{fetch}`: what became of it, for who asked; for others there is none.
pub async fn show(
    State(api): State<Api>,
    acting: Acting,
    AtFetch(id): AtFetch,
) -> Result<Answer, Problem> {
    let fetch = fetch::one(&api.db, id).await?;
    let own = fetch.filter(|fetch| fetch.begun_by == acting.caller);
    let fetch = own.ok_or_else(Problem::absent)?;
    answer(&api, StatusCode::OK, &fetch).await
}

async fn answer(api: &Api, status: StatusCode, fetch: &Fetch) -> Result<Answer, Problem> {
    let picture = match &fetch.end {
        Some(End::Brought(id)) => picture::one(&api.db, *id).await?,
        _ => None,
    };
    let (media, now) = (&api.making.media, api.clock.now());
    let face = FetchFace {
        id: fetch.id,
        address: &fetch.address,
        state: match &fetch.end {
            None => "under-way",
            Some(End::Brought(_)) => "brought",
            Some(End::Refused(_)) => "refused",
        },
        picture: picture
            .as_ref()
            .map(|picture| Face::of(picture, media, now)),
        refusal: match &fetch.end {
            Some(End::Refused(why)) => Some(said(api, why)),
            _ => None,
        },
    };
    Answer::json(status, &face)
}

fn said(api: &Api, why: &Value) -> Said {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let key = text(&why["key"]);
    let facts = why["facts"].as_object();
    let facts: Vec<(&str, Fact)> = facts
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), Fact::read(&text(value))))
        .collect();
    let message = api.words.say(&api.identity.language, &key, &facts);
    Said { key, message }
}

/// The job: fetches it, and takes it in as if it had been uploaded. What is refused is told to who asked, and is not
/// tried again.
///
/// # Errors
/// When database, shelf or darkroom fail; the job comes again.
pub async fn run(
    (db, zone): (&Db, &TimeZone),
    making: &Making,
    sender: &Sender,
    id: Id<Fetch>,
    now: base::Instant,
) -> Result<(), Fault> {
    let asked = fetch::one(db, id).await?;
    let Some(asked) = asked.filter(|fetch| fetch.end.is_none()) else {
        return Ok(());
    };
    let hand = (&asked.by, now);
    let words = Words::default();
    let end = match bring((db, zone), making, (sender, &asked.address), &words, hand).await {
        Ok((picture, _)) => End::Brought(picture.id),
        Err(No::Failed(fault)) => return Err(fault),
        Err(No::Refused(refusals)) => End::Refused(as_value(&refusals)),
        Err(No::Absent) => return Ok(()),
    };
    fetch::end(db, id, &end).await
}

/// What is said of a picture elsewhere, for where its file says nothing.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Who does what, where and when.
    pub caption: Option<String>,
    /// What is to be seen.
    pub alt: Option<String>,
    /// The line that stands beside it.
    pub credit: Option<String>,
}

/// Fetches the picture at an address by the guard, takes it in, and remembers where it was found.
///
/// # Errors
/// `picture-not-fetched` with the rule that forbade it or what was answered; what the darkroom refuses.
pub async fn bring(
    (db, zone): (&Db, &TimeZone),
    making: &Making,
    (sender, address): (&Sender, &str),
    words: &Words,
    (by, now): (&By, base::Instant),
) -> Result<(Picture, bool), No> {
    let bytes = fetched(making, sender, address).await?;
    let brought = Brought {
        file: Whole(bytes.into()),
        name: name_in(address),
        words,
    };
    let (picture, is_new) = making.take_in((db, zone), brought, (by, now)).await?;
    remember(db, address, picture.id, now).await?;
    Ok((picture, is_new))
}

async fn fetched(making: &Making, sender: &Sender, address: &str) -> Result<Bytes, Refusal> {
    let accept = [(
        "accept",
        "image/jpeg, image/png, image/webp, image/gif".into(),
    )];
    let answer = sender.get(address, &accept).await;
    match answer {
        Ok(answer) if answer.status == 200 => Ok(answer.body),
        Ok(answer) => Err(refused(format!("it answered {}", answer.status))),
        Err(Unsent::Unfetched(courier::Unfetched::TooLarge(_))) => Err(making.too_large()),
        Err(unsent) => Err(refused(unsent.to_string())),
    }
}

/// That a picture could not be fetched, and why.
pub fn refused(why: String) -> Refusal {
    Refusal::on("address", "picture-not-fetched").with("why", why)
}

/// The last part of an address, without what follows a question mark.
fn name_in(address: &str) -> &str {
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    bare.rsplit('/').next().unwrap_or_default()
}

fn as_value(refusals: &Refusals) -> Value {
    let first = refusals.iter().next();
    let facts = first.into_iter().flat_map(|refusal| &refusal.facts);
    let facts = facts.map(|(name, value)| ((*name).to_string(), json!(value)));
    let facts: serde_json::Map<String, Value> = facts.collect();
    json!({"key": first.map(|refusal| refusal.key), "facts": facts})
}
