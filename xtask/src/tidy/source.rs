//! A Rust file as tokens in a row, each with its line and whether it is part of a test.
//!
//! Tokens and not a syntax tree: most rules ask which names and strings stand side by side, also inside
//! macros, where a syntax tree ends. Comments are gone and so are attributes, which are kept apart.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Name,
    /// A string literal; its text is what stands between the quotes.
    Text,
    /// One mark, a bracket, a number.
    Mark,
}

/// One token of a file.
#[derive(Debug)]
pub struct Token {
    /// The line it begins on, counted from one.
    pub line: usize,
    /// How it is written.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands in a test.
    pub test: bool,
}

/// A function with a body.
pub struct Function {
    /// Its name, without the type it belongs to.
    pub name: String,
    /// The line of `fn`.
    pub first: usize,
    /// The line of the closing brace.
    pub last: usize,
    /// Whether it is a test or a helper of tests.
    pub test: bool,
}

impl Function {
    /// Lines from `fn` to the closing brace.
    pub fn lines(&self) -> usize {
        self.last - self.first + 1
    }
}

/// A Rust file, read.
pub struct Source {
    /// Its path from the root of the repository.
    pub path: String,
    /// The first lines as they stand, for the rule about the head.
    pub head: String,
    /// All tokens but those of attributes, in their order.
    pub tokens: Vec<Token>,
    /// Attributes: the line, and the text without brackets.
    pub attributes: Vec<(usize, String)>,
    /// Every function that has a body.
    pub functions: Vec<Function>,
    /// Lines outside of tests.
    pub lines: usize,
    /// Whether the whole file is tests.
    pub test: bool,
}

impl Source {
    /// Reads a file; an error says where it is no Rust.
    pub fn read(path: &str, text: &str) -> Result<Self, proc_macro2::LexError> {
        let test = is_test_file(path);
        let mut source = Self {
            path: path.to_string(),
            head: text.lines().take(40).collect::<Vec<_>>().join("\n"),
            tokens: Vec::new(),
            attributes: Vec::new(),
            functions: Vec::new(),
            lines: text.lines().count(),
            test,
        };
        source.walk(text.parse()?, test);
        Ok(source)
    }

    /// The crate it belongs to; empty outside of all crates.
    pub fn crate_name(&self) -> &str {
        super::crate_of(&self.path).unwrap_or_default()
    }

    /// Where these tokens stand side by side: the place of the first.
    pub fn find<'a>(&'a self, wanted: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        let fits = move |window: &[Token]| {
            window
                .iter()
                .zip(wanted)
                .all(|(token, text)| token.kind != Kind::Text && token.text == *text)
        };
        self.tokens
            .windows(wanted.len())
            .enumerate()
            .filter(move |(_, window)| fits(window))
            .map(|(place, _)| place)
    }

    fn walk(&mut self, stream: TokenStream, test: bool) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        // An attribute speaks of what follows it, up to its block or its semicolon.
        let mut announced = false;
        let mut place = 0;
        while let Some(tree) = trees.get(place) {
            if let Some((attribute, length)) = attribute_at(&trees, place) {
                announced |= self.note_attribute(attribute);
                place += length;
                continue;
            }
            self.note_function(&trees[place..], test || announced);
            match tree {
                TokenTree::Group(group) => {
                    let block = group.delimiter() == Delimiter::Brace;
                    self.walk_group(group, test || announced, announced && !test && block);
                    announced &= !block;
                }
                TokenTree::Punct(mark) => {
                    announced &= mark.as_char() != ';';
                    self.push(mark.span(), mark.to_string(), Kind::Mark, test);
                }
                TokenTree::Ident(name) => {
                    self.push(name.span(), name.to_string(), Kind::Name, test)
                }
                TokenTree::Literal(literal) => {
                    let (kind, text) = read_literal(&literal.to_string());
                    self.push(literal.span(), text, kind, test);
                }
            }
            place += 1;
        }
    }

    fn walk_group(&mut self, group: &Group, test: bool, first_of_test: bool) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        if first_of_test && !self.test {
            let lines = group.span_close().end().line - group.span_open().start().line + 1;
            self.lines = self.lines.saturating_sub(lines);
        }
        self.push(group.span_open(), open.into(), Kind::Mark, test);
        self.walk(group.stream(), test);
        self.push(group.span_close(), close.into(), Kind::Mark, test);
    }

    fn push(&mut self, span: proc_macro2::Span, text: String, kind: Kind, test: bool) {
        self.tokens.push(Token {
            line: span.start().line,
            text,
            kind,
            test,
        });
    }

    /// Keeps an attribute, and says whether what follows is a test.
    fn note_attribute(&mut self, group: &Group) -> bool {
        let text: String = group.stream().to_string();
        if text.starts_with("doc") {
            return false;
        }
        let text: String = text.split_whitespace().collect();
        let line = group.span_open().start().line;
        let is_test = text == "test" || text == "cfg(test)" || text.ends_with("::test");
        self.attributes.push((line, text));
        is_test
    }

    fn note_function(&mut self, trees: &[TokenTree], test: bool) {
        let [TokenTree::Ident(keyword), TokenTree::Ident(name), rest @ ..] = trees else {
            return;
        };
        if keyword != "fn" {
            return;
        }
        for tree in rest {
            match tree {
                TokenTree::Punct(mark) if mark.as_char() == ';' => return,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.functions.push(Function {
                        name: name.to_string(),
                        first: keyword.span().start().line,
                        last: group.span_close().end().line,
                        test,
                    });
                    return;
                }
                _ => {}
            }
        }
    }
}

