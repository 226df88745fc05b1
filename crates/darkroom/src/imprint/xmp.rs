//! The packet of XMP we write: plain elements, one description, no history, no identifiers (XMP part 1, 7).

use quick_xml::escape::escape;

use super::Imprint;

const NAMESPACES: &[(&str, &str)] = &[
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
    (
        "Iptc4xmpCore",
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    ),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
];

/// The whole packet.
pub fn packet(imprint: &Imprint) -> String {
    let mut xml = String::from("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    xml.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    xml.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    xml.push_str("<rdf:Description rdf:about=\"\"");
    for (prefix, address) in NAMESPACES {
        xml.push_str(&format!("\n xmlns:{prefix}=\"{address}\""));
    }
    xml.push_str(">\n");
    properties(imprint, &mut xml);
    xml.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xml
}

fn properties(imprint: &Imprint, xml: &mut String) {
    alternatives(xml, "dc:title", &imprint.title);
    alternatives(xml, "dc:description", &imprint.caption);
    alternatives(xml, "dc:rights", &imprint.copyright);
    sequence(xml, "dc:creator", &imprint.creators);
    simple(xml, "photoshop:Headline", &imprint.headline);
    simple(xml, "photoshop:Credit", &imprint.credit);
    simple(xml, "photoshop:Source", &imprint.source);
    simple(xml, "photoshop:City", &imprint.place.city);
    simple(xml, "photoshop:State", &imprint.place.state);
    simple(xml, "photoshop:Country", &imprint.place.country);
    let taken = imprint.taken.as_ref().map(ToString::to_string);
    simple(xml, "photoshop:DateCreated", &taken);
    simple(xml, "Iptc4xmpCore:Location", &imprint.place.sublocation);
    simple(xml, "Iptc4xmpCore:CountryCode", &imprint.place.country_code);
    alternatives(xml, "Iptc4xmpCore:AltTextAccessibility", &imprint.alt);
    alternatives(
        xml,
        "Iptc4xmpCore:ExtDescrAccessibility",
        &imprint.extended_description,
    );
    alternatives(xml, "xmpRights:UsageTerms", &imprint.usage_terms);
    simple(xml, "xmpRights:WebStatement", &imprint.web_statement);
    simple(
        xml,
        "Iptc4xmpExt:DigitalSourceType",
        &imprint.digital_source_type,
    );
    simple(xml, "plus:DataMining", &imprint.data_mining);
    licensor(imprint, xml);
}

fn licensor(imprint: &Imprint, xml: &mut String) {
    let Some(licensor) = &imprint.licensor else {
        return;
    };
    xml.push_str("<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\">");
    simple(xml, "plus:LicensorName", &licensor.name);
    simple(xml, "plus:LicensorURL", &licensor.url);
    xml.push_str("</rdf:li></rdf:Seq></plus:Licensor>\n");
}

fn simple(xml: &mut String, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        xml.push_str(&format!("<{name}>{}</{name}>\n", escape(value.as_str())));
    }
}

fn alternatives(xml: &mut String, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        let value = escape(value.as_str());
        xml.push_str(&format!(
            "<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>\n"
        ));
    }
}

fn sequence(xml: &mut String, name: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    xml.push_str(&format!("<{name}><rdf:Seq>"));
    for value in values {
        xml.push_str(&format!("<rdf:li>{}</rdf:li>", escape(value.as_str())));
    }
    xml.push_str(&format!("</rdf:Seq></{name}>\n"));
}
