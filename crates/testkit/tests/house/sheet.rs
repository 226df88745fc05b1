//! For each row of the sheet of doors, addresses that have something behind them.

use testkit::Story;
use web::{Row, Verb};

use crate::world::World;

/// Nothing has this id: a running story that is opened, or a person who is changed, would be so for every
/// other test of the sheet.
const NOTHING: &str = "0192f0c0-0000-7000-8000-000000000000";

/// Nothing has this id.
const NOBODY: &str = "0192f0c0-0000-7000-8000-000000000000";

/// Nobody has this section: changing one would change it for every other test of the sheet.
const NO_SECTION: &str = "/api/v1/sections/0192f0c0-0000-7000-8000-000000000000";

/// Nobody has this picture or this upload: scenes with pictures are played elsewhere.
fn of_no_picture(path: &str) -> String {
    let nobody = "0192f0c0-0000-7000-8000-000000000000";
    path.replace("{picture}", nobody)
        .replace("{upload}", nobody)
        .replace("{fetch}", nobody)
}

/// Example addresses of a row; a row without one fails whatever test walks the sheet.
pub async fn addresses(row: &Row, world: &World<'_>) -> Vec<String> {
    let public = [
        &world.open,
        &world.metered,
        &world.registered,
        &world.withdrawn,
    ];
    let each = |address: fn(&Story) -> String| public.map(address).to_vec();
    let one = |address: &str| vec![address.to_string()];
    match row.path {
        "/"
        | "/archive"
        | "/corrections"
        | "/news-sitemap.xml"
        | "/sitemap.xml"
        | "/robots.txt"
        | "/.well-known/host-meta"
        | "/.well-known/nodeinfo"
        | "/nodeinfo/2.1"
        | "/_ap/inbox"
        | "/.well-known/security.txt"
        | "/desk"
        | "/api/v1/openapi.json"
        | "/api/v1/session"
        | "/api/v1/enrolment"
        | "/api/v1/stories"
        | "/api/v1/front"
        | "/api/v1/sections"
        | "/api/v1/sections/order"
        | "/api/v1/trust-pages"
        | "/api/v1/running-stories"
        | "/api/v1/webhooks"
        | "/api/v1/embeds"
        | "/hub"
        | "/api/v1/topics"
        | "/api/v1/tokens"
        | "/api/v1/people" => one(row.path),
        "/api/v1/tasks" => one(row.path),
        "/api/v1/tasks/{task}/completion" => one(&row.path.replace("{task}", NOBODY)),
        "/media/{name}" => one(&format!("/media/{}.jpg", "0".repeat(64))),
        "/_frame/{hash}" => one(&format!("/_frame/{}", "0".repeat(64))),
        "/picture/{id}" => one("/picture/00000000-0000-7000-8000-000000000000"),
        "/api/v1/pictures"
        | "/api/v1/picture-pulls"
        | "/api/v1/picture-uploads"
        | "/api/v1/picture-fetches" => one(row.path),
        path if path.starts_with("/api/v1/picture") => one(&of_no_picture(path)),
        path if path.starts_with("/api/v1/webhooks/{webhook}") => one(&path
            .replace("{webhook}", NOBODY)
            .replace("{delivery}", NOBODY)),
        "/oembed" => each(|story| {
            format!(
                "/oembed?url=https%3A%2F%2Fnews.example{}",
                story.path.replace('/', "%2F")
            )
        }),
        "/.well-known/webfinger" => vec![
            "/.well-known/webfinger?resource=acct:city@news.example".into(),
            "/.well-known/webfinger?resource=https%3A%2F%2Fnews.example%2F".into(),
        ],
        "/_ap/stories/{story}" => each(|story| format!("/_ap/stories/{}", story.id)),
        path if path.starts_with("/_ap/actors/{actor}") => of_actors(path, world).await,
        "/section/{slug}" => one("/section/city"),
        path if is_feed(path) => one(&of_somebody(path)),
        "/topic/{slug}" => one("/topic/harbour"),
        "/author/{slug}" => one("/author/ada-harbour"),
        "/running/{slug}" => one("/running/the-flood"),
        "/{year}/{month}" => one("/2026/11"),
        "/{year}/{month}/{slug}" => {
            let mut paths = each(|story| story.path.clone());
            paths.push("/2026/11/22".into());
            paths
        }
        "/{year}/{month}/{slug}/full" => each(|story| format!("{}/full", story.path)),
        "/{year}/{month}/{slug}/ninjs.json" => each(|story| format!("{}/ninjs.json", story.path)),
        "/_gate/{story}/{revision}" => each(Story::gate),
        "/_preview/{story}" => each(|story| format!("/_preview/{}", story.id)),
        path if path.starts_with("/api/v1/running-stories/{running}") => {
            vec![of_nothing(path)]
        }
        path if path.starts_with("/api/v1/people/{person}")
            || path.starts_with("/api/v1/tokens/{token}") =>
        {
            vec![of_nothing(path)]
        }
        "/api/v1/topics/{slug}" => one("/api/v1/topics/harbour"),
        "/api/v1/sections/{section}" => one(NO_SECTION),
        "/api/v1/trust-pages/{slug}/versions/{version}" => {
            one("/api/v1/trust-pages/ethics/versions/1")
        }
        path if path.starts_with("/api/v1/trust-pages/{slug}") => {
            vec![path.replace("{slug}", "ethics")]
        }
        "/_preview/front" => one("/_preview/front"),
        "/_preview/about/{slug}" => one("/_preview/about/ethics"),
        "/pages/{slug}" => one("/pages/imprint"),
        "/search" => one("/search?q=water"),
        "/about/{slug}" => one("/about/ethics"),
        "/sitemap/{year}/{month}" => {
            vec!["/sitemap/2026/11.xml".into(), "/sitemap/0000/00.xml".into()]
        }
        "/_share/{story}/{file}" => {
            let mut drawn = Vec::new();
            for story in public {
                drawn.push(shared_by(world, story).await);
            }
            drawn
        }
        "/assets/{name}" => vec![on_page(world, "/", "/assets/").await],
        "/desk/assets/{name}" => vec![on_page(world, "/desk", "/desk/assets/").await],
        "/desk/live" => one(row.path),
        "/desk/{*path}" => one("/desk/stories"),
        "/{*path}" => one("/old-imprint"),
        "/api/v1/enrolment/{confirm}" => one("/api/v1/enrolment/0123456789abcdef"),
        "/api/v1/stories/{story}/revisions/{number}" => each(|story| story.api("/revisions/1")),
        path => below_a_story(row, path, world),
    }
}

