//! Headings, quotes, lists, preformatted text and the divisions that mean something.

use base::document::{
    Block, Embed, EmbedAttrs, Heading, HeadingAttrs, List, ListAttrs, ListItem, Mark, Preformatted,
    PreformattedAttrs, PullQuote, Quote, QuoteAttrs,
};
use scraper::{ElementRef, Node};

use super::{
    Found, MAX_SHAPES, Place, Reader, direction_of,
    labels::fitting,
    line::{Sink, on_one_line},
};
use crate::embeds;

impl Reader<'_, '_> {
    pub(super) fn heading(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let level = match element.value().name() {
            "h1" | "h2" => 2,
            "h3" => 3,
            _ => 4,
        };
        let (content, others) = on_one_line(self.nested(sink, element, place));
        if !content.is_empty() {
            let dir = direction_of(element.value()).or(sink.flow().dir);
            sink.block(Block::Heading(Heading {
                attrs: HeadingAttrs { level, dir },
                content,
            }));
        }
        sink.blocks(others);
    }

    pub(super) fn quote(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        if let Some(embed) = self.posting(element) {
            return sink.block(embed);
        }
        let (attrs, rest, speaker_at) = self.speaker(sink, element);
        if let Some(at) = speaker_at {
            self.taken.insert(at);
        }
        let blocks = self.nested_shape(sink, element, place);
        let pull = element.value().classes().any(|class| class == "pullquote")
            || element
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(|outer| {
                    outer
                        .value()
                        .classes()
                        .any(|class| class.contains("pullquote"))
                });
        match blocks {
            Shaped::Flat(blocks) => sink.blocks(blocks),
            Shaped::Nested(blocks) if blocks.is_empty() => {
                sink.blocks(
                    attrs
                        .speaker
                        .iter()
                        .map(|words| Block::paragraph(words))
                        .collect(),
                );
            }
            Shaped::Nested(blocks) if pull => {
                let (content, others) = on_one_line(blocks);
                if !content.is_empty() {
                    sink.block(Block::PullQuote(PullQuote { attrs, content }));
                } else if let Some(speaker) = attrs.speaker {
                    sink.block(Block::paragraph(&speaker));
                }
                sink.blocks(others);
            }
            Shaped::Nested(content) => sink.block(Block::Quote(Quote { attrs, content })),
        }
        sink.blocks(rest.into_iter().collect());
    }

    /// The speaker that a quotation names: its own `cite` or `footer`, or a paragraph that holds
    /// nothing else.
    fn speaker(
        &mut self,
        sink: &Sink,
        quote: Found<'_>,
    ) -> (QuoteAttrs, Option<Block>, Option<ego_tree::NodeId>) {
        let mut attrs = QuoteAttrs {
            dir: direction_of(quote.value()).or(sink.flow().dir),
            source: quote
                .attr("cite")
                .and_then(|address| self.setting.addresses.link(address).ok()),
            speaker: None,
        };
        let named = quote
            .child_elements()
            .filter(|child| matches!(child.value().name(), "cite" | "footer" | "p"))
            .filter_map(|child| match child.value().name() {
                "p" => only_child(child).filter(|inner| inner.value().name() == "cite"),
                _ => Some(child),
            })
            .last();
        let Some(named) = named.filter(|_| self.shapes < MAX_SHAPES) else {
            return (attrs, None, None);
        };
        let link = named
            .descendants()
            .filter_map(ElementRef::wrap)
            .find_map(|inner| inner.attr("href"));
        if attrs.source.is_none() {
            attrs.source = link.and_then(|address| self.setting.addresses.link(address).ok());
        }
        let words = super::one_line(&named.text().collect::<String>());
        let words = words.trim_start_matches(['—', '–', '-', ' ']);
        let (speaker, rest) = fitting(words.to_string());
        attrs.speaker = speaker;
        (attrs, rest, Some(named.id()))
    }

    /// What X, Instagram and TikTok give out to paste: the posting's words and a link to it.
    fn posting(&mut self, quote: Found<'_>) -> Option<Block> {
        let pasted = [
            "twitter-tweet",
            "twitter-video",
            "instagram-media",
            "tiktok-embed",
        ];
        quote
            .value()
            .classes()
            .find(|class| pasted.contains(class))?;
        let address = quote
            .attr("cite")
            .or(quote.attr("data-instgrm-permalink"))
            .or_else(|| {
                let links = quote.descendants().filter_map(ElementRef::wrap);
                links.filter_map(|link| link.attr("href")).last()
            })?;
        let words = super::one_line(&quote.text().collect::<String>());
        let (title, None) = fitting(words) else {
            return None;
        };
        Some(Block::Embed(Embed {
            attrs: EmbedAttrs {
                url: self.setting.addresses.link(address).ok()?,
                provider: embeds::provider(address),
                title,
                caption: None,
                frame: None,
            },
        }))
    }

    pub(super) fn list(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        if has_class(element, "blocks-gallery-grid") {
            return self.gallery(sink, element, place);
        }
        let items = self.items(sink, element, place);
        if self.shapes >= MAX_SHAPES {
            return sink.blocks(items.into_iter().flatten().collect());
        }
        if items.is_empty() {
            return;
        }
        let start = element
            .attr("start")
            .and_then(|text| text.trim().parse().ok());
        sink.block(Block::List(List {
            attrs: ListAttrs {
                ordered: element.value().name() == "ol",
                start: start.unwrap_or(1),
            },
            content: items
                .into_iter()
                .map(|content| ListItem::ListItem { content })
                .collect(),
        }));
    }

