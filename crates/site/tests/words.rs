//! Every word the site says by name has its message, in every language we ship.

use std::{fs, path::Path};

/// Keys in `say("…")` and in the tables that end in `=> "…"` within functions named `*_key`.
fn keys_in(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for piece in source.split("say(").skip(1) {
        if let Some(key) = literal(piece.split(')').next().unwrap_or_default()) {
            keys.push(key);
        }
    }
    for table in source.split("_key(").skip(1) {
        let body = table.split("\n}").next().unwrap_or_default();
        keys.extend(body.split("=> ").skip(1).filter_map(literal));
    }
    keys
}

/// The first quoted word, if it is quoted at all and holds nothing to fill in.
fn literal(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('"')?;
    let (key, _) = rest.split_once('"')?;
    (key.contains('-') && !key.contains('{')).then(|| key.to_string())
}

fn sources(folder: &Path, all: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_word_said_by_name_has_its_message() {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let keys: Vec<String> = all.iter().flat_map(|source| keys_in(source)).collect();
    assert!(keys.len() > 20, "only {} keys were found", keys.len());
    let words = web::Words::shipped();
    for language in ["en", "he"] {
        for key in &keys {
            assert!(
                words.has(language, key),
                "{key} has no message in {language}"
            );
        }
    }
}
