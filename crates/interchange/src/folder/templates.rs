//! Commands of Hugo (`{{< … >}}`) and Jekyll (`{% … %}`, `{{ … }}`) in a text: what they stand for
//! is written as HTML, the rest is kept.

mod around;
mod command;

use base::html;

use super::walk::Index;
use crate::{html::GONE, margin::Margin};
use around::{attribute, closes_later, in_code, in_destination, one_line};
use command::{Command, taken_apart};

/// Bytes of one command.
const MAX_COMMAND: usize = 4_000;
/// Remark on commands that are kept.
const UNKNOWN: &str = "a command of the old site's program; kept for the desk, not shown";

/// Replaces the commands in a text.
pub(super) fn expand(text: &str, index: &Index, margin: &mut Margin) -> String {
    if !text.contains("{{") && !text.contains("{%") && !text.contains("{:") {
        return text.to_string();
    }
    let mut writer = Writer {
        index,
        margin,
        out: String::with_capacity(text.len()),
    };
    writer.text(text);
    writer.out
}

struct Writer<'w> {
    index: &'w Index,
    margin: &'w mut Margin,
    out: String,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        let mut at = 0;
        while let Some(found) = text[at..].find('{') {
            let start = at + found;
            self.out.push_str(&text[at..start]);
            at = start + self.brace(text, start);
        }
        self.out.push_str(&text[at..]);
    }

    /// Deals with a brace; says how many bytes it took.
    fn brace(&mut self, text: &str, start: usize) -> usize {
        let rest = &text[start..];
        let verbatim = in_code(&self.out);
        for (opening, closing) in [
            ("{{<", ">}}"),
            ("{{%", "%}}"),
            ("{%", "%}"),
            ("{{", "}}"),
            ("{:", "}"),
        ] {
            let Some(inner) = rest.strip_prefix(opening) else {
                continue;
            };
            let Some(end) = inner.find(closing).filter(|end| *end < MAX_COMMAND) else {
                continue;
            };
            let words = inner[..end].trim().trim_matches('-').trim();
            let length = opening.len() + end + closing.len();
            if opening == "{%" && words == "raw" {
                return length + self.raw(&rest[length..]);
            }
            if verbatim {
                break;
            }
            match opening {
                // Classes and ids of kramdown, which have no meaning beyond the old site's looks.
                "{:" => {}
                "{{" => self.variable(&rest[..length], words),
                _ => self.command(&rest[..length], words, &text[start + length..]),
            }
            return length;
        }
        self.out.push('{');
        1
    }

    /// Copies what stands between `raw` and `endraw`.
    fn raw(&mut self, rest: &str) -> usize {
        let end = rest.find("endraw").and_then(|at| rest[..at].rfind("{%"));
        let Some(end) = end else { return 0 };
        self.out.push_str(&rest[..end]);
        let closing = rest[end..].find("%}").map_or(0, |at| at + 2);
        end + closing
    }

    fn command(&mut self, whole: &str, words: &str, behind: &str) {
        if words.starts_with('/') || words.starts_with("end") {
            return;
        }
        if words.starts_with("/*") {
            return;
        }
        let command = taken_apart(whole, words);
        if in_destination(&self.out) {
            return self.destination(&command);
        }
        let name = command.name;
        match name {
            "ref" | "relref" | "link" | "post_url" => self.destination(&command),
            "youtube" | "vimeo" | "tweet" | "twitter" | "x" | "instagram" => {
                self.elsewhere(&command)
            }
            _ if name.contains("img") || name.contains("image") || name == "figure" => {
                self.picture(&command);
            }
            _ if name.contains("quote") && command.named(&["text"]).is_some() => {
                self.quote(&command)
            }
            _ if command.named(&["label"]).is_some() => self.file(&command),
            _ if closes_later(name, whole, behind) => self.frame(&command),
            _ => self.keep(name, whole),
        }
    }

    /// A command where an address is expected.
    fn destination(&mut self, command: &Command<'_>) {
        let named = command
            .nth(0)
            .or(command.named(&["path", "file", "src", "href", "url", "page"]));
        match named.and_then(|named| self.index.find(named)) {
            Some(address) => self.out.push_str(address),
            // A path of the old site may well be one of the new.
            None if named.is_some_and(|named| named.starts_with('/')) => {
                let path = named.unwrap_or_default();
                self.out.push_str(path.strip_suffix(".md").unwrap_or(path));
            }
            None => {
                self.margin.remark(
                    named.unwrap_or(command.whole),
                    "a link to a file that is not in the folder; its words were taken",
                );
                self.out.push_str(GONE);
            }
        }
    }

    fn elsewhere(&mut self, command: &Command<'_>) {
        let id = command.named(&["id", "url", "src"]).or(command.nth(0));
        let user = command.named(&["user"]).unwrap_or("i");
        let address = match (command.name, id) {
            (_, None) => return self.keep(command.name, command.whole),
            (_, Some(id)) if id.contains("://") => id.to_string(),
            ("youtube", Some(id)) => format!("https://www.youtube.com/watch?v={id}"),
            ("vimeo", Some(id)) => format!("https://vimeo.com/{id}"),
            ("instagram", Some(id)) => format!("https://www.instagram.com/p/{id}/"),
            (_, Some(id)) => format!("https://twitter.com/{user}/status/{id}"),
        };
        let title = command.named(&["title"]).unwrap_or_default();
        self.apart(&format!(
            "<x-embed{}{}></x-embed>",
            attribute("src", &address),
            attribute("title", title)
        ));
    }

    fn picture(&mut self, command: &Command<'_>) {
        let src = command.named(&["src", "path", "file"]).or(command.nth(0));
        let Some(src) = src.filter(|src| {
            src.rsplit('/')
                .next()
                .is_some_and(|name| name.contains('.'))
        }) else {
            return self.keep(command.name, command.whole);
        };
        let last = command
            .values
            .iter()
            .filter(|(key, _)| key.is_empty())
            .count();
        let alt = command
            .named(&["alt"])
            .or_else(|| command.nth(last.saturating_sub(1)).filter(|_| last > 1))
            .unwrap_or_default();
        let image = format!("<img{}{}>", attribute("src", src), attribute("alt", alt));
        match command.named(&["caption", "title"]) {
            Some(caption) => {
                let caption = one_line(caption);
                self.apart(&format!(
                    "<figure>{image}<figcaption>{caption}</figcaption></figure>"
                ));
            }
            None => self.apart(&image),
        }
    }

    fn quote(&mut self, command: &Command<'_>) {
        let text = html::text(&one_line(command.named(&["text"]).unwrap_or_default()));
        let cite = match command.named(&["cite", "author", "by"]) {
            Some(cite) => format!("<cite>{}</cite>", html::text(&one_line(cite))),
            None => String::new(),
        };
        self.apart(&format!("<blockquote><p>{text}</p>{cite}</blockquote>"));
    }

    /// A file to fetch, with the words of its link.
    fn file(&mut self, command: &Command<'_>) {
        let label = html::text(&one_line(command.named(&["label"]).unwrap_or_default()));
        let named = command.named(&["file", "src", "href", "url", "path"]);
        let address = named.filter(|named| named.contains("://") || named.starts_with('/'));
        match address {
            Some(address) => self
                .out
                .push_str(&format!("<a{}>{label}</a>", attribute("href", address))),
            None => {
                self.margin.remark(
                    named.unwrap_or(command.whole),
                    "a link to a file whose place only the old site's program knew; its words were taken",
                );
                self.out.push_str(&label);
            }
        }
    }

    /// A frame around text: the frame falls away, the text and its title stay.
    fn frame(&mut self, command: &Command<'_>) {
        self.margin.remark(
            command.name,
            "a frame of the old site's around text; the text stays, the frame fell away",
        );
        if let Some(title) = command.named(&["title", "heading"]) {
            self.apart(&format!(
                "<p><strong>{}</strong></p>",
                html::text(&one_line(title))
            ));
        }
    }

    /// `{{ "/path" | url }}`, `{{ site.baseurl }}`.
    fn variable(&mut self, whole: &str, words: &str) {
        let (value, filter) = words.split_once('|').unwrap_or((words, ""));
        let (value, filter) = (value.trim(), filter.trim());
        let literal = ['"', '\'']
            .into_iter()
            .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
        let at_address = in_destination(&self.out);
        match literal {
            _ if matches!(value, "site.baseurl" | "site.url") && filter.is_empty() => {}
            Some(text) if filter.starts_with("embed") => {
                self.apart(&format!("<x-embed{}></x-embed>", attribute("src", text)));
            }
            Some(text)
                if at_address || matches!(filter, "url" | "relative_url" | "absolute_url") =>
            {
                let path = text
                    .strip_prefix("//")
                    .map_or(text.to_string(), |rest| format!("/{rest}"));
                self.out.push_str(&path.replace(' ', "%20"));
            }
            Some(_)
                if ["photo", "image", "img"]
                    .iter()
                    .any(|word| filter.contains(word)) =>
            {
                self.keep(value, whole);
            }
            Some(text) => {
                self.margin.remark(
                    whole,
                    "words that the old site's program dressed up; only the words were taken",
                );
                self.out.push_str(&super::people::name_of(text));
            }
            None if at_address => {
                self.margin.remark(
                    whole,
                    "an address that only the old site's program knew; left out",
                );
                self.out.push_str(GONE);
            }
            None => self.keep(value, whole),
        }
    }

    fn keep(&mut self, name: &str, whole: &str) {
        self.margin.remark(whole, UNKNOWN);
        let kept = format!(
            "<x-kept{}{}></x-kept>",
            attribute("name", name),
            attribute("source", whole)
        );
        self.apart(&kept);
    }

    /// Writes HTML; where it begins a line, blank lines part it from the Markdown around it.
    fn apart(&mut self, html: &str) {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        if line.trim().is_empty() {
            let indent = line.to_string();
            self.out
                .push_str(&format!("\n\n{indent}{html}\n\n{indent}"));
        } else {
            self.out.push_str(html);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, remarks: usize) {
        let index = Index::of(&[(PathBuf::new(), "2019-03-27-bridge.md".into())]);
        let mut margin = Margin::new("folder");
        assert_eq!(expand(text, &index, &mut margin), expected, "{text}");
        let found: Vec<_> = margin.into_warnings("").collect();
        assert_eq!(found.len(), remarks, "{text}: {found:?}");
    }

    #[test]
    fn commands_become_what_they_stand_for() {
        check(
            "[a]({{< ref \"2019-03-27-bridge.md\" >}})",
            "[a](/2019/03/27/bridge/)",
            0,
        );
        check("[a]({{< ref \"gone.md\" >}})", "[a](x-gone:)", 1);
        check("[a]({{< ref \"/topics/x\" >}})", "[a](/topics/x)", 0);
        check(
            "[a]({{ \"/2015/12/01/x/\" | url }})",
            "[a](/2015/12/01/x/)",
            0,
        );
        check(
            "<img src=\"{{site.baseurl}}/a.png\">",
            "<img src=\"/a.png\">",
            0,
        );
        check(
            "x {% image \"a/b.png\" \"Al \\\"t\" %}",
            "x <img src=\"a/b.png\" alt=\"Al &quot;t\">",
            0,
        );
        check(
            "x {{< legacy-img src=\"b.png\" alt=\"A\" caption=\"\" >}}",
            "x <img src=\"b.png\" alt=\"A\">",
            0,
        );
        check(
            "x {% image_with_class \"b.png\" \"wide\" \"A\" %}",
            "x <img src=\"b.png\" alt=\"A\">",
            0,
        );
        check("{% raw %}{{ x }}{% endraw %}!", "{{ x }}!", 0);
        check("a{: .wide}", "a", 0);
        check("`{{ x }}` b", "`{{ x }}` b", 0);
        check("x {{< note >}}b{{< /note >}}", "x b", 1);
        check("{ a {{ b", "{ a {{ b", 0);
    }

    #[test]
    fn what_is_not_known_is_kept() {
        check(
            "x {{< acme a=\"1\" >}} y",
            "x <x-kept name=\"acme\" source=\"{{&lt; acme a=&quot;1&quot; &gt;}}\"></x-kept> y",
            1,
        );
        check(
            "x {{ image | url }}",
            "x <x-kept name=\"image\" source=\"{{ image | url }}\"></x-kept>",
            1,
        );
    }
}
