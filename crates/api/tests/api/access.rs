//! Every door against its row: who gets in, who does not, and what each of them sees.

use api::ROWS;
use http::StatusCode;
use newsroom::staff::{Role, api_token::Scope};
use serde_json::{Value, json};
use store::testing::on_both;
use web::{Row, Scope as Needed, StaffRight, Verb, Who};

use crate::world::{Actor, MIGRATIONS, World};

/// Somebody at the door, and what the newsroom says they may do.
struct Guest {
    name: &'static str,
    actor: Actor,
    rights: &'static [StaffRight],
    scopes: &'static [Needed],
    withdraws: bool,
}

async fn guests(world: &World) -> Vec<Guest> {
    use StaffRight::{Publish, SignedIn, Write};
    let staff = |name, actor, rights, withdraws| Guest {
        name,
        actor,
        rights,
        scopes: &[],
        withdraws,
    };
    let machine = |name, actor, scopes| Guest {
        name,
        actor,
        rights: &[],
        scopes,
        withdraws: true,
    };
    vec![
        staff("anonymous", Actor::Anonymous, &[], false),
        staff("old cookie", Actor::Staff("0".repeat(64)), &[], false),
        machine("old token", Actor::Machine("0".repeat(64)), &[]),
        staff(
            "contributor",
            world.staff(Role::Contributor).await,
            &[SignedIn, Write],
            false,
        ),
        staff(
            "editor",
            world.staff(Role::Editor).await,
            &[SignedIn, Write, Publish],
            false,
        ),
        staff(
            "duty editor",
            world.staff(Role::DutyEditor).await,
            &[SignedIn, Write, Publish],
            true,
        ),
        machine(
            "reading machine",
            world.machine(&[Scope::StoriesRead]).await,
            &[Needed::StoriesRead, Needed::Lists],
        ),
        machine(
            "writing machine",
            world.machine(&[Scope::StoriesWrite]).await,
            &[Needed::StoriesWrite, Needed::Lists],
        ),
        machine(
            "publishing machine",
            world.machine(&[Scope::Publish]).await,
            &[Needed::Publish, Needed::Lists],
        ),
    ]
}

/// Doors where the role is asked for beyond the row's right.
const WITHDRAWING: [&str; 2] = ["UNPUBLISH", "WITHDRAW"];

fn may_enter(row: &Row, guest: &Guest) -> bool {
    let by_row = match row.who {
        Who::Anyone => true,
        Who::Reader => false,
        Who::Staff(right) => guest.rights.contains(&right),
        Who::Machine(scope) => {
            guest.scopes.contains(&scope) || guest.rights.contains(&scope.right())
        }
    };
    by_row && (guest.withdraws || !WITHDRAWING.contains(&row.name))
}

fn method(row: &Row) -> &'static str {
    match row.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Patch => "PATCH",
        Verb::Delete => "DELETE",
    }
}

pub fn address(row: &Row, story: &str) -> String {
    let path = row.path.replace("{story}", story).replace("{number}", "1");
    let path = path.replace("{running}", story).replace("{section}", story);
    let path = path.replace("{entry}", story).replace("{person}", story);
    let path = path.replace("{token}", story).replace("{picture}", story);
    let path = path.replace("{upload}", story);
    let path = path.replace("{fetch}", story).replace("{task}", story);
    let path = path.replace("{slug}", "ethics").replace("{version}", "1");
    let path = path
        .replace("{webhook}", story)
        .replace("{delivery}", story);
    path.replace("{confirm}", &"0".repeat(64))
}

