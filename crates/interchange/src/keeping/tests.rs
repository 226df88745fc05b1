//! What is kept is kept once, without what nobody needs, and is forgotten when its owner asks.

use store::{Db, testing::on_both};

use super::*;
use crate::incoming::{IncomingComment, IncomingMember};
use comment::Below;

fn comment(state: &str) -> IncomingComment {
    IncomingComment {
        id: "7".into(),
        parent: "4".into(),
        name: "Ada <b>".into(),
        email: "Ada@a.example".into(),
        url: "https://ada.example".into(),
        at: "2014-01-14 17:32:12".into(),
        text: "Good <script>alert(1)</script><a href=\"javascript:x\">link</a> point".into(),
        approved: state.into(),
        kind: String::new(),
    }
}

fn below(story: Option<newsroom::story::StoryId>) -> Below<'static> {
    Below {
        source: "disqus",
        thread: "",
        address: "/bridge",
        story,
    }
}

async fn kept(db: &Db, comment: &IncomingComment) -> bool {
    let mut tx = db.begin().await.unwrap();
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let kept = comment::keep(&mut tx, &below(None), comment, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    kept
}

const TABLES: [store::Migrations; 3] = [store::MIGRATIONS, newsroom::MIGRATIONS, MIGRATIONS];

#[tokio::test]
async fn a_comment_is_kept_once_in_words_alone_and_forgotten_for_good() {
    on_both(&TABLES, async |db| {
        assert!(kept(&db, &comment("1")).await);
        assert!(!kept(&db, &comment("1")).await, "it is here just so");
        let one = comment::at(&db, "/bridge").await.unwrap().remove(0);
        assert_eq!(
            (one.key.as_str(), one.parent.as_deref()),
            ("#7", Some("#4"))
        );
        assert_eq!((one.name.as_str(), one.state.as_str()), ("Ada", "approved"));
        assert_eq!(one.at, Some("2014-01-14T17:32:12Z".parse().unwrap()));
        let words = serde_json::to_string(&one.body).unwrap();
        assert!(words.contains("Good") && words.contains("point"), "{words}");
        assert!(
            !words.contains("alert") && !words.contains("javascript"),
            "{words}"
        );

        let mut tx = db.begin().await.unwrap();
        assert_eq!(forget(&mut tx, " ADA@a.example").await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert!(!kept(&db, &comment("1")).await, "an import brought it back");
        let one = comment::at(&db, "/bridge").await.unwrap().remove(0);
        assert_eq!((one.name.as_str(), one.body.words()), ("", 0));
    })
    .await;
}

#[tokio::test]
async fn of_a_deleted_comment_its_place_alone_is_kept() {
    on_both(&TABLES, async |db| {
        assert!(kept(&db, &comment("trash")).await);
        let one = comment::at(&db, "/bridge").await.unwrap().remove(0);
        assert_eq!((one.name.as_str(), one.body.words()), ("", 0));
        assert_eq!(one.state, "deleted");
        let mut tx = db.begin().await.unwrap();
        assert_eq!(
            forget(&mut tx, "ada@a.example").await.unwrap(),
            0,
            "their address was kept"
        );
        tx.commit().await.unwrap();
        kept(&db, &comment("1")).await;
        let one = comment::at(&db, "/bridge").await.unwrap().remove(0);
        assert_eq!((one.name.as_str(), one.body.words()), ("", 0));
    })
    .await;
}

#[tokio::test]
async fn a_member_is_kept_once_and_forgotten() {
    on_both(&TABLES, async |db| {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let one = IncomingMember {
            mail: "ada@a.example".into(),
            labels: vec!["one".into()],
            wants_mail: true,
            ..IncomingMember::default()
        };
        let renamed = IncomingMember {
            name: "Ada".into(),
            ..one.clone()
        };
        let mut tx = db.begin().await.unwrap();
        assert!(member::keep(&mut tx, &one, now).await.unwrap());
        assert!(!member::keep(&mut tx, &one, now).await.unwrap());
        assert!(member::keep(&mut tx, &renamed, now).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(member::count(&db).await.unwrap(), 1);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(forget(&mut tx, "Ada@a.example").await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(member::count(&db).await.unwrap(), 0);
        let mut tx = db.begin().await.unwrap();
        assert!(
            !member::keep(&mut tx, &renamed, now).await.unwrap(),
            "an import brought them back"
        );
        tx.commit().await.unwrap();
        assert_eq!(member::count(&db).await.unwrap(), 0);
    })
    .await;
}
