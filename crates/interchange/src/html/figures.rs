//! Figures, galleries and their captions.

use base::document::{Block, Gallery, Picture, PictureBlock};
use scraper::ElementRef;

use super::{Found, Place, Reader, labels::fitting, line::Sink, shapes::has_class};

impl Reader<'_, '_> {
    /// A figure: whatever it shows, with its caption where the tree has a place for one.
    pub(super) fn figure(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let caption = self.caption_of(element);
        let blocks = if has_class(element, "wp-block-gallery") {
            let mut inner = sink.nested();
            self.gallery(&mut inner, element, place);
            inner.finish()
        } else {
            self.nested(sink, element, place)
        };
        let pictures = blocks.iter().filter(|block| is_picture(block)).count();
        let mut blocks = if pictures > 1 && pictures == blocks.len() {
            vec![Block::Gallery(Gallery { content: blocks })]
        } else {
            blocks
        };
        let (caption, rest) = fitting(caption);
        let left = match caption {
            Some(caption) => put_caption(&mut blocks, caption),
            None => None,
        };
        sink.blocks(blocks);
        sink.blocks(
            left.map(|words| Block::paragraph(&words))
                .into_iter()
                .collect(),
        );
        sink.blocks(rest.into_iter().collect());
    }

    /// The words of a figure's own caption, which is then not read again.
    fn caption_of(&mut self, figure: Found<'_>) -> String {
        let caption = figure
            .descendants()
            .skip(1)
            .filter_map(ElementRef::wrap)
            .find(|inner| {
                inner.value().name() == "figcaption"
                    && nearest_figure(*inner).is_some_and(|owner| owner.id() == figure.id())
            });
        let Some(caption) = caption else {
            return String::new();
        };
        let only_words = !caption
            .descendants()
            .filter_map(ElementRef::wrap)
            .any(|inner| {
                super::media::is_media(inner.value().name())
                    || super::NEVER_SHOWN.contains(&inner.value().name())
            });
        if !only_words {
            return String::new();
        }
        self.taken.insert(caption.id());
        self.label(caption)
    }

    /// Pictures together, and whatever else stood among them behind.
    pub(super) fn gallery(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let blocks = self.nested(sink, element, place);
        let (pictures, others): (Vec<_>, Vec<_>) = blocks.into_iter().partition(is_picture);
        match pictures.len() {
            0 => {}
            1 => sink.blocks(pictures),
            _ => sink.block(Block::Gallery(Gallery { content: pictures })),
        }
        sink.blocks(others);
    }

    /// Older covers name their picture in a style.
    pub(super) fn picture_behind(&mut self, sink: &mut Sink, element: Found<'_>) {
        let address = element
            .attr("style")
            .and_then(|style| style.split_once("background-image:url("))
            .and_then(|(_, rest)| rest.split(')').next())
            .map(|address| address.trim_matches(['"', '\'', ' ']));
        let Some(address) = address else { return };
        match self.setting.addresses.file(address) {
            Ok(src) => sink.block(Block::Picture(PictureBlock {
                attrs: Picture {
                    src,
                    ..Picture::default()
                },
            })),
            Err(_) => self.setting.margin.remark(
                address,
                "the picture behind a cover has no address we can load",
            ),
        }
    }
}

fn is_picture(block: &Block) -> bool {
    matches!(block, Block::Picture(_))
}

fn nearest_figure(element: Found<'_>) -> Option<Found<'_>> {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|outer| outer.value().name() == "figure")
}

/// Puts a caption on the first block that can carry it; gives it back when none can.
fn put_caption(blocks: &mut [Block], caption: String) -> Option<String> {
    let single = blocks.iter().filter(|block| is_picture(block)).count() <= 1;
    for block in blocks {
        let place = match block {
            Block::Picture(picture) if single => &mut picture.attrs.caption,
            Block::Embed(embed) => &mut embed.attrs.caption,
            Block::Table(table) => &mut table.attrs.caption,
            Block::Quote(quote) => &mut quote.attrs.speaker,
            Block::PullQuote(quote) => &mut quote.attrs.speaker,
            _ => continue,
        };
        if place.is_none() {
            *place = Some(caption);
            return None;
        }
    }
    Some(caption)
}
