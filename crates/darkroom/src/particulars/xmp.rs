//! XMP: RDF/XML packets, with the properties that newsrooms and the IPTC use.
//!
//! A property may be told as an element, as an attribute of its description, or as a reference; a structure as a
//! description within or as what `parseType="Resource"` holds (XMP part 1, Annex C). All of these are read.

use super::{
    Licensor, MAX_ENTRIES, Moment, Particulars, Place, line, lines,
    rdf::{self, Node, RDF},
    text, web_address,
};

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
const PRISM: &str = "http://prismstandard.org/namespaces/prismusagerights/2.1/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads a packet; the second value is false where not all of it could be read.
pub fn read(packet: &[u8]) -> (Particulars, bool) {
    let packet = String::from_utf8_lossy(packet);
    let (root, whole) = rdf::tree(packet.trim_matches(['\0', '\u{FEFF}']));
    let mut descriptions = Vec::new();
    gather(&root, &mut descriptions);
    (Properties(descriptions).particulars(), whole)
}

/// The descriptions of the picture: those directly within `rdf:RDF`.
fn gather<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    for child in &node.children {
        if node.name.is(RDF, "RDF") {
            found.push(child);
        } else {
            gather(child, found);
        }
    }
}

/// Where properties are looked for: one description or several that speak of the same thing.
struct Properties<'a>(Vec<&'a Node>);

/// The value of a property.
#[derive(Clone, Copy)]
enum Value<'a> {
    Attribute(&'a str),
    Element(&'a Node),
}

impl Properties<'_> {
    fn particulars(&self) -> Particulars {
        let created = [(PHOTOSHOP, "DateCreated"), (EXIF, "DateTimeOriginal")];
        let ends = [(PLUS, "LicenseEndDate"), (PRISM, "expirationDate")];
        Particulars {
            title: self.line(DC, "title"),
            headline: self.line(PHOTOSHOP, "Headline"),
            caption: self.text(DC, "description"),
            caption_writer: self.line(PHOTOSHOP, "CaptionWriter"),
            alt: self.text(CORE, "AltTextAccessibility"),
            extended_description: self.text(CORE, "ExtDescrAccessibility"),
            credit: self.line(PHOTOSHOP, "Credit"),
            creators: self.list(DC, "creator"),
            copyright: self.text(DC, "rights"),
            usage_terms: self.text(RIGHTS, "UsageTerms"),
            web_statement: self.address(RIGHTS, "WebStatement"),
            licensor: self.licensor(),
            rights_end: self.moment(&ends),
            data_mining: self.address(PLUS, "DataMining"),
            digital_source_type: self.address(EXT, "DigitalSourceType"),
            source: self.line(PHOTOSHOP, "Source"),
            instructions: self.text(PHOTOSHOP, "Instructions"),
            job: self.line(PHOTOSHOP, "TransmissionReference"),
            event: self.line(EXT, "Event"),
            keywords: self.list(DC, "subject"),
            persons: self.persons(),
            place: self.place(),
            taken: self.moment(&created),
        }
    }

    /// The place that the older fields name, filled from the newer ones: shown first, then where the camera stood.
    fn place(&self) -> Place {
        let mut place = Place {
            sublocation: self.line(CORE, "Location"),
            city: self.line(PHOTOSHOP, "City"),
            state: self.line(PHOTOSHOP, "State"),
            country: self.line(PHOTOSHOP, "Country"),
            country_code: self.line(CORE, "CountryCode"),
        };
        for name in ["LocationShown", "LocationCreated"] {
            let told = Place {
                sublocation: self.within(EXT, name, |one| one.line(EXT, "Sublocation")),
                city: self.within(EXT, name, |one| one.line(EXT, "City")),
                state: self.within(EXT, name, |one| one.line(EXT, "ProvinceState")),
                country: self.within(EXT, name, |one| one.line(EXT, "CountryName")),
                country_code: self.within(EXT, name, |one| one.line(EXT, "CountryCode")),
            };
            // Parts of two places make a third that is nowhere: only a place that is not told at all is taken over.
            if place == Place::default() {
                place = told;
            }
        }
        place
    }

    fn licensor(&self) -> Option<Licensor> {
        let licensor = Licensor {
            name: self.within(PLUS, "Licensor", |one| one.line(PLUS, "LicensorName")),
            url: self.within(PLUS, "Licensor", |one| one.address(PLUS, "LicensorURL")),
        };
        (licensor != Licensor::default()).then_some(licensor)
    }

    fn persons(&self) -> Vec<String> {
        let named = self.list(EXT, "PersonInImage");
        let detailed: Vec<String> = self
            .structures(EXT, "PersonInImageWDetails")
            .iter()
            .filter_map(|one| one.line(EXT, "PersonName"))
            .collect();
        lines(named.iter().chain(&detailed).map(String::as_str))
    }

    fn line(&self, space: &str, local: &str) -> Option<String> {
        self.values(space, local).first().and_then(|raw| line(raw))
    }

    fn text(&self, space: &str, local: &str) -> Option<String> {
        self.values(space, local).first().and_then(|raw| text(raw))
    }

    fn list(&self, space: &str, local: &str) -> Vec<String> {
        lines(self.values(space, local))
    }

    fn address(&self, space: &str, local: &str) -> Option<String> {
        let values = self.values(space, local);
        values.first().and_then(|raw| web_address(raw))
    }

    fn moment(&self, names: &[(&str, &str)]) -> Option<Moment> {
        names.iter().find_map(|(space, local)| {
            let values = self.values(space, local);
            Moment::of_iso(values.first()?)
        })
    }

    /// The texts of a property, the one in no particular language first.
    fn values(&self, space: &str, local: &str) -> Vec<&str> {
        match self.property(space, local) {
            Some(Value::Attribute(value)) => vec![value],
            Some(Value::Element(node)) => texts(node),
            None => Vec::new(),
        }
    }

    /// Asks the first structure of a property.
    fn within<T>(
        &self,
        space: &str,
        local: &str,
        ask: impl Fn(&Properties<'_>) -> Option<T>,
    ) -> Option<T> {
        self.structures(space, local).first().and_then(ask)
    }

    fn structures(&self, space: &str, local: &str) -> Vec<Properties<'_>> {
        let Some(Value::Element(node)) = self.property(space, local) else {
            return Vec::new();
        };
        let entries: Vec<&Node> = match container(node) {
            Some(list) => list.children.iter().take(MAX_ENTRIES).collect(),
            None => vec![node],
        };
        let is_described = |entry: &Node| {
            entry
                .children
                .iter()
                .any(|child| child.name.is(RDF, "Description"))
        };
        entries
            .into_iter()
            .map(|entry| {
                if is_described(entry) {
                    Properties(entry.children.iter().collect())
                } else {
                    Properties(vec![entry])
                }
            })
            .collect()
    }

    fn property(&self, space: &str, local: &str) -> Option<Value<'_>> {
        self.0.iter().find_map(|description| {
            let children = &description.children;
            let child = children.iter().find(|child| child.name.is(space, local));
            let attribute = || description.attribute(space, local).map(Value::Attribute);
            child.map(Value::Element).or_else(attribute)
        })
    }
}

