//! Pictures, and whatever plays: a picture is shown, the rest becomes a card with a link.

use base::document::{Block, Embed, EmbedAttrs, Href, Picture, PictureBlock};
use scraper::{ElementRef, Html};

use super::{Found, Place, Reader, labels::fitting, line::Sink, one_line};
use crate::embeds;

/// Attributes that hold the true address of a picture that a script would load late.
const LATE_ADDRESSES: [&str; 6] = [
    "data-src",
    "data-lazy-src",
    "data-orig-file",
    "data-original",
    "data-full-url",
    "data-large-file",
];
/// Pixels up to which a picture without a description is a spacer or a tracking pixel.
const MAX_PIXEL: u32 = 2;

/// Whether an element shows or plays something.
pub(super) fn is_media(name: &str) -> bool {
    matches!(
        name,
        "img" | "image" | "iframe" | "video" | "audio" | "object" | "embed" | "bgsound" | "x-embed"
    )
}

impl Reader<'_, '_> {
    pub(super) fn media(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        match element.value().name() {
            "img" | "image" => self.img(sink, element, place),
            _ => self.player(sink, element),
        }
    }

    fn img(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let alt = one_line(element.attr("alt").unwrap_or_default());
        if is_letter(element) && !alt.is_empty() {
            return sink.text(&alt, place);
        }
        if is_pixel(element) {
            let kept = self.setting.margin.keep(
                "img",
                &element.html(),
                "a picture of a pixel or two counts readers",
            );
            return sink.later(kept);
        }
        let Some(src) = self.address_of(element) else {
            let kept = self.setting.margin.keep(
                "img",
                &element.html(),
                "the picture has no address we can load",
            );
            return sink.later(kept);
        };
        self.link_around(element, &src);
        let (alt, rest) = fitting(alt);
        sink.later(Block::Picture(PictureBlock {
            attrs: Picture {
                src,
                alt: alt.unwrap_or_default(),
                width: pixels(element, "width"),
                height: pixels(element, "height"),
                ..Picture::default()
            },
        }));
        if let Some(rest) = rest {
            sink.later(rest);
        }
    }

    fn address_of(&self, element: Found<'_>) -> Option<Href> {
        let from_set = element
            .attr("srcset")
            .and_then(|set| set.split_whitespace().next());
        std::iter::once("src")
            .chain(LATE_ADDRESSES)
            .filter_map(|name| element.attr(name))
            .chain(from_set)
            .map(str::trim)
            .filter(|address| !address.is_empty() && !address.starts_with("data:"))
            .find_map(|address| self.setting.addresses.file(address).ok())
    }

    /// A link around a picture is lost; it is named unless it leads to the picture itself.
    fn link_around(&mut self, element: Found<'_>, src: &Href) {
        let link = element
            .ancestors()
            .take(3)
            .filter_map(ElementRef::wrap)
            .find(|outer| outer.attr("href").is_some());
        let Some((link, address)) = link.and_then(|link| Some((link, link.attr("href")?))) else {
            return;
        };
        let leads_to_file = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"]
            .iter()
            .any(|ending| address.to_ascii_lowercase().contains(ending));
        let to_its_page = address.contains("attachment_id=")
            || address == src.as_str()
            || element.attr("data-link") == Some(address)
            || link
                .attr("rel")
                .is_some_and(|rel| rel.contains("attachment"));
        if !leads_to_file && !to_its_page {
            self.setting.margin.remark(
                address,
                "a link around a picture; pictures here carry no link",
            );
        }
    }

    fn player(&mut self, sink: &mut Sink, element: Found<'_>) {
        let name = element.value().name();
        if element
            .value()
            .classes()
            .any(|class| class == "wp-block-file__embed")
        {
            return;
        }
        let Some(url) = self.played_by(element) else {
            let kept = self.setting.margin.keep(
                name,
                &element.html(),
                "it names no address we could link to",
            );
            return sink.later(kept);
        };
        let fallback = one_line(&element.text().collect::<String>());
        if !fallback.is_empty() {
            let kept = self.setting.margin.keep(
                name,
                &fallback,
                "text for browsers that cannot show this element",
            );
            sink.later(kept);
        }
        let provider = element
            .attr("data-provider")
            .map(str::to_string)
            .or_else(|| embeds::provider(url.as_str()));
        let title = element.attr("title").or(element.attr("aria-label"));
        let (title, rest) = fitting(one_line(title.unwrap_or_default()));
        sink.later(Block::Embed(Embed {
            attrs: EmbedAttrs {
                url,
                provider,
                title,
                caption: None,
                frame: None,
            },
        }));
        if let Some(rest) = rest {
            sink.later(rest);
        }
    }

    /// The address of what a player plays: its own, or that of the first thing within it.
    fn played_by(&self, element: Found<'_>) -> Option<Href> {
        let within = element.descendants().filter_map(ElementRef::wrap);
        let own = ["src", "data-src", "data-lazy-src", "data", "href", "value"];
        within
            .filter(|inner| {
                let name = inner.value().name();
                is_media(name) || matches!(name, "source" | "param" | "a")
            })
            .flat_map(|inner| own.iter().filter_map(move |name| inner.attr(name)))
            .filter(|address| !address.starts_with("about:") && !address.starts_with("data:"))
            .map(|address| embeds::page_of(&absolute(address)))
            .filter(|address| address.contains('/'))
            .find_map(|address| self.setting.addresses.file(&address).ok())
    }

    /// What stands in for a script may be a picture that the script would have loaded.
    pub(super) fn stand_in(&mut self, sink: &mut Sink, element: Found<'_>) -> bool {
        let inner: String = element.text().collect();
        if !inner.contains("<img") && !inner.contains("<iframe") {
            return false;
        }
        let parsed = Html::parse_fragment(&inner);
        let only_media = one_line(&parsed.root_element().text().collect::<String>()).is_empty();
        if !only_media {
            return false;
        }
        for block in self.fragment(&inner) {
            if !same_thing(sink.last_block(), &block) {
                sink.later(block);
            }
        }
        true
    }
}

fn same_thing(before: Option<&Block>, block: &Block) -> bool {
    match (before, block) {
        (Some(Block::Picture(one)), Block::Picture(other)) => one.attrs.src == other.attrs.src,
        (Some(Block::Embed(one)), Block::Embed(other)) => one.attrs.url == other.attrs.url,
        _ => false,
    }
}

/// Frames are often written without a scheme.
fn absolute(address: &str) -> String {
    match address.trim().strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.trim().to_string(),
    }
}

/// Smileys and emoji that WordPress drew as pictures.
fn is_letter(element: Found<'_>) -> bool {
    element
        .value()
        .classes()
        .any(|class| matches!(class, "emoji" | "wp-smiley"))
}

fn is_pixel(element: Found<'_>) -> bool {
    let small = |name| pixels(element, name).is_some_and(|size| size <= MAX_PIXEL);
    small("width") && small("height")
}

fn pixels(element: Found<'_>, name: &str) -> Option<u32> {
    let text = element.attr(name)?.trim();
    text.strip_suffix("px").unwrap_or(text).parse().ok()
}
