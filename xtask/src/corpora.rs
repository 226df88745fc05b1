//! `cargo xtask corpora`: imports the material beside the repository twice and shows what became of it.

mod ninjs;
mod pictures;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{newsroom, repo, temporary::Folder};

/// What `dateline import` answers for a file it refuses.
const REFUSED: i32 = 65;

/// What it answers when all but a few pieces were taken.
const LEFT_OUT: i32 = 3;

/// A file or folder and the importer it is meant for.
struct Material {
    importer: &'static str,
    path: PathBuf,
}

/// How one import ended.
enum Outcome {
    Imported(Counts),
    Refused(String),
    Broken(String),
}

/// What an import says it did. A count it does not name is nought.
#[derive(Default)]
struct Counts {
    stories: u64,
    drafts: u64,
    pages: u64,
    kept: u64,
    skipped: u64,
    redirects: u64,
    warnings: usize,
}

/// Everything beside the repository: archives, and pictures.
pub fn run() -> Result<()> {
    let corpora = repo::corpora();
    ensure!(corpora.is_dir(), "there is no {}", corpora.display());
    let program = newsroom::build(false)?;
    pictures::run(&program, &corpora)?;
    archives(&program, &corpora)
}

/// Pictures alone.
pub fn pictures() -> Result<()> {
    pictures::run(&newsroom::build(false)?, &repo::corpora())
}

/// Imports everything; fails when something neither imports nor is refused with a reason, or when a second run changes anything.
fn archives(program: &Path, corpora: &Path) -> Result<()> {
    let material = material(corpora)?;
    let folder = Folder::new("corpora")?;
    println!(
        "{:<66} {:>7} {:>6} {:>5} {:>5} {:>7} {:>9} {:>8} {:>8}  second run",
        "file", "stories", "drafts", "pages", "kept", "skipped", "redirects", "warnings", "seconds"
    );
    let mut wrong = 0;
    for (number, material) in material.iter().enumerate() {
        let data = folder.path().join(number.to_string());
        wrong += usize::from(!try_twice(program, material, &data)?);
        let _ = fs::remove_dir_all(&data);
    }
    println!("\n{} files and folders, {wrong} wrong", material.len());
    ensure!(wrong == 0, "{wrong} of {} went wrong", material.len());
    Ok(())
}

/// Every export of WordPress, whatever is JSON among exports of Ghost, every JSON Feed, wire copy, comments, members, and the two
/// archives of text.
fn material(corpora: &Path) -> Result<Vec<Material>> {
    let mut found = Vec::new();
    for path in files(&corpora.join("wxr"), "xml")? {
        let importer = "wordpress";
        found.push(Material { importer, path });
    }
    for path in files(&corpora.join("ghost"), "json")? {
        let importer = "ghost";
        found.push(Material { importer, path });
    }
    for path in files(&corpora.join("jsonfeed"), "json")? {
        let importer = "feed";
        if is_feed(&path)? {
            found.push(Material { importer, path });
        }
    }
    let kinds = [
        ("ninjs", "ninjs/examples", "json"),
        ("ninjs", "ninjs/documentation", "json"),
        ("newsml", "newsml-g2/examples", "xml"),
        ("comments", "comments", "xml"),
        ("comments", "comments", "json"),
        ("members", "ghost", "csv"),
    ];
    for (importer, folder, end) in kinds {
        for path in files(&corpora.join(folder), end)? {
            found.push(Material { importer, path });
        }
    }
    for archive in ["text/18f/content", "text/digitalgov/content"] {
        let importer = "folder";
        let path = corpora.join(archive);
        found.push(Material { importer, path });
    }
    Ok(found)
}

/// Files of a folder and those in it with that ending, in order.
fn files(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == end) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Beside feeds there are schemas of them; only a feed names its version.
fn is_feed(path: &Path) -> Result<bool> {
    let value: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let version = value["version"].as_str().unwrap_or_default();
    Ok(version.contains("jsonfeed.org/version/"))
}

