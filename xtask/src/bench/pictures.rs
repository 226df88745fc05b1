//! What a picture costs the processor: twelve million pixels to every size, beside sharp and ImageMagick.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Rounds, Row, measure::Cost};
use crate::{process, repo, temporary::Folder};

/// The peer's version, as npm has it. It ships its program inside its packages; none of their scripts is run.
const SHARP: &str = "sharp@0.35.5";
/// What the picture is: as large as a press camera's, with the grain that makes encoders work.
const SOURCE: (u32, u32) = (4_000, 3_000);
/// Sizes: six of the whole, and one of each crop, each as WebP and as JPEG.
const SIZES: [(&str, u32, u32); 9] = [
    ("Whole", 2_560, 1_920),
    ("Whole", 1_920, 1_440),
    ("Whole", 1_280, 960),
    ("Whole", 960, 720),
    ("Whole", 640, 480),
    ("Whole", 320, 240),
    ("Wide", 1_200, 675),
    ("Square", 600, 600),
    ("Tall", 600, 750),
];
/// sharp should cost at least as much.
const GOAL: f64 = 1.0;
const UNIT: &str = "ms a picture";

/// The rows against each peer. All three do the same, each on one thread; the median of the rounds counts.
pub fn measure(rounds: Rounds) -> Result<Vec<Row>> {
    let child = build()?;
    let magick = process::find("convert-im6.q16")
        .or_else(|| process::find("convert"))
        .context("ImageMagick is missing: apt-get install imagemagick")?;
    let sharp = sharp()?;
    let folder = Folder::new("pictures")?;
    let picture = folder.path().join("source.jpg");
    draw(&magick, &picture)?;
    let (mut ours, mut by_sharp, mut by_magick) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=rounds.count {
        eprintln!("round {round} of {}", rounds.count);
        ours.push(by_us(&child, &picture, rounds.seconds)?);
        by_sharp.push(by_sharp_once(&sharp, &picture, rounds.seconds)?);
        by_magick.push(by_magick_once(&magick, &picture, folder.path())?);
    }
    let ours = cost(ours);
    Ok(vec![
        row("pictures", ours.clone(), cost(by_sharp), Some(GOAL)),
        row("pictures-im", ours, cost(by_magick), None),
    ])
}

fn row(name: &'static str, ours: Cost, peer: Cost, goal: Option<f64>) -> Row {
    Row {
        name,
        ours,
        peer: Some(peer),
        goal,
    }
}

fn cost(mut milliseconds: Vec<f64>) -> Cost {
    milliseconds.sort_by(f64::total_cmp);
    let value = milliseconds[milliseconds.len() / 2];
    Cost {
        value,
        unit: UNIT,
        per_second: Some(1_000.0 / value),
    }
}

fn build() -> Result<PathBuf> {
    let arguments = ["build", "--release", "-p", "darkroom", "--bin"];
    process::run(repo::cargo().args(arguments).arg("darkroom-child"))?;
    Ok(repo::target().join("release/darkroom-child"))
}

fn sharp() -> Result<PathBuf> {
    let home = crate::tools::folder().join("sharp");
    fs::create_dir_all(&home)?;
    fs::write(home.join("package.json"), "{\"private\":true}")?;
    let flags = ["--ignore-scripts", "--no-audit", "--no-fund"];
    process::run(
        Command::new("npm")
            .arg("install")
            .args(flags)
            .arg(SHARP)
            .current_dir(&home),
    )?;
    Ok(home)
}

/// Clouds with grain, always the same.
fn draw(magick: &Path, picture: &Path) -> Result<()> {
    let size = format!("{}x{}", SOURCE.0, SOURCE.1);
    let mut command = Command::new(magick);
    command.args(["-seed", "12", "-size", &size, "plasma:fractal"]);
    command.args(["-attenuate", "0.4", "+noise", "Gaussian", "-quality", "90"]);
    process::run(command.arg(picture))
}

