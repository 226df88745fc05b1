//! The words of the trade: what `docs/words.md` says we do not use is in no name, page or message of ours.
//!
//! Names of others' formats stay as they are: `interchange` is left out, and so are names we only use and do not give.

use super::{
    Finding, Text,
    source::{Kind, Source, Token},
};

const DOCUMENT: &str = "docs/words.md";
const SECTION: &str = "words we do not use";

/// What protocols and tools call things; a name that holds one of these means that thing.
const OTHERS_NAMES: &[&str] = &[
    "content_disposition",
    "content_encoding",
    "content_language",
    "content_length",
    "content_location",
    "content_range",
    "content_security_policy",
    "content_type",
    "tracing_subscriber",
    "user_agent",
];

/// After these a name is given.
const GIVES_A_NAME: &[&str] = &[
    "const", "enum", "fn", "let", "mod", "mut", "static", "struct", "trait", "type",
];

/// A word we do not use, the one we do, and names that may hold it all the same.
struct Unwanted {
    word: String,
    ours: String,
    except: Vec<String>,
}

/// Finds the words in names we give, in templates, and in messages.
pub fn check(texts: &[Text], sources: &[Source]) -> Vec<Finding> {
    let Some(document) = texts.iter().find(|text| text.path == DOCUMENT) else {
        return vec![Finding::in_file(
            DOCUMENT,
            "is not there; it holds the words we do not use",
        )];
    };
    let list = read(&document.text);
    if list.is_empty() {
        let what = "has no section `Words we do not use` with lines `- word → ours`";
        return vec![Finding::in_file(DOCUMENT, what)];
    }
    let mut findings = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.crate_name() != "interchange")
    {
        findings.extend(in_names(source, &list));
    }
    for text in texts {
        findings.extend(in_words(text, &list));
    }
    findings
}

/// Lines `- word, word (except name, name) → ours` of the section.
fn read(document: &str) -> Vec<Unwanted> {
    let mut list = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        if line.starts_with('#') {
            inside = line.to_lowercase().contains(SECTION);
        }
        let Some((left, ours)) = line
            .strip_prefix("- ")
            .and_then(|line| line.split_once('→'))
        else {
            continue;
        };
        let left = left.replace(['`', '*'], "").trim().to_string();
        let raw_except = line.split_once("(except ").map_or("", |(_, rest)| rest);
        let except: Vec<String> = names_in(raw_except.split(')').next().unwrap_or_default());
        let words = left.split(" (").next().unwrap_or_default();
        for word in words.split([',', '/']).map(str::trim).filter(|_| inside) {
            list.push(Unwanted {
                word: word.to_lowercase(),
                ours: ours.trim().to_string(),
                except: except.clone(),
            });
        }
    }
    list.retain(|unwanted| !unwanted.word.is_empty());
    list
}

fn names_in(list: &str) -> Vec<String> {
    list.split(',')
        .map(|name| snake(name.trim().trim_matches('`')))
        .filter(|name| !name.is_empty())
        .collect()
}

fn in_names(source: &Source, list: &[Unwanted]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in given_names(&source.tokens) {
        let token = &source.tokens[place];
        let name = snake(&token.text);
        if let Some(unwanted) = list.iter().find(|unwanted| unwanted.is_in_name(&name)) {
            findings.push(Finding::on_line(
                &source.path,
                token.line,
                unwanted.said(&token.text),
            ));
        }
    }
    findings
}

/// Names after `fn`, `struct` and their like, names of fields and parameters, and variants.
fn given_names(tokens: &[Token]) -> Vec<usize> {
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text.as_str());
    let is_variant = variants(tokens);
    (0..tokens.len())
        .filter(|&place| tokens[place].kind == Kind::Name)
        .filter(|&place| {
            let after_keyword = place > 0 && GIVES_A_NAME.contains(&text(place - 1));
            let before_colon = text(place + 1) == ":" && text(place + 2) != ":";
            let in_path = place > 1 && text(place - 1) == ":" && text(place - 2) == ":";
            after_keyword || (before_colon && !in_path) || is_variant.contains(&place)
        })
        .collect()
}

