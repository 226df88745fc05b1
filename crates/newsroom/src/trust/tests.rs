//! The rules as tables, the acts as short scenes on both engines.

use base::{Document, Instant, No, Slug};
use store::{Db, Migrations, params, testing::on_both};

use super::{
    Act,
    adapt::{Adaptation, LONGEST_TITLE, adapt, refusals_to_adapt},
    all, lay_out, page,
    restore::restore,
    show::{Showing, show},
    shown,
    version::{lines, text},
};
use crate::{By, MIGRATIONS};

fn noon() -> Instant {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

fn ethics() -> Slug {
    "ethics".parse().unwrap()
}

fn words(text: &str) -> Document {
    Document::of_paragraphs([text])
}

async fn laid_out(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let starter = ("Ethics".to_string(), words("[Newsroom name] asks [role]."));
    lay_out(&mut tx, ethics(), starter, 1, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn to(upon: u32, body: &Document) -> Adaptation<'_> {
    let title = " Our ethics ";
    Adaptation { upon, title, body }
}

fn refused_with(done: Result<super::TrustPage, No>, key: &str) -> bool {
    matches!(done, Err(No::Refused(no)) if no.has(key))
}

#[test]
fn a_trust_page_is_refused_for_each_thing_that_is_wrong_with_it() {
    #[track_caller]
    fn check(title: &str, text: &str, refused: &[(&str, &str)]) {
        let no = refusals_to_adapt(title, &words(text));
        let said: Vec<_> = no
            .iter()
            .map(|no| (no.field.as_deref().unwrap_or_default(), no.key))
            .collect();
        assert_eq!(said, refused);
    }
    let long = "é".repeat(LONGEST_TITLE + 1);
    check("Ethics", "We pay nobody.", &[]);
    check(&long[2..], "We pay nobody.", &[]);
    check("Ethics", "[amount] and [role]", &[]);
    check("  ", "We pay nobody.", &[("title", "missing")]);
    check(&long, "We pay nobody.", &[("title", "too-long")]);
    check("Ethics", "  ", &[("body", "no-body")]);
    check("", " ", &[("title", "missing"), ("body", "no-body")]);
    let book = "x".repeat(base::document::MAX_TEXT + 1);
    check("Ethics", &book, &[("body", "too-long")]);
}

#[tokio::test]
async fn a_trust_page_is_adapted_upon_the_version_that_was_looked_at_and_every_text_is_kept() {
    on_both(&[MIGRATIONS], async |db| {
        laid_out(&db).await;
        let by = By::machine("Ada Quill");
        let at = ethics();
        let ours = words("We ask the editor.");
        let first = adapt(&db, &at, &to(1, &ours), &by, noon()).await.unwrap();
        assert_eq!(
            (first.version, first.starter, first.shown),
            (2, false, false)
        );
        assert_eq!(first.title, "Our ethics");
        assert_eq!(first.changed_by.as_deref(), Some("Ada Quill"));
        assert_eq!(page(&db, &at).await.unwrap().unwrap(), first);
        let again = adapt(&db, &at, &to(2, &ours), &by, noon()).await.unwrap();
        assert_eq!(again.version, 2, "the same words make no version");

        let theirs = words("Nobody asks.");
        let late = adapt(&db, &at, &to(1, &theirs), &by, noon()).await;
        assert!(refused_with(late, "somebody-changed-first"));
        let empty = adapt(&db, &at, &to(2, &words(" ")), &by, noon()).await;
        assert!(refused_with(empty, "no-body"));
        let nowhere = "weather".parse().unwrap();
        let absent = adapt(&db, &nowhere, &to(1, &ours), &by, noon()).await;
        assert!(matches!(absent, Err(No::Absent)));

        adapt(&db, &at, &to(2, &theirs), &by, noon()).await.unwrap();
        let acts: Vec<_> = lines(&db, &at, None, 50).await.unwrap();
        let acts: Vec<_> = acts.iter().map(|line| (line.version, line.act)).collect();
        assert_eq!(
            acts,
            [(3, Act::Adapted), (2, Act::Adapted), (1, Act::LaidOut)]
        );
        assert_eq!(text(&db, &at, 2).await.unwrap().unwrap().body, ours);
        assert_eq!(text(&db, &at, 9).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn two_who_adapt_at_once_do_not_overwrite_each_other() {
    on_both(&[MIGRATIONS], async |db| {
        laid_out(&db).await;
        let (by, at) = (By::machine("Ada Quill"), ethics());
        let (mine, theirs) = (words("Mine."), words("Theirs."));
        let (mine, theirs) = (to(1, &mine), to(1, &theirs));
        let both = tokio::join!(
            adapt(&db, &at, &mine, &by, noon()),
            adapt(&db, &at, &theirs, &by, noon())
        );
        assert!(
            both.0.is_ok() != both.1.is_ok(),
            "one is done and one is refused"
        );
        assert_eq!(page(&db, &at).await.unwrap().unwrap().version, 2);
        assert_eq!(lines(&db, &at, None, 50).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn readers_see_what_was_adapted_and_shown_and_starter_text_never() {
    on_both(&[MIGRATIONS], async |db| {
        laid_out(&db).await;
        let (by, at) = (By::machine("Ada Quill"), ethics());
        let turn = |upon, shown| Showing { upon, shown };
        let starter = show(&db, &at, turn(None, true), &by, noon()).await;
        assert!(refused_with(starter, "still-starter-text"));
        let ours = words("We ask the editor.");
        adapt(&db, &at, &to(1, &ours), &by, noon()).await.unwrap();
        assert_eq!(shown(&db).await.unwrap(), []);
        let late = show(&db, &at, turn(Some(1), true), &by, noon()).await;
        assert!(refused_with(late, "somebody-changed-first"));
        let on = show(&db, &at, turn(Some(2), true), &by, noon())
            .await
            .unwrap();
        assert_eq!((on.version, on.updated_at), (3, noon()));
        assert_eq!(shown(&db).await.unwrap(), [on]);
        let same = show(&db, &at, turn(None, true), &by, noon()).await.unwrap();
        assert_eq!(same.version, 3, "it is on the site already");

        let back = restore(&db, &at, (3, 1), &by, noon()).await.unwrap();
        assert_eq!((back.version, back.starter, back.shown), (4, true, false));
        assert_eq!(shown(&db).await.unwrap(), []);
        let unknown = restore(&db, &at, (4, 9), &by, noon()).await;
        assert!(refused_with(unknown, "unknown-version"));
        let late = restore(&db, &at, (3, 2), &by, noon()).await;
        assert!(refused_with(late, "somebody-changed-first"));
        let undone = restore(&db, &at, (4, 3), &by, noon()).await.unwrap();
        assert_eq!(
            (undone.body, undone.starter, undone.shown),
            (ours, false, false)
        );
        show(&db, &at, turn(None, true), &by, noon()).await.unwrap();
        show(&db, &at, turn(None, false), &by, noon())
            .await
            .unwrap();
        assert_eq!(shown(&db).await.unwrap(), []);
        assert_eq!(lines(&db, &at, None, 50).await.unwrap()[0].act, Act::Hidden);
    })
    .await;
}

#[tokio::test]
async fn a_page_names_what_is_still_to_be_filled_in_and_laying_out_again_changes_nothing() {
    on_both(&[MIGRATIONS], async |db| {
        laid_out(&db).await;
        let page = all(&db).await.unwrap().remove(0);
        assert_eq!(page.gaps(), ["[Newsroom name]", "[role]"]);
        laid_out(&db).await;
        assert_eq!(all(&db).await.unwrap(), [page]);
        assert_eq!(lines(&db, &ethics(), None, 50).await.unwrap().len(), 1);
    })
    .await;
}

/// A newsroom as it was before trust pages could be adapted.
mod before {
    store::statements! {
        /// A page without a version.
        OLD_TRUST_PAGE = "INSERT INTO trust_page (slug, title, body, starter, position, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
    }
}

#[tokio::test]
async fn a_newsroom_from_before_keeps_its_own_pages_on_the_site_and_its_starter_pages_at_the_desk()
{
    const OLD: Migrations = Migrations {
        of: MIGRATIONS.of,
        steps: MIGRATIONS.steps.split_at(2).0,
    };
    for place in store::testing::places().await {
        let db = Db::open(&place, &[OLD], noon()).await.unwrap();
        db.prepare_all(before::STATEMENTS).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        for (slug, starter) in [("ethics", false), ("masthead", true)] {
            let body = serde_json::to_value(words("As it was.")).unwrap();
            let row = params![slug, slug, body, starter, 0u32, noon()];
            tx.write(&before::OLD_TRUST_PAGE, row).await.unwrap();
        }
        tx.commit().await.unwrap();
        db.close().await;
        let db = Db::open(&place, &[MIGRATIONS], noon()).await.unwrap();
        let on_site = shown(&db).await.unwrap();
        let on_site: Vec<_> = on_site.iter().map(|page| page.slug.as_str()).collect();
        assert_eq!(on_site, ["ethics"]);
        for page in all(&db).await.unwrap() {
            assert_eq!((page.version, page.changed_by), (1, None));
            let first = text(&db, &page.slug, 1).await.unwrap().unwrap();
            assert_eq!((first.body, first.line.starter), (page.body, page.starter));
        }
        let by = By::machine("Ada Quill");
        let ours = words("We ask the editor.");
        let next = adapt(&db, &ethics(), &to(1, &ours), &by, noon()).await;
        assert_eq!(next.unwrap().version, 2);
        db.close().await;
    }
}