/// Imports into a fresh newsroom, and again; prints the row and says whether all went as it should.
fn try_twice(program: &Path, material: &Material, data: &Path) -> Result<bool> {
    found_newsroom(program, data)?;
    let (first, time) = import(program, material, data)?;
    let (second, _) = import(program, material, data)?;
    let shown = material.path.strip_prefix(repo::corpora())?.display();
    let (row, good) = match (&first, &second) {
        (Outcome::Imported(first), Outcome::Imported(second)) => {
            let changed = second.changes();
            let again = match changed {
                0 => "all zeros".to_string(),
                count => format!("CHANGED {count}"),
            };
            (first.row(time, &again), changed == 0)
        }
        (Outcome::Refused(why), Outcome::Refused(_)) => (format!("refused: {why}"), true),
        (Outcome::Broken(why), _) | (_, Outcome::Broken(why)) => (format!("WRONG: {why}"), false),
        _ => ("WRONG: imported once and refused once".into(), false),
    };
    println!("{shown:<66} {row}");
    let wrong = match (material.importer, &first) {
        ("ninjs", Outcome::Imported(_)) => ninjs::out_and_in(program, material, data)?,
        _ => None,
    };
    if let Some(why) = &wrong {
        println!("{:<66} WRONG: {why}", "");
    }
    Ok(good && wrong.is_none())
}

fn found_newsroom(program: &Path, data: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command
        .args(["init", "--name", "Corpora", "--data"])
        .arg(data);
    crate::process::output(&mut command).map(drop)
}

fn import(program: &Path, material: &Material, data: &Path) -> Result<(Outcome, Duration)> {
    let start = Instant::now();
    let output = Command::new(program)
        .args(["import", material.importer])
        .arg(&material.path)
        .arg("--data")
        .arg(data)
        .arg("--json")
        .stdin(Stdio::null())
        .output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    let outcome = Outcome::of(output.status.code(), &printed, &complaint);
    Ok((outcome, start.elapsed()))
}

impl Outcome {
    /// The last line of the output that is a JSON object counts: what stands before it is talk.
    fn of(code: Option<i32>, printed: &str, complaint: &str) -> Self {
        let said = printed
            .lines()
            .rev()
            .find_map(|line| serde_json::from_str(line).ok().filter(Value::is_object))
            .or_else(|| serde_json::from_str(printed).ok());
        match (code, said) {
            (Some(0 | LEFT_OUT), Some(said)) => Self::Imported(Counts::of(&said)),
            (Some(REFUSED), Some(said)) if !reason(&said).is_empty() => {
                Self::Refused(reason(&said).to_string())
            }
            (code, _) => {
                let last = complaint.lines().last().unwrap_or("nothing on stderr");
                Self::Broken(format!("exit {code:?}, {last}"))
            }
        }
    }
}

fn reason(said: &Value) -> &str {
    said["refused"].as_str().unwrap_or_default().trim()
}

impl Counts {
    fn of(said: &Value) -> Self {
        let count = |name: &str| said[name].as_u64().unwrap_or(0);
        Self {
            stories: count("stories"),
            drafts: count("drafts"),
            pages: count("pages"),
            kept: count("comments") + count("members") + count("called_off"),
            skipped: count("skipped"),
            redirects: count("redirects"),
            warnings: said["warnings"].as_array().map_or(0, Vec::len),
        }
    }

    fn changes(&self) -> u64 {
        self.stories + self.drafts + self.pages + self.redirects + self.kept
    }

    fn row(&self, time: Duration, again: &str) -> String {
        format!(
            "{:>7} {:>6} {:>5} {:>5} {:>7} {:>9} {:>8} {:>8.2}  {again}",
            self.stories,
            self.drafts,
            self.pages,
            self.kept,
            self.skipped,
            self.redirects,
            self.warnings,
            time.as_secs_f64()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_counted_refused_or_broken() {
        let done = Outcome::of(Some(0), "reading\n{\"stories\":3,\"warnings\":[{}]}\n", "");
        assert!(
            matches!(done, Outcome::Imported(counts) if counts.stories == 3 && counts.warnings == 1)
        );
        let most = Outcome::of(Some(3), "{\"stories\":2,\"left_out\":1}", "");
        assert!(matches!(most, Outcome::Imported(counts) if counts.stories == 2));
        let refused = Outcome::of(Some(65), "{\"refused\":\"no XML\"}", "");
        assert!(matches!(refused, Outcome::Refused(why) if why == "no XML"));
        for (code, printed) in [
            (Some(65), "{\"refused\":\"\"}"),
            (Some(101), ""),
            (Some(0), "all well"),
            (None, "{}"),
        ] {
            assert!(
                matches!(Outcome::of(code, printed, ""), Outcome::Broken(_)),
                "{printed}"
            );
        }
    }
}
