//! The manifest as the `c2pa` crate gives it, turned into what we show.

use std::io::Cursor;

use c2pa::{
    Context, Error, Manifest, Reader, Relationship, Settings, ValidationState,
    assertions::{Action, Actions},
};

use super::Trust;
use crate::told::{
    Ingredient, MOST_FINDINGS, MOST_INGREDIENTS, MOST_STEPS, Made, Signer, Standing, Step, Told,
    line,
};

/// The finding that only says that nobody vouches for the signer: no fault of the picture.
const UNTRUSTED: &str = "signingCredential.untrusted";

pub fn read(bytes: &[u8], media_type: &str, trust: &Trust) -> Option<Told> {
    match reader(bytes, media_type, trust) {
        Ok(reader) => told(&reader),
        // No manifest, or one that lies elsewhere, which we do not fetch: the picture itself says nothing.
        Err(Error::JumbfNotFound | Error::ProvenanceMissing | Error::UnsupportedType) => None,
        Err(Error::RemoteManifestUrl(_) | Error::RemoteManifestFetch(_)) => None,
        Err(_) => Some(Told::unreadable()),
    }
}

fn reader(bytes: &[u8], media_type: &str, trust: &Trust) -> c2pa::Result<Reader> {
    let context = context(trust)?;
    Reader::from_context(context).with_stream(media_type, Cursor::new(bytes))
}

/// Nothing is fetched, whatever the crate's own defaults become.
pub fn context(trust: &Trust) -> c2pa::Result<Context> {
    let mut settings = Settings::new();
    settings.verify.remote_manifest_fetch = false;
    settings.verify.ocsp_fetch = false;
    settings.verify.verify_after_reading = true;
    settings.trust.trust_anchors.clone_from(&trust.anchors);
    settings.trust.allowed_list.clone_from(&trust.signers);
    Context::new().with_settings(settings)
}

fn told(reader: &Reader) -> Option<Told> {
    let manifest = reader.active_manifest()?;
    let standing = match reader.validation_state() {
        ValidationState::Trusted => Standing::Vouched,
        ValidationState::Valid => Standing::Fits,
        ValidationState::Invalid => Standing::Broken,
    };
    let findings = reader.validation_status().unwrap_or_default().iter();
    let findings = findings.filter(|status| !status.passed());
    let findings = findings.filter_map(|status| line(status.code()));
    let told = Told {
        standing,
        findings: findings.take(MOST_FINDINGS).collect(),
        ..Told::unreadable()
    };
    // What a broken manifest says was said by nobody.
    Some(if standing == Standing::Broken {
        told
    } else {
        with_its_words(told, manifest)
    })
}

fn with_its_words(told: Told, manifest: &Manifest) -> Told {
    let actions = actions(manifest);
    let made = actions.iter().filter_map(Action::source_type);
    let made = made.map(|kind| made_of(&serde_json::to_string(kind).unwrap_or_default()));
    let newest = actions.len().saturating_sub(MOST_STEPS);
    Told {
        signer: signer(manifest),
        made_with: made_with(manifest),
        made: made.max().unwrap_or_default(),
        steps: actions[newest..].iter().filter_map(step).collect(),
        ingredients: manifest
            .ingredients()
            .iter()
            .take(MOST_INGREDIENTS)
            .map(ingredient)
            .collect(),
        findings: told
            .findings
            .into_iter()
            .filter(|code| code != UNTRUSTED)
            .collect(),
        ..told
    }
}

fn signer(manifest: &Manifest) -> Option<Signer> {
    let info = manifest.signature_info()?;
    let organisation = info.issuer.as_deref().and_then(line);
    let name = info.common_name.as_deref().and_then(line);
    Some(Signer {
        name: name.or_else(|| organisation.clone())?,
        organisation,
        at: info.time.as_deref().and_then(line),
    })
}

/// The program's own name: manifests of the second version have it in parts, those of the first in one text with versions
/// after slashes.
fn made_with(manifest: &Manifest) -> Option<String> {
    let parts = manifest.claim_generator_info.as_ref();
    let first = parts.and_then(|parts| parts.first());
    let named = first.and_then(|info| line(&info.name));
    named.or_else(|| {
        let whole = manifest.claim_generator()?;
        line(&whole.split(' ').next()?.replace(['/', '_'], " "))
    })
}

fn actions(manifest: &Manifest) -> Vec<Action> {
    let every = manifest.assertions().iter();
    let every = every.filter(|assertion| assertion.label().starts_with(Actions::LABEL));
    every
        .filter_map(|assertion| assertion.to_assertion::<Actions>().ok())
        .flat_map(|actions| actions.actions().to_vec())
        .collect()
}

fn step(action: &Action) -> Option<Step> {
    use c2pa::assertions::SoftwareAgent;

    let with = action.software_agent().and_then(|agent| match agent {
        SoftwareAgent::String(name) => line(name),
        SoftwareAgent::ClaimGeneratorInfo(info) => line(&info.name),
    });
    Some(Step {
        action: line(action.action())?,
        with,
        at: action.when().and_then(line),
    })
}

fn ingredient(ingredient: &c2pa::Ingredient) -> Ingredient {
    let results = ingredient.validation_results();
    let is_broken = match results.map(|results| results.validation_state()) {
        Some(state) => state == ValidationState::Invalid,
        // Manifests of the first version list only what is wrong.
        None => ingredient
            .validation_status()
            .unwrap_or_default()
            .iter()
            .any(|status| !status.passed() && status.code() != UNTRUSTED),
    };
    Ingredient {
        title: ingredient.title().and_then(line),
        is_parent: *ingredient.relationship() == Relationship::ParentOf,
        is_broken,
    }
}

/// IPTC's digital source types (NewsCodes, `digitalsourcetype`), by the last part of their address.
fn made_of(source_type: &str) -> Made {
    let name = source_type.trim_matches('"');
    match name.rsplit('/').next().unwrap_or_default() {
        "digitalCapture"
        | "computationalCapture"
        | "negativeFilm"
        | "positiveFilm"
        | "print"
        | "screenCapture" => Made::Captured,
        "digitalCreation" | "digitalArt" | "humanEdits" | "minorHumanEdits" | "softwareImage" => {
            Made::ByPeople
        }
        "composite"
        | "compositeCapture"
        | "compositeSynthetic"
        | "compositeWithTrainedAlgorithmicMedia"
        | "algorithmicallyEnhanced" => Made::Composite,
        "trainedAlgorithmicMedia" | "trainedAlgorithmicData" | "algorithmicMedia" => Made::ByModel,
        _ => Made::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::{Made, made_of};

    #[track_caller]
    fn check(source_type: &str, expected: Made) {
        assert_eq!(made_of(source_type), expected, "{source_type}");
    }

    #[test]
    fn what_a_model_made_is_called_that() {
        let code = "http://cv.iptc.org/newscodes/digitalsourcetype";
        check(
            &format!("\"{code}/trainedAlgorithmicMedia\""),
            Made::ByModel,
        );
        check(&format!("{code}/digitalCapture"), Made::Captured);
        check(
            &format!("{code}/compositeWithTrainedAlgorithmicMedia"),
            Made::Composite,
        );
        check(&format!("{code}/digitalCreation"), Made::ByPeople);
        check("http://c2pa.org/digitalsourcetype/empty", Made::Unsaid);
        assert!(Made::ByModel > Made::Captured);
    }
}
