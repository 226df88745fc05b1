//! The house through its public doors: a folder for each surface, a sentence for each promise.

mod archives;
mod calls;
mod desk;
mod doors;
mod folders;
mod kills;
mod pages;
mod pictures;
mod sheet;
mod wall;
mod wire;
mod world;

/// Statements are statics: a slip in one is found here and not by a reader.
#[tokio::test]
async fn every_statement_is_prepared_on_both_engines() {
    let statements = dateline::house::statements();
    assert!(statements.len() > 50, "{} statements", statements.len());
    store::testing::on_both(dateline::house::MIGRATIONS, async |db| {
        db.prepare_all(&statements).await.unwrap();
    })
    .await;
}
