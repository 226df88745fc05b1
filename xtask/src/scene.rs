//! `cargo xtask scene [NAME]`: a walk through the product in a real browser, with pictures.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{newsroom, newsroom::Newsroom, process, repo, temporary::Folder, tools};

/// The instant at which a scene begins: noon of the third, far from either end of the month.
const NOON: &str = "2026-03-03T12:00:00Z";

/// How often the walk is looked after.
const LOOK: Duration = Duration::from_millis(20);

/// Every scene, each in a newsroom of its own, until one breaks.
pub fn all() -> Result<()> {
    names()?.iter().try_for_each(|name| run(name))
}

/// Opens a fresh demo newsroom and lets `xtask/scenes/NAME.mjs` walk through it.
///
/// The walk reads its world from the environment: `SCENE_ADDRESS` (where the newsroom answers),
/// `SCENE_PICTURES` (the folder for its pictures), `SCENE_CLOCK` (a file that holds the newsroom's
/// time, to be written anew when time shall pass), `SCENE_ENROLMENT` (the path at which its owner
/// joins the desk), `SCENE_KILL` (a file that the walk makes when the server shall die and come again), `SCENE_FRAMES` (the origin of frames of embeds), `SCENE_PROVIDER` (where a provider
/// of embeds may listen that the newsroom will ask), `SCENE_TOOLS` (npm packages) and `SCENE_CHROMIUM`.
pub fn run(name: &str) -> Result<()> {
    let script = repo::root().join(format!("xtask/scenes/{name}.mjs"));
    if !is_plain(name) || !script.is_file() {
        bail!("no scene {name:?}; there are: {}", names()?.join(", "));
    }
    tools::require(tools::FOR_TESTS)?;
    let packages = tools::node_packages()?;
    let program = newsroom::build(false)?;
    let folder = Folder::new("scene")?;
    let clock = folder.path().join("clock");
    fs::write(&clock, NOON)?;
    let (port, provider) = (newsroom::free_port()?, newsroom::free_port()?);
    // Another name of this machine is another host, as frames need one.
    let frames = format!("http://localhost:{port}");
    let provider = format!("127.0.0.1:{provider}");
    let mut demo = newsroom::demo_at(port, &program, &folder.path().join("data"));
    demo.env("DATELINE_TEST_CLOCK", &clock)
        .env("DATELINE_EMBEDS_FRAME_ORIGIN", &frames)
        .env("DATELINE_OUTGOING_OWN", &provider);
    let server = Newsroom::start(&mut demo)?;
    let pictures = repo::target().join("scenes").join(name);
    let _ = fs::remove_dir_all(&pictures);
    fs::create_dir_all(&pictures)?;
    let chromium = process::find("chromium");
    ensure!(chromium.is_some(), "there is no chromium in the path");
    let kill = folder.path().join("kill");
    let walk = Command::new("node")
        .arg(&script)
        .current_dir(repo::root())
        .env("SCENE_ADDRESS", server.address())
        .env("SCENE_PICTURES", &pictures)
        .env("SCENE_CLOCK", &clock)
        .env("SCENE_KILL", &kill)
        .env("SCENE_ENROLMENT", server.enrolment()?)
        .env("SCENE_FRAMES", frames)
        .env("SCENE_PROVIDER", provider)
        .env("SCENE_TOOLS", packages)
        .envs(chromium.map(|place| ("SCENE_CHROMIUM", place)))
        .stdin(Stdio::null())
        .spawn()
        .context("could not start node")?;
    goes(walk, (&mut demo, server), &kill)?;
    println!("pictures: {}", pictures.display());
    Ok(())
}

/// Lets the walk go to its end. Whenever it makes the file `kill`, the server dies as by a power cut and is
/// started again upon the same data; then the file goes.
fn goes(mut walk: Child, (demo, mut server): (&mut Command, Newsroom), kill: &Path) -> Result<()> {
    loop {
        if let Some(status) = walk.try_wait()? {
            ensure!(status.success(), "the walk ended with {status}");
            return Ok(());
        }
        if kill.exists() {
            server.kill()?;
            server = Newsroom::start(demo)?;
            fs::remove_file(kill)?;
        }
        thread::sleep(LOOK);
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|ch| ch.is_ascii_alphanumeric() || ch == '-')
}

fn names() -> Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(repo::root().join("xtask/scenes"))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".mjs").map(str::to_string))
        .collect();
    names.sort();
    Ok(names)
}
