//! The theme's templates: embedded ones, a newsroom's own over them, and the `t()` that finds words.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use base::{Fault, Language};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde, Value},
};
use serde::Serialize;

use crate::{
    overlay,
    words::{Fact, Words},
};

/// Steps one template may take: a page of 55 cards takes about 20,000, and a runaway loop stops in
/// well under a second.
pub const FUEL: u64 = 5_000_000;
/// The largest template in an overlay, in bytes.
pub const LARGEST_TEMPLATE: u64 = 512 * 1024;

/// The name of the argument of `t()` that says in which language.
const LANGUAGE: &str = "language";

/// Templates ready to render. They come from the theme and from nowhere else: text that a person
/// typed is always a value, never a template (V-35).
pub struct Templates {
    environment: RwLock<Environment<'static>>,
    source: Source,
}

struct Source {
    embedded: &'static [(&'static str, &'static str)],
    overlay: Option<PathBuf>,
    words: Arc<Words>,
    reread: bool,
}

impl Templates {
    /// Reads the embedded templates, names and texts, and those of the overlay directory over them.
    /// With `reread`, the overlay is read again before each page: for making a theme.
    ///
    /// # Errors
    /// A fault naming template and line when one does not compile, or a file that cannot be read.
    pub fn new(
        embedded: &'static [(&'static str, &'static str)],
        overlay: Option<PathBuf>,
        words: Arc<Words>,
        reread: bool,
    ) -> Result<Self, Fault> {
        let source = Source {
            embedded,
            overlay,
            words,
            reread,
        };
        Ok(Self {
            environment: RwLock::new(source.read()?),
            source,
        })
    }

    /// Renders a template with a page, a struct of exactly what the template needs.
    ///
    /// # Errors
    /// A fault naming template and line.
    pub fn render<T: Serialize>(&self, name: &str, page: &T) -> Result<String, Fault> {
        if self.source.reread {
            let fresh = self.source.read()?;
            *self
                .environment
                .write()
                .unwrap_or_else(|lock| lock.into_inner()) = fresh;
        }
        let environment = self
            .environment
            .read()
            .unwrap_or_else(|lock| lock.into_inner());
        environment
            .get_template(name)
            .and_then(|template| template.render(Value::from(Serde(page))))
            .map_err(|error| broken(name, error))
    }

    /// The names of all templates, for the test that renders each of them.
    pub fn names(&self) -> Vec<String> {
        let environment = self
            .environment
            .read()
            .unwrap_or_else(|lock| lock.into_inner());
        let mut names: Vec<_> = environment
            .templates()
            .map(|(name, _)| name.to_string())
            .collect();
        names.sort();
        names
    }
}

impl Source {
    fn read(&self) -> Result<Environment<'static>, Fault> {
        let mut environment = self.bare();
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (name, text) in self.embedded {
            texts.insert(name.to_string(), text.to_string());
        }
        if let Some(directory) = &self.overlay {
            read_directory(directory, &mut texts)?;
        }
        for (name, text) in texts {
            environment
                .add_template_owned(name.clone(), text)
                .map_err(|error| broken(&name, error))?;
        }
        Ok(environment)
    }

    fn bare(&self) -> Environment<'static> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(FUEL));
        environment.set_formatter(escape_once);
        // Tags on lines of their own leave no empty lines behind.
        if let Ok(syntax) = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
        {
            environment.set_syntax(syntax);
        }
        let words = Arc::clone(&self.words);
        environment.add_function("t", move |state: &State, key: &str, facts: Kwargs| {
            translated(&words, state, key, &facts)
        });
        environment
    }
}

/// Writes a value as the house escapes text everywhere. MiniJinja's own escaping would also write
/// every slash as an entity: five bytes more for each, and no safer in double-quoted attributes.
fn escape_once(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => Ok(out.write_str(&base::html::text(text))?),
        None => escape_formatter(out, state, value),
    }
}

/// `t("story-updated", when="…")`: the words in the language of `frame.page.language`, else of
/// `language`, else English; with `language="he"` in that one, for a piece of the page in a language
/// of its own. What it gives is text and is escaped like any other.
fn translated(words: &Words, state: &State, key: &str, facts: &Kwargs) -> Result<String, Error> {
    let mut given: Vec<(&str, Fact)> = Vec::new();
    for name in facts.args().filter(|name| *name != LANGUAGE) {
        given.push((name, fact(&facts.get::<Value>(name)?)));
    }
    let own: Option<String> = facts.get(LANGUAGE)?;
    let own = own.and_then(|tag| tag.parse().ok());
    let language = own.unwrap_or_else(|| page_language(state));
    words.find(&language, key, &given).ok_or_else(|| {
        let detail = format!("there is no message “{key}” in {language} or English");
        Error::new(ErrorKind::InvalidOperation, detail)
    })
}

fn fact(value: &Value) -> Fact {
    match f64::try_from(value.clone()) {
        Ok(number) if value.is_number() => Fact::Number(number),
        _ => Fact::Text(value.to_string()),
    }
}

fn page_language(state: &State) -> Language {
    let of_frame = state
        .lookup("frame")
        .and_then(|frame| frame.get_attr("page").ok())
        .and_then(|page| page.get_attr("language").ok());
    of_frame
        .filter(|value| !value.is_undefined())
        .or_else(|| state.lookup("language"))
        .and_then(|tag| tag.as_str().and_then(|tag| tag.parse().ok()))
        .unwrap_or_else(Language::english)
}

