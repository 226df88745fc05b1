//! What readers are shown of pictures: prints laid into a story's document, and files by their names.

use std::{collections::HashMap, sync::Arc};

use base::{
    Fault,
    document::{Format, Picture, Prints},
};
use store::{Db, Row, params, shelf::Hash};

use super::{
    Fields, File, PictureId,
    sql::{PRINT_BY_HASH, SHOWN_OF_PICTURE},
};
use crate::story::from_word;

/// The prints of some pictures that readers may see now.
#[derive(Clone, Debug, Default)]
pub struct Album(HashMap<PictureId, Arc<Prints>>);

impl Album {
    /// The album of these pictures, whose files are served at `at`.
    pub async fn of(
        db: &Db,
        ids: impl IntoIterator<Item = PictureId>,
        at: &str,
    ) -> Result<Self, Fault> {
        let mut album = HashMap::new();
        for id in ids {
            if album.contains_key(&id) {
                continue;
            }
            let row = db.read_one(&SHOWN_OF_PICTURE, params![id]).await?;
            if let Some(prints) = row.as_ref().map(shown_from).transpose()?.flatten() {
                album.insert(
                    id,
                    Arc::new(Prints {
                        at: at.into(),
                        ..prints
                    }),
                );
            }
        }
        Ok(Self(album))
    }

    /// Lays its prints into a use. False for one of ours that readers may not see: it is to be left out.
    pub fn lay_in(&self, picture: &mut Picture) -> bool {
        let Some(id) = picture.id else { return true };
        match self.0.get(&id) {
            Some(prints) => {
                lay_into(picture, Arc::clone(prints));
                true
            }
            None => false,
        }
    }
}

/// Lays prints into a use; what it does not say of the picture itself is taken from the record.
pub(crate) fn lay_into(picture: &mut Picture, prints: Arc<Prints>) {
    if picture.credit.is_none() {
        picture.credit.clone_from(&prints.credit);
    }
    if picture.alt.is_empty() {
        picture.alt = prints.alt.clone().unwrap_or_default();
    }
    picture.prints = Some(prints);
}

/// A served file.
#[derive(Clone, Debug, PartialEq)]
pub enum Served {
    /// Readers may have it.
    Print {
        /// Its picture.
        picture: PictureId,
        /// How it is encoded.
        format: Format,
        /// The name the picture came under, for who saves it.
        name: String,
    },
    /// It was taken from readers.
    Pulled,
}

/// What stands behind a file's name; nothing where it is no print of ours. An original never is.
pub async fn served(db: &Db, hash: Hash) -> Result<Option<Served>, Fault> {
    let rows = db.read(&PRINT_BY_HASH, params![hash]).await?;
    let mut found = None;
    for row in &rows {
        if row.get::<Option<PictureId>>("pulled")?.is_none() {
            return Ok(Some(Served::Print {
                picture: row.get("picture_id")?,
                format: from_word(&row.get::<String>("format")?)?,
                name: row.document::<File>("file")?.name,
            }));
        }
        found = Some(Served::Pulled);
    }
    Ok(found)
}

/// Reads `prints` and `pulled`: nothing where there are none or readers may not see them.
pub(crate) fn shown_from(row: &Row) -> Result<Option<Prints>, Fault> {
    if row.get::<Option<PictureId>>("pulled")?.is_some() {
        return Ok(None);
    }
    let kept: Option<serde_json::Value> = row.get("prints")?;
    let prints: Option<Prints> = kept
        .map(serde_json::from_value)
        .transpose()
        .map_err(|error| Fault::while_("reading a picture's prints", error))?;
    Ok(prints.filter(|prints| !prints.all.is_empty()))
}

/// The prints with what the record says for uses that say nothing.
pub(super) fn with_record(prints: Prints, fields: &Fields) -> Prints {
    Prints {
        credit: fields.credit.clone(),
        alt: fields.alt.clone(),
        ..prints
    }
}
