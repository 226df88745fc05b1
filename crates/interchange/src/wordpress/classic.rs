//! Classic bodies: shortcodes, those in square brackets, become HTML or are kept.

use base::html;

use super::{
    atlas::{Atlas, Attached},
    blocks::push_kept,
};
use crate::margin::Margin;

/// Elements in which brackets are only brackets.
const VERBATIM: [&str; 5] = ["pre", "code", "script", "style", "textarea"];
/// Bytes of one shortcode's own text.
const MAX_SHORTCODE: usize = 8_000;
/// Shortcodes of WordPress.com that name an address or the number of a thing elsewhere.
const ELSEWHERE: [&str; 14] = [
    "youtube",
    "vimeo",
    "dailymotion",
    "twitter",
    "tweet",
    "instagram",
    "facebook",
    "soundcloud",
    "ted",
    "wpvideo",
    "googlevideo",
    "flickr",
    "scribd",
    "slideshare",
];

/// The HTML that a classic body means; line ends in it still count.
pub(super) fn to_html(text: &str, atlas: &Atlas, post: &str, margin: &mut Margin) -> String {
    if !text.contains('[') {
        return text.to_string();
    }
    let mut writer = Writer {
        atlas,
        post,
        margin,
        out: String::with_capacity(text.len()),
        opened: Vec::new(),
    };
    writer.text(text);
    writer.out
}

struct Writer<'w> {
    atlas: &'w Atlas,
    post: &'w str,
    margin: &'w mut Margin,
    out: String,
    /// Names of shortcodes kept so far, whose closings mean nothing more.
    opened: Vec<String>,
}

