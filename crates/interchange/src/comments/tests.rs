//! Comments are found below their stories, answers below what they answer, whichever system they come from.

use std::fs;

use super::*;
use crate::incoming::IncomingComment;

fn threaded(text: &str) -> Result<(System, Vec<IncomingThreaded>), String> {
    let path = std::env::temp_dir().join(format!("comments-{}", base::Id::<()>::fresh()));
    fs::write(&path, text).unwrap();
    let mut found = Vec::new();
    let outcome = System::of(&path).and_then(|system| {
        let read = read(&path, system, &mut |piece| {
            if let Incoming::Comment(comment) = piece {
                found.push(*comment);
            }
            Ok(())
        });
        read.map(|_| system).map_err(|unread| unread.to_string())
    });
    let _ = fs::remove_file(&path);
    outcome.map(|system| (system, found))
}

fn seen(one: &IncomingThreaded) -> (&str, &str, &str, &str, &str) {
    let IncomingComment {
        id,
        parent,
        name,
        approved,
        ..
    } = &one.comment;
    (&one.address, id, parent, name, approved)
}

const DISQUS: &str = "<?xml version=\"1.0\"?>\n<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://d.example\">\n\
    <thread dsq:id=\"1\"><id/><link>https://a.example/bridge/?p=1#top</link></thread>\n<thread dsq:id=\"9\"><id/></thread>\n\
    <post dsq:id=\"4\"><message><![CDATA[<p>Good <script>x</script></p>]]></message><createdAt>2013-10-10T19:20:29Z</createdAt>\
    <isDeleted>false</isDeleted><isSpam>false</isSpam><author><email>A@a.example</email><name>Ada</name></author>\
    <ipAddress>192.0.2.1</ipAddress><thread dsq:id=\"1\"/></post>\n\
    <post dsq:id=\"5\"><message>No</message><isDeleted>true</isDeleted><thread dsq:id=\"1\"/><parent dsq:id=4/></post>\n\
    <post dsq:id=\"6\"><message>Lost</message><thread dsq:id=\"9\"/></post>\n</disqus>";

#[test]
fn disqus_names_threads_first_and_posts_after() {
    let (system, found) = threaded(DISQUS).unwrap();
    assert_eq!(system, System::Disqus);
    assert_eq!(
        seen(&found[0]),
        ("/bridge/?p=1", "4", "", "Ada", "approved")
    );
    assert_eq!(seen(&found[1]), ("/bridge/?p=1", "5", "4", "", "deleted"));
    assert_eq!(found.len(), 2);
}

#[test]
fn commento_names_who_wrote_apart() {
    let export = r#"{"version": 1, "comments": [
        {"commentHex": "a", "url": "/bridge", "commenterHex": "w", "markdown": "1 < 2", "parentHex": "root", "state": "approved"},
        {"commentHex": "b", "url": "/bridge", "commenterHex": "anonymous", "html": "<p>x</p>", "parentHex": "a", "state": "unapproved"}],
        "commenters": [{"commenterHex": "w", "name": "Ada", "email": "a@a.example"}]}"#;
    let (_, found) = threaded(export).unwrap();
    assert_eq!(seen(&found[0]), ("/bridge", "a", "root", "Ada", "approved"));
    assert_eq!(
        (
            found[0].comment.text.as_str(),
            found[0].comment.email.as_str()
        ),
        ("1 &lt; 2", "a@a.example")
    );
    assert_eq!(seen(&found[1]), ("/bridge", "b", "a", "", "unapproved"));
}

#[test]
fn v_36_what_is_hostile_cut_off_or_something_else_is_refused_by_name() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let why = threaded(text).unwrap_err();
        assert!(why.contains(expected), "{why}");
    }
    check(
        &DISQUS.replace("<disqus", "<!DOCTYPE d [<!ENTITY x 'y'>]><disqus"),
        "document type",
    );
    check(DISQUS.trim_end_matches("</disqus>"), "cut off");
    check("{\"comments\": 5}", "no export of Commento");
    check("a,b\n", "Disqus (XML)");
}
