//! Disqus's export: threads, then posts that name theirs. One of them is in the tree at a time.

use std::{collections::HashMap, path::Path};

use quick_xml::{Reader, events::Event};

use super::{MAX_FILE, path_of};
use crate::{
    feed::tree::{self, Element},
    handing::Handing,
    incoming::{Broken, Incoming, IncomingComment, IncomingThreaded, Summary, Take, Unread},
    nitf::local,
    wire,
};

/// Reads the export.
pub(super) fn read(path: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let bytes = wire::bytes(path, MAX_FILE).map_err(Unread::Refused)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Unread::Refused("it is not written in UTF-8; export it again".into()))?;
    let mut threads = HashMap::new();
    let mut out = Handing::to(take);
    each(&text, &mut |element| match local(&element) {
        "thread" => {
            let link = child(&element, "link")
                .map(Element::text)
                .unwrap_or_default();
            if let Some(id) = element.attribute("id").filter(|_| !link.trim().is_empty()) {
                threads.insert(id.to_string(), path_of(link.trim()));
            }
            Ok(())
        }
        "post" => comment(&element, &threads, &mut out),
        _ => Ok(()),
    })?;
    Ok(out.summary)
}

fn comment(
    element: &Element,
    threads: &HashMap<String, String>,
    out: &mut Handing<'_>,
) -> Result<(), Unread> {
    let id = element.attribute("id").unwrap_or_default();
    let place = format!("post {id}");
    if id.is_empty() {
        return out.warn(&place, "dsq:id", "a comment without a number; left out");
    }
    let named = |name: &str| child(element, name).and_then(|one| one.attribute("id"));
    let Some(address) = named("thread").and_then(|thread| threads.get(thread)) else {
        let thread = named("thread").unwrap_or("none");
        let why = "its thread has no address in the export, so nobody could say what it was about; left out";
        return out.warn(&place, &format!("thread {thread}"), why);
    };
    let text = |name: &str| child(element, name).map(Element::text).unwrap_or_default();
    let is = |name: &str| text(name).trim() == "true";
    let state = match (is("isDeleted"), is("isSpam")) {
        (true, _) => "deleted",
        (_, true) => "spam",
        _ => "approved",
    };
    let author = child(element, "author");
    let of_author = |name: &str| author.and_then(|one| child(one, name)).map(Element::text);
    out.hand(Incoming::Comment(Box::new(IncomingThreaded {
        thread: String::new(),
        address: address.clone(),
        comment: IncomingComment {
            id: id.into(),
            parent: named("parent").unwrap_or_default().into(),
            name: of_author("name").unwrap_or_default(),
            email: of_author("email").unwrap_or_default(),
            at: text("createdAt"),
            text: text("message"),
            approved: state.into(),
            ..IncomingComment::default()
        },
    })))
}

fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.elements().find(|child| local(child) == name)
}

/// Each element directly in the outermost one, read into a tree of its own.
fn each(text: &str, take: &mut dyn FnMut(Element) -> Result<(), Unread>) -> Result<(), Unread> {
    let mut xml = Reader::from_str(text);
    let (mut depth, mut begins, mut line, mut counted) = (0_usize, 0, 0, 0);
    loop {
        let before = position(&xml, text);
        let event = xml.read_event();
        match event {
            Ok(Event::Start(_)) => {
                depth += 1;
                if depth == 2 {
                    begins = before;
                    line += text.as_bytes()[counted..begins]
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count();
                    counted = begins;
                }
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    let whole = &text[begins..position(&xml, text)];
                    take(tree::read(&quoted(whole), "", line as u64)?)?;
                }
            }
            Ok(Event::DocType(_)) => return Err(broken(line, "the file declares a document type")),
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(broken(line, "the file is cut off")),
            Ok(_) => {}
            Err(error) => return Err(broken(line, &error.to_string())),
        }
    }
}

/// The element with numbers in quotation marks: exports that were edited by hand leave them out.
fn quoted(whole: &str) -> String {
    let mut parts = whole.split("dsq:id=");
    let mut quoted = String::from(parts.next().unwrap_or_default());
    for part in parts {
        quoted.push_str("dsq:id=");
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        match digits {
            0 => quoted.push_str(part),
            digits => quoted.push_str(&format!("\"{}\"{}", &part[..digits], &part[digits..])),
        }
    }
    quoted
}

fn position(xml: &Reader<&[u8]>, text: &str) -> usize {
    let position = usize::try_from(xml.buffer_position()).unwrap_or(usize::MAX);
    position.min(text.len())
}

/// What is wrong after a line, where the last element that was whole begins.
fn broken(line: usize, why: &str) -> Unread {
    Unread::Broken(Broken {
        line: line as u64 + 1,
        item: None,
        why: why.into(),
    })
}
