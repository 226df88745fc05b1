//! Bodies in Mobiledoc 0.3, as Ghost 1 to 4 wrote them: sections of marked text, atoms and cards.
//!
//! The format: <https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md>.

use base::html::{push_attribute, push_text};
use serde_json::Value;

use super::{body::Pen, cards};

/// Elements that mark a piece of a line.
const MARKUPS: [&str; 14] = [
    "a", "b", "code", "del", "em", "i", "mark", "s", "small", "strike", "strong", "sub", "sup", "u",
];
/// Elements of a section of text.
const TEXTS: [&str; 8] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
/// Quotations that the old site set apart from the others.
const ASIDES: [&str; 2] = ["aside", "pull-quote"];

/// Writes a body.
///
/// # Errors
/// Says why it cannot be read as Mobiledoc; nothing was written then.
pub(super) fn write(text: &str, pen: &mut Pen) -> Result<(), String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| format!("no JSON ({error})"))?;
    let version = whole["version"].as_str().unwrap_or_default();
    if !version.starts_with("0.3") {
        return Err(format!(
            "Mobiledoc of version “{version}”, only 0.3 is known"
        ));
    }
    let Some(sections) = whole["sections"].as_array() else {
        return Err("Mobiledoc without sections".into());
    };
    let mut writer = Writer { whole: &whole, pen };
    for section in sections {
        writer.section(section);
    }
    Ok(())
}

struct Writer<'w, 'p, 'a> {
    whole: &'w Value,
    pen: &'p mut Pen<'a>,
}

impl Writer<'_, '_, '_> {
    fn section(&mut self, section: &Value) {
        match section[0].as_u64() {
            Some(1) => self.text(section),
            Some(2) => self.picture(section),
            Some(3) => self.list(section),
            Some(10) => self.card(section),
            _ => self.unknown("section", section, "a section of a kind not known"),
        }
    }

    fn text(&mut self, section: &Value) {
        let name = section[1].as_str().unwrap_or_default().to_lowercase();
        let mut out = String::new();
        let line = self.line(&section[2]);
        if ASIDES.contains(&name.as_str()) {
            out = format!("<blockquote class=\"pullquote\"><p>{line}</p></blockquote>");
        } else if name == "blockquote" {
            out = format!("<blockquote><p>{line}</p></blockquote>");
        } else {
            if !TEXTS.contains(&name.as_str()) {
                let why = "a section of text of a kind not known; taken as a paragraph";
                self.pen.margin.remark(&name, why);
            }
            let known = TEXTS.iter().find(|known| **known == name).unwrap_or(&"p");
            out.push_str(&format!("<{known}>{line}</{known}>"));
        }
        self.pen.html(&out);
    }

    fn picture(&mut self, section: &Value) {
        let mut out = String::from("<img");
        push_attribute(&mut out, "src", section[1].as_str().unwrap_or_default());
        out.push('>');
        self.pen.html(&out);
    }

    fn list(&mut self, section: &Value) {
        let name = if section[1] == "ol" { "ol" } else { "ul" };
        let mut out = format!("<{name}>");
        for item in section[2].as_array().into_iter().flatten() {
            out.push_str(&format!("<li>{}</li>", self.line(item)));
        }
        out.push_str(&format!("</{name}>"));
        self.pen.html(&out);
    }

    fn card(&mut self, section: &Value) {
        let card = section[1]
            .as_u64()
            .and_then(|nth| self.whole["cards"].get(nth as usize));
        match card.map(|card| (card[0].as_str(), &card[1])) {
            Some((Some(name), payload)) => cards::write(name, payload, self.pen),
            _ => self.unknown("card", section, "a card that is not in its body's list"),
        }
    }

    /// The markers of a section as HTML; elements left open are closed at its end.
    fn line(&mut self, markers: &Value) -> String {
        let mut out = String::new();
        let mut open: Vec<&'static str> = Vec::new();
        for marker in markers.as_array().into_iter().flatten() {
            for nth in marker[1].as_array().into_iter().flatten() {
                open.push(self.open(&mut out, nth.as_u64().unwrap_or(u64::MAX)));
            }
            if marker[0] == 1 {
                self.atom(&mut out, &marker[3]);
            } else {
                push_text(&mut out, marker[3].as_str().unwrap_or_default());
            }
            for _ in 0..marker[2].as_u64().unwrap_or(0).min(open.len() as u64) {
                close(&mut out, open.pop());
            }
        }
        while let Some(name) = open.pop() {
            close(&mut out, Some(name));
        }
        out
    }

    /// Opens a markup by its number; gives back the element to close, empty when there is none.
    fn open(&mut self, out: &mut String, nth: u64) -> &'static str {
        let markup = &self.whole["markups"][nth as usize];
        let wanted = markup[0].as_str().unwrap_or_default().to_lowercase();
        let Some(name) = MARKUPS.iter().find(|known| **known == wanted) else {
            let why = "a marking of text that is not known; the text was taken without it";
            self.pen.margin.remark(&format!("markup {wanted}"), why);
            return "";
        };
        out.push('<');
        out.push_str(name);
        let attributes = markup[1].as_array().map_or(&[][..], Vec::as_slice);
        let href = attributes
            .chunks_exact(2)
            .find(|pair| pair[0] == "href")
            .and_then(|pair| pair[1].as_str());
        if let Some(href) = href.filter(|_| *name == "a") {
            push_attribute(out, "href", href);
        }
        out.push('>');
        name
    }

    fn atom(&mut self, out: &mut String, nth: &Value) {
        let atom = nth
            .as_u64()
            .and_then(|nth| self.whole["atoms"].get(nth as usize))
            .unwrap_or(&Value::Null);
        match atom[0].as_str() {
            Some("soft-return" | "soft-break" | "softbreak") => out.push_str("<br>"),
            name => {
                let words = atom[1].as_str().unwrap_or_default();
                push_text(out, words);
                self.pen.margin.remark(
                    &format!("atom {}", name.unwrap_or("without a name")),
                    "a piece of a line that is not known; its words were taken",
                );
            }
        }
    }

    fn unknown(&mut self, name: &str, value: &Value, why: &str) {
        self.pen.keep(name, &value.to_string(), why);
    }
}

fn close(out: &mut String, name: Option<&str>) {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        out.push_str(&format!("</{name}>"));
    }
}

#[cfg(test)]
mod tests;
