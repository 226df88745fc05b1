//! Whole exports, good and damaged.

use std::io::Read;

use serde_json::{Value, json};

use super::*;
use crate::incoming::{
    IncomingState, Kind, Stop,
    sorted::{stories, warnings},
};

/// An export as Ghost 5 writes it, with one of everything.
fn herald() -> Value {
    let lexical = json!({"root": {"children": [
        {"type": "paragraph", "children": [{"type": "text", "text": "It is "},
            {"type": "link", "url": "__GHOST_URL__/old-bridge/", "children": [{"type": "text", "text": "open"}]}]},
        {"type": "paywall"},
        {"type": "image", "src": "__GHOST_URL__/content/images/2024/a.jpg", "alt": "Bridge"}]}});
    json!({"db": [{"meta": {"exported_on": 1_700_000_000_000_i64, "version": "5.80.0"}, "data": {
        "settings": [
            {"key": "title", "value": "The Herald"}, {"key": "description", "value": "News & more"},
            {"key": "locale", "value": "en"}, {"key": "comments_enabled", "value": "all"},
            {"key": "codeinjection_head", "value": "<script>track()</script>"},
            {"key": "navigation", "value": "[{\"label\":\"City\",\"url\":\"/tag/city/\"},{\"label\":\"X\",\"url\":\"/x/\"}]"},
            {"key": "stripe_secret_key", "value": "sk_live_secret"}],
        "users": [
            {"id": "u1", "name": "Ada Brook", "slug": "ada", "email": "ada@herald.test", "bio": "Writes.", "password": "$2a$hash",
                "website": "https://ada.test"},
            {"id": "u2", "name": "Bo Lund", "slug": "bo"}, {"id": "u3", "name": "Nobody", "slug": "nobody"}],
        "tags": [
            {"id": "t1", "name": "Bridges", "slug": "bridges"}, {"id": "t2", "name": "City", "slug": "city", "description": "The city"},
            {"id": "t3", "name": "#wide", "slug": "hash-wide", "visibility": "internal"}],
        "posts_tags": [
            {"post_id": "p1", "tag_id": "t2", "sort_order": 2}, {"post_id": "p1", "tag_id": "t3", "sort_order": 1},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 0}],
        "posts_authors": [
            {"post_id": "p1", "author_id": "u1", "sort_order": 1}, {"post_id": "p1", "author_id": "u2", "sort_order": 0}],
        "posts_meta": [
            {"id": "m1", "post_id": "p1", "feature_image_alt": "At noon", "feature_image_caption": "By <b>Bo</b>",
                "meta_title": "Bridge!", "og_image": null}],
        "members": [{"id": "r1", "email": "reader@mail.test"}],
        "posts": [
            {"id": "p1", "uuid": "0a-1", "title": "The <b> bridge & the town", "slug": "bridge", "lexical": lexical.to_string(),
                "html": "<p>never taken</p>", "feature_image": "__GHOST_URL__/content/images/f.jpg", "featured": 1,
                "type": "post", "status": "published", "visibility": "members", "custom_excerpt": "After two years.",
                "canonical_url": "https://agency.test/bridge", "codeinjection_foot": "<script>x()</script>",
                "created_at": "2024-05-01T08:00:00.000Z", "published_at": "2024-05-04T13:00:00.000Z",
                "updated_at": "2024-05-05T13:00:00.000Z"},
            {"id": "p2", "uuid": "0a-2", "title": "About", "slug": "about", "type": "page", "status": "published",
                "html": "<p>Us</p>", "published_at": "2024-01-01T00:00:00.000Z"},
            {"id": "p3", "uuid": "0a-3", "title": "Later", "slug": "later", "type": "post", "status": "scheduled",
                "html": "<p>Soon</p>", "published_at": "2030-01-01T09:00:00.000Z"},
            {"id": "p4", "uuid": "0a-4", "title": "Sketch", "slug": "sketch", "type": "post", "status": "draft", "html": "<p>s</p>"},
            {"id": "p5", "uuid": "0a-5", "title": "Letter", "slug": "letter", "type": "post", "status": "sent", "html": "<p>l</p>",
                "published_at": "2024-01-01T00:00:00.000Z"}],
        "permissions": [{"id": 1}]
    }}]})
}

