//! A story as a document of ninjs 3.1.
//!
//! [`Said`] is what a document says, made of fields that the caller may show. [`again`] lays it over a document
//! that came in: a property that nobody changed here goes out as its source wrote it, and one that is not
//! understood always does. Names stand in the order of the alphabet, so equal documents are equal bytes.

use base::{Instant, document::Picture};
use newsroom::story::{Fields, Genre, Note, fields::ORDINARY_URGENCY};
use serde_json::{Map, Value, json};

/// The version of the standard that is written.
pub const VERSION: &str = "3.1";
/// Its schema.
pub const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json";
/// Trust indicators of the IPTC, by the trust page that is one.
const TRUST: [(&str, &str); 1] = [(
    "ethics",
    "http://cv.iptc.org/newscodes/trustindicator/editorialPolicy",
)];

/// What stands around a story.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The site's address, without a slash at the end.
    pub root: String,
    /// The newsroom's name.
    pub publisher: String,
    /// The story's section: its name, and the last part of its address.
    pub section: Option<(String, String)>,
    /// Trust pages that readers see: the last part of each address, and its title.
    pub trust: Vec<(String, String)>,
}

/// What a document says.
pub struct Said<'a> {
    /// What it is known by for good.
    pub uri: String,
    /// The number of the revision.
    pub version: u32,
    /// `usable`, `withheld` or `canceled`.
    pub status: &'static str,
    /// Fields; their body is not looked at.
    pub fields: &'a Fields,
    /// HTML of the body, or of as much of it as may be shown; its addresses are whole.
    pub html: Option<String>,
    /// Whether the body is all there.
    pub whole: bool,
    /// The story's own page, a path.
    pub path: Option<&'a str>,
    /// When it first went out, or was begun.
    pub first: Option<Instant>,
    /// When it last really changed.
    pub changed: Option<Instant>,
    /// What readers were told about changes.
    pub notes: &'a [Note],
    /// Pictures with their addresses, the lead picture first.
    pub pictures: Vec<&'a Picture>,
    /// Whether what only the desk knows may be said: slugline, urgency, embargo.
    pub for_desk: bool,
}

impl Said<'_> {
    /// The document.
    pub fn document(&self, around: &Around) -> Map<String, Value> {
        let mut all = Properties(Map::new());
        self.head(around, &mut all);
        self.words(around, &mut all);
        self.about(around, &mut all);
        if self.for_desk {
            self.desk(&mut all);
        }
        let Properties(document) = all;
        sorted(document)
    }

    fn head(&self, around: &Around, all: &mut Properties) {
        let schema = json!({"name": "ninjs", "version": VERSION, "schema": SCHEMA});
        all.put("standard", schema);
        all.put("uri", json!(self.uri));
        all.put("type", json!("text"));
        let whole = if self.whole { "full" } else { "partial" };
        all.put("representationType", json!(whole));
        all.put("version", json!(self.version.to_string()));
        all.put("pubStatus", json!(self.status));
        all.put("language", json!(self.fields.language.tag()));
        all.moment("firstCreated", self.first);
        all.moment("versionCreated", self.changed);
        all.put("copyrightHolder", json!(around.publisher));
        if let Some(path) = self.path {
            let page = json!({"name": "web", "href": whole_address(around, path), "contentType": "text/html"});
            all.put("renditions", json!([page]));
        }
        if let Some(first) = &self.fields.canonical_url {
            all.put(
                "altIds",
                json!([{"role": "canonical", "value": first.as_str()}]),
            );
        }
    }

    fn words(&self, around: &Around, all: &mut Properties) {
        let fields = self.fields;
        let mut headlines = vec![json!({"role": "main", "value": fields.headline})];
        if let Some(kicker) = &fields.kicker {
            headlines.push(json!({"role": "kicker", "value": kicker}));
        }
        all.put("headlines", json!(headlines));
        if let Some(deck) = &fields.deck {
            let deck = json!({"role": "summary", "contentType": "text/plain", "value": deck});
            all.put("descriptions", json!([deck]));
        }
        if let Some(html) = self.html.as_ref().filter(|html| !html.is_empty()) {
            let body = json!({"role": "main", "contentType": "text/html", "value": html});
            all.put("bodies", json!([body]));
        }
        let by: Vec<&str> = fields.bylines.iter().map(|one| one.name.as_str()).collect();
        all.text("by", &by.join(", "));
        if let Some(dateline) = &fields.dateline {
            all.text("located", &dateline.place);
        }
        let pictures = self.pictures.iter().enumerate();
        let pictures = pictures.map(|(nth, one)| self.association(around, nth, one));
        all.list("associations", pictures.collect());
    }

    fn association(&self, around: &Around, nth: usize, picture: &Picture) -> Value {
        let address = whole_address(around, picture.src.as_str());
        let mut one = Properties(Map::new());
        one.put("uri", json!(address));
        one.put("name", json!(format!("picture{}", nth + 1)));
        one.put("type", json!("picture"));
        if nth == 0 && self.fields.lead_picture.is_some() {
            one.put("rel", json!("lead"));
        }
        one.text("by", picture.credit.as_deref().unwrap_or_default());
        one.text("located", picture.place.as_deref().unwrap_or_default());
        let texts = [
            ("caption", picture.caption.as_deref()),
            ("alt", Some(picture.alt.as_str())),
        ];
        let texts = texts.into_iter().filter_map(|(role, text)| {
            let text = text.filter(|text| !text.is_empty())?;
            Some(json!({"role": role, "value": text}))
        });
        one.list("descriptions", texts.collect());
        let mut rendition = json!({"name": "main", "href": address});
        if let Some((width, height)) = picture.width.zip(picture.height) {
            rendition["width"] = json!(width);
            rendition["height"] = json!(height);
        }
        one.put("renditions", json!([rendition]));
        Value::Object(one.0)
    }

    fn about(&self, around: &Around, all: &mut Properties) {
        let fields = self.fields;
        let named = |names: &[String]| names.iter().map(|name| json!({"name": name})).collect();
        let section = around.section.as_ref().map(
            |(name, slug)| json!({"name": name, "rel": super::item::SECTION, "literal": slug}),
        );
        let topics = fields.topics.iter().map(|name| json!({"name": name}));
        all.list("subjects", section.into_iter().chain(topics).collect());
        all.list("people", named(&fields.people));
        all.list("places", named(&fields.places));
        if fields.genre != Genre::News {
            all.put("genres", json!([{"name": fields.genre}]));
        }
        if let Some(note) = &fields.source_note {
            all.put("infoSources", json!([{"name": note}]));
        }
        let told = self.notes.iter().map(|note| {
            let class = json!(note.class);
            format!(
                "{} ({}): {}",
                class.as_str().unwrap_or_default(),
                note.at,
                note.words
            )
        });
        all.text("edNote", &told.collect::<Vec<_>>().join("\n"));
        let trust = around.trust.iter().map(|(slug, title)| {
            let mut one = json!({"title": title, "href": format!("{}/about/{slug}", around.root)});
            if let Some((_, role)) = TRUST.iter().find(|(page, _)| page == slug) {
                one["role"] = json!(role);
            }
            one
        });
        all.list("trustIndicators", trust.collect());
    }

    fn desk(&self, all: &mut Properties) {
        let fields = self.fields;
        all.text("slugline", fields.slugline.as_deref().unwrap_or_default());
        if fields.urgency != ORDINARY_URGENCY {
            all.put("urgency", json!(fields.urgency));
        }
        all.moment(
            "embargoedUntil",
            fields.embargo.as_ref().map(|embargo| embargo.until),
        );
    }
}

