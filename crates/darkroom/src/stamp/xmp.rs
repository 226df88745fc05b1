//! The packet of XMP we write: plain elements, one description, no history, no identifiers (XMP part 1, 7).

use quick_xml::escape::escape;

use super::Stamp;

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
pub fn packet(stamp: &Stamp) -> String {
    let mut xml = String::from("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    xml.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    xml.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    xml.push_str("<rdf:Description rdf:about=\"\"");
    for (prefix, address) in NAMESPACES {
        xml.push_str(&format!("\n xmlns:{prefix}=\"{address}\""));
    }
    xml.push_str(">\n");
    properties(stamp, &mut xml);
    xml.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xml
}

fn properties(stamp: &Stamp, xml: &mut String) {
    alternatives(xml, "dc:title", &stamp.title);
    alternatives(xml, "dc:description", &stamp.caption);
    alternatives(xml, "dc:rights", &stamp.copyright);
    sequence(xml, "dc:creator", &stamp.creators);
    simple(xml, "photoshop:Headline", &stamp.headline);
    simple(xml, "photoshop:Credit", &stamp.credit);
    simple(xml, "photoshop:Source", &stamp.source);
    simple(xml, "photoshop:City", &stamp.place.city);
    simple(xml, "photoshop:State", &stamp.place.state);
    simple(xml, "photoshop:Country", &stamp.place.country);
    let taken = stamp.taken.as_ref().map(ToString::to_string);
    simple(xml, "photoshop:DateCreated", &taken);
    simple(xml, "Iptc4xmpCore:Location", &stamp.place.sublocation);
    simple(xml, "Iptc4xmpCore:CountryCode", &stamp.place.country_code);
    alternatives(xml, "Iptc4xmpCore:AltTextAccessibility", &stamp.alt);
    alternatives(
        xml,
        "Iptc4xmpCore:ExtDescrAccessibility",
        &stamp.extended_description,
    );
    alternatives(xml, "xmpRights:UsageTerms", &stamp.usage_terms);
    simple(xml, "xmpRights:WebStatement", &stamp.web_statement);
    simple(
        xml,
        "Iptc4xmpExt:DigitalSourceType",
        &stamp.digital_source_type,
    );
    simple(xml, "plus:DataMining", &stamp.data_mining);
    licensor(stamp, xml);
}

fn licensor(stamp: &Stamp, xml: &mut String) {
    let Some(licensor) = &stamp.licensor else {
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
