//! `GET /desk/live`: the desk's line, a WebSocket for what must be alive.
//!
//! Who is on it is asked once more every minute: a session that has ended ends its line (V-27).

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    extract::{
        State,
        ws::{
            CloseFrame, Message, WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection,
        },
    },
    response::IntoResponse,
};
use base::No;
use http::{HeaderMap, StatusCode};
use manuscript::LARGEST_STROKE;
use newsroom::{By, story::StoryId};
use tokio::sync::mpsc;
use web::{Answer, Problem};

use crate::{
    Desk,
    hand::{Hand, HandId, Line},
    room::Asked,
    told::{FORM, Said, Told},
};

/// The largest message, in bytes: a stroke as base64, and the words around it.
const LARGEST_MESSAGE: usize = LARGEST_STROKE / 3 * 4 + 4 * 1024;
/// Manuscripts that one browser has open at once.
const MOST_OPEN: usize = 24;
/// How often the browser is asked whether it is still there.
const ASK_EVERY: Duration = Duration::from_secs(20);
/// A browser that says nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(65);
/// How often the session is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// The session has ended: sign in again.
const SIGN_IN: u16 = 4401;
/// What was said is none of our words.
const NO_WORD: u16 = 4400;
/// The browser does not keep up.
const TOO_SLOW: u16 = 4408;

/// Opens the line.
pub(crate) async fn open(
    State(desk): State<Desk>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Answer, Problem> {
    let Ok(upgrade) = upgrade else {
        return Err(Problem::of_status(StatusCode::UPGRADE_REQUIRED));
    };
    let by = desk
        .by(&headers)
        .await?
        .ok_or_else(Problem::sign_in_first)?;
    let upgrade = upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE);
    let opened = upgrade.on_upgrade(|socket| Visit::new(desk, headers, by).lasts(socket));
    Ok(Answer::raw(opened.into_response()))
}

/// A browser on the line.
struct Visit {
    desk: Desk,
    /// As it came, with its session.
    headers: HeaderMap,
    by: By,
    line: Line,
    told: mpsc::Receiver<Arc<Told>>,
    /// The rooms it is in.
    rooms: HashMap<StoryId, (HandId, mpsc::Sender<Asked>)>,
}

impl Visit {
    fn new(desk: Desk, headers: HeaderMap, by: By) -> Self {
        let (line, told) = Line::new();
        Self {
            desk,
            headers,
            by,
            line,
            told,
            rooms: HashMap::new(),
        }
    }

    async fn lasts(mut self, mut socket: WebSocket) {
        let close = self.speaks(&mut socket).await;
        for (hand, room) in self.rooms.into_values() {
            let _ = room.send(Asked::Go { hand }).await;
        }
        if let Some((code, reason)) = close {
            let reason = reason.into();
            let frame = CloseFrame { code, reason };
            let _ = socket.send(Message::Close(Some(frame))).await;
        }
    }

    /// Until one of both ends it. Answers with what to close with, where there is somebody to tell.
    async fn speaks(&mut self, socket: &mut WebSocket) -> Option<(u16, &'static str)> {
        let mut ask = tokio::time::interval(ASK_EVERY);
        let mut look = tokio::time::interval(LOOK_AGAIN);
        look.tick().await;
        let mut heard = tokio::time::Instant::now();
        loop {
            tokio::select! {
                message = socket.recv() => {
                    heard = tokio::time::Instant::now();
                    match message? {
                        Ok(Message::Text(text)) => {
                            let Ok(said) = serde_json::from_str(&text) else {
                                return Some((NO_WORD, "not understood"));
                            };
                            self.hears(said).await;
                        }
                        Ok(Message::Ping(_) | Message::Pong(_)) => {}
                        Ok(Message::Binary(_)) => return Some((NO_WORD, "not understood")),
                        Ok(Message::Close(_)) | Err(_) => return None,
                    }
                }
                told = self.told.recv() => {
                    let told = told?;
                    let Ok(text) = serde_json::to_string(&*told) else { return None };
                    if socket.send(Message::text(text)).await.is_err() {
                        return None;
                    }
                }
                _ = ask.tick() => {
                    if heard.elapsed() > SILENCE {
                        return Some((TOO_SLOW, "nothing heard"));
                    }
                    if socket.send(Message::Ping(Default::default())).await.is_err() {
                        return None;
                    }
                }
                _ = look.tick() => {
                    match self.desk.by(&self.headers).await {
                        Ok(Some(by)) => self.by = by,
                        Ok(None) => return Some((SIGN_IN, "signed out")),
                        // The database does not answer: that is no reason to take the line from anybody.
                        Err(_) => {}
                    }
                }
            }
        }
    }

    async fn hears(&mut self, said: Said) {
        match said {
            Said::Open {
                story,
                form,
                client,
                vector,
            } => self.opens(story, form, (client, vector.0)).await,
            Said::Stroke {
                story,
                number,
                bytes,
            } => {
                let stroke = |hand| Asked::Stroke {
                    hand,
                    number,
                    bytes: bytes.0,
                };
                self.asks(story, stroke).await;
            }
            Said::Caret { story, bytes } => {
                let caret = |hand| Asked::Caret {
                    hand,
                    bytes: bytes.0,
                };
                self.asks(story, caret).await;
            }
            Said::Close { story } => {
                self.asks(story, |hand| Asked::Go { hand }).await;
                self.rooms.remove(&story);
            }
        }
    }

    async fn opens(&mut self, story: StoryId, form: u32, (client, vector): (u64, Vec<u8>)) {
        if let Some((hand, room)) = self.rooms.remove(&story) {
            let _ = room.send(Asked::Go { hand }).await;
        }
        if form != FORM {
            return self.refuses(story, "older-desk");
        }
        if self.rooms.len() >= MOST_OPEN {
            return self.refuses(story, "too-many-open");
        }
        let room = match self.desk.room_for(story, &self.by).await {
            Ok(room) => room,
            Err(No::Absent) => return self.refuses(story, "absent"),
            Err(No::Refused(_)) => return self.refuses(story, "not-your-story"),
            Err(No::Failed(fault)) => {
                let fault = fault.chain();
                tracing::error!(%story, fault, "a manuscript could not be opened");
                return self.refuses(story, "unavailable");
            }
        };
        let hand = Hand {
            id: HandId::fresh(),
            by: self.by.clone(),
            client,
            line: self.line.clone(),
            caret: None,
        };
        self.rooms.insert(story, (hand.id, room.clone()));
        let _ = room.send(Asked::Come { hand, vector }).await;
    }

    /// Asks the room; one that has closed meanwhile is opened again by the browser.
    async fn asks(&mut self, story: StoryId, asked: impl FnOnce(HandId) -> Asked) {
        let Some((hand, room)) = self.rooms.get(&story) else {
            return;
        };
        if room.send(asked(*hand)).await.is_err() {
            self.rooms.remove(&story);
            self.line.tell(&Arc::new(Told::Again { story }));
        }
    }

    fn refuses(&self, story: StoryId, reason: &'static str) {
        self.line.tell(&Arc::new(Told::Refused { story, reason }));
    }
}
