//! Carets: where in the text each hand is, in the form of Yjs's awareness.
//!
//! A browser says where its caret is; whose caret it is, the house says.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use yrs::{
    ClientID,
    sync::awareness::{AwarenessUpdate, AwarenessUpdateEntry},
    updates::{decoder::Decode, encoder::Encode},
};

use crate::Unreadable;

/// The largest caret that is taken, in bytes: two places in a text, as Yjs writes them, are some hundred.
pub const LARGEST_CARET: usize = 2 * 1024;
/// What a browser says when its caret is nowhere.
const NOWHERE: &str = "null";

/// Whose caret it is, as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The number of the browser's copy of the text.
    pub client: u64,
    /// The name beside the caret.
    pub name: &'a str,
    /// Its colour, as the desk's style sheet writes it.
    pub colour: &'a str,
}

/// A caret of this owner, with their name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caret {
    /// Grows with every move.
    pub clock: u32,
    /// What goes to the others.
    pub bytes: Vec<u8>,
}

/// Reads a caret that a browser sent, and writes its owner into it.
///
/// # Errors
/// When the bytes are no caret, too many, or of somebody else.
pub fn signed(bytes: &[u8], owner: &Owner<'_>) -> Result<Caret, Unreadable> {
    if bytes.len() > LARGEST_CARET {
        return Err(Unreadable::TooLarge(bytes.len()));
    }
    let form = |error: &dyn std::fmt::Display| Unreadable::Form(error.to_string());
    let update = AwarenessUpdate::decode_v1(bytes).map_err(|error| form(&error))?;
    let mut entries = update.clients.into_iter();
    let (Some((client, entry)), None) = (entries.next(), entries.next()) else {
        return Err(Unreadable::Form("one caret at a time".into()));
    };
    if client.get() != owner.client {
        return Err(Unreadable::Form("a caret of somebody else".into()));
    }
    let state: Value = serde_json::from_str(&entry.json).map_err(|error| form(&error))?;
    let place = state.get("cursor").filter(|place| place.is_object());
    let state = match state.is_null() {
        true => NOWHERE.to_owned(),
        false => json!({"user": {"name": owner.name, "color": owner.colour}, "cursor": place})
            .to_string(),
    };
    Ok(written(owner.client, entry.clock, &state))
}

/// Takes the caret of somebody who has gone away.
pub fn gone(client: u64, clock: u32) -> Caret {
    written(client, clock.saturating_add(1), NOWHERE)
}

fn written(client: u64, clock: u32, state: &str) -> Caret {
    let json: Arc<str> = state.into();
    let entry = AwarenessUpdateEntry { clock, json };
    let clients = HashMap::from([(ClientID::new(client), entry)]);
    Caret {
        clock,
        bytes: AwarenessUpdate { clients }.encode_v1(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Owner<'_> = Owner {
        client: 7,
        name: "Ada",
        colour: "var(--hand-1)",
    };

    fn said(client: u64, state: &str) -> Vec<u8> {
        written(client, 3, state).bytes
    }

    fn read(caret: &Caret) -> Value {
        let update = AwarenessUpdate::decode_v1(&caret.bytes).unwrap();
        serde_json::from_str(&update.clients[&ClientID::new(7)].json).unwrap()
    }

    #[test]
    fn a_caret_bears_the_name_the_house_knows() {
        let bytes = said(
            7,
            r#"{"user":{"name":"The publisher"},"cursor":{"anchor":1,"head":2}}"#,
        );
        let caret = signed(&bytes, &ADA).unwrap();
        assert_eq!(read(&caret)["user"]["name"], "Ada");
        assert_eq!(read(&caret)["cursor"]["head"], 2);
        assert_eq!(caret.clock, 3);
    }

    #[test]
    fn nobody_moves_anothers_caret() {
        signed(&said(8, r#"{"cursor":{}}"#), &ADA).unwrap_err();
        signed(b"\xff\xff\xff\xff\x0f", &ADA).unwrap_err();
        signed(&vec![0; LARGEST_CARET + 1], &ADA).unwrap_err();
    }

    #[test]
    fn who_goes_takes_the_caret_along() {
        let caret = signed(&said(7, "null"), &ADA).unwrap();
        assert_eq!(read(&caret), Value::Null);
        assert_eq!(read(&gone(7, 3)), Value::Null);
        assert_eq!(gone(7, 3).clock, 4);
    }
}