/// A child for each picture, as the darkroom starts them; its start is part of what it costs.
fn by_us(child: &Path, picture: &Path, turns: u32) -> Result<f64> {
    let order = order(child, picture)?;
    let before = children_milliseconds()?;
    for _ in 0..turns {
        let mut command = Command::new(child);
        command
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut running = command.spawn().context("the darkroom's child")?;
        let mut input = running.stdin.take().context("its input")?;
        input.write_all(&order)?;
        drop(input);
        let output = running.wait_with_output()?;
        let answer = String::from_utf8_lossy(&output.stdout);
        let prints = answer.matches("\"shape\"").count();
        ensure!(prints == 2 * SIZES.len(), "the child made {prints} prints");
    }
    Ok((children_milliseconds()? - before) / f64::from(turns))
}

/// An order for every size, written by the child's own program, with the picture behind it.
fn order(child: &Path, picture: &Path) -> Result<Vec<u8>> {
    let cuts: Vec<Value> = SIZES
        .iter()
        .map(|(shape, width, _)| json!({"shape": shape, "width": width}))
        .collect();
    let plan = json!({"cuts": cuts, "formats": ["Webp", "Jpeg"], "focus": {"x": 500, "y": 500}});
    let mut command = Command::new(child);
    command.arg("order").arg(plan.to_string());
    let output = command.stdin(fs::File::open(picture)?).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the child wrote no order: {said}");
    Ok(output.stdout)
}

fn by_sharp_once(home: &Path, picture: &Path, turns: u32) -> Result<f64> {
    let script = repo::root().join("xtask/src/bench/sharp.mjs");
    let sizes: Vec<Value> = SIZES
        .iter()
        .map(|(_, width, height)| json!({"width": width, "height": height}))
        .collect();
    let mut command = Command::new("node");
    command.arg(script).arg(home).arg(picture);
    command
        .arg(turns.to_string())
        .arg(Value::from(sizes).to_string());
    let said = process::output(&mut command)?;
    said.trim().parse().context("sharp.mjs prints a number")
}

/// One process for all sizes, each made from the largest.
fn by_magick_once(magick: &Path, picture: &Path, folder: &Path) -> Result<f64> {
    let mut command = Command::new(magick);
    command.env("MAGICK_THREAD_LIMIT", "1").arg(picture);
    command.args([
        "-auto-orient",
        "-resize",
        "2560x",
        "-write",
        "mpr:base",
        "+delete",
    ]);
    for (nth, (_, width, height)) in SIZES.iter().enumerate() {
        let size = format!("{width}x{height}");
        let file = |extension: &str| {
            folder
                .join(format!("{nth}.{extension}"))
                .display()
                .to_string()
        };
        command.args([
            "(",
            "mpr:base",
            "-gravity",
            "center",
            "-resize",
            &format!("{size}^"),
        ]);
        command.args([
            "-extent",
            &size,
            "-quality",
            "78",
            "-define",
            "webp:method=4",
            "-write",
        ]);
        command
            .arg(file("webp"))
            .args(["-quality", "80", "-interlace", "JPEG"]);
        command
            .args(["-sampling-factor", "4:2:0", "-write"])
            .arg(file("jpg"));
        command.args(["+delete", ")"]);
    }
    // A picture has to be left for the last word.
    command.args(["-size", "1x1", "xc:white", "null:"]);
    let before = children_milliseconds()?;
    process::output(&mut command)?;
    Ok(children_milliseconds()? - before)
}

/// Milliseconds on the processor of all children that have ended: fields 16 and 17 of `/proc/self/stat` (proc(5)).
fn children_milliseconds() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = stat.rsplit_once(") ").context("/proc/self/stat")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let field = |nth: usize| fields.get(nth).and_then(|field| field.parse::<f64>().ok());
    let ticks = field(13).zip(field(14)).context("/proc/self/stat")?;
    let a_second = process::output(Command::new("getconf").arg("CLK_TCK"))?;
    let a_second: f64 = a_second.trim().parse().context("getconf CLK_TCK")?;
    Ok((ticks.0 + ticks.1) * 1_000.0 / a_second)
}
