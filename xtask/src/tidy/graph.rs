//! The crates of the house and the arrows between them, as Cargo knows them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value;

use crate::repo;

/// The house's crates, what each needs of the house, and what the whole needs of others. Tests' needs are left out.
pub struct Graph {
    arrows: BTreeMap<String, BTreeSet<String>>,
    outside: BTreeSet<String>,
}

impl Graph {
    /// Asks Cargo.
    pub fn read() -> Result<Self> {
        let metadata = repo::metadata(&["--no-deps"])?;
        Ok(Self::of(&metadata))
    }

    fn of(metadata: &Value) -> Self {
        let mut graph = Self {
            arrows: BTreeMap::new(),
            outside: BTreeSet::new(),
        };
        for package in list(&metadata["packages"]) {
            let name = package["name"].as_str().unwrap_or_default();
            let needs = graph.arrows.entry(name.to_string()).or_default();
            for need in list(&package["dependencies"]) {
                let Some(other) = need["name"].as_str().filter(|_| need["kind"] != "dev") else {
                    continue;
                };
                if need["path"].is_string() {
                    needs.insert(other.to_string());
                } else {
                    graph.outside.insert(other.to_string());
                }
            }
        }
        graph
    }

    /// A graph made of pairs, for tests of rules.
    #[cfg(test)]
    pub fn of_pairs(pairs: &[(&str, &str)]) -> Self {
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in pairs {
            arrows.entry((*to).into()).or_default();
            arrows
                .entry((*from).into())
                .or_default()
                .insert((*to).into());
        }
        Self {
            arrows,
            outside: BTreeSet::new(),
        }
    }

    /// The names of the crates.
    pub fn crates(&self) -> impl Iterator<Item = &str> {
        self.arrows.keys().map(String::as_str)
    }

    /// Every arrow: who needs, and what.
    pub fn arrows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.arrows
            .iter()
            .flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    /// Crates on the longest way down. Cargo allows no circle among what is not for tests, so this ends.
    pub fn depth(&self) -> usize {
        self.crates()
            .map(|name| self.depth_below(name))
            .max()
            .unwrap_or(0)
    }

    /// Prints the three numbers, with the aims of ARCHITECTURE.md beside them.
    pub fn print(&self) {
        println!(
            "crates {} (18)  arrows {} (75)  depth {} (6)  crates of others named by us {} (60)\n",
            self.arrows.len(),
            self.arrows().count(),
            self.depth(),
            self.outside.len()
        );
    }

    fn depth_below(&self, name: &str) -> usize {
        let below = self.arrows.get(name).into_iter().flatten();
        1 + below.map(|name| self.depth_below(name)).max().unwrap_or(0)
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrows_are_what_a_crate_needs_outside_of_tests() {
        let graph = Graph::of(&json!({"packages": [
            {"name": "base", "dependencies": []},
            {"name": "store", "dependencies": [
                {"name": "base", "path": "crates/base", "kind": null},
                {"name": "testkit", "path": "crates/testkit", "kind": "dev"},
                {"name": "anyhow", "kind": null}]},
        ]}));
        assert_eq!(graph.arrows().collect::<Vec<_>>(), [("store", "base")]);
        assert_eq!((graph.depth(), graph.outside.len()), (2, 1));
    }
}
