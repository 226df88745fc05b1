//! Arrows between crates point down, as the tiers of ARCHITECTURE.md say; sideways only where it says so.

use super::{Finding, graph::Graph};

/// The tiers from the top; an arrow may lead from any tier to any lower one.
const TIERS: &[&[&str]] = &[
    &["dateline"],
    &["site", "desk", "api"],
    &["web"],
    &[
        "newsroom",
        "manuscript",
        "ledger",
        "audience",
        "conversation",
        "giving",
        "alerts",
        "interchange",
        "darkroom",
        "syndication",
    ],
    &["store", "courier", "cluster", "copydesk", "provenance"],
    &["base"],
];

/// Arrows inside a tier, each argued in ARCHITECTURE.md. `newsroom` and `audience` do not know each other.
const SIDEWAYS: &[(&str, &[&str])] = &[
    ("desk", &["api"]),
    ("manuscript", &["newsroom"]),
    ("ledger", &["newsroom"]),
    ("conversation", &["newsroom", "audience"]),
    ("giving", &["audience"]),
    ("alerts", &["newsroom", "audience"]),
    ("syndication", &["newsroom"]),
    (
        "interchange",
        &[
            "newsroom",
            "ledger",
            "audience",
            "conversation",
            "giving",
            "alerts",
            "darkroom",
        ],
    ),
];

/// Crates for developers: they may need any, and nothing that ships needs them.
const FOR_DEVELOPERS: &[&str] = &["testkit", "xtask"];

/// Finds arrows that lead up or sideways, and crates that have no tier.
pub fn check(graph: &Graph) -> Vec<Finding> {
    let homeless = graph
        .crates()
        .filter(|name| tier(name).is_none() && !FOR_DEVELOPERS.contains(name))
        .map(|name| {
            Finding::in_file(
                name,
                "has no tier: ARCHITECTURE.md and tidy/arrows.rs place it",
            )
        });
    let wrong = graph
        .arrows()
        .filter(|(from, to)| !is_allowed(from, to))
        .map(|(from, to)| Finding::in_file(from, format!("needs `{to}`, which is not below it")));
    homeless.chain(wrong).collect()
}

fn is_allowed(from: &str, to: &str) -> bool {
    if FOR_DEVELOPERS.contains(&from) {
        return to != "xtask";
    }
    let (Some(upper), Some(lower)) = (tier(from), tier(to)) else {
        return false;
    };
    let named = SIDEWAYS
        .iter()
        .any(|(name, others)| *name == from && others.contains(&to));
    upper < lower || named
}

fn tier(name: &str) -> Option<usize> {
    TIERS.iter().position(|tier| tier.contains(&name))
}

#[cfg(test)]
mod tests {
    use crate::tidy::graph::Graph;

    #[track_caller]
    fn check(from: &str, to: &str, good: bool) {
        let findings = super::check(&Graph::of_pairs(&[(from, to)]));
        assert_eq!(findings.is_empty(), good, "{from} → {to}: {findings:?}");
    }

    #[test]
    fn arrows_point_down() {
        check("dateline", "base", true);
        check("site", "web", true);
        check("web", "newsroom", true);
        check("store", "base", true);
        check("desk", "api", true);
        check("interchange", "newsroom", true);
        check("testkit", "dateline", true);
    }

    #[test]
    fn no_arrow_points_up_or_sideways() {
        check("base", "store", false);
        check("newsroom", "web", false);
        check("newsroom", "audience", false);
        check("audience", "newsroom", false);
        check("store", "courier", false);
        check("api", "desk", false);
        check("site", "api", false);
        check("site", "testkit", false);
        check("drawer", "base", false);
    }
}
