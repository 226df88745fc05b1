//! Files on their way in: taken to their end, within the limit.

use axum::body::Body;
use base::{No, Refusal};
use http_body_util::BodyExt;
use newsroom::picture::{
    Fields,
    fields::{MAX_LINE, MAX_TEXT},
};
use store::shelf::Incoming;
use uuid::Uuid;
use web::json::is_too_large;

use super::{super::fetches::Words, Making};

/// A file that came whole, within the limit.
#[derive(Debug)]
pub struct Whole(pub Vec<u8>);

/// A file with what is said of it besides.
#[derive(Debug)]
pub struct Brought<'a> {
    /// The file.
    pub file: Whole,
    /// Its name.
    pub name: &'a str,
    /// What is said of it where it says nothing itself.
    pub words: &'a Words,
}

impl Brought<'_> {
    pub(super) fn filled(&self, mut fields: Fields) -> Fields {
        let shortened = |words: &Option<String>, most: usize| {
            let words = words.as_ref()?;
            Some(words.chars().take(most).collect::<String>())
        };
        let words = self.words;
        fields.caption = fields
            .caption
            .or_else(|| shortened(&words.caption, MAX_TEXT));
        fields.alt = fields.alt.or_else(|| shortened(&words.alt, MAX_TEXT));
        fields.credit = fields.credit.or_else(|| shortened(&words.credit, MAX_LINE));
        fields
    }
}

impl Making {
    /// Takes a body into a file of its own, and reads it back when all of it has come. Memory holds one piece of it at a
    /// time until then, whatever was announced.
    ///
    /// # Errors
    /// `picture-too-large` as soon as it is; `picture-cut` when the body breaks off. Nothing is kept then, nor when the
    /// request is cut because its time is up.
    pub async fn take(&self, body: Body) -> Result<Whole, No> {
        let incoming = self.tray.incoming(Uuid::now_v7()).await?.fleeting();
        match self.add(incoming, body, self.limits.bytes).await {
            Ok(incoming) => {
                let (incoming, bytes) = incoming.read().await?;
                incoming.discard().await?;
                Ok(Whole(bytes))
            }
            Err((no, incoming)) => {
                if let Some(incoming) = incoming {
                    incoming.discard().await?;
                }
                Err(no)
            }
        }
    }

    /// Adds a body to what has come, up to `most` bytes in all; what came before a break stays.
    pub(in crate::pictures) async fn add(
        &self,
        mut incoming: Incoming,
        mut body: Body,
        most: u64,
    ) -> Result<Incoming, (No, Option<Incoming>)> {
        while let Some(frame) = body.frame().await {
            let frame = match frame {
                Ok(frame) => frame,
                Err(error) => {
                    let refusal = self.broken_off(&error, incoming.length());
                    return Err((refusal.into(), Some(incoming)));
                }
            };
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            if incoming.length() + piece.len() as u64 > most {
                return Err((self.too_large().into(), Some(incoming)));
            }
            incoming = incoming
                .add(piece)
                .await
                .map_err(|fault| (fault.into(), None))?;
        }
        Ok(incoming)
    }

    /// Why no more comes: the door's own limit, which is the largest setting there is, or a line that broke.
    fn broken_off(&self, error: &axum::Error, received: u64) -> Refusal {
        if is_too_large(error) {
            return self.too_large();
        }
        Refusal::of("picture-cut").with("received", received)
    }
}
