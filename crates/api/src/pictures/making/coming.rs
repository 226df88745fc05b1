//! Files on their way in: taken to their end within the limit, and shown to the scanner before anything is made of them.

use std::str::FromStr;

use axum::body::Body;
use base::{No, Refusal};
use courier::scanner::{Finding, Scanner};
use http_body_util::BodyExt;
use newsroom::{
    By,
    picture::{
        Fields,
        fields::{MAX_LINE, MAX_TEXT},
    },
};
use store::shelf::Incoming;
use uuid::Uuid;

use super::{super::fetches::Words, Making, SCANNER_SILENT};

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

/// By whom files are looked at before they are kept.
#[derive(Clone, Debug)]
pub struct Scanning {
    /// The scanner.
    pub scanner: Scanner,
    /// What becomes of a file that it says nothing of.
    pub when_silent: WhenSilent,
}

/// What becomes of a file that a scanner says nothing of, because it is down or in trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenSilent {
    /// It is refused, and may be sent again.
    Refuse,
    /// It comes in, with a warning in the log.
    Accept,
}

impl FromStr for WhenSilent {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "refuse" => Ok(Self::Refuse),
            "accept" => Ok(Self::Accept),
            _ => Err("it takes refuse or accept"),
        }
    }
}

impl Making {
    /// Takes a body into a file of its own, and reads it back when all of it has come. Memory holds one piece of it at a
    /// time until then, whatever was announced.
    ///
    /// # Errors
    /// `picture-too-large` as soon as it is; `picture-cut` when the body breaks off. Nothing is kept then.
    pub async fn take(&self, body: Body) -> Result<Whole, No> {
        let incoming = self.tray.incoming(Uuid::now_v7()).await?;
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
            let Ok(frame) = frame else {
                let cut = Refusal::of("picture-cut").with("received", incoming.length());
                return Err((cut.into(), Some(incoming)));
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

    /// Has a file looked at, where there is a scanner (OWASP ASVS 5.0, 5.4.3).
    ///
    /// # Errors
    /// `picture-infected` with what was found; `scanner-silent` where nothing was said and that is to refuse.
    pub(super) async fn scan(&self, file: &[u8], name: &str, by: &By) -> Result<(), Refusal> {
        let Some(Scanning {
            scanner,
            when_silent,
        }) = &self.scanning
        else {
            return Ok(());
        };
        let by = &by.name;
        match scanner.look(file).await {
            Ok(Finding::Clean) => Ok(()),
            Ok(Finding::Infected(found)) => {
                tracing::warn!(
                    by,
                    name,
                    found,
                    "a file that {by} brought was refused: the scanner found {found}"
                );
                Err(Refusal::of("picture-infected").with("found", found))
            }
            Err(why) if *when_silent == WhenSilent::Accept => {
                tracing::warn!(by, name, %why, "a file that {by} brought was taken in unscanned: {why}");
                Ok(())
            }
            Err(why) => {
                tracing::error!(%why, "a file was refused because the scanner is silent: {why}");
                Err(Refusal::of(SCANNER_SILENT).with("why", why))
            }
        }
    }
}
