//! Processor time and memory of a server and its workers, read where Linux keeps them.

use std::{collections::HashMap, fs, process::Command};

use anyhow::{Context, Result};

use crate::process;

/// A measured amount.
#[derive(Clone)]
pub struct Cost {
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// Answers a second while it was measured, where answers were counted.
    pub per_second: Option<f64>,
}

/// Reads the processor time of a process and of all below it.
pub struct Meter {
    ticks_per_second: f64,
}

impl Meter {
    /// Asks the system how long its tick is.
    pub fn new() -> Result<Self> {
        let ticks = process::output(Command::new("getconf").arg("CLK_TCK"))?;
        let ticks_per_second = ticks.trim().parse().context("getconf CLK_TCK")?;
        Ok(Self { ticks_per_second })
    }

    /// Seconds on the processor so far, in user and kernel, of this process and its living descendants.
    pub fn seconds(&self, process: u32) -> Result<f64> {
        let all = processes()?;
        let ticks: u64 = family(&all, process)
            .iter()
            .filter_map(|id| all.get(id))
            .map(|stat| stat.ticks)
            .sum();
        Ok(ticks as f64 / self.ticks_per_second)
    }
}

/// The most memory a process ever had in use (its resident set), in megabytes of a million bytes.
pub fn peak_memory(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .context("the system does not tell VmHWM")?;
    Ok(kilobytes * 1024.0 / 1e6)
}

#[derive(Debug, PartialEq)]
struct Stat {
    parent: u32,
    ticks: u64,
}

fn processes() -> Result<HashMap<u32, Stat>> {
    let mut all = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // A process may end while we look: it is then no longer of interest.
        if let Some(stat) = fs::read_to_string(format!("/proc/{id}/stat"))
            .ok()
            .and_then(|text| read_stat(&text))
        {
            all.insert(id, stat);
        }
    }
    Ok(all)
}

/// Fields 4, 14 and 15 of `/proc/<id>/stat`, counted behind the name in parentheses, which may hold anything (proc(5)).
fn read_stat(text: &str) -> Option<Stat> {
    let (_, rest) = text.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let user: u64 = fields.get(11)?.parse().ok()?;
    let kernel: u64 = fields.get(12)?.parse().ok()?;
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        ticks: user + kernel,
    })
}

fn family(all: &HashMap<u32, Stat>, head: u32) -> Vec<u32> {
    let mut family = vec![head];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        family.extend(
            all.iter()
                .filter(|(_, stat)| stat.parent == parent)
                .map(|(id, _)| *id),
        );
        next += 1;
    }
    family
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_a_name_with_blanks() {
        let text = "42 (nginx: a) worker) S 7 42 42 0 -1 4 1 2 3 4 150 50 0 0 20 0 1 0 9 1 1";
        assert_eq!(
            read_stat(text),
            Some(Stat {
                parent: 7,
                ticks: 200
            })
        );
        assert_eq!(read_stat("nonsense"), None);
    }

    #[test]
    fn a_server_counts_with_its_workers_and_theirs() {
        let stat = |parent| Stat { parent, ticks: 1 };
        let all = HashMap::from([(2, stat(1)), (3, stat(2)), (4, stat(3)), (5, stat(1))]);
        let mut family = family(&all, 2);
        family.sort_unstable();
        assert_eq!(family, [2, 3, 4]);
    }
}