/// One shortcode as written.
struct Shortcode<'t> {
    name: &'t str,
    /// What stands behind the name.
    settings: &'t str,
    closes: bool,
    alone: bool,
    /// Bytes of it, brackets included.
    length: usize,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        let mut at = 0;
        while let Some(found) = text[at..].find(['<', '[']) {
            let start = at + found;
            self.out.push_str(&text[at..start]);
            let rest = &text[start..];
            at = start
                + if rest.starts_with('<') {
                    self.tag(rest)
                } else {
                    self.bracket(rest, ends_line(&text[..start]))
                };
        }
        self.out.push_str(&text[at..]);
    }

    /// Copies a tag, and all of an element in which brackets are only brackets.
    fn tag(&mut self, rest: &str) -> usize {
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map_or(4, |end| end + 3)
        } else {
            let end = rest.find('>').map_or(1, |end| end + 1);
            let name = rest[1..end]
                .split(|ch: char| !ch.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            if VERBATIM.contains(&name.as_str()) {
                rest.find(&format!("</{name}")).unwrap_or(end)
            } else {
                end
            }
        };
        self.out.push_str(&rest[..length]);
        length
    }

    fn bracket(&mut self, rest: &str, begins_line: bool) -> usize {
        if let Some(inner) = rest.strip_prefix("[[")
            && let Some(end) = inner.find("]]")
            && !inner[..end].contains(['[', '\n'])
        {
            self.out.push_str(&rest[1..end + 3]);
            return end + 4;
        }
        let Some(code) = shortcode(rest) else {
            self.out.push('[');
            return 1;
        };
        if code.closes {
            return self.stray_closing(rest, &code);
        }
        let inner = enclosed(rest, &code);
        let whole = inner.map_or(code.length, |(_, after)| after);
        match (code.name, inner) {
            ("caption" | "wp_caption", Some((text, _))) => self.caption(text, &code),
            ("gallery", _) => self.gallery(&rest[..code.length], &code),
            ("playlist", _) => self.playlist(&rest[..code.length], &code),
            ("audio" | "video", _) => self.player(&rest[..whole], &code),
            ("embed", Some((text, _))) if text.contains("://") => self.embed(text.trim()),
            (name, _) if ELSEWHERE.contains(&name) => {
                return self.elsewhere(&rest[..whole], &code, inner.map(|(text, _)| text));
            }
            _ => return self.unknown(rest, &code, begins_line),
        }
        whole
    }

    fn caption(&mut self, inner: &str, code: &Shortcode<'_>) {
        let picture_end = if inner.trim_start().starts_with("<a") {
            inner.find("</a>").map(|end| end + 4)
        } else {
            inner
                .find("<img")
                .and_then(|img| inner[img..].find('>').map(|end| img + end + 1))
        };
        let (picture, words) = inner.split_at(picture_end.unwrap_or(0));
        self.out.push_str("<figure>");
        self.out.push_str(picture);
        self.out.push_str("<figcaption>");
        if let Some(caption) = setting(code.settings, "caption") {
            self.out.push_str(&caption);
            self.out.push(' ');
        }
        self.text(words.trim());
        self.out.push_str("</figcaption></figure>");
    }

    fn gallery(&mut self, whole: &str, code: &Shortcode<'_>) {
        let named = setting(code.settings, "ids").or_else(|| setting(code.settings, "include"));
        let pictures = self.atlas.gallery(named.as_deref(), self.post);
        let missing = pictures.iter().filter(|(_, found)| found.is_none()).count();
        if pictures.is_empty() || missing == pictures.len() {
            return self.keep("gallery", whole, "none of its pictures is in the export");
        }
        if missing > 0 {
            self.margin.remark(
                whole,
                &format!("{missing} of its pictures are not in the export"),
            );
        }
        self.out.push_str("<figure class=\"wp-block-gallery\">");
        for picture in pictures.into_iter().filter_map(|(_, found)| found) {
            push_figure(&mut self.out, picture);
        }
        self.out.push_str("</figure>");
    }

    fn playlist(&mut self, whole: &str, code: &Shortcode<'_>) {
        let named = setting(code.settings, "ids");
        let tracks = self.atlas.gallery(named.as_deref(), self.post);
        if tracks.iter().all(|(_, found)| found.is_none()) {
            return self.keep("playlist", whole, "none of its recordings is in the export");
        }
        for track in tracks.into_iter().filter_map(|(_, found)| found) {
            self.embed(&track.url);
        }
    }

    fn player(&mut self, whole: &str, code: &Shortcode<'_>) {
        let kinds = [
            "src", "mp3", "mp4", "m4a", "m4v", "ogg", "ogv", "wav", "webm", "wma", "wmv", "flv",
        ];
        let named = kinds.iter().find_map(|kind| setting(code.settings, kind));
        let bare = || {
            let address = code.settings.trim().split('|').next().unwrap_or_default();
            address.contains("://").then(|| address.to_string())
        };
        match named.or_else(bare) {
            Some(address) => self.embed(&address),
            None => self.keep(code.name, whole, "it names no recording"),
        }
    }

    fn embed(&mut self, address: &str) {
        let address = address.replace("&amp;", "&");
        self.out.push_str(&format!(
            "<x-embed src=\"{}\"></x-embed>",
            html::text(&address)
        ));
    }

    /// `[youtube=https://…]`, `[vimeo 123]`, `[soundcloud url="…"]`.
    fn elsewhere(&mut self, whole: &str, code: &Shortcode<'_>, inner: Option<&str>) -> usize {
        let address = [code.settings, inner.unwrap_or_default()]
            .into_iter()
            .find_map(|text| text.find("http").map(|at| &text[at..]))
            .and_then(|text| text.split(['"', '\'', ' ', ']', '<']).next());
        let number =
            setting(code.settings, "id").unwrap_or_else(|| code.settings.trim().to_string());
        let made = match code.name {
            _ if number.is_empty() || number.contains([' ', '=']) => None,
            "youtube" => Some(format!("https://www.youtube.com/watch?v={number}")),
            "vimeo" => Some(format!("https://vimeo.com/{number}")),
            _ => None,
        };
        match address.map(str::to_string).or(made) {
            Some(address) => self.embed(&address),
            None => self.keep(code.name, whole, "it names no address"),
        }
        whole.len()
    }

    /// A shortcode of a plugin is kept; a word in brackets that is none stays text.
    fn unknown(&mut self, rest: &str, code: &Shortcode<'_>, begins_line: bool) -> usize {
        let behind = &rest[code.length..];
        let surely = code.settings.contains('=')
            || code.alone
            || code.name.contains(['_', '-'])
            || behind.contains(&format!("[/{}]", code.name));
        if !surely && begins_line && behind.trim_start_matches([' ', '\t']).starts_with('\n') {
            self.margin.remark(
                &rest[..code.length],
                "perhaps a shortcode, perhaps only words in brackets; left in the text",
            );
        }
        if !surely || behind.starts_with('(') {
            self.out.push('[');
            return 1;
        }
        self.opened.push(code.name.to_string());
        self.keep(
            code.name,
            &rest[..code.length],
            "a shortcode that is not known here; what stood between its brackets was taken",
        );
        code.length
    }

    fn stray_closing(&mut self, rest: &str, code: &Shortcode<'_>) -> usize {
        if !self.opened.iter().any(|name| name == code.name) {
            self.out.push_str(&rest[..code.length]);
        }
        code.length
    }

    fn keep(&mut self, name: &str, whole: &str, why: &str) {
        self.margin.remark(
            &format!("[{name}]"),
            &format!("{why}; kept for the desk, not shown"),
        );
        push_kept(&mut self.out, name, whole);
    }
}

