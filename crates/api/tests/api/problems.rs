//! Every problem of the API in its words: true for this address and for whoever asked.

use newsroom::staff::{Role, api_token::Scope};
use serde_json::Value;
use store::testing::on_both;

use crate::world::{Actor, MIGRATIONS, World};

/// Who asks for what, with which body; and the status, the title, words of the detail, the field.
/// `+` before a body sends `If-Match: "1"`, `text:` sends it as plain text.
const TABLE: &str = r##"
reader POST /stories {"headline" => 403 | This token may not do that | lacks the scope “stories:write”. It has: stories:read, lists | -
writer POST /stories {"headline": "a" => 400 | The request could not be read | goes wrong at line 1, column 16. | -
writer POST /stories text:{} => 415 | The body is not of a type this address takes | takes application/json | -
writer POST /stories {"a": {"b": 1, "b": 2}} => 400 | The request could not be read | “a.b” is there twice | a.b
writer POST /stories [] => 422 | Something in the request is not as it has to be | it is no object | -
writer POST /stories {"urgency": "5"} => 422 | Something in the request is not as it has to be | “urgency” has to be a whole number | urgency
writer POST /stories {"access": {"a": 1}} => 422 | Something in the request is not as it has to be | “access” is one of these: open, metered, registered. | access
writer POST /stories {"body": {"type": "doc", "content": [{"type": 7}]}} => 422 | Something in the request is not as it has to be | “body.content[0].type” has to be text | body.content[0].type
writer POST /stories {"by": 1} => 422 | Something in the request is not as it has to be | We know no field “by”. | by
writer PATCH /stories/STORY {} => 428 | The revision this was made upon is not named | Say which revision you changed, in If-Match | If-Match
editor PATCH /stories/STORY +{"headline": "b"} => 409 | This does not fit with how things are now | Somebody saved this story after you opened it. | -
reader GET /stories/NOBODY => 404 | There is no such story | GET /api/v1/stories lists | -
reader GET /stories/x => 404 | There is no such story | No story has this id | -
reader GET /stories/STORY/revisions/99 => 404 | There is no such revision | no revision of this number | -
editor PUT /running-stories/NOBODY/public-safety {} => 404 | There is no such running story | GET /api/v1/running-stories | -
reader GET /articles => 404 | The API has no such address | /api/v1/openapi.json | -
reader DELETE /stories => 405 | This address does not take DELETE | Allow names what it takes | -
nobody GET /stories => 401 | This address has to know who asks | Authorization: Bearer TOKEN | -
stale-token GET /stories => 401 | This token opens nothing | was revoked, or is too old | -
stale-session GET /stories => 401 | This session has ended | Sign in at /desk | -
contributor PUT /stories/STORY/publication {} => 403 | You may not do that here | Your account may not publish, correct or withdraw. | -
editor PUT /stories/STORY/withdrawal {"reason": "a"} => 403 | You may not do that here | for a duty editor | -
reader GET /session => 403 | This token may not do that | no token opens it | -
nobody POST /session {"email": 1} => 422 | Something in the request is not as it has to be | “email” has to be text | email
"##;

struct Row<'t> {
    who: &'t str,
    method: &'t str,
    path: &'t str,
    body: &'t str,
    status: u16,
    told: [&'t str; 3],
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    TABLE.trim().lines().map(|line| {
        let (asked, told) = line.rsplit_once(" => ").unwrap();
        let mut asked = asked.splitn(4, ' ');
        let mut told = told.split(" | ");
        Row {
            who: asked.next().unwrap(),
            method: asked.next().unwrap(),
            path: asked.next().unwrap(),
            body: asked.next().unwrap_or_default(),
            status: told.next().unwrap().parse().unwrap(),
            told: [(); 3].map(|()| told.next().unwrap()),
        }
    })
}

async fn actor(world: &World, who: &str) -> Actor {
    match who {
        "reader" => world.machine(&[Scope::StoriesRead]).await,
        "writer" => world.machine(&[Scope::StoriesWrite]).await,
        "editor" => world.staff(Role::Editor).await,
        "contributor" => world.staff(Role::Contributor).await,
        "stale-token" => Actor::Machine("0".repeat(64)),
        "stale-session" => Actor::Staff("0".repeat(64)),
        _ => Actor::Anonymous,
    }
}

/// Words of the parser, of the search page and of the browser's user, which no program is told.
const NOT_FOR_PROGRAMS: [&str; 6] = [
    "invalid type",
    "expected variant",
    "the search",
    "that address",
    "Signing in may help",
    "{ $",
];

#[track_caller]
fn check(row: &Row<'_>, json: &Value) {
    let at = format!(
        "{} {} {} {}: {json}",
        row.who, row.method, row.path, row.body
    );
    let [title, detail, field] = row.told;
    assert_eq!(json["status"], row.status, "{at}");
    assert_eq!(json["title"], title, "{at}");
    assert!(json["detail"].as_str().unwrap().contains(detail), "{at}");
    let found = json["refusals"][0]["field"].as_str().unwrap_or("-");
    assert_eq!(found, field, "{at}");
    let text = json.to_string();
    for words in NOT_FOR_PROGRAMS {
        assert!(!text.contains(words), "{words}: {at}");
    }
}

#[tokio::test]
async fn every_problem_is_told_in_words_that_are_true_at_its_door() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let story = world.draft(&duty).await.id();
        let own = format!("/api/v1/stories/{story}");
        let saved = world.ask("PATCH", &own, &duty).upon(1);
        let saved = saved.json(serde_json::json!({"headline": "Saved first"}));
        assert!(saved.send().await.status.is_success());
        for row in rows() {
            let path = row.path.replace("STORY", &story);
            let path = path.replace("NOBODY", "0192f0c0-0000-7000-8000-000000000000");
            let actor = actor(&world, row.who).await;
            let mut ask = world.ask(row.method, &format!("/api/v1{path}"), &actor);
            let body = row.body.strip_prefix('+').unwrap_or(row.body);
            if body.len() < row.body.len() {
                ask = ask.upon(1);
            }
            ask = match body.strip_prefix("text:") {
                Some(text) => ask.raw(text.as_bytes(), "text/plain"),
                None => ask.bytes(body.as_bytes()),
            };
            check(&row, &ask.send().await.json);
        }
    })
    .await;
}

#[test]
fn a_scope_is_called_as_tokens_are_made_with_it() {
    let words: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    let doors: Vec<&str> = web::Scope::ALL.iter().map(|scope| scope.word()).collect();
    assert_eq!(words, doors[..words.len()]);
}