/// What a property's element says: a list's entries, a reference, or its own words.
fn texts(node: &Node) -> Vec<&str> {
    if let Some(list) = container(node) {
        let mut entries: Vec<&Node> = list.children.iter().take(MAX_ENTRIES).collect();
        // The sort is stable: only x-default goes to the front.
        entries.sort_by_key(|entry| entry.attribute(XML, "lang") != Some("x-default"));
        return entries.into_iter().filter_map(word).collect();
    }
    word(node).into_iter().collect()
}

/// One value: a reference, a value with qualifiers (`rdf:value`), or words.
fn word(node: &Node) -> Option<&str> {
    if let Some(reference) = node.attribute(RDF, "resource") {
        return Some(reference);
    }
    let structure = node
        .children
        .iter()
        .find(|child| child.name.is(RDF, "Description"));
    let holder = structure.unwrap_or(node);
    if let Some(value) = holder
        .children
        .iter()
        .find(|child| child.name.is(RDF, "value"))
    {
        return Some(&value.words);
    }
    if let Some(value) = holder.attribute(RDF, "value") {
        return Some(value);
    }
    (node.children.is_empty() && !node.words.trim().is_empty()).then_some(&node.words)
}

/// The list in a property.
fn container(node: &Node) -> Option<&Node> {
    node.children.iter().find(|child| {
        ["Alt", "Bag", "Seq"]
            .iter()
            .any(|kind| child.name.is(RDF, kind))
    })
}
