//! Who may open a database, and what is said to those who may not.

use store::{Db, Place, is_unavailable, params, testing};

use crate::{NOON, SCENES, mark, names, sql};

#[tokio::test]
async fn a_second_writer_of_a_file_is_told_who_holds_it() {
    let places = testing::places().await;
    let place = &places[0];
    let db = Db::open(place, SCENES, NOON).await.unwrap();
    let fault = Db::open(place, SCENES, NOON).await.err().unwrap();
    let holder = format!("is in use by process {}", std::process::id());
    assert!(fault.chain().contains(&holder), "{fault:?}");
    assert!(store::is_held(&fault), "{fault:?}");
    db.close().await;
    Db::open(place, SCENES, NOON).await.unwrap().close().await;
}

#[tokio::test]
async fn a_database_in_use_can_be_looked_at_but_not_written() {
    for place in testing::places().await {
        let db = Db::open(&place, SCENES, NOON).await.unwrap();
        mark(&db, "live").await;
        let looking = Db::open_read_only(&place).await.unwrap();
        assert_eq!(names(&looking).await, ["live"]);
        assert_eq!(looking.check().await.unwrap(), Vec::<String>::new());
        let fault = looking.begin().await.err().unwrap();
        assert!(
            fault.chain().contains("opened for reading only"),
            "{fault:?}"
        );
        looking.close().await;
        db.close().await;
        let looking = Db::open_read_only(&place).await.unwrap();
        assert_eq!(names(&looking).await, ["live"]);
        looking.close().await;
    }
}

#[tokio::test]
async fn a_closed_database_says_so() {
    for db in testing::databases(SCENES).await {
        let other = (*db).clone();
        other.clone().close().await;
        let fault = other.read(&sql::NAMES, params![]).await.unwrap_err();
        assert!(
            fault.chain().ends_with("the database has been closed"),
            "{fault:?}"
        );
        assert!(is_unavailable(&fault));
        assert!(is_unavailable(&other.begin().await.err().unwrap()));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let folder = std::env::temp_dir().join("dateline-no-such-server");
    let place = Place::Postgres(format!("host={} user=desk dbname=news", folder.display()));
    let fault = Db::open(&place, SCENES, NOON).await.err().unwrap();
    assert!(is_unavailable(&fault), "{fault:?}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_unharmed() {
    let places = testing::places().await;
    let Place::Sqlite(path) = &*places[0] else {
        panic!("the first place is a file")
    };
    let letter = "Dear editor, ".repeat(1000);
    std::fs::write(path, &letter).unwrap();
    let fault = Db::open(&places[0], SCENES, NOON).await.err().unwrap();
    assert!(fault.chain().contains("not a database"), "{fault:?}");
    assert_eq!(std::fs::read_to_string(path).unwrap(), letter);
}
