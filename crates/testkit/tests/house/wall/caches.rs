//! W-02: the hunt for canaries once more, through shared caches, good ones and bad ones.

use testkit::{
    Newsroom, Spans,
    front::{DID, Front},
    nginx::{self, Nginx},
    shared_cache::{Manners, SharedCache},
    wire::Server,
};

use super::canaries::Hunt;
use crate::world::{METERED, World};

/// Whoever may read comes first, so that there is something to leak; then those who may not.
async fn hunts_behind(news: &Newsroom, hunt: &mut Hunt<'_>, fronts: Fronts<'_>) {
    let (world, fronts) = fronts;
    hunt.turns_round();
    for (name, front) in fronts {
        let before = hunt.remembered();
        news.stands_behind(Some(front));
        hunt.walks(world, name).await;
        hunt.turns_round();
        // Past the minute for which a page is kept, and into the time in which it may be shown stale.
        news.clock.passes(61.seconds());
        hunt.walks(world, name).await;
        hunt.turns_round();
        let remembered = hunt.remembered() - before;
        println!("{name}: {remembered} answers from memory");
        assert!(remembered > 100, "{name} kept little: it proves nothing");
    }
    news.stands_behind(None);
    hunt.ends();
}

/// A world, and what stands before it, one after the other.
type Fronts<'a> = (&'a World<'a>, Vec<(&'static str, Front)>);

#[tokio::test]
async fn w_02_no_shared_cache_however_bad_gives_anybody_what_was_anothers() {
    let news = Newsroom::open_with(|settings| settings.policy.limit = 3).await;
    let world = World::of(&news).await;
    let mut hunt = Hunt::begins(&world).await;
    let simulated = |manners| Front::Simulated(SharedCache::new(&news, manners));
    let fronts = vec![
        ("a good cache", simulated(Manners::GOOD)),
        ("a bad cache", simulated(Manners::BAD)),
    ];
    hunts_behind(&news, &mut hunt, (&world, fronts)).await;
    super::crawlers::asked_only_for_names(&news);
    news.closes().await;
}

#[tokio::test]
async fn w_02_nginx_as_a_cache_gives_nobody_what_was_anothers() {
    let news = Newsroom::open_with(|settings| settings.policy.limit = 3).await;
    let world = World::of(&news).await;
    let mut hunt = Hunt::begins(&world).await;
    // Only now: a server hears of what is published by itself, and the scene would not know when.
    let server = Server::of(&news);
    let usual = Nginx::before(server.address, nginx::Manners::Usual).await;
    let bad = Nginx::before(server.address, nginx::Manners::Bad).await;
    let fronts = vec![
        ("nginx", Front::Nginx(usual)),
        ("nginx, badly set", Front::Nginx(bad)),
    ];
    hunts_behind(&news, &mut hunt, (&world, fronts)).await;
    server.stops();
    assert_eq!(news.closes_broken().await, Vec::<String>::new());
}

/// The same reader through the same cache: what was read is counted, and an answer of the gate is never
/// out of memory, whoever asks.
#[tokio::test]
async fn w_02_the_gate_is_asked_each_time_whatever_stands_before_it() {
    let news = Newsroom::open().await;
    let world = World::of(&news).await;
    let bad = SharedCache::new(&news, Manners::BAD);
    news.stands_behind(Some(Front::Simulated(bad)));
    let (first, second) = (news.anonymous(), news.anonymous());
    let (gate, shell) = (world.metered.gate(), world.metered.path.as_str());
    for visitor in [&first, &second] {
        for _again in 0..2 {
            let seen = visitor.opens(&gate).await.is(200).shows(METERED);
            assert_eq!(seen.header(DID), "MISS");
            seen.stands("counted", "1/10");
            visitor.opens(shell).await.is(200).does_not_show(METERED);
        }
    }
    assert_eq!(second.opens(shell).await.header(DID), "HIT");
    assert_ne!(first.cookie("__Host-m"), second.cookie("__Host-m"));
    news.closes().await;
}
