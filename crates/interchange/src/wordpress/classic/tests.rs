//! Bodies from before blocks: paragraphs and shortcodes.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str, remarks: usize) {
    let mut atlas = Atlas::default();
    let picture = |url: &str| Attached {
        url: url.into(),
        alt: "A".into(),
        caption: "C".into(),
        credit: None,
    };
    atlas.library.insert("5".into(), picture("/5.jpg"));
    atlas.uploads.insert("1".into(), vec!["5".into()]);
    let mut margin = Margin::new("wordpress");
    assert_eq!(to_html(text, &atlas, "1", &mut margin), expected, "{text}");
    assert_eq!(margin.into_warnings("").count(), remarks, "{text}");
}

const FIGURE: &str = "<figure class=\"wp-block-gallery\"><figure><img src=\"/5.jpg\" alt=\"A\"><figcaption>C</figcaption></figure></figure>";

#[test]
fn known_shortcodes_become_what_they_show() {
    check(
        "[caption id=\"x\" width=\"3\"]<a href=\"b\"><img src=\"a\" /></a> Words <i>x</i>[/caption]",
        "<figure><a href=\"b\"><img src=\"a\" /></a><figcaption>Words <i>x</i></figcaption></figure>",
        0,
    );
    check(
        "[caption caption=\"Old\"]<img src=\"a\">[/caption]",
        "<figure><img src=\"a\"><figcaption>Old </figcaption></figure>",
        0,
    );
    check("[gallery ids=\"5\"]", FIGURE, 0);
    check("[gallery]", FIGURE, 0);
    check("[gallery ids='5,6']", FIGURE, 1);
    check(
        "[embed width=\"3\"]https://youtu.be/x?a=1&amp;b[/embed]",
        "<x-embed src=\"https://youtu.be/x?a=1&amp;b\"></x-embed>",
        0,
    );
    check(
        "[audio mp3=\"https://a.test/b.mp3\"][/audio]",
        "<x-embed src=\"https://a.test/b.mp3\"></x-embed>",
        0,
    );
    check(
        "[youtube=https://youtu.be/x]",
        "<x-embed src=\"https://youtu.be/x\"></x-embed>",
        0,
    );
    check(
        "[vimeo 123]",
        "<x-embed src=\"https://vimeo.com/123\"></x-embed>",
        0,
    );
}

#[test]
fn unknown_shortcodes_are_kept_and_words_in_brackets_stay() {
    check(
        "[acme a=\"1\"]text[/acme] b",
        "<x-kept name=\"acme\" source=\"[acme a=&quot;1&quot;]\"></x-kept>text b",
        1,
    );
    check(
        "[gallery ids=\"9\"]",
        "<x-kept name=\"gallery\" source=\"[gallery ids=&quot;9&quot;]\"></x-kept>",
        1,
    );
    check(
        "He said [sic] so [1] [citation needed] [x](y)",
        "He said [sic] so [1] [citation needed] [x](y)",
        0,
    );
    check(
        "[[gallery]] <code>[gallery]</code> <a title=\"[gallery]\">",
        "[gallery] <code>[gallery]</code> <a title=\"[gallery]\">",
        0,
    );
    check("a [ b [/i] [", "a [ b [/i] [", 0);
}