#[tokio::test]
async fn every_door_lets_in_whom_its_row_names_and_nobody_else() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let nowhere = "0192f0c0-0000-7000-8000-000000000000";
        let (mut rows, last): (Vec<&Row>, Vec<&Row>) =
            ROWS.iter().partition(|row| row.name != "SIGN_OUT");
        rows.extend(last);
        let guests = guests(&world).await;
        for row in rows {
            for guest in &guests {
                let path = address(row, nowhere);
                let ask = world.ask(method(row), &path, &guest.actor).json(json!({}));
                let status = ask.send().await.status.as_u16();
                let known = !guest.rights.is_empty() || !guest.scopes.is_empty();
                let refused = if known { 403 } else { 401 };
                let at = format!("{} at {}: {status}", guest.name, row.name);
                if may_enter(row, guest) {
                    assert!(status != 401 && status != 403 && status < 500, "{at}");
                } else {
                    assert_eq!(status, refused, "{at}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_07_no_other_spelling_of_an_address_opens_a_door() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let reader = world.machine(&[Scope::StoriesRead]).await;
        let duty = world.staff(Role::DutyEditor).await;
        let story = world.draft(&duty).await.id();
        for row in ROWS.iter().filter(|row| row.who != Who::Anyone) {
            let path = address(row, &story);
            let spellings = [
                format!("{path}/"),
                path.replace("/v1/", "/v1//"),
                path.replace("/v1/", "/v1%2f"),
                path.replace("/api/", "/API/"),
                path.replace("/v1/", "/v1/./"),
                path.replace("/v1/", "/v1/x/../"),
            ];
            for spelling in spellings {
                for actor in [&Actor::Anonymous, &reader, &duty] {
                    let ask = world.ask(method(row), &spelling, actor).json(json!({}));
                    let told = ask.send().await;
                    assert!(!told.status.is_success(), "{} {spelling}", method(row));
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_of_another_site_cannot_write_in_anybodys_name() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let Actor::Staff(token) = &duty else { return };
        let cookie = format!("__Host-staff={token}");
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let ask = world.ask("POST", "/api/v1/stories", &Actor::Anonymous);
            let ask = ask
                .with("cookie", &cookie)
                .with(name, value)
                .json(json!({}));
            ask.send().await.refuses(403, None, "foreign-page");
        }
        let listed = world.get("/api/v1/stories", &duty).await;
        assert_eq!(listed.json["stories"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn v_64_credentials_of_one_kind_are_nothing_in_the_place_of_another() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let Actor::Staff(session) = world.staff(Role::Owner).await else {
            return;
        };
        let Actor::Machine(token) = world.machine(&Scope::ALL).await else {
            return;
        };
        let invitation = world.invitation(Role::Owner).await;
        let misplaced = [
            Actor::Machine(session.clone()),
            Actor::Staff(token),
            Actor::Staff(invitation.reveal().into()),
            Actor::Machine(invitation.reveal().into()),
        ];
        for actor in misplaced {
            let told = world.get("/api/v1/stories", &actor).await;
            assert_eq!(told.status, StatusCode::UNAUTHORIZED);
            assert_eq!(told.header("www-authenticate"), Some("Bearer"));
        }
        // A bearer token decides where there is one: a bad one is not made good by a cookie.
        let ask = world.ask("GET", "/api/v1/stories", &Actor::Staff(session));
        let both = ask.with("authorization", "Bearer 00").send().await;
        assert_eq!(both.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

fn keys(value: &Value) -> Vec<&str> {
    let members = value.as_object().unwrap();
    members.keys().map(String::as_str).collect()
}

const STORY: &str = "id revision state url shell_url slugline headline kicker deck slug language \
    bylines dateline body lead_picture section_id topics people places running_story_id urgency \
    genre access sensitive public_safety_open comments embargo scheduled_for related canonical_url \
    source_note begun_by publication withdrawal notes created_at updated_at";
const SUMMARY: &str = "id slug headline kicker state section bylines language updated_at \
    published_at due_at revision url words access";

#[tokio::test]
async fn v_63_each_of_them_sees_these_members_of_a_story_and_no_more() {
    on_both(MIGRATIONS, async |db| {
        let world = World::open(db).await;
        let duty = world.staff(Role::DutyEditor).await;
        let path = format!("/api/v1/stories/{}", world.published(&duty).await.id());
        let contributor = world.staff(Role::Contributor).await;
        let machine = world.machine(&[Scope::StoriesRead]).await;
        for actor in [&contributor, &duty, &machine] {
            let story = world.get(&path, actor).await;
            assert_eq!(keys(&story.json).join(" "), STORY);
            let listed = world.get("/api/v1/stories", actor).await;
            assert_eq!(keys(&listed.json["stories"][0]).join(" "), SUMMARY);
        }
        let session = world.get("/api/v1/session", &contributor).await;
        assert_eq!(keys(&session.json["staff"]).join(" "), "id name email role");
    })
    .await;
}
