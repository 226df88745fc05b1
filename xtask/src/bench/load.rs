//! Load from `wrk`, from a core of its own, bounded in time, to the loopback address only.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::process;

/// The core the servers share, one at a time.
pub const SERVER_CORE: &str = "0";
/// The core the load comes from.
const LOAD_CORE: &str = "1";
/// Connections held open at once: enough to keep one core busy, too few to queue.
const CONNECTIONS: &str = "16";

/// What is asked, over and over.
#[derive(Clone)]
pub struct Ask {
    /// Path and query.
    pub path: String,
    /// Whole header lines, such as `Accept-Encoding: gzip`.
    pub headers: Vec<String>,
    /// Puts a new number behind the path each time, so that no answer can be kept.
    pub numbered: bool,
    /// Whether the answer wanted is 304 rather than 200.
    pub not_modified: bool,
    /// Paths asked for in turn instead of `path`; none for `path` alone.
    pub in_turn: Vec<String>,
}

/// How a turn of load went.
pub struct Load {
    /// Answers received.
    pub answers: f64,
    /// Seconds it took.
    pub seconds: f64,
}

/// Asks one server for some seconds. An answer of the wrong status, or a broken connection, fails the turn.
pub fn run(address: &str, ask: &Ask, seconds: u32, folder: &Path) -> Result<Load> {
    let script = folder.join("ask.lua");
    fs::write(&script, lua(ask))?;
    let mut wrk = Command::new("taskset");
    wrk.args(["-c", LOAD_CORE, "wrk", "-t", "1", "-c", CONNECTIONS])
        .args(["-d", &format!("{seconds}s"), "-s"])
        .arg(&script)
        .arg(format!("http://{address}{}", ask.path));
    for header in &ask.headers {
        wrk.args(["-H", header]);
    }
    read(&process::output(&mut wrk)?).with_context(|| format!("load on {}", ask.path))
}

/// wrk calls 304 no error and 404 one; our script counts whatever is not what was wanted.
fn lua(ask: &Ask) -> String {
    let wanted = if ask.not_modified { 304 } else { 200 };
    let mut text = format!(
        "wrong = 0\n\
         local threads = {{}}\n\
         function setup(thread) table.insert(threads, thread) end\n\
         function response(status) if status ~= {wanted} then wrong = wrong + 1 end end\n\
         function done(summary)\n\
         \tlocal sum = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout\n\
         \tfor _, thread in ipairs(threads) do sum = sum + thread:get('wrong') end\n\
         \tio.write(string.format('RESULT %d %d %d\\n', summary.requests, summary.duration, sum))\n\
         end\n"
    );
    if ask.numbered {
        text.push_str(
            "local number = 0\n\
             function request() number = number + 1; return wrk.format(nil, wrk.path .. number) end\n",
        );
    }
    if !ask.in_turn.is_empty() {
        let paths: Vec<String> = ask.in_turn.iter().map(|path| format!("{path:?}")).collect();
        text.push_str(&format!(
            "local paths, number = {{{}}}, 0\n\
             function request() number = number % #paths + 1; return wrk.format(nil, paths[number]) end\n",
            paths.join(",")
        ));
    }
    text
}

fn read(printed: &str) -> Result<Load> {
    let line = printed
        .lines()
        .find_map(|line| line.strip_prefix("RESULT "))
        .context("wrk told no result")?;
    let numbers: Vec<f64> = line
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    let [answers, microseconds, wrong] = numbers[..] else {
        anyhow::bail!("wrk told {line:?}");
    };
    ensure!(
        wrong == 0.0,
        "{wrong} of {answers} answers were not what was asked for"
    );
    ensure!(answers > 0.0, "no answer came");
    Ok(Load {
        answers,
        seconds: microseconds / 1e6,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_with_a_wrong_answer_does_not_count() {
        let good = read("Running 1s test\nRESULT 1000 500000 0\n").unwrap();
        assert_eq!((good.answers, good.seconds), (1000.0, 0.5));
        for bad in [
            "RESULT 1000 500000 3\n",
            "RESULT 0 500000 0\n",
            "",
            "RESULT x\n",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
