//! Ours, built with the `c2pa` crate.

use std::io::Cursor;

use c2pa::{Builder, BuilderIntent, Ingredient, Reader, Relationship, SigningAlg};
use serde_json::json;

use super::{Deed, Original, Unsealed};
use crate::{
    read::{Trust, manifest::context},
    signing::{Algorithm, SIGNATURE_BYTES, Signs},
};

/// Bytes of the signature's box beside its certificates and the signature itself: names, headers, padding.
const SIGNATURE_BOX: usize = 512;
/// Bytes of an original's own manifest that our files hand on: every print carries them to every reader, and
/// small pictures in it are most of a large one. Of a larger one our manifest names the picture alone.
const HANDED_ON_MOST: usize = 24 * 1024;

/// Assertions that tell neither a place nor a person, by the beginning of their labels. A manifest that holds any other is
/// named by us, but not handed on: cameras write where they stood into it.
const HARMLESS: &[&str] = &[
    "c2pa.actions",
    "c2pa.hash.",
    "c2pa.ingredient",
    "c2pa.thumbnail.",
    "c2pa.training-mining",
    "cawg.training-mining",
    "c2pa.soft-binding",
];

impl From<c2pa::Error> for Unsealed {
    fn from(error: c2pa::Error) -> Self {
        Self(error.to_string())
    }
}

impl Original {
    /// The original as an ingredient: its hash, its title, and its own manifest where that tells nothing that must not
    /// leave the house.
    ///
    /// # Errors
    /// When its media type is none that C2PA has, or its manifest cannot be taken over.
    pub fn of(bytes: &[u8], media_type: &str, title: &str) -> Result<Self, Unsealed> {
        let context = context(&Trust::default())?;
        let mut found = Reader::from_context(context).with_stream(media_type, Cursor::new(bytes));
        let harmless = found.as_mut().is_ok_and(|reader| is_harmless(reader));
        let handed_on = if harmless {
            Some(taken_over(bytes, media_type, title)?).filter(is_small)
        } else {
            None
        };
        let mut ingredient = handed_on.unwrap_or_else(|| Ingredient::new_v2(title, media_type));
        ingredient.set_relationship(Relationship::ParentOf);
        Ok(Self { ingredient })
    }

    /// The print with our manifest in it, signed. `is_cropped` says that it shows a part.
    ///
    /// # Errors
    /// When the print is none, or no signature was given.
    pub fn seal(
        &self,
        print: &[u8],
        media_type: &str,
        deed: &Deed,
        is_cropped: bool,
        signing: &dyn Signs,
    ) -> Result<Vec<u8>, Unsealed> {
        let mut builder = Builder::from_context(context(&Trust::default())?)
            .with_definition(definition(deed, is_cropped).to_string())?;
        builder.set_intent(BuilderIntent::Edit);
        builder.add_ingredient(self.ingredient.clone());
        let mut sealed = Cursor::new(Vec::with_capacity(print.len() + 64 * 1024));
        let mut source = Cursor::new(print);
        builder.sign(&Hand(signing), media_type, &mut source, &mut sealed)?;
        Ok(sealed.into_inner())
    }
}

fn taken_over(bytes: &[u8], media_type: &str, title: &str) -> Result<Ingredient, Unsealed> {
    let named = json!({ "title": title, "relationship": "parentOf" });
    let mut builder = Builder::from_context(context(&Trust::default())?);
    let mut source = Cursor::new(bytes);
    let ingredient =
        builder.add_ingredient_from_stream(named.to_string(), media_type, &mut source)?;
    Ok(ingredient.clone())
}

fn is_small(ingredient: &Ingredient) -> bool {
    let manifest = ingredient.manifest_data();
    manifest.is_none_or(|manifest| manifest.len() <= HANDED_ON_MOST)
}

fn is_harmless(reader: &Reader) -> bool {
    let mut assertions = reader
        .iter_manifests()
        .flat_map(|manifest| manifest.assertions());
    assertions.all(|assertion| {
        HARMLESS
            .iter()
            .any(|label| assertion.label().starts_with(label))
    })
}

fn definition(deed: &Deed, is_cropped: bool) -> serde_json::Value {
    let action = |name: &str| json!({ "action": name, "when": deed.at });
    let mut actions = vec![action("c2pa.orientation")];
    if is_cropped {
        actions.push(action("c2pa.cropped"));
    }
    actions.extend([action("c2pa.resized"), action("c2pa.converted")]);
    json!({
        "title": deed.title,
        "claim_generator_info": [{
            "name": "Dateline",
            "version": deed.version,
            "org.dateline.newsroom": deed.newsroom,
        }],
        "assertions": [{ "label": "c2pa.actions.v2", "data": { "actions": actions } }],
    })
}

/// Our port as the `c2pa` crate takes a signer.
struct Hand<'a>(&'a dyn Signs);

impl c2pa::Signer for Hand<'_> {
    fn sign(&self, data: &[u8]) -> c2pa::Result<Vec<u8>> {
        self.0.sign(data).map_err(c2pa::Error::IoError)
    }

    fn alg(&self) -> SigningAlg {
        match self.0.algorithm() {
            Algorithm::Es256 => SigningAlg::Es256,
            Algorithm::Ed25519 => SigningAlg::Ed25519,
        }
    }

    fn certs(&self) -> c2pa::Result<Vec<Vec<u8>>> {
        Ok(self.0.certificates())
    }

    fn reserve_size(&self) -> usize {
        let certificates: usize = self.0.certificates().iter().map(Vec::len).sum();
        SIGNATURE_BOX + SIGNATURE_BYTES + certificates
    }
}
