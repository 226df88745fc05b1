//! Every key has its words, in every language we ship.

use std::{collections::BTreeSet, path::PathBuf};

use super::*;

fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}

#[test]
fn every_shipped_message_file_reads_to_its_end() {
    let mut words = Words(HashMap::new());
    for (tag, text) in SHIPPED {
        assert_eq!(words.add(tag, text.to_string()), Ok(()), "{tag}");
    }
}

#[test]
fn a_message_that_is_missing_falls_back_to_english_and_then_to_its_key() {
    let words = Words::shipped();
    let say = |tag, key| words.say(&language(tag), key, &[]);
    assert_ne!(say("he", "frame-search"), say("en", "frame-search"));
    assert_eq!(say("fr", "frame-search"), "Search");
    assert_eq!(say("en-GB", "frame-search"), "Search");
    assert_eq!(say("en", "no-such-message"), "no-such-message");
}

#[test]
fn a_fact_is_isolated_only_where_it_runs_the_other_way() {
    let words = Words::shipped();
    let say = |tag, number: &str| {
        words.say(
            &language(tag),
            "problem-number",
            &[("number", number.into())],
        )
    };
    assert!(say("en", "Ada").contains("number Ada."));
    assert!(say("en", "גשר").contains("\u{2068}גשר\u{2069}."));
    assert!(say("he", "Ada").contains("\u{2068}Ada\u{2069}"));
    assert!(!say("he", "גשר").contains('\u{2068}'));
    assert!(!say("he", "42").contains('\u{2068}'));
}

#[test]
fn a_newsroom_lays_its_own_words_over_ours() {
    let directory = std::env::temp_dir().join(format!("words-{}", uuid::Uuid::now_v7()));
    fs::create_dir(&directory).unwrap();
    fs::write(directory.join("house.en.ftl"), "frame-search = Find\n").unwrap();
    fs::write(directory.join("de.ftl"), "frame-search = Suche\n").unwrap();
    let words = Words::with_overlay(&directory).unwrap();
    assert_eq!(words.say(&language("en"), "frame-search", &[]), "Find");
    assert_eq!(words.say(&language("de-AT"), "frame-search", &[]), "Suche");
    assert_eq!(words.say(&language("de"), "frame-feed", &[]), "Feed (RSS)");
    fs::write(directory.join("de.ftl"), "a = b\nfrome { x\n").unwrap();
    let fault = Words::with_overlay(&directory).err().unwrap();
    assert!(
        fault.chain().contains("de.ftl: line 2"),
        "{}",
        fault.chain()
    );
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn every_refusal_of_the_house_has_its_words_and_their_facts() {
    let words = Words::shipped();
    let refusals = refusals_in_sources();
    assert!(refusals.len() > 20, "{refusals:?}");
    let wanting: Vec<_> = refusals
        .iter()
        .filter(|(key, facts)| !is_filled_in(&words, key, facts))
        .collect();
    assert!(
        wanting.is_empty(),
        "mend these in refusals.en.ftl: {wanting:?}"
    );
}

fn is_filled_in(words: &Words, key: &str, facts: &[String]) -> bool {
    let bundle = &words.0["en"];
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return false;
    };
    let mut arguments = FluentArgs::new();
    for fact in facts.iter().map(String::as_str).chain(["field"]) {
        arguments.set(fact.to_string(), FluentValue::from("x"));
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&arguments), &mut errors);
    errors.is_empty()
}

#[test]
fn every_problem_has_its_words() {
    let words = Words::shipped();
    for name in crate::problem::NAMES {
        for part in ["title", "text"] {
            let key = format!("problem-{name}-{part}");
            assert!(words.has("en", &key), "{key}");
        }
    }
    for name in crate::problem::API_NAMES {
        for part in ["title", "text"] {
            let key = format!("problem-api-{name}-{part}");
            assert!(words.has("en", &key), "{key}");
        }
    }
}

/// The keys in `Refusal::of("key")`, `Refusal::on(field, "key")` and helpers named
/// `refuse(field, "key", limit)`, each with its facts, from every source file of the workspace but
/// tests.
fn refusals_in_sources() -> BTreeSet<(String, Vec<String>)> {
    let mut refusals = BTreeSet::new();
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![crates];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "dist" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap();
                for (call, nth) in [("Refusal::of(", 0), ("Refusal::on(", 1), (".refuse(", 1)] {
                    let calls = code.split(call).skip(1);
                    refusals.extend(calls.filter_map(|rest| {
                        let mut facts = facts_in(rest);
                        if call == ".refuse(" {
                            facts.push("limit".to_string());
                        }
                        Some((key_in(rest, nth)?, facts))
                    }));
                }
            }
        }
    }
    refusals
}

/// The names in `.with("name", …)` up to the end of the statement or the next refusal.
fn facts_in(rest: &str) -> Vec<String> {
    let end = [";", "Refusal::", "=>"]
        .iter()
        .filter_map(|stop| rest.find(stop))
        .min();
    let statement = &rest[..end.unwrap_or(rest.len())];
    let mut names: Vec<String> = statement
        .split(".with(")
        .skip(1)
        .filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_string)
        .collect();
    names.sort();
    names
}

/// The `nth` argument, when it is a plain text.
fn key_in(arguments: &str, nth: usize) -> Option<String> {
    let (mut depth, mut quoted, mut comma, mut start) = (0, false, 0, 0);
    for (at, ch) in arguments.char_indices() {
        match ch {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted && depth > 0 => depth -= 1,
            ',' | ')' if !quoted && depth == 0 => {
                if comma == nth {
                    let argument = arguments[start..at].trim();
                    let key = argument.strip_prefix('"')?.strip_suffix('"')?;
                    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
                    return key.bytes().all(plain).then(|| key.to_string());
                }
                comma += 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    None
}
