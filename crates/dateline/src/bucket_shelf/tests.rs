//! What a shelf promises, kept by a folder and by a bucket alike; and a bucket that fails in every way (F-11, F-14).

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use base::{Clock, clock::SystemClock};
use courier::bucket::{Keys, Place};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;

/// How the store answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Mood {
    #[default]
    Well,
    /// 503 to everything.
    Overloaded,
    /// Takes half of a file and drops the line; hands out half of one.
    BreaksOff,
    /// Hands out other bytes than were put.
    Lies,
    /// 403 with Amazon's word for it.
    Refuses,
}

#[derive(Default)]
struct Held {
    mood: Mood,
    files: BTreeMap<String, Vec<u8>>,
    reads: usize,
}

/// A small object store on this machine.
#[derive(Clone)]
struct Fake {
    place: std::net::SocketAddr,
    held: Arc<Mutex<Held>>,
}

impl Fake {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self {
            place: listener.local_addr().unwrap(),
            held: Arc::default(),
        };
        let there = fake.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(there.clone().serves(stream));
            }
        });
        fake
    }

    fn is(&self, mood: Mood) {
        self.held.lock().unwrap().mood = mood;
    }

    fn reads(&self) -> usize {
        self.held.lock().unwrap().reads
    }

    fn names(&self) -> Vec<String> {
        self.held.lock().unwrap().files.keys().cloned().collect()
    }

    async fn serves(self, mut stream: TcpStream) {
        let (mut bytes, mut piece) = (Vec::new(), [0; 65_536]);
        loop {
            let read = stream.read(&mut piece).await.unwrap_or(0);
            bytes.extend_from_slice(&piece[..read]);
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
                if read == 0 {
                    return;
                }
                continue;
            };
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let line = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let line = line.lines().next().unwrap().to_string();
            let header = |name: &str| {
                let found = head.lines().find_map(|line| line.strip_prefix(name));
                found.map(|value| value.trim().to_string())
            };
            let length: usize = header("content-length:").map_or(0, |text| text.parse().unwrap());
            if bytes.len() < end + 4 + length {
                if read == 0 {
                    return;
                }
                continue;
            }
            let body = bytes[end + 4..end + 4 + length].to_vec();
            bytes.drain(..end + 4 + length);
            // Every request is signed, with the hash of its body.
            assert!(
                header("authorization:")
                    .unwrap()
                    .contains("/s3/aws4_request")
            );
            let hash = Sha256::digest(&body);
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(header("x-amz-content-sha256:").unwrap(), hash);
            let Some(answer) = self.answer(&line, body) else {
                return;
            };
            if stream.write_all(&answer).await.is_err()
                || self.held.lock().unwrap().mood == Mood::BreaksOff
            {
                return;
            }
        }
    }

    fn answer(&self, line: &str, body: Vec<u8>) -> Option<Vec<u8>> {
        let mut held = self.held.lock().unwrap();
        let mut parts = line.split(' ');
        let (method, target) = (parts.next().unwrap(), parts.next().unwrap());
        let key = target.strip_prefix("/pictures").unwrap();
        let key = key.trim_start_matches('/').to_string();
        match (held.mood, method) {
            (Mood::Overloaded, _) => return Some(says("503 Slow Down", b"")),
            (Mood::Refuses, _) => {
                let why = b"<Error><Code>InvalidAccessKeyId</Code></Error>";
                return Some(says("403 Forbidden", why));
            }
            (Mood::BreaksOff, "PUT") => return None,
            _ => {}
        }
        Some(match method {
            "PUT" => {
                held.files.insert(key, body);
                says("200 OK", b"")
            }
            "DELETE" => {
                held.files.remove(&key);
                says("204 No Content", b"")
            }
            _ if key.starts_with('?') => says("200 OK", listed(&held.files, &key).as_bytes()),
            _ => {
                held.reads += 1;
                match (held.files.get(&key), held.mood) {
                    (None, _) => says("404 Not Found", b"<Error><Code>NoSuchKey</Code></Error>"),
                    (Some(_), Mood::Lies) => says("200 OK", b"something else"),
                    (Some(bytes), Mood::BreaksOff) => {
                        let whole = says("200 OK", bytes);
                        whole[..whole.len() - bytes.len() / 2].to_vec()
                    }
                    (Some(bytes), _) => says("200 OK", bytes),
                }
            }
        })
    }
}