fn broken(name: &str, error: Error) -> Fault {
    let place = format!(
        "rendering the template {}, line {}",
        error.name().unwrap_or(name),
        error.line().unwrap_or(0)
    );
    Fault::while_(place, error)
}

fn read_directory(directory: &Path, texts: &mut BTreeMap<String, String>) -> Result<(), Fault> {
    let doing = |path: &Path| format!("reading the theme’s {}", path.display());
    // The templates stand one folder below the theme's own, which alone may be a link.
    let within = directory.parent().unwrap_or(directory);
    let entries =
        fs::read_dir(directory).map_err(|error| Fault::while_(doing(directory), error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| Fault::while_(doing(directory), error))?
            .path();
        let is_template = path.extension().is_some_and(|ending| ending == "html");
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !is_template {
            continue;
        }
        let bytes = overlay::read(within, &path, LARGEST_TEMPLATE)?;
        let text = String::from_utf8(bytes).map_err(|error| Fault::while_(doing(&path), error))?;
        texts.insert(name.to_string(), text);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Story<'a> {
        frame: Frame<'a>,
        headline: &'a str,
        body_html: &'a str,
        deck: Option<&'a str>,
        read: u32,
    }
    #[derive(Serialize)]
    struct Frame<'a> {
        page: PageFrame<'a>,
    }
    #[derive(Serialize)]
    struct PageFrame<'a> {
        language: &'a str,
    }

    fn story<'a>(headline: &'a str, language: &'a str) -> Story<'a> {
        Story {
            frame: Frame {
                page: PageFrame { language },
            },
            headline,
            body_html: "<p>It is open.</p>",
            deck: None,
            read: 3,
        }
    }

    fn templates(embedded: &'static [(&'static str, &'static str)]) -> Result<Templates, Fault> {
        Templates::new(embedded, None, Arc::new(Words::shipped()), false)
    }

    #[track_caller]
    fn check(template: &'static [(&'static str, &'static str)], headline: &str, html: &str) {
        let rendered = templates(template)
            .unwrap()
            .render("story.html", &story(headline, "en"));
        assert_eq!(rendered.unwrap(), html);
    }

    #[test]
    fn v_35_what_people_typed_is_text_and_never_a_template() {
        const LINE: &[(&str, &str)] = &[("story.html", "{{ headline }}{% if deck %}x{% endif %}")];
        check(
            LINE,
            "{{7*7}}{% include 'x' %}",
            "{{7*7}}{% include &#39;x&#39; %}",
        );
        check(LINE, "<b>\"&", "&lt;b&gt;&quot;&amp;");
        check(
            &[("story.html", "{{ body_html|safe }}")],
            "",
            "<p>It is open.</p>",
        );
        check(
            &[("story.html", "{{ t('problem-number', number=headline) }}")],
            "<i>",
            "If you write to us about this, give the number &lt;i&gt;.",
        );
    }

    #[test]
    fn words_come_in_the_language_of_the_page() {
        let templates = templates(&[("a.html", "{{ t('frame-search') }}")]).unwrap();
        let say = |language| templates.render("a.html", &story("", language)).unwrap();
        assert_eq!(say("en"), "Search");
        assert_eq!(say("xx"), "Search");
        assert_ne!(say("he"), "Search");
        // A card in another language than its page says its own words in its own.
        let card = &[("a.html", "{{ t('frame-search', language='he') }}")];
        let card = self::templates(card).unwrap();
        assert_eq!(card.render("a.html", &story("", "en")).unwrap(), say("he"));
        let fault = self::templates(&[("a.html", "{{ t('no-such-message') }}")]).unwrap();
        assert!(fault.render("a.html", &story("", "en")).is_err());
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        let fault = templates(&[("story.html", "a\nb\n{% if %}")])
            .err()
            .unwrap();
        assert!(
            fault.chain().contains("story.html, line 3"),
            "{}",
            fault.chain()
        );
        let rendered = templates(&[("story.html", "a\n{{ hedline }}")]);
        let fault = rendered.unwrap().render("story.html", &story("", "en"));
        let chain = fault.unwrap_err().chain();
        assert!(chain.contains("story.html, line 2"), "{chain}");
    }

    #[test]
    fn a_runaway_template_stops() {
        let text = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        let runaway: &'static [(&str, &str)] = Box::leak(Box::new([("story.html", text)]));
        let rendered = templates(runaway)
            .unwrap()
            .render("story.html", &story("", "en"));
        assert!(rendered.unwrap_err().chain().contains("fuel"));
    }

    #[test]
    fn a_newsroom_lays_its_own_templates_over_ours() {
        let directory = std::env::temp_dir().join(format!("theme-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&directory).unwrap();
        let write = |text: &str| fs::write(directory.join("story.html"), text).unwrap();
        write("theirs {{ headline }}");
        let embedded = &[("story.html", "ours"), ("other.html", "ours")];
        let words = Arc::new(Words::shipped());
        let templates = Templates::new(embedded, Some(directory.clone()), words, true).unwrap();
        let render = |name| templates.render(name, &story("a", "en"));
        assert_eq!(render("story.html").unwrap(), "theirs a");
        assert_eq!(render("other.html").unwrap(), "ours");
        write("changed");
        assert_eq!(render("story.html").unwrap(), "changed");
        write("{% broken");
        assert!(render("story.html").is_err());
        fs::remove_dir_all(&directory).unwrap();
        assert_eq!(templates.names(), ["other.html", "story.html"]);
    }
}
