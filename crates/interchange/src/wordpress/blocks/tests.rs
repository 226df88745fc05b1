//! Blocks as they are saved, and what becomes of them.

use super::*;

#[track_caller]
fn check(content: &str, expected: &str, remarks: &[&str]) {
    let mut atlas = Atlas::default();
    atlas.blocks.insert(
        "7".into(),
        "<!-- wp:paragraph --><p>again</p><!-- /wp:paragraph --><!-- wp:block {\"ref\":7} /-->"
            .into(),
    );
    let mut margin = Margin::new("wordpress");
    assert_eq!(
        to_html(content, &atlas, "1", &mut margin),
        expected,
        "{content}"
    );
    let found: Vec<String> = margin
        .into_warnings("")
        .map(|warning| warning.what)
        .collect();
    assert_eq!(found, remarks, "{content}");
}

#[test]
fn saved_blocks_lose_only_their_marks() {
    check(
        "<!-- wp:paragraph {\"a\":\"-\"} --><p>a</p><!-- /wp:paragraph -->",
        "<p>a</p>",
        &[],
    );
    check(
        "<!-- wp:group --><div><!-- wp:core/heading --><h2>a</h2><!-- /wp:core/heading --></div><!-- /wp:group -->",
        "<div><h2>a</h2></div>",
        &[],
    );
    check(
        "<!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:spacer --><div></div><!-- /wp:spacer -->",
        "<x-fold></x-fold>",
        &[],
    );
    check(
        "<!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage -->",
        "<hr>",
        &[],
    );
    check(
        "a\n\nb<!-- wp:html --><b>c</b><!-- /wp:html -->",
        "<x-classic>a\n\nb</x-classic><b>c</b>",
        &[],
    );
    check(
        "<!-- wp:embed {\"url\":\"https://youtu.be/x\"} /-->",
        "<x-embed src=\"https://youtu.be/x\"></x-embed>",
        &[],
    );
    check(
        "<!-- wp:paragraph --><p>never closed",
        "<p>never closed",
        &[],
    );
}

#[test]
fn what_is_filled_at_each_visit_is_kept_whole() {
    check(
        "<!-- wp:latest-posts {\"n\":1} /-->x",
        "<x-kept name=\"latest-posts\" source=\"&lt;!-- wp:latest-posts {&quot;n&quot;:1} /--&gt;\"></x-kept><x-classic>x</x-classic>",
        &["latest-posts"],
    );
    check(
        "<!-- wp:query --><!-- wp:query -->a<!-- /wp:query --><!-- /wp:query -->",
        "<x-kept name=\"query\" source=\"&lt;!-- wp:query --&gt;&lt;!-- wp:query --&gt;a&lt;!-- /wp:query --&gt;&lt;!-- /wp:query --&gt;\"></x-kept>",
        &["query"],
    );
}

#[test]
fn a_reusable_block_is_read_where_it_is_used_but_not_for_ever() {
    check(
        "<!-- wp:block {\"ref\":7} /-->",
        "<p>again</p><p>again</p><p>again</p><p>again</p><x-kept name=\"block\" source=\"&lt;!-- wp:block {&quot;ref&quot;:7} /--&gt;\"></x-kept>",
        &["block"],
    );
    check(
        "<!-- wp:block {\"ref\":8} /-->",
        "<x-kept name=\"block\" source=\"&lt;!-- wp:block {&quot;ref&quot;:8} /--&gt;\"></x-kept>",
        &["block"],
    );
}

#[test]
fn a_plugins_block_gives_what_it_saved() {
    check(
        "<!-- wp:acme/note {\"x\":1} --><p>a</p><!-- /wp:acme/note -->",
        "<p>a</p>",
        &["acme/note"],
    );
    check(
        "<!-- wp:acme/map /-->",
        "<x-kept name=\"acme/map\" source=\"&lt;!-- wp:acme/map /--&gt;\"></x-kept>",
        &["acme/map"],
    );
}
