//! Markdown into our tree, by way of the HTML it stands for.

use base::{
    Document,
    html::{push_attribute, push_text},
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html};

use crate::html::{self, Setting};

/// Reads a text in CommonMark with tables, footnotes and struck-out words. HTML within it is read
/// like any other foreign HTML.
pub fn read(text: &str, setting: &mut Setting) -> Document {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut html, Parser::new_ext(text, options()));
    html::read(&html, setting)
}

/// As [`read`], but every line end is a new line and a bare address a link, as editors for the web
/// have it.
pub fn read_by_lines(text: &str, setting: &mut Setting) -> Document {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    // Addresses are linked only where they are neither a link's words nor code.
    let mut within = 0usize;
    let events = TextMergeStream::new(Parser::new_ext(text, options())).map(|event| {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => within = within.saturating_sub(1),
            Event::SoftBreak => return Event::HardBreak,
            Event::Text(words) if within == 0 && words.contains("://") => {
                return Event::InlineHtml(linked(words).into());
            }
            _ => {}
        }
        event
    });
    push_html(&mut html, events);
    html::read(&html, setting)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The words as HTML, with a link for each web address among them.
fn linked(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 32);
    for piece in words.split_inclusive(char::is_whitespace) {
        let mut schemes = ["https://", "http://"].into_iter();
        let Some(start) = schemes.find_map(|scheme| piece.find(scheme)) else {
            push_text(&mut out, piece);
            continue;
        };
        let (before, address) = piece.split_at(start);
        // What ends a sentence or closes a bracket does not belong to an address.
        let end =
            address.trim_end_matches(|ch: char| ch.is_whitespace() || ".,;:!?)\"'”’»".contains(ch));
        push_text(&mut out, before);
        out.push_str("<a");
        push_attribute(&mut out, "href", end);
        out.push('>');
        push_text(&mut out, end);
        out.push_str("</a>");
        push_text(&mut out, &address[end.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{address::Addresses, margin::Margin};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_by(read, text, expected);
    }

    #[track_caller]
    fn check_by(read: fn(&str, &mut Setting) -> Document, text: &str, expected: &str) {
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
    fn by_lines_a_line_end_is_a_new_line_and_an_address_a_link() {
        check_by(read_by_lines, "a\nb", "<p>a<br>b</p>");
        check_by(
            read_by_lines,
            "See (https://e.test/a_b_c?x=1&y=2). `http://code.test`",
            "<p>See (<a href=\"https://e.test/a_b_c?x=1&amp;y=2\" rel=\"noopener\">https://e.test/a_b_c?x=1&amp;y=2</a>). \
             <code>http://code.test</code></p>",
        );
        check_by(
            read_by_lines,
            "[http://words.test](/e) <http://auto.test/>",
            "<p><a href=\"/e\">http://words.test</a> <a href=\"http://auto.test/\" rel=\"noopener\">http://auto.test/</a></p>",
        );
        check_by(
            read_by_lines,
            "    http://code.test",
            "<pre>http://code.test</pre>",
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