    fn items(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) -> Vec<Vec<Block>> {
        self.shapes += 1;
        let mut items = Vec::new();
        let mut stray = sink.nested();
        for child in element.children() {
            let item = ElementRef::wrap(child).filter(|inner| inner.value().name() == "li");
            let Some(item) = item else {
                self.siblings(&mut stray, std::iter::once(child), place);
                continue;
            };
            items.push(std::mem::replace(&mut stray, sink.nested()).finish());
            if !self.taken.contains(&item.id()) {
                let mut inner = sink.nested();
                inner.within(super::flow_of(item.value()), |inner| {
                    self.children(inner, item, place);
                });
                items.push(inner.finish());
            }
        }
        items.push(stray.finish());
        self.shapes -= 1;
        items.retain(|item| !item.is_empty());
        items
    }

    /// Terms and what they mean: a list, each term strong above its meaning.
    pub(super) fn definitions(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        self.shapes += 1;
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in element.children() {
            let name = child.value().as_element().map(|inner| inner.name());
            let place = match name {
                Some("dt") => place.marked(Mark::Strong),
                _ => place.clone(),
            };
            let mut inner = sink.nested();
            self.siblings(&mut inner, std::iter::once(child), &place);
            let blocks = inner.finish();
            match items.last_mut() {
                Some(item) if name != Some("dt") => item.extend(blocks),
                _ if blocks.is_empty() => {}
                _ => items.push(blocks),
            }
        }
        self.shapes -= 1;
        if self.shapes >= MAX_SHAPES {
            sink.blocks(items.into_iter().flatten().collect());
        } else if !items.is_empty() {
            sink.block(Block::List(List {
                attrs: ListAttrs::default(),
                content: items
                    .into_iter()
                    .map(|content| ListItem::ListItem { content })
                    .collect(),
            }));
        }
    }

    pub(super) fn preformatted(&mut self, sink: &mut Sink, element: Found<'_>) {
        let mut text = String::new();
        for node in element.descendants() {
            match node.value() {
                Node::Text(letters) => text.push_str(letters),
                Node::Element(inner) if inner.name() == "br" => text.push('\n'),
                Node::Element(inner) if super::media::is_media(inner.name()) => {
                    self.setting.margin.remark(
                        inner.attr("src").unwrap_or("picture"),
                        "left out of text whose lines count",
                    );
                }
                _ => {}
            }
        }
        let text: String = text
            .chars()
            .filter(|ch| matches!(ch, '\n' | '\t') || !ch.is_control())
            .collect();
        if !text.trim().is_empty() {
            let attrs = PreformattedAttrs {
                text: text.trim_end().trim_start_matches('\n').to_string(),
            };
            sink.block(Block::Preformatted(Preformatted { attrs }));
        }
    }

    /// Divisions that carry more than text. Says whether the element was dealt with.
    pub(super) fn special_division(
        &mut self,
        sink: &mut Sink,
        element: Found<'_>,
        place: &Place,
    ) -> bool {
        let name = element.value().name();
        if name == "summary" {
            let words = place.marked(Mark::Strong);
            sink.within(super::flow_of(element.value()), |sink| {
                self.children(sink, element, &words);
            });
            return true;
        }
        if has_class(element, "wp-block-embed__wrapper") {
            let classic = Place {
                line_ends_count: true,
                ..place.clone()
            };
            sink.within(base::document::Flow::default(), |sink| {
                self.children(sink, element, &classic);
            });
            return true;
        }
        if name == "div" && (has_class(element, "gallery") || has_class(element, "tiled-gallery")) {
            self.gallery(sink, element, place);
            return true;
        }
        if has_class(element, "wp-block-cover") {
            self.picture_behind(sink, element);
        }
        false
    }

    /// The blocks of what an element holds.
    pub(super) fn nested(&mut self, sink: &Sink, element: Found<'_>, place: &Place) -> Vec<Block> {
        let mut inner = sink.nested();
        self.children(&mut inner, element, place);
        inner.finish()
    }

    fn nested_shape(&mut self, sink: &Sink, element: Found<'_>, place: &Place) -> Shaped {
        self.shapes += 1;
        let blocks = self.nested(sink, element, place);
        self.shapes -= 1;
        if self.shapes >= MAX_SHAPES {
            Shaped::Flat(blocks)
        } else {
            Shaped::Nested(blocks)
        }
    }
}

/// Blocks of a quote or list: nested, or flat where it would lie too deep.
enum Shaped {
    Nested(Vec<Block>),
    Flat(Vec<Block>),
}

pub(super) fn has_class(element: Found<'_>, wanted: &str) -> bool {
    element.value().classes().any(|class| class == wanted)
}

/// The only child when nothing but blanks stands beside it.
fn only_child(element: Found<'_>) -> Option<Found<'_>> {
    let mut found = None;
    for node in element.children() {
        match node.value() {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Element(_) if found.is_none() => found = ElementRef::wrap(node),
            _ => return None,
        }
    }
    found
}
