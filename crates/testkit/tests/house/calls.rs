//! V-31, V-75: what the program asks of the system: no other program, and nobody outside of this machine.

use std::{fs, path::Path};

use serde_json::{Value, json};
use testkit::{Program, editor::paragraphs, process::ask, wire::exchange};

/// Where the operator and the reader find what leaves the building.
const LISTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/privacy.md");
/// System calls by which a process reaches another machine or becomes another program.
const WATCHED: &str = "trace=connect,sendto,sendmsg,sendmmsg,execve,execveat";

/// Lines of a trace that name an address (`sa_family=`) or start a program.
fn calls(trace: &Path, wanted: &str) -> Vec<String> {
    let text = fs::read_to_string(trace).expect("strace wrote what it saw");
    let lines = text.lines().filter(|line| line.contains(wanted));
    lines.map(String::from).collect()
}

/// A day in the life: read, write, publish, search, meet the gate, come as a crawler with no such name.
async fn a_day(program: &Program) {
    let token = program.token();
    let running = program.serves();
    let at = running.address;
    let (status, sections) = ask(at, ("GET", "/api/v1/sections"), &token, &Value::Null)
        .await
        .unwrap();
    assert_eq!(status, 200);
    let body = paragraphs(&["One.", "Two.", "Three."]);
    let fields =
        json!({"headline": "A day", "section_id": sections["sections"][0]["id"], "body": body});
    let (status, draft) = ask(at, ("POST", "/api/v1/stories"), &token, &fields)
        .await
        .unwrap();
    assert_eq!(status, 201, "{draft}");
    let path = format!(
        "/api/v1/stories/{}/publication",
        draft["id"].as_str().unwrap()
    );
    let (status, story) = ask(at, ("PUT", &path), &token, &json!({})).await.unwrap();
    assert_eq!(status, 200, "{story}");
    let story = story["url"].as_str().unwrap();
    let full = format!("{story}/full");
    for path in [
        "/",
        story,
        &full,
        "/search?q=day",
        "/feed.xml",
        "/nothing",
        "/desk",
        "/sitemap.xml",
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {at}\r\nuser-agent: Lynx/2.8\r\nconnection: close\r\n\r\n"
        );
        let heard = exchange(at, request.as_bytes()).await;
        assert!(heard.starts_with(b"HTTP/1.1 "), "{path}");
    }
}

#[tokio::test]
async fn v_31_v_75_the_program_starts_no_other_and_calls_nobody() {
    let mut program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let trace = program.folder().join("trace");
    program.is_watched(WATCHED, &trace);
    let incoming = program.folder().join("incoming");
    fs::create_dir_all(&incoming).unwrap();
    let text = "---\ntitle: The first\nsection: City\ndate: 2026-11-01\nimage: https://elsewhere.example/a.jpg\n---\n\n\
                It came in with a [link](https://elsewhere.example/) and https://youtu.be/abcdefghijk\n";
    fs::write(incoming.join("first.md"), text).unwrap();
    for (command, arguments) in [
        ("import folder", vec![incoming.to_str().unwrap()]),
        ("check", vec!["--json"]),
        ("db check", vec![]),
    ] {
        program.runs(command, &arguments);
        assert_eq!(
            calls(&trace, "sa_family="),
            Vec::<String>::new(),
            "{command}"
        );
        assert_eq!(calls(&trace, "execve").len(), 1, "{command} is one program");
    }
    a_day(&program).await;
    assert_eq!(calls(&trace, "sa_family="), Vec::<String>::new());
    assert_eq!(
        calls(&trace, "execve").len(),
        1,
        "the server is one program"
    );
}

#[test]
fn v_75_whoever_may_be_called_is_listed() {
    let listed = fs::read_to_string(LISTED).unwrap();
    let mut hosts = Vec::new();
    for crawler in audience::crawler::KNOWN {
        for address in crawler.ranges {
            let rest = address
                .strip_prefix("https://")
                .expect("asked under TLS only");
            hosts.push(rest.split('/').next().unwrap_or_default());
        }
    }
    assert!(hosts.len() > 3);
    for host in hosts {
        assert!(
            listed.contains(&format!("`{host}`")),
            "docs/privacy.md does not name {host}"
        );
    }
}
