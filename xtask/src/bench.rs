//! `cargo xtask bench`: what an answer costs the processor, beside nginx with the same bytes, and what a picture does.

use anyhow::{Result, bail};
use serde_json::json;

use measure::Cost;

mod archive;
mod load;
mod measure;
mod nginx;
mod pictures;
mod scale;
mod site;

/// How a measurement is taken.
#[derive(Clone, Copy)]
pub struct Rounds {
    /// How often each side has its turn; the median counts.
    pub count: usize,
    /// How long one turn lasts, in seconds. The processor's clock ticks 100 times a second.
    pub seconds: u32,
}

const FULL: Rounds = Rounds {
    count: 5,
    seconds: 4,
};
const QUICK: Rounds = Rounds {
    count: 3,
    seconds: 1,
};

/// One line of the table. What was not measured has no row.
pub struct Row {
    /// What was asked for: `shell`, `gate`, `not-modified`, `render`, `visible`, `memory`, `start`; `pictures` beside
    /// sharp and `pictures-im` beside ImageMagick.
    pub name: &'static str,
    /// Ours, in the row's unit.
    pub ours: Cost,
    /// The peer's, where there is one.
    pub peer: Option<Cost>,
    /// What `ours / peer` should be at most, or `ours` where there is no peer; where a goal is set.
    pub goal: Option<f64>,
}

/// Measures the site. `--json` prints one line for each row, `--quick` takes short turns.
pub fn site(flags: &[&str]) -> Result<()> {
    report(flags, "nginx", site::measure)
}

/// Measures developing, with the same flags.
pub fn pictures(flags: &[&str]) -> Result<()> {
    report(flags, "peer", pictures::measure)
}

fn report(flags: &[&str], peer: &str, measure: fn(Rounds) -> Result<Vec<Row>>) -> Result<()> {
    let mut as_json = false;
    let mut rounds = FULL;
    for flag in flags {
        match *flag {
            "--json" => as_json = true,
            "--quick" => rounds = QUICK,
            other => bail!("bench knows --json and --quick, not {other}"),
        }
    }
    let rows = measure(rounds)?;
    if as_json {
        rows.iter().for_each(|row| println!("{}", row.json()));
    } else {
        print_table(&rows, peer);
    }
    Ok(())
}

impl Row {
    fn ratio(&self) -> Option<f64> {
        self.peer.as_ref().map(|peer| self.ours.value / peer.value)
    }

    fn json(&self) -> String {
        json!({
            "name": self.name,
            "ours": rounded(self.ours.value),
            "peer": self.peer.as_ref().map(|peer| rounded(peer.value)),
            "ratio": self.ratio().map(rounded),
            "goal": self.goal,
            "unit": self.ours.unit,
            "ours_per_second": self.ours.per_second.map(f64::round),
            "peer_per_second": self.peer.as_ref().and_then(|peer| peer.per_second.map(f64::round)),
        })
        .to_string()
    }
}

fn print_table(rows: &[Row], peer: &str) {
    let dash = |value: Option<f64>, places: usize| {
        value.map_or_else(|| "-".to_string(), |value| format!("{value:.places$}"))
    };
    // Fewer than ten a second need their decimals.
    let a_second = |value: Option<f64>| dash(value, if value < Some(10.0) { 2 } else { 0 });
    println!(
        "{:<14} {:>10} {:>10} {:>7} {:>6}  {:<16} {:>12} {:>12}",
        "name",
        "ours",
        peer,
        "ratio",
        "goal",
        "unit",
        "ours a s",
        format!("{peer} a s")
    );
    for row in rows {
        let peer = row.peer.as_ref();
        println!(
            "{:<14} {:>10.2} {:>10} {:>7} {:>6}  {:<16} {:>12} {:>12}",
            row.name,
            row.ours.value,
            dash(peer.map(|peer| peer.value), 2),
            dash(row.ratio(), 2),
            dash(row.goal, 1),
            row.ours.unit,
            a_second(row.ours.per_second),
            a_second(peer.and_then(|peer| peer.per_second)),
        );
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_as_json_holds_the_ratio_of_ours_to_the_peers() {
        let cost = |value| Cost {
            value,
            unit: "µs a request",
            per_second: None,
        };
        let row = Row {
            name: "shell",
            ours: cost(6.0),
            peer: Some(cost(8.0)),
            goal: Some(1.0),
        };
        let said: serde_json::Value = serde_json::from_str(&row.json()).unwrap();
        assert_eq!((&said["ratio"], &said["goal"]), (&json!(0.75), &json!(1.0)));
        assert!(said["ours_per_second"].is_null());
    }
}