fn variants(tokens: &[Token]) -> Vec<usize> {
    let mut found = Vec::new();
    for start in (0..tokens.len()).filter(|place| tokens[*place].text == "enum") {
        let mut depth = 0usize;
        for place in start..tokens.len() {
            match tokens[place].text.as_str() {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            let begins = place > start && matches!(tokens[place - 1].text.as_str(), "{" | ",");
            if depth == 1 && begins && tokens[place].kind == Kind::Name {
                found.push(place);
            }
            if depth == 0 && tokens[place].text == "}" {
                break;
            }
        }
    }
    found
}

/// What people read: the words of templates outside of tags, and messages. Other languages have other words.
fn in_words(text: &Text, list: &[Unwanted]) -> Vec<Finding> {
    let in_crate = text.path.starts_with("crates/") && !text.path.contains("/tests/");
    let template = in_crate && text.ends(".html");
    let message = text.ends("/en.ftl");
    if !(template || message) || text.crate_name() == Some("interchange") {
        return Vec::new();
    }
    let shown = if template {
        without_tags(&text.text)
    } else {
        text.text.clone()
    };
    let mut findings = Vec::new();
    for (number, line) in shown.lines().enumerate() {
        if message && line.trim_start().starts_with('#') {
            continue;
        }
        for part in line.split(|ch: char| !(ch.is_alphanumeric() || ch == '_' || ch == '-')) {
            let name = snake(part);
            if let Some(unwanted) = list.iter().find(|unwanted| unwanted.is_in_name(&name)) {
                findings.push(Finding::on_line(
                    &text.path,
                    number + 1,
                    unwanted.said(part),
                ));
            }
        }
    }
    findings
}

/// Tags and comments of templates become blanks, their lines stay: HTML itself has an `article`.
fn without_tags(template: &str) -> String {
    let mut shown = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('<') {
        shown.push_str(&rest[..start]);
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        shown.extend(
            rest[start..end]
                .chars()
                .map(|ch| if ch == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[end..];
    }
    shown + rest
}

impl Unwanted {
    /// Whether the name, in small letters with `_` between its words, holds the word, alone or as a plural.
    fn is_in_name(&self, name: &str) -> bool {
        // The method of HTTP, as in `Method::POST` and `post(…)`.
        if name == "post" || self.except.iter().any(|except| except == name) {
            return false;
        }
        let own = OTHERS_NAMES
            .iter()
            .fold(name.to_string(), |name, others| name.replace(others, ""));
        own.split('_')
            .any(|part| part == self.word || part.strip_suffix('s') == Some(self.word.as_str()))
    }

    fn said(&self, written: &str) -> String {
        format!(
            "`{written}` holds the word `{}`; ours: {}",
            self.word, self.ours
        )
    }
}

/// `StoryPath`, `story-path` and `STORY_PATH` are `story_path`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut small_before = false;
    for ch in name.chars() {
        if ch.is_uppercase() && small_before {
            snake.push('_');
        }
        small_before = ch.is_lowercase() || ch.is_numeric();
        match ch {
            '-' => snake.push('_'),
            _ => snake.extend(ch.to_lowercase()),
        }
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{source, text};

    const WORDS: &str = "# Words\n\n- story → not this section\n\n## Words we do not use\n\n\
        - article, post → story\n- user (except `database_user`) → reader\n- content → body\n";

    #[track_caller]
    fn check_name(code: &str, findings: usize) {
        let sources = [source("crates/web/src/a.rs", code)];
        let found = check(&[text(DOCUMENT, WORDS)], &sources);
        assert_eq!(found.len(), findings, "{code}: {found:?}");
    }

    #[test]
    fn names_we_give_are_ours() {
        check_name("fn story_list() {}", 0);
        check_name("fn article_list() {}", 1);
        check_name("struct BlogPosts { users: u8 }", 2);
        check_name("enum Kind { Story, Article(u8) }", 1);
        check_name("fn a(content: u8) {}", 1);
    }

    #[test]
    fn names_of_others_stay() {
        check_name(
            "fn a() { config.user(b); Method::POST; axum::routing::post(c); }",
            0,
        );
        check_name(
            "const CONTENT_TYPE: u8 = 1; fn user_agent() { let database_user = 1; }",
            0,
        );
        check_name("fn a() { \"an article\"; }", 0);
    }

    #[track_caller]
    fn check_text(path: &str, words: &str, findings: usize) {
        let found = check(&[text(DOCUMENT, WORDS), text(path, words)], &[]);
        assert_eq!(found.len(), findings, "{words}: {found:?}");
    }

    #[test]
    fn pages_and_messages_use_our_words() {
        check_text(
            "crates/web/theme/story.html",
            "<article\n class=\"a\">Read the story</article>",
            0,
        );
        check_text("crates/web/theme/story.html", "<p>Read the article</p>", 1);
        check_text(
            "crates/web/theme/story.html",
            "<p>{{ article.title }}</p>",
            1,
        );
        check_text(
            "crates/web/words/en.ftl",
            "# an article\nwall-title = No more articles",
            1,
        );
        check_text("crates/web/words/he.ftl", "wall-title = article", 0);
        check_text("docs/import.md", "A WordPress post is a story.", 0);
    }

    #[test]
    fn without_its_list_the_rule_fails() {
        assert_eq!(check(&[], &[]).len(), 1);
        assert_eq!(check(&[text(DOCUMENT, "# Words\n")], &[]).len(), 1);
    }
}