fn push_figure(out: &mut String, picture: &Attached) {
    out.push_str("<figure><img");
    html::push_attribute(out, "src", &picture.url);
    html::push_attribute(out, "alt", &picture.alt);
    out.push_str("><figcaption>");
    html::push_text(out, &picture.caption);
    out.push_str("</figcaption></figure>");
}

fn ends_line(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '>'])
}

/// Reads the shortcode that `rest` begins with.
fn shortcode(rest: &str) -> Option<Shortcode<'_>> {
    let inner = rest.strip_prefix('[')?;
    let (inner, closes) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let name_end = inner
        .find(|ch: char| !ch.is_ascii_alphanumeric() && !matches!(ch, '_' | '-'))
        .unwrap_or(inner.len());
    let name = &inner[..name_end];
    if !name.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
        return None;
    }
    let behind = &inner[name_end..];
    if !behind.starts_with([' ', ']', '/', '=', '\n', '\t', '\u{a0}']) {
        return None;
    }
    let end = bracket_end(behind)?;
    let settings = behind[..end].trim_start_matches('=');
    let alone = settings.ends_with('/');
    Some(Shortcode {
        name,
        settings: settings.trim_end_matches('/'),
        closes,
        alone,
        length: 1 + usize::from(closes) + name_end + end + 1,
    })
}

/// The closing bracket outside quotation marks; without one, the first that comes.
fn bracket_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(MAX_SHORTCODE) {
        match (byte, quote) {
            (b']', None) => return Some(at),
            (b'[', None) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.find(']').filter(|at| *at < MAX_SHORTCODE)
}

/// The text a shortcode encloses, and where its closing ends.
fn enclosed<'t>(rest: &'t str, code: &Shortcode<'_>) -> Option<(&'t str, usize)> {
    if code.alone {
        return None;
    }
    let closing = format!("[/{}]", code.name);
    let at = rest[code.length..].find(&closing)?;
    let opens_again = format!("[{}", code.name);
    let inner = &rest[code.length..code.length + at];
    (!inner.contains(&opens_again)).then_some((inner, code.length + at + closing.len()))
}

/// A setting of a shortcode: `name="value"`, `name='value'` or `name=value`.
fn setting(settings: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = settings[from..].find(name) {
        let start = from + at;
        from = start + name.len();
        let begins = settings[..start]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let Some(value) = settings[from..].trim_start().strip_prefix('=') else {
            continue;
        };
        if !begins {
            continue;
        }
        let value = value.trim_start();
        let quoted = |quote: char| value.strip_prefix(quote)?.split(quote).next();
        let value = quoted('"')
            .or_else(|| quoted('\''))
            .or_else(|| value.split_whitespace().next())?;
        return (!value.trim().is_empty()).then(|| value.trim().to_string());
    }
    None
}

#[cfg(test)]
mod tests;
