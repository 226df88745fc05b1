//! The API through its own doors, on both engines: the same requests, the same answers.

mod access;
mod around;
mod description;
mod front;
mod idempotency;
mod input;
mod lists;
mod problems;
mod rates;
mod sections;
mod sessions;
mod stories;
mod tokens;
mod trust_pages;
mod world;

#[tokio::test]
async fn every_statement_is_prepared_on_both_engines() {
    store::testing::on_both(world::MIGRATIONS, async |db| {
        db.prepare_all(&api::statements()).await.unwrap();
    })
    .await;
}
