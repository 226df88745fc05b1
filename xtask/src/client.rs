//! `cargo xtask client [--check]`: a typed client made from the API's own description, and used on a running newsroom.
//!
//! If the description said what the API does not do, the client would not compile, or would be told otherwise.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{
    newsroom::{self, Newsroom},
    process, repo,
    temporary::Folder,
    tools,
};

/// Where the types stand that the desk is written against, committed.
const TYPES: &str = "web/desk/src/api.generated.d.ts";
/// The program that uses them, and what it is compiled with.
const PROGRAM: &str = "xtask/checks/client.ts";
/// The address of the description.
const DESCRIPTION: &str = "/api/v1/openapi.json";

/// Writes the types anew, to be committed, and tries them.
pub fn write() -> Result<()> {
    with_newsroom(|server, folder| {
        let fresh = types(server, folder)?;
        fs::write(repo::root().join(TYPES), fresh)?;
        println!("client: {TYPES} is what the API describes");
        try_them(server, folder)
    })
}

/// Fails when the committed types are not what the API describes, and tries them.
pub fn check() -> Result<()> {
    with_newsroom(|server, folder| {
        if fs::read_to_string(repo::root().join(TYPES))? != types(server, folder)? {
            bail!("{TYPES} is not what the API describes; run `cargo xtask client` and commit it");
        }
        println!("client: {TYPES} is what the API describes");
        try_them(server, folder)
    })
}

fn with_newsroom(then: impl FnOnce(&Newsroom, &Path) -> Result<()>) -> Result<()> {
    tools::require(tools::FOR_DESK)?;
    let program = newsroom::build(false)?;
    let folder = Folder::new("client")?;
    let data = folder.path().join("data");
    let server = Newsroom::start(&mut newsroom::demo(&program, &data))?;
    then(&server, folder.path())
}

/// The types that openapi-typescript makes of the description.
fn types(server: &Newsroom, folder: &Path) -> Result<String> {
    let answer = newsroom::get(server.address(), DESCRIPTION, &[])?.good(DESCRIPTION)?;
    let (description, types) = (folder.join("openapi.json"), folder.join("types.d.ts"));
    fs::write(&description, answer.body)?;
    let mut make = node("openapi-typescript/bin/cli.js")?;
    process::output(make.arg(&description).arg("--output").arg(&types))?;
    Ok(fs::read_to_string(types)?)
}

/// Compiles the desk's own client and a program that does a morning's work, and runs the latter.
fn try_them(server: &Newsroom, folder: &Path) -> Result<()> {
    let home = compiled_in(folder)?;
    let mut compile = node("typescript/bin/tsc")?;
    process::run(compile.arg("--project").arg(home.join("tsconfig.json")))?;
    let mut run = Command::new("node");
    run.arg(home.join("out/client.js"))
        .arg(format!("http://{}", server.address()))
        .arg(server.enrolment()?);
    process::run(&mut run)
}

/// A folder with the program, the types and the packages side by side, as the compiler looks for them.
fn compiled_in(folder: &Path) -> Result<PathBuf> {
    let home = folder.join("client");
    fs::create_dir_all(&home)?;
    for file in [
        PROGRAM,
        TYPES,
        "xtask/checks/tsconfig.json",
        "xtask/scenes/parts/code.mjs",
        "web/desk/src/api.js",
        "web/desk/src/api.types.d.ts",
    ] {
        let from = repo::root().join(file);
        let name = from.file_name().unwrap_or_default().to_owned();
        fs::copy(from, home.join(name))?;
    }
    fs::write(home.join("package.json"), "{\"type\": \"module\"}\n")?;
    let packages = tools::node_packages()?.join("node_modules");
    std::os::unix::fs::symlink(packages, home.join("node_modules"))?;
    Ok(home)
}

/// A program of one of the packages of `xtask/tools`.
fn node(program: &str) -> Result<Command> {
    let mut command = Command::new("node");
    command.arg(tools::node_packages()?.join("node_modules").join(program));
    Ok(command)
}
