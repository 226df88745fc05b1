//! One item of NewsML-G2 made into a story.

use base::{
    Document, Instant,
    document::{Block, Href, Picture},
};
use serde_json::json;

use super::{MAX_KEPT, SOURCE};
use crate::{
    feed::tree::Element,
    handing::stand_in_headline,
    html,
    incoming::{IncomingByline, IncomingPicture, IncomingState, IncomingStory, Issue},
    margin::Margin,
    ninjs::item::{by_lines, laid_out, state_of},
    nitf::{self, found, local},
};

/// Reads an item; `raw` is how it stands in its file. `Err` names the field and the rule it breaks.
pub(super) fn read(
    element: &Element,
    raw: &str,
    place: &str,
    margin: &mut Margin,
) -> Result<(IncomingStory, Vec<IncomingPicture>), String> {
    let item = Item(element);
    let guid = element
        .attribute("guid")
        .map(str::trim)
        .filter(|guid| !guid.is_empty());
    let guid = guid.ok_or("guid: an item names itself by one, and there is none")?;
    let pictures = item.pictures(guid, margin);
    let (body, used) = item.body(margin);
    let made = item.moment("itemMeta", "versionCreated")?;
    let mut story = IncomingStory {
        source_key: guid.to_string(),
        place: format!("{place}, {guid}"),
        state: item.state()?,
        headline: item.text("contentMeta", "headline").unwrap_or_default(),
        deck: item.description().filter(|_| !used),
        slugline: item.text("contentMeta", "slugline"),
        language: item.language().and_then(|tag| tag.parse().ok()),
        bylines: item.bylines(),
        topics: item.subjects(&["", "abstract", "event", "object", "organisation"]),
        people: item.subjects(&["person"]),
        places: item.subjects(&["geoArea", "poi"]),
        genre: item.named("contentMeta", "genre").into_iter().next(),
        dateline: item.dateline(),
        published: item.moment("itemMeta", "firstCreated")?,
        modified: made,
        embargo: item.moment("itemMeta", "embargoed")?,
        urgency: item.urgency()?,
        source_note: item.source(),
        lead_picture: pictures.first().and_then(lead),
        issue: Some(Issue {
            number: element
                .attribute("version")
                .and_then(|version| version.trim().parse().ok()),
            at: made,
        }),
        body,
        comments_open: true,
        ..IncomingStory::default()
    };
    if story.headline.is_empty() {
        story.headline = item
            .title()
            .unwrap_or_else(|| stand_in_headline(&story, place));
        margin.remark("headline", "there is none; other words stand in for it");
    }
    item.keep(raw, &mut story, margin);
    Ok((story, pictures))
}

struct Item<'e>(&'e Element);