/// The address of the newsroom's actor and of a section's; an outbox with its first page besides.
async fn of_actors(path: &str, world: &World<'_>) -> Vec<String> {
    let sections = world.wire.visitor.opens("/api/v1/sections").await.json();
    let city = sections["sections"][0]["id"].as_str().expect("a section");
    let each = ["newsroom", city].map(|actor| path.replace("{actor}", actor));
    let pages = each.iter().map(|outbox| format!("{outbox}?page=1"));
    let pages: Vec<String> = match path.ends_with("/outbox") {
        true => pages.collect(),
        false => Vec::new(),
    };
    each.iter().cloned().chain(pages).collect()
}

/// The address with an id that nothing has in each of its moving parts.
fn of_nothing(path: &str) -> String {
    let pieces = path.split('/');
    let pieces = pieces.map(|piece| {
        if piece.starts_with('{') {
            NOTHING
        } else {
            piece
        }
    });
    pieces.collect::<Vec<_>>().join("/")
}

/// Whether the row is a feed, in any of its forms.
pub fn is_feed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    matches!(file, "feed.xml" | "atom.xml" | "feed.json")
}

/// The feed's address where it is of something that is there.
pub fn of_somebody(path: &str) -> String {
    let slugs = [
        ("/section/", "city"),
        ("/topic/", "harbour"),
        ("/author/", "ada-harbour"),
        ("/running/", "the-flood"),
    ];
    let mut slugs = slugs.iter();
    let slug = slugs.find(|(of, _)| path.starts_with(of));
    path.replace("{slug}", slug.map_or("", |(_, slug)| slug))
}

/// What is done to a story is done to the draft; what is read is read of each.
fn below_a_story(row: &Row, path: &str, world: &World<'_>) -> Vec<String> {
    let below = path.strip_prefix("/api/v1/stories/{story}");
    let below = below.unwrap_or_else(|| panic!("{} {path} has no example address", row.name));
    let stories = match row.verb {
        Verb::Get => vec![&world.open, &world.metered, &world.registered, &world.draft],
        _ => vec![&world.draft],
    };
    stories.into_iter().map(|story| story.api(below)).collect()
}

/// Where the picture drawn of a story is: an address of before leads there. Of one that is not public there is none.
async fn shared_by(world: &World<'_>, story: &Story) -> String {
    let before = format!("/_share/{}/0123456789abcdef.png", story.id);
    let now = world.news.anonymous().opens(&before).await;
    match now.header("location") {
        "" => before,
        now => now.into(),
    }
}

/// The first address that begins so on a page; one that is not there when the page has none.
async fn on_page(world: &World<'_>, page: &str, begins: &str) -> String {
    let text = world.news.anonymous().opens(page).await.text();
    let found = text.split('"').find(|part| part.starts_with(begins));
    found.map_or(format!("{begins}none.css"), String::from)
}

/// The method of a row.
pub fn method(row: &Row) -> &'static str {
    match row.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Patch => "PATCH",
        Verb::Delete => "DELETE",
    }
}
