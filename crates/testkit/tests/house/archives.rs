//! F-16: an archive comes in once, however often it is brought, and its addresses lead on.

use std::net::SocketAddr;

use serde_json::{Value, json};
use testkit::{Program, wire::exchange};

/// A site of Ghost with a story for all, one for members, a draft and a page.
fn herald() -> Value {
    let story = |id: &str, slug: &str, more: Value| {
        let paragraphs = format!("<p>{slug} one</p><p>{slug} two</p><p>{slug} three</p>");
        let mut row = json!({"id": id, "uuid": id, "slug": slug, "title": slug, "html": paragraphs,
            "status": "published", "created_at": "2024-05-01T08:00:00.000Z",
            "published_at": "2024-05-04T13:00:00.000Z", "updated_at": "2024-05-04T13:00:00.000Z"});
        for (name, value) in more.as_object().unwrap() {
            row[name] = value.clone();
        }
        row
    };
    json!({"db": [{"meta": {"version": "5.80.0"}, "data": {
        "settings": [{"key": "navigation", "value": "[{\"label\":\"City\",\"url\":\"/tag/city/\"}]"}],
        "users": [{"id": "1", "name": "Ada Brook", "slug": "ada"}],
        "tags": [{"id": "1", "name": "City", "slug": "city"}, {"id": "2", "name": "Old bridges", "slug": "bridges"}],
        "posts_tags": [{"post_id": "1", "tag_id": "1"}, {"post_id": "1", "tag_id": "2"}],
        "posts_authors": [{"post_id": "1", "author_id": "1"}],
        "posts": [
            story("1", "bridge", json!({})), story("2", "letters", json!({"visibility": "members"})),
            story("3", "sketch", json!({"status": "draft", "published_at": null})),
            story("4", "about", json!({"type": "page"}))]}}]})
}

/// The status, the address it leads to, and the body.
async fn opens(address: SocketAddr, path: &str) -> (u16, String, String) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let answer = exchange(address, request.as_bytes()).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let leads_to = head
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap_or_default();
    (head[9..12].parse().unwrap(), leads_to.into(), body.into())
}

#[tokio::test]
async fn f_16_a_site_of_ghost_moves_in_with_its_addresses_and_its_walls() {
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let folder = program.folder().join("incoming");
    std::fs::create_dir_all(&folder).unwrap();
    let export = folder.join("herald.json");
    std::fs::write(&export, herald().to_string()).unwrap();
    std::fs::write(
        folder.join("redirects.yaml"),
        "301:\n  /2019/bridge/: /bridge/\n",
    )
    .unwrap();
    let imports = |_| -> Value {
        let printed = program.runs("import ghost", &[export.to_str().unwrap(), "--json"]);
        serde_json::from_str(&printed).unwrap()
    };
    let counts = |report: &Value| {
        ["stories", "drafts", "pages", "redirects", "unchanged"]
            .map(|name| report[name].as_u64().unwrap())
    };
    assert_eq!(counts(&imports(1)), [2, 1, 1, 7, 0]);
    assert_eq!(counts(&imports(2)), [0, 0, 0, 0, 4]);

    let running = program.serves();
    for (old, new) in [
        ("/bridge", "/2024/05/bridge"),
        ("/2019/bridge", "/2024/05/bridge"),
        ("/letters", "/2024/05/letters"),
        ("/about", "/pages/about"),
        ("/tag/city", "/section/city"),
        ("/tag/bridges", "/topic/old-bridges"),
        ("/author/ada", "/author/ada-brook"),
    ] {
        let (status, leads_to, _) = opens(running.address, old).await;
        assert!(
            status == 301 && leads_to.ends_with(new),
            "{old}: {status} {leads_to}"
        );
    }
    assert_eq!(opens(running.address, "/sketch").await.0, 404);
    let (_, _, bridge) = opens(running.address, "/2024/05/bridge").await;
    assert!(bridge.contains("bridge one") && !bridge.contains("bridge three"));
    let (_, _, letters) = opens(running.address, "/2024/05/letters").await;
    assert!(!letters.contains("letters one"), "it had no opening there");
}

#[tokio::test]
async fn wire_copy_waits_as_a_draft_and_goes_out_as_it_came_unknown_fields_and_all() {
    let program = Program::init(env!("CARGO_BIN_EXE_dateline-under-test"));
    let (wire, out) = (
        program.folder().join("wire.json"),
        program.folder().join("out"),
    );
    let item = json!({"uri": "urn:x:1", "version": "2", "versionCreated": "2026-11-01T08:00:00Z",
        "headlines": [{"role": "main", "value": "The bridge reopens"}, {"role": "short", "value": "Bridge"}],
        "bodies": [{"contentType": "text/html", "value": "<p>At noon.</p>"}], "pubStatus": "usable",
        "subjects": [{"name": "Bridges", "uri": "http://cv.example/b", "relevance": 80}],
        "x_agency": {"desk": [1, null, "ß"]}});
    std::fs::write(&wire, item.to_string()).unwrap();
    let imports = || -> Value {
        let printed = program.runs("import ninjs", &[wire.to_str().unwrap(), "--json"]);
        serde_json::from_str(&printed).unwrap()
    };
    assert_eq!(imports()["drafts"], 1);
    assert_eq!(imports()["unchanged"], 1);
    program.runs("export ninjs", &[out.to_str().unwrap()]);
    let files: Vec<_> = std::fs::read_dir(&out).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), item);
}