impl<'e> Item<'e> {
    fn part(&self, name: &str) -> Option<&'e Element> {
        self.0.elements().find(|child| local(child) == name)
    }

    /// Every element of that name directly in a part of the item.
    fn all(&self, part: &str, name: &'e str) -> impl Iterator<Item = &'e Element> {
        let children = self.part(part).into_iter().flat_map(Element::elements);
        children.filter(move |child| local(child) == name)
    }

    fn text(&self, part: &str, name: &'e str) -> Option<String> {
        let texts = self.all(part, name).map(|one| html::one_line(&one.text()));
        texts.into_iter().find(|text| !text.is_empty())
    }

    fn moment(&self, part: &str, name: &'e str) -> Result<Option<Instant>, String> {
        let Some(text) = self.text(part, name) else {
            return Ok(None);
        };
        let wrong = |_| format!("{name}: “{text}” is no date and time with its zone");
        text.parse()
            .map(|at| Some(base::clock::to_micros(at)))
            .map_err(wrong)
    }

    fn state(&self) -> Result<IncomingState, String> {
        let status = self.all("itemMeta", "pubStatus").next();
        let Some(status) = status.and_then(code) else {
            return Ok(IncomingState::Draft);
        };
        state_of(status)
            .ok_or_else(|| format!("pubStatus: “{status}” is none of usable, withheld, canceled"))
    }

    fn urgency(&self) -> Result<Option<u8>, String> {
        let Some(text) = self.text("contentMeta", "urgency") else {
            return Ok(None);
        };
        let number = text.parse().ok().filter(|number| (1..=9).contains(number));
        let wrong = || format!("urgency: “{text}” is no whole number from 1 to 9");
        number.map(Some).ok_or_else(wrong)
    }

    fn language(&self) -> Option<&'e str> {
        let named = self.all("contentMeta", "language").next();
        let named = named.and_then(|one| one.attribute("tag"));
        named.or(Some(self.0.language.as_str()).filter(|tag| !tag.is_empty()))
    }

    /// The byline as printed, else who made it.
    fn bylines(&self) -> Vec<IncomingByline> {
        let printed = self.text("contentMeta", "by");
        let names = match printed {
            Some(name) => vec![name],
            None => self.named("contentMeta", "creator"),
        };
        let byline = |name| IncomingByline { person: None, name };
        names.into_iter().map(byline).collect()
    }

    /// Names of the elements, the first of each.
    fn named(&self, part: &str, name: &'e str) -> Vec<String> {
        self.all(part, name).filter_map(name_of).collect()
    }

    /// Subjects of these types, by name; those without a name are codes, and are kept.
    fn subjects(&self, types: &[&str]) -> Vec<String> {
        let of_type = self.all("contentMeta", "subject").filter(|one| {
            let kind = one
                .attribute("type")
                .or(one.attribute("typeuri"))
                .unwrap_or_default();
            let kind = kind.rsplit([':', '/']).next().unwrap_or_default();
            let known = [
                "abstract",
                "event",
                "object",
                "organisation",
                "person",
                "geoArea",
                "poi",
            ];
            types.contains(&kind) || (types.contains(&"") && !known.contains(&kind))
        });
        of_type.filter_map(name_of).collect()
    }

    fn dateline(&self) -> Option<String> {
        let located = || self.named("contentMeta", "located").into_iter().next();
        located().or_else(|| self.text("contentMeta", "dateline"))
    }

    fn description(&self) -> Option<String> {
        self.text("contentMeta", "description")
    }

    fn title(&self) -> Option<String> {
        self.text("itemMeta", "title")
    }

    /// Whom readers are told it comes from: the credit line, else whose right it is, else who provides it.
    fn source(&self) -> Option<String> {
        let holder = || {
            self.named("rightsInfo", "copyrightHolder")
                .into_iter()
                .next()
        };
        let provider = || self.named("itemMeta", "provider").into_iter().next();
        self.text("contentMeta", "creditline")
            .or_else(holder)
            .or_else(provider)
    }

    /// The text, and whether it is the description because there is no other.
    fn body(&self, margin: &mut Margin) -> (Document, bool) {
        for inline in self.all("contentSet", "inlineXML") {
            if ["nitf", "html", "body.content", "body", "p"]
                .iter()
                .any(|name| found(inline, name).is_some())
            {
                return (laid_out(&nitf::html(inline), margin), false);
            }
            let root = inline
                .elements()
                .next()
                .map(local)
                .unwrap_or_default()
                .to_string();
            margin.remark(
                &format!("inlineXML <{root}>"),
                "a text in a form that is not read here; kept",
            );
        }
        for inline in self.all("contentSet", "inlineData") {
            let kind = inline.attribute("contenttype").unwrap_or("text/plain");
            match (inline.attribute("encoding"), kind.contains("html")) {
                (Some(encoding), _) => {
                    margin.remark(encoding, "data in this encoding is not read here; kept")
                }
                (None, true) => return (laid_out(&inline.text(), margin), false),
                (None, false) => return (by_lines(&inline.text(), margin), false),
            }
        }
        let grouped = self.grouped();
        if !grouped.is_empty() {
            margin.remark(
                "packageItem",
                "a package: what it groups is listed, and comes by itself",
            );
            return (Document { content: grouped }, false);
        }
        let words = self.description().unwrap_or_default();
        (by_lines(&words, margin), true)
    }

    /// A paragraph for each item that a package names.
    fn grouped(&self) -> Vec<Block> {
        let mut references = Vec::new();
        if let Some(groups) = self.part("groupSet") {
            gather(groups, "itemRef", &mut references);
        }
        let words = references.iter().filter_map(|one| {
            let said = found(one, "headline").or_else(|| found(one, "title"))?;
            Some(html::one_line(&said.text())).filter(|words| !words.is_empty())
        });
        words.map(|words| Block::paragraph(&words)).collect()
    }

    /// The picture in its largest rendition; a place that is no web address is a file that came beside.
    fn pictures(&self, guid: &str, margin: &mut Margin) -> Vec<IncomingPicture> {
        let remote = self.all("contentSet", "remoteContent");
        let pictures = remote.filter(|one| {
            one.attribute("contenttype")
                .is_some_and(|kind| kind.starts_with("image/"))
        });
        let width = |one: &&Element| {
            one.attribute("width")
                .and_then(|width| width.parse::<u32>().ok())
        };
        let Some(largest) = pictures.max_by_key(width) else {
            return Vec::new();
        };
        let url = largest
            .attribute("href")
            .unwrap_or_default()
            .trim()
            .to_string();
        if !url.contains("://") || url.starts_with("file:") {
            margin.remark(
                &url,
                "a picture's file that came beside the item; bring it to the desk by hand",
            );
        }
        vec![IncomingPicture {
            key: format!("{guid} {url}"),
            title: self.text("contentMeta", "headline").unwrap_or_default(),
            alt: String::new(),
            caption: self.description().unwrap_or_default(),
            credit: self.credit(),
            parent: Some(guid.into()),
            url,
        }]
    }

    fn credit(&self) -> Option<String> {
        let creator = || self.named("contentMeta", "creator").into_iter().next();
        match (self.text("contentMeta", "creditline"), creator()) {
            (Some(line), Some(creator)) if !line.contains(&creator) => {
                Some(format!("{creator}/{line}"))
            }
            (line, creator) => line.or(creator).or_else(|| self.source()),
        }
    }

    /// Keeps the item as it stands, and its subjects' codes where they are easily found.
    fn keep(&self, raw: &str, story: &mut IncomingStory, margin: &mut Margin) {
        let mut end = raw.len().min(MAX_KEPT);
        while !raw.is_char_boundary(end) {
            end -= 1;
        }
        if end < raw.len() {
            let why =
                format!("longer than the {MAX_KEPT} bytes that are kept; its end was left out");
            margin.remark("the item", &why);
        }
        story.kept.insert(SOURCE.into(), json!(&raw[..end]));
        let codes = self.all("contentMeta", "subject").filter_map(code);
        let codes: Vec<&str> = codes.collect();
        if !codes.is_empty() {
            story.kept.insert("subjects".into(), json!(codes));
        }
    }
}

/// `qcode` or `uri`.
fn code(element: &Element) -> Option<&str> {
    element.attribute("qcode").or(element.attribute("uri"))
}

fn name_of(element: &Element) -> Option<String> {
    let name = element.elements().find(|child| local(child) == "name")?;
    Some(html::one_line(&name.text())).filter(|name| !name.is_empty())
}

fn gather<'e>(element: &'e Element, name: &str, into: &mut Vec<&'e Element>) {
    for child in element.elements() {
        match local(child) == name {
            true => into.push(child),
            false => gather(child, name, into),
        }
    }
}

fn lead(record: &IncomingPicture) -> Option<Picture> {
    Some(Picture {
        src: record.url.parse::<Href>().ok().filter(Href::leaves)?,
        caption: Some(record.caption.clone()).filter(|caption| !caption.is_empty()),
        credit: record.credit.clone(),
        ..Picture::default()
    })
}