fn told() -> Told {
    Told {
        site: Some("https://herald.test/".into()),
        redirects: Some(
            "301:\n  ^/2019/bridge/?$: /bridge/\n  /town/: /tag/city/\n  /gone/: /nowhere/\n"
                .into(),
        ),
    }
}

/// Everything an export brings, and how its reading ended.
fn pieces(export: &[u8], told: &Told) -> (Vec<Incoming>, Result<Summary, Unread>) {
    let mut pieces = Vec::new();
    let end = read_bytes(export.to_vec(), told, &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    (pieces, end)
}

fn pieces_of(export: &Value, told: &Told) -> Vec<Incoming> {
    let (pieces, end) = pieces(export.to_string().as_bytes(), told);
    end.unwrap();
    pieces
}

/// One story of an export that holds nothing else, and what was told.
fn story_of(fields: Value) -> (IncomingStory, String) {
    story_with(fields, json!({}))
}

fn story_with(fields: Value, tables: Value) -> (IncomingStory, String) {
    let mut row = json!({"id": "p1", "uuid": "0a-1", "title": "T", "slug": "t", "status": "published",
        "published_at": "2024-05-04T13:00:00.000Z", "html": "<p>Words</p>"});
    for (name, value) in fields.as_object().unwrap() {
        row[name] = value.clone();
    }
    let mut export = json!({"meta": {"version": "5.0"}, "data": {"posts": [row]}});
    for (name, value) in tables.as_object().unwrap() {
        export["data"][name] = value.clone();
    }
    let pieces = pieces_of(&export, &Told::default());
    (stories(&pieces)[0].clone(), warnings(&pieces))
}

#[test]
fn a_story_comes_with_all_that_the_export_says_of_it() {
    let pieces = pieces_of(&herald(), &told());
    let bridge = stories(&pieces)[0];
    assert_eq!(bridge.source_key, "ghost:0a-1");
    assert_eq!(bridge.headline, "The <b> bridge & the town");
    assert_eq!(
        bridge.state,
        IncomingState::Published("2024-05-04T13:00:00Z".parse().unwrap())
    );
    assert_eq!(
        bridge.modified,
        Some("2024-05-05T13:00:00Z".parse().unwrap())
    );
    let names: Vec<_> = bridge
        .bylines
        .iter()
        .map(|byline| byline.name.as_str())
        .collect();
    assert_eq!(names, ["Bo Lund", "Ada Brook"]);
    assert_eq!(
        (bridge.sections.join(","), bridge.topics.join(",")),
        ("city".into(), "Bridges".into())
    );
    assert_eq!(bridge.old_addresses, ["/bridge/", "/2019/bridge"]);
    let lead = bridge.lead_picture.as_ref().unwrap();
    assert_eq!(
        lead.src.as_str(),
        "https://herald.test/content/images/f.jpg"
    );
    assert_eq!(
        (lead.alt.as_str(), lead.caption.as_deref()),
        ("At noon", Some("By Bo"))
    );
    assert_eq!(bridge.deck.as_deref(), Some("After two years."));
    assert_eq!(
        bridge.canonical_url.as_ref().unwrap().as_str(),
        "https://agency.test/bridge"
    );
    assert!(bridge.sticky && bridge.comments_open);
    assert_eq!(bridge.kept["meta_title"], "Bridge!");
    assert_eq!(bridge.kept["internal tags"], json!(["#wide"]));
    let body = serde_json::to_string(&bridge.body).unwrap();
    assert!(
        body.contains("\"/old-bridge/\"")
            && body.contains("https://herald.test/content/images/2024/a.jpg"),
        "{body}"
    );
    assert!(!body.contains("never taken"));
}

#[test]
fn people_sections_and_topics_come_before_the_stories_that_name_them() {
    let pieces = pieces_of(&herald(), &told());
    let kinds = pieces.iter().map(|piece| match piece {
        Incoming::Site(site) => format!("site {} {}", site.title, site.tagline),
        Incoming::Person(person) => format!("person {}", person.name),
        Incoming::Section(section) => format!("section {} {:?}", section.name, section.old_address),
        Incoming::Topic(topic) => format!("topic {}", topic.name),
        Incoming::OldPage(page) => format!("{} to {}", page.old, page.leads_to),
        Incoming::Story(story) => format!("story {}", story.headline),
        _ => String::new(),
    });
    let kinds: Vec<String> = kinds.filter(|kind| !kind.is_empty()).collect();
    assert_eq!(
        kinds,
        [
            "site The Herald News & more",
            "person Ada Brook",
            "person Bo Lund",
            "section City Some(\"/tag/city\")",
            "topic Bridges",
            "story The <b> bridge & the town",
            "story About",
            "story Later",
            "story Sketch",
            "story Letter",
            "/town to /tag/city",
        ]
    );
}

#[test]
fn only_what_was_public_becomes_public() {
    let pieces = pieces_of(&herald(), &told());
    let stories = stories(&pieces);
    assert_eq!(stories[1].kind, Kind::Page);
    assert_eq!(
        stories[2].state,
        IncomingState::Scheduled("2030-01-01T09:00:00Z".parse().unwrap())
    );
    assert_eq!(
        (stories[3].state, stories[4].state),
        (IncomingState::Draft, IncomingState::Draft)
    );
    assert!(stories[3].old_addresses.is_empty());
    assert_eq!(stories[4].old_addresses, ["/email/0a-5/"]);
    let (story, _) = story_of(json!({"email_only": 1}));
    assert_eq!(story.state, IncomingState::Draft);
}

#[test]
fn no_secret_and_no_code_of_the_old_site_comes_through() {
    let pieces = format!("{:?}", pieces_of(&herald(), &told()));
    for secret in [
        "$2a$hash",
        "sk_live_secret",
        "track()",
        "x()",
        "reader@mail.test",
    ] {
        assert!(!pieces.contains(secret), "{secret}");
    }
    let warnings = warnings(&pieces_of(&herald(), &told()));
    for named in [
        "codeinjection_head",
        "codeinjection_foot",
        "members",
        "permissions",
        "1 accounts",
        "website",
        "/gone to /nowhere",
        "#wide",
    ] {
        assert!(warnings.contains(named), "{named} in {warnings}");
    }
}

#[track_caller]
fn check_gate(visibility: Value, body: &str, access: Option<&str>, opening: usize) {
    let (story, _) = story_of(json!({"visibility": visibility, "html": body}));
    assert_eq!(story.access.as_deref(), access, "{visibility}");
    assert_eq!(story.body.cut(2).0.len(), opening, "{visibility} {body}");
}

#[test]
fn what_was_for_members_shows_no_more_than_it_did() {
    let three = "<p>a</p><p>b</p><p>c</p>";
    check_gate(json!("public"), three, None, 2);
    check_gate(json!(null), three, None, 2);
    for gated in ["members", "paid", "tiers", "status:-free"] {
        check_gate(json!(gated), three, Some("registered"), 0);
        check_gate(
            json!(gated),
            "<p>a</p><!--members-only--><p>b</p>",
            Some("registered"),
            1,
        );
    }
    let (story, told) = story_with(
        json!({"visibility": "tiers"}),
        json!({"posts_products": [{"post_id": "p1", "product_id": "gold"}]}),
    );
    assert!(told.contains("paying readers"));
    assert_eq!(
        (&story.kept["visibility"], &story.kept["tiers"]),
        (&json!("tiers"), &json!(["gold"]))
    );
}

#[track_caller]
fn check_body(fields: Value, words: &str, told: &str) {
    let (story, warnings) = story_of(fields);
    assert_eq!(story.body.to_text(), words);
    assert!(warnings.contains(told), "{told} in {warnings}");
}

#[test]
fn the_newest_form_of_a_body_that_can_be_read_is_taken() {
    let lexical = r#"{"root":{"children":[{"type":"paragraph","children":[{"type":"text","text":"lexical"}]}]}}"#;
    let mobiledoc = r#"{"version":"0.3.1","markups":[],"atoms":[],"cards":[],"sections":[[1,"p",[[0,[],0,"mobiledoc"]]]]}"#;
    let markdown = "*markdown*";
    check_body(
        json!({"lexical": lexical, "mobiledoc": mobiledoc, "markdown": markdown}),
        "lexical",
        "",
    );
    check_body(
        json!({"lexical": null, "mobiledoc": mobiledoc, "markdown": markdown}),
        "mobiledoc",
        "",
    );
    check_body(
        json!({"mobiledoc": "", "markdown": markdown}),
        "markdown",
        "",
    );
    check_body(json!({}), "Words", "");
    check_body(json!({"lexical": "{broken"}), "Words", "lexical | no JSON");
    check_body(
        json!({"lexical": r#"{"root":{"children":[]}}"#}),
        "Words",
        "",
    );
    check_body(json!({"html": null}), "", "");
    let (story, _) = story_of(json!({"lexical": "{broken", "html": null}));
    assert!(matches!(story.body.content.as_slice(), [Block::Kept(_)]));
}

#[test]
fn exports_of_every_age_are_read_whatever_they_are_wrapped_in() {
    let row = json!({"id": 1, "title": "Old", "slug": "old", "markdown": "**a**", "html": "", "image": "/content/images/a.jpg",
        "featured": 0, "page": 1, "status": "published", "language": "en_US", "author_id": 1, "published_at": 1_388_318_310_783_i64});
    let data = json!({"posts": [row], "users": [{"id": 1, "name": "Ada"}], "settings": [{"key": "title", "value": "Old site"}]});
    let (meta, inner) = (
        json!({"version": "000"}),
        json!({"meta": {"version": "000"}, "data": data}),
    );
    for export in [
        inner.clone(),
        json!({"db": [inner]}),
        json!({"db": inner}),
        json!({"images": [], "data": inner}),
        json!({"meta": meta, "data": {"data": data}}),
    ] {
        let pieces = pieces_of(&export, &Told::default());
        let story = stories(&pieces)[0];
        assert_eq!(
            (story.kind, story.source_key.as_str()),
            (Kind::Page, "ghost:Old site:1")
        );
        assert_eq!(
            story.state,
            IncomingState::Published("2013-12-29T11:58:30.783Z".parse().unwrap())
        );
        assert_eq!(
            (story.bylines[0].name.as_str(), story.language.is_none()),
            ("Ada", true)
        );
        assert_eq!(
            story.lead_picture.as_ref().unwrap().src.as_str(),
            "/content/images/a.jpg"
        );
    }
}

#[test]
fn the_settings_of_old_exports_tell_dated_addresses() {
    let settings = json!({"settings": [{"key": "permalinks", "value": "/:year/:month/:day/:slug/"},
        {"key": "activeTimezone", "value": "Asia/Tokyo"}, {"key": "amp", "value": "true"}]});
    let (story, told) = story_with(
        json!({"published_at": "2024-05-04T20:00:00.000Z"}),
        settings,
    );
    assert_eq!(story.old_addresses, ["/t/", "/2024/05/05/t/", "/t/amp/"]);
    assert!(!told.contains("how addresses were made"));
    assert!(story_of(json!({})).1.contains("how addresses were made"));
}

#[test]
fn without_a_menu_the_tags_that_stand_first_most_often_are_sections() {
    let tag = |id: &str| json!({"id": id, "name": id, "slug": id});
    let join = |story: &str, tag: &str, order: u32| json!({"post_id": story, "tag_id": tag, "sort_order": order});
    let row = |id: &str| json!({"id": id, "title": id, "slug": id, "status": "draft"});
    let export = json!({"meta": {"version": "5"}, "data": {"posts": [row("a"), row("b"), row("c")],
        "tags": [tag("x"), tag("y")],
        "posts_tags": [join("a", "x", 0), join("a", "y", 1), join("b", "x", 0), join("c", "y", 0), join("c", "lost", 1)]}});
    let pieces = pieces_of(&export, &Told::default());
    let sorted: Vec<_> = stories(&pieces)
        .iter()
        .map(|s| (s.sections.join(","), s.topics.join(",")))
        .collect();
    let pair = |section: &str, topic: &str| (section.to_string(), topic.to_string());
    assert_eq!(sorted, [pair("x", "y"), pair("x", ""), pair("", "y")]);
    let told = warnings(&pieces);
    assert!(
        told.contains("taken for sections") && told.contains("tag lost"),
        "{told}"
    );
}

#[test]
fn what_a_row_says_wrongly_is_told_and_the_rest_of_it_read() {
    let (story, told) = story_of(
        json!({"title": {"en": "T"}, "slug": 7, "custom_excerpt": true, "published_at": "soon", "created_at": 1_388_318_310_783_i64}),
    );
    assert_eq!(
        (story.headline.as_str(), story.slug.as_str()),
        ("Words", "")
    );
    for named in [
        "title | a text belongs here and an object",
        "slug | a text belongs here and a number",
        "a yes or no",
        "date | no date",
        "headline",
    ] {
        assert!(told.contains(named), "{named} in {told}");
    }
    let (story, told) = story_of(json!({"published_at": null, "created_at": null}));
    assert!(story.state == IncomingState::Draft && told.contains("without any date"));
    let (story, told) = story_of(json!({"status": "whatever"}));
    assert!(story.state == IncomingState::Draft && told.contains("whatever"));
    let (_, told) = story_with(
        json!({"author_id": "lost", "canonical_url": "javascript:x"}),
        json!({}),
    );
    assert!(
        told.contains("author lost") && told.contains("javascript:x"),
        "{told}"
    );
}

#[test]
fn a_row_that_cannot_be_used_is_listed_and_the_others_are_read() {
    let mut export = herald();
    let data = &mut export["db"][0]["data"];
    let again = data["posts"][1].clone();
    for bad in [json!(7), json!({"title": "No name"}), again, json!([])] {
        data["posts"].as_array_mut().unwrap().push(bad);
    }
    data["tags"].as_array_mut().unwrap().extend([
        json!({"id": "t1", "name": "Again"}),
        json!({"id": "t9"}),
        json!(null),
    ]);
    data["users"]
        .as_array_mut()
        .unwrap()
        .extend([json!({"id": "u1", "name": "Again"}), json!({"id": "u9"})]);
    data["posts_tags"]
        .as_array_mut()
        .unwrap()
        .push(json!({"post_id": "p1"}));
    data["posts_meta"] = json!({"not": "a list"});
    let pieces = pieces_of(&export, &told());
    assert_eq!(stories(&pieces).len(), 5);
    let warnings = warnings(&pieces);
    for named in [
        "posts row 6 (line 1) | row | it is not an object",
        "item 7 (line 1) “No name” | row | it has neither id nor slug",
        "item 8 (line 1) “About” | row | its id is that of a row before",
        "posts row 9 (line 1)",
        "tags row 4 (line 1) | row | its id t1 is another tag's",
        "tags row 5 (line 1) | row | the tag has no name",
        "tags row 6 (line 1)",
        "users row 4 (line 1) | row | its id u1 is another account's",
        "users row 5 (line 1) | row | the account has no name",
        "posts_tags row 4 (line 1) | row | it does not name both",
        "table posts_meta | row | it is not a list",
    ] {
        assert!(warnings.contains(named), "{named} in {warnings}");
    }
}

#[test]
fn names_written_into_a_row_are_taken_where_tables_are_empty() {
    let (story, _) = story_of(
        json!({"authors": [{"name": "Ada"}, "Bo"], "tags": [{"name": "Sea"}, {"name": "#x"}]}),
    );
    let names: Vec<_> = story
        .bylines
        .iter()
        .map(|byline| byline.name.as_str())
        .collect();
    assert_eq!(
        (names, story.topics),
        (vec!["Ada", "Bo"], vec!["Sea".to_string()])
    );
}

#[test]
fn comments_of_a_full_backup_are_kept_with_the_names_of_their_writers() {
    let (story, _) = story_with(
        json!({}),
        json!({"members": [{"id": "r1", "name": "Cy", "email": "cy@mail.test"}],
            "comments": [{"id": "c1", "post_id": "p1", "member_id": "r1", "status": "published", "html": "<p>Good</p>",
                "created_at": "2024-05-05 10:00:00"}]}),
    );
    let comment = &story.comments[0];
    assert_eq!(
        (
            comment.name.as_str(),
            comment.text.as_str(),
            comment.approved.as_str()
        ),
        ("Cy", "<p>Good</p>", "1")
    );
}

#[test]
fn links_of_a_site_that_was_not_told_become_paths_and_its_pictures_are_counted() {
    let (story, told) = story_of(
        json!({"html": "<p><a href=\"__GHOST_URL__/old/\">a</a> <a href=\"__GHOST_URL__\">b</a> \
        <a href=\"#/portal/signup\">c</a></p><img src=\"__GHOST_URL__/content/images/a.jpg\">"}),
    );
    let body = serde_json::to_string(&story.body).unwrap();
    assert!(
        body.contains("\"/old/\"")
            && body.contains("\"/\"")
            && body.contains("\"/content/images/a.jpg\""),
        "{body}"
    );
    assert!(
        told.contains("1 pictures") && told.contains("--site") && told.contains("#/portal"),
        "{told}"
    );
}

#[test]
fn reading_twice_brings_the_same() {
    let export = herald().to_string();
    let once = format!("{:?}", pieces(export.as_bytes(), &told()));
    assert_eq!(once, format!("{:?}", pieces(export.as_bytes(), &told())));
}

#[test]
fn a_receiver_can_stop() {
    let mut count = 0;
    let end = read_bytes(herald().to_string().into_bytes(), &told(), &mut |_| {
        count += 1;
        if count == 3 {
            Err(Stop("enough".into()))
        } else {
            Ok(())
        }
    });
    assert_eq!(end, Err(Unread::Stopped(Stop("enough".into()))));
}

#[track_caller]
fn check_refused(export: &[u8], why: &str) {
    let (pieces, end) = pieces(export, &Told::default());
    assert!(pieces.is_empty(), "handed over {pieces:?}");
    let error = end.unwrap_err().to_string();
    assert!(error.contains(why), "{error}");
}

#[test]
fn what_is_no_export_is_refused_with_what_it_looks_like() {
    check_refused(b"", "empty");
    check_refused(b" \n ", "empty");
    check_refused(b"PK\x03\x04rest", "zip");
    check_refused(b"\xff\xfe{\x00", "UTF-16");
    check_refused(b"<?xml version='1.0'?><rss></rss>", "import wordpress");
    check_refused(b"email,name\na@b.test,A\n", "not JSON");
    check_refused(b"[]", "list");
    check_refused(b"{}", "empty JSON object");
    check_refused(b"{\"asdadas\":[]}", "the names asdadas");
    check_refused(b"{\"db\":[]}", "“db” is empty");
    check_refused(b"{\"db\":[{},{}]}", "2 databases");
    check_refused(
        b"{\"data\":{\"users\":[],\"tags\":[]}}",
        "none named “posts”",
    );
    check_refused(
        b"{\"posts\":[{\"title\":\"a\"}],\"meta\":{\"pagination\":{}}}",
        "Content API",
    );
    check_refused(
        b"{\"data\":{\"posts\":[],\"posts\":[]}}",
        "“posts” is there twice",
    );
    let mut told = told();
    told.site = Some("herald.test".into());
    let end = read_bytes(herald().to_string().into_bytes(), &told, &mut |_| Ok(()));
    assert!(
        end.unwrap_err()
            .to_string()
            .contains("no address of a site")
    );
}

#[test]
fn a_damaged_export_names_its_line_and_the_headline_before() {
    let export = serde_json::to_string_pretty(&herald()).unwrap();
    let cut = export.find("\"Later\"").unwrap();
    let (nothing, end) = pieces(&export.as_bytes()[..cut], &Told::default());
    let Err(Unread::Broken(broken)) = end else {
        panic!("{end:?}")
    };
    assert!(nothing.is_empty());
    assert_eq!(broken.line, export[..cut].lines().count() as u64);
    assert_eq!(broken.item.as_deref(), Some("after “About”"));
    assert!(broken.why.contains("breaks off"), "{broken}");
    let mut strange = export.clone();
    let bridges = export.find("\"posts\": [").unwrap();
    strange.replace_range(bridges + 7..bridges + 8, ";");
    let line = export[..bridges].lines().count();
    check_refused(
        strange.as_bytes(),
        &format!("line {line}: what stands here is no JSON"),
    );
}

#[test]
fn a_row_that_is_no_json_is_left_out_and_broken_letters_are_replaced() {
    let export = serde_json::to_string(&herald()).unwrap();
    let mut bytes = export.replace("\"Later\"", "Later").into_bytes();
    let about = bytes.windows(5).position(|window| window == b"About");
    bytes[about.unwrap()] = 0xff;
    let (pieces, end) = pieces(&bytes, &told());
    end.unwrap();
    let headlines: Vec<_> = stories(&pieces)
        .iter()
        .map(|story| story.headline.as_str())
        .collect();
    assert_eq!(
        headlines,
        [
            "The <b> bridge & the town",
            "\u{fffd}bout",
            "Sketch",
            "Letter"
        ]
    );
    let warnings = warnings(&pieces);
    for named in [
        "posts row 3 (line 1) | row | it is no JSON",
        "letters | some were no UTF-8",
    ] {
        assert!(warnings.contains(named), "{named} in {warnings}");
    }
}

#[test]
fn lines_of_items_are_told() {
    let export = "{\"data\":{\"posts\":[\n{\"slug\":\"a\",\"title\":\"A\"},\n\n{\"slug\":\"b\",\"title\":\"B\"}]}}";
    let (pieces, _) = pieces(export.as_bytes(), &Told::default());
    let places: Vec<_> = stories(&pieces)
        .iter()
        .map(|story| story.place.as_str())
        .collect();
    assert_eq!(places, ["item 1 (line 2) “A”", "item 2 (line 4) “B”"]);
}

#[test]
fn a_packed_export_is_read_with_the_redirects_beside_it() {
    let folder = std::env::temp_dir().join(format!("dateline-ghost-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut packed = Vec::new();
    let export = herald().to_string();
    let mut packer =
        flate2::bufread::GzEncoder::new(export.as_bytes(), flate2::Compression::fast());
    packer.read_to_end(&mut packed).unwrap();
    std::fs::write(folder.join("herald.json.gz"), packed).unwrap();
    std::fs::write(
        folder.join("redirects.json"),
        r#"[{"from":"/first/","to":"/bridge/"}]"#,
    )
    .unwrap();
    let mut found = Vec::new();
    let end = read(&folder.join("herald.json.gz"), None, &mut |piece| {
        found.push(piece);
        Ok(())
    });
    std::fs::remove_dir_all(&folder).unwrap();
    end.unwrap();
    assert_eq!(stories(&found)[0].old_addresses, ["/bridge/", "/first"]);
    let missing = read(Path::new("/nowhere/at/all.json"), None, &mut |_| Ok(()));
    assert!(matches!(missing, Err(Unread::Broken(_))));
}
