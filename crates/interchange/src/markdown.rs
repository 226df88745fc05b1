//! Markdown into our tree, by way of the HTML it stands for.

use base::Document;
use pulldown_cmark::{Options, Parser, html::push_html};

use crate::html::{self, Setting};

/// Reads a text in CommonMark with tables, footnotes and struck-out words. HTML within it is read
/// like any other foreign HTML.
pub fn read(text: &str, setting: &mut Setting) -> Document {
    html::read(&to_html(text), setting)
}

fn to_html(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut html, Parser::new_ext(text, options));
    html
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{address::Addresses, margin::Margin};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = read(
            text,
            &mut Setting {
                addresses: &Addresses::default(),
                margin: &mut Margin::new("folder"),
                notes: &HashMap::new(),
                line_ends_count: false,
            },
        );
        let written = base::document::HtmlOptions::default().write(&document.content);
        assert_eq!(
            written.replace('\n', "").replace(" class=\"quote\"", ""),
            expected,
            "{text}"
        );
    }

    #[test]
    fn markdown_becomes_the_tree() {
        check(
            "A *b* **c** [d](/e)\nf",
            "<p>A <em>b</em> <strong>c</strong> <a href=\"/e\">d</a> f</p>",
        );
        check("# T\n\n* a\n* b", "<h2>T</h2><ul><li>a</li><li>b</li></ul>");
        check("> q\n\n* * *", "<blockquote><p>q</p></blockquote><hr>");
        check("a <script>x</script> b", "<p>a b</p>");
        check(
            "a[^1]\n\n[^1]: note",
            "<p>a<sup class=\"note-ref\"><a id=\"noteref-1\" href=\"#note-1\">1</a></sup></p>\
             <ol class=\"footnotes\" start=\"1\"><li id=\"note-1\">note <a href=\"#noteref-1\">↩</a></li></ol>",
        );
    }
}