fn says(status: &str, body: &[u8]) -> Vec<u8> {
    let length = match status.starts_with("204") {
        true => String::new(),
        false => format!("Content-Length: {}\r\n", body.len()),
    };
    [
        format!("HTTP/1.1 {status}\r\nETag: \"1\"\r\n{length}\r\n").as_bytes(),
        body,
    ]
    .concat()
}

/// Two to a page.
fn listed(files: &BTreeMap<String, Vec<u8>>, query: &str) -> String {
    let after = query
        .split(['?', '&'])
        .find_map(|part| part.strip_prefix("continuation-token="));
    let after = after
        .map(|token| token.replace("%2F", "/"))
        .unwrap_or_default();
    let rest: Vec<_> = files.iter().filter(|(key, _)| **key > after).collect();
    let lines: String = rest
        .iter()
        .take(2)
        .map(|(key, bytes)| {
            let size = bytes.len();
            format!("<Contents><Key>{key}</Key><LastModified>2026-11-20T10:00:00.000Z</LastModified><Size>{size}</Size></Contents>")
        })
        .collect();
    let next = match rest.get(2) {
        Some(_) => format!(
            "<NextContinuationToken>{}</NextContinuationToken>",
            rest[1].0
        ),
        None => String::new(),
    };
    format!("<ListBucketResult>{lines}{next}</ListBucketResult>")
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Self {
        Self(std::env::temp_dir().join(format!("bucket-shelf-{}", base::Id::<()>::fresh())))
    }
    fn shelf(&self, name: &str) -> LocalShelf {
        LocalShelf::open(&self.0.join(name)).unwrap()
    }
    fn bucket(&self, at: &str, room: u64) -> BucketShelf {
        let place = Place {
            endpoint: at.into(),
            bucket: "pictures".into(),
            region: "us-east-1".into(),
            path_style: true,
            keys: Keys {
                id: "id".into(),
                secret: "secret".into(),
            },
        };
        let bucket = Bucket::open(&place).unwrap();
        BucketShelf::new(bucket, (self.shelf("cache"), room), self.shelf("before"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const ROOM: u64 = 1_000_000;

/// What everybody who has a shelf may rely on.
async fn keeps_its_promises(shelf: &dyn Shelf) {
    let files: [&[u8]; 3] = [b"a bridge", b"a harbour", b""];
    for bytes in files {
        let hash = shelf.put(bytes.to_vec()).await.unwrap();
        assert_eq!(hash, Hash::of(bytes));
        assert_eq!(shelf.put(bytes.to_vec()).await.unwrap(), hash);
        assert_eq!(shelf.get(hash).await.unwrap().unwrap(), bytes);
    }
    let mut listed = shelf.list().await.unwrap();
    listed.sort_by_key(|kept| kept.bytes);
    let sizes: Vec<u64> = listed.iter().map(|kept| kept.bytes).collect();
    assert_eq!(sizes, [0, 8, 9]);
    assert!(listed.iter().all(|kept| kept.since <= SystemClock.now()));
    let bridge = Hash::of(b"a bridge");
    shelf.remove(bridge).await.unwrap();
    shelf.remove(bridge).await.unwrap();
    assert_eq!(shelf.get(bridge).await.unwrap(), None);
    assert_eq!(shelf.list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_folder_and_a_bucket_keep_the_same_promises() {
    let (folder, fake) = (Folder::fresh(), Fake::open().await);
    keeps_its_promises(&folder.shelf("alone")).await;
    let at = format!("http://{}", fake.place);
    keeps_its_promises(&folder.bucket(&at, ROOM)).await;
    folder.bucket(&at, ROOM).tried().await.unwrap();
    assert_eq!(fake.names().len(), 2);
    // One that others wrote; `cargo xtask test` starts it.
    match std::env::var("DATELINE_TEST_S3") {
        Ok(real) => keeps_its_promises(&folder.bucket(&real, ROOM)).await,
        Err(_) => assert!(std::env::var("CI").is_err(), "no object store was started"),
    }
}

#[tokio::test]
async fn f_11_a_store_that_fails_midway_keeps_no_half_file_and_refuses_cleanly() {
    let (folder, fake) = (Folder::fresh(), Fake::open().await);
    let shelf = folder.bucket(&format!("http://{}", fake.place), ROOM);
    for mood in [Mood::Overloaded, Mood::BreaksOff] {
        fake.is(mood);
        let fault = shelf.put(b"a bridge".to_vec()).await.unwrap_err();
        assert!(store::is_unavailable(&fault), "{mood:?}: {}", fault.chain());
        fake.is(Mood::Well);
        assert!(fake.names().is_empty());
        assert_eq!(shelf.get(Hash::of(b"a bridge")).await.unwrap(), None);
    }
    fake.is(Mood::Refuses);
    let fault = shelf.put(b"a bridge".to_vec()).await.unwrap_err();
    assert!(
        fault.chain().contains("InvalidAccessKeyId"),
        "{}",
        fault.chain()
    );
    assert!(shelf.tried().await.is_err());
}

#[tokio::test]
async fn f_14_a_store_that_is_down_or_lies_is_read_around_and_its_hash_is_checked() {
    let (folder, fake) = (Folder::fresh(), Fake::open().await);
    let at = format!("http://{}", fake.place);
    let shelf = folder.bucket(&at, ROOM);
    let hash = shelf.put(b"a bridge".to_vec()).await.unwrap();
    for mood in [Mood::Overloaded, Mood::BreaksOff, Mood::Lies] {
        fake.is(mood);
        let cached = shelf.get(hash).await.unwrap();
        assert_eq!(cached.unwrap(), b"a bridge", "{mood:?}");
    }
    assert_eq!(fake.reads(), 0);
    // Without a cache it is told what is wrong, and nothing is handed out or kept.
    folder.shelf("cache").remove(hash).await.unwrap();
    for mood in [Mood::Overloaded, Mood::BreaksOff, Mood::Lies] {
        fake.is(mood);
        let fault = shelf.get(hash).await.unwrap_err();
        let is_away = store::is_unavailable(&fault);
        assert_eq!(is_away, mood != Mood::Lies, "{}", fault.chain());
        assert!(folder.shelf("cache").list().await.unwrap().is_empty());
    }
    // A cache that was spoilt is fetched anew.
    fake.is(Mood::Well);
    assert!(shelf.get(hash).await.unwrap().is_some());
    let digits = hash.to_string();
    let file = folder.0.join("cache").join(&digits[..2]).join(&digits);
    std::fs::write(file, b"wrong").unwrap();
    assert_eq!(shelf.get(hash).await.unwrap().unwrap(), b"a bridge");
}

#[tokio::test]
async fn what_lay_in_the_folder_before_is_found_and_the_cache_keeps_to_its_room() {
    let (folder, fake) = (Folder::fresh(), Fake::open().await);
    let shelf = folder.bucket(&format!("http://{}", fake.place), 1_000);
    let old = folder
        .shelf("before")
        .put(b"of last year".to_vec())
        .await
        .unwrap();
    assert_eq!(shelf.get(old).await.unwrap().unwrap(), b"of last year");
    for seed in 0..20 {
        shelf.put(vec![seed; 100]).await.unwrap();
    }
    let cached = folder.shelf("cache").list().await.unwrap();
    let used: u64 = cached.iter().map(|kept| kept.bytes).sum();
    assert!(used <= 1_000, "{used}");
    assert_eq!(fake.names().len(), 20);
    assert_eq!(
        shelf.get(Hash::of(&[0; 100])).await.unwrap().unwrap(),
        [0; 100]
    );
}