/// Lays what a story says `now` over the document that `came` in. `then` is what it said when it landed:
/// where the two agree, the source's own words stay.
pub fn again(
    came: &Map<String, Value>,
    then: &Map<String, Value>,
    now: &Map<String, Value>,
) -> Map<String, Value> {
    let mut document = came.clone();
    let mut changed = false;
    let names = then.keys().chain(now.keys());
    for name in names {
        if OF_THE_VERSION.contains(&name.as_str()) || then.get(name) == now.get(name) {
            continue;
        }
        changed = true;
        match now.get(name) {
            None => {
                document.shift_remove(name);
            }
            Some(value) => {
                let value = merged(name, came.get(name), value);
                document.insert(name.clone(), value);
            }
        }
    }
    if changed {
        let number = came
            .get("version")
            .and_then(|one| one.as_u64().or(one.as_str()?.parse().ok()));
        let ours = now
            .get("version")
            .and_then(|one| one.as_str()?.parse::<u64>().ok());
        let next = number.unwrap_or(0) + ours.unwrap_or(1).saturating_sub(1).max(1);
        document.insert("version".into(), json!(next.to_string()));
        document.insert("versionCreated".into(), now["versionCreated"].clone());
    }
    if let Some(status) = now.get("pubStatus").filter(|status| *status != "withheld") {
        let was = came.get("pubStatus").and_then(Value::as_str);
        if was.is_some() || status != "usable" {
            document.insert("pubStatus".into(), status.clone());
        }
    }
    sorted(document)
}

/// Said anew with every version, and so no sign that anything changed; or not looked at when it came in.
const OF_THE_VERSION: [&str; 11] = [
    "copyrightHolder",
    "edNote",
    "firstCreated",
    "pubStatus",
    "renditions",
    "representationType",
    "standard",
    "trustIndicators",
    "type",
    "version",
    "versionCreated",
];

/// Ours in place of the source's; what it said besides of the same thing stays, and so do headlines in roles
/// that we have not. Other forms of a body that was rewritten would tell the old one, and go.
fn merged(list: &str, came: Option<&Value>, ours: &Value) -> Value {
    let (Some(came), Some(ours)) = (came.and_then(Value::as_array), ours.as_array()) else {
        return ours.clone();
    };
    let same = |one: &Value, other: &Value| one["name"].is_string() && one["name"] == other["name"];
    let kept = ours.iter().map(|one| {
        let before = came.iter().find(|before| same(before, one));
        before.unwrap_or(one).clone()
    });
    let mut all: Vec<Value> = kept.collect();
    if list == "headlines" {
        let has_role = |all: &[Value], role: &Value| all.iter().any(|one| one["role"] == *role);
        let others = came
            .iter()
            .filter(|one| one["role"].is_string() && !has_role(&all, &one["role"]));
        let others: Vec<Value> = others.cloned().collect();
        all.extend(others);
    }
    Value::Array(all)
}

struct Properties(Map<String, Value>);

impl Properties {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.into(), value);
    }

    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, json!(text));
        }
    }

    fn list(&mut self, name: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(name, json!(list));
        }
    }

    fn moment(&mut self, name: &str, at: Option<Instant>) {
        if let Some(at) = at {
            self.put(name, json!(at.to_string()));
        }
    }
}

fn whole_address(around: &Around, address: &str) -> String {
    match address.starts_with('/') {
        true => format!("{}{address}", around.root),
        false => address.into(),
    }
}

/// The same with names in the order of the alphabet, all the way down.
pub fn sorted(map: Map<String, Value>) -> Map<String, Value> {
    let mut entries: Vec<(String, Value)> = map.into_iter().collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    let inner = entries
        .into_iter()
        .map(|(name, value)| (name, in_order(value)));
    inner.collect()
}

fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(sorted(map)),
        Value::Array(all) => all.into_iter().map(in_order).collect(),
        other => other,
    }
}