/// `#[…]` or `#![…]` at this place, and how many tokens it takes.
fn attribute_at(trees: &[TokenTree], place: usize) -> Option<(&Group, usize)> {
    let TokenTree::Punct(mark) = &trees[place] else {
        return None;
    };
    if mark.as_char() != '#' {
        return None;
    }
    match (trees.get(place + 1), trees.get(place + 2)) {
        (Some(TokenTree::Group(group)), _) if group.delimiter() == Delimiter::Bracket => {
            Some((group, 2))
        }
        (Some(TokenTree::Punct(not)), Some(TokenTree::Group(group))) if not.as_char() == '!' => {
            Some((group, 3))
        }
        _ => None,
    }
}

/// The text of a string literal. Escapes become blanks: no rule asks for more.
fn read_literal(written: &str) -> (Kind, String) {
    let Some(start) = written.find('"') else {
        return (Kind::Mark, written.to_string());
    };
    let prefix = &written[..start];
    if !prefix.chars().all(|ch| "rbc#".contains(ch)) {
        return (Kind::Mark, written.to_string());
    }
    let end = written
        .rfind('"')
        .filter(|end| *end > start)
        .unwrap_or(written.len());
    let inner = &written[start + 1..end];
    if prefix.contains('r') {
        return (Kind::Text, inner.to_string());
    }
    let plain = inner
        .replace("\\n", " ")
        .replace("\\t", " ")
        .replace("\\\n", " ");
    (Kind::Text, plain.replace('\\', ""))
}

/// Integration tests lie in `tests/`, unit tests in `tests.rs` beside the slice.
fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').any(|part| part == "tests")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::source;

    const SAMPLE: &str = r##"//! Head.
        /// "SELECT in a comment"
        #[derive(Debug)]
        pub fn outer(a: [u8; 2]) -> u8 {
            let text = r#"raw "text""#;
            format!("one\ntwo")
        }
        #[cfg(test)]
        mod tests {
            #[test]
            #[ignore]
            fn inner() {
                "told";
            }
        }
    "##;

    #[test]
    fn strings_names_functions_and_tests_are_told_apart() {
        let source = source("crates/web/src/a.rs", SAMPLE);
        let texts: Vec<_> = source
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Text)
            .map(|token| (token.text.as_str(), token.line, token.test))
            .collect();
        assert_eq!(
            texts,
            [
                ("raw \"text\"", 5, false),
                ("one two", 6, false),
                ("told", 13, true)
            ]
        );
        let functions: Vec<_> = source
            .functions
            .iter()
            .map(|function| (function.name.as_str(), function.lines(), function.test))
            .collect();
        assert_eq!(functions, [("outer", 4, false), ("inner", 3, true)]);
        assert!(
            source
                .attributes
                .iter()
                .any(|(line, text)| *line == 11 && text == "ignore")
        );
        assert_eq!(source.lines, 16 - 7);
    }

    #[test]
    fn names_side_by_side_are_found() {
        let source = source("crates/web/src/a.rs", "fn a() { TcpStream::connect(b) } ");
        assert_eq!(source.find(&["TcpStream", ":", ":", "connect"]).count(), 1);
        assert_eq!(source.find(&["TcpStream", "connect"]).count(), 0);
        assert_eq!(source.crate_name(), "web");
    }
}
