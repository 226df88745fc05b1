//! What must hold of a text: it is the tree it was laid out from, everybody's in the end, and keeps every word.

use base::{Document, document::Block};
use proptest::prelude::*;
use yrs::{GetString, Transact, XmlElementPrelim, XmlFragment, XmlOut, XmlTextPrelim};

use super::*;

/// A body with every kind of block, as the desk's editor writes it: the tree, and the same in Yjs's form
/// (`web/desk/test/manuscript.test.js` holds the two against each other).
const TREE: &str = include_str!("tests/every_block.json");
const FROM_BROWSER: &[u8] = include_bytes!("tests/every_block.bin");

fn tree() -> Document {
    serde_json::from_str(TREE).unwrap()
}

/// A writer with a copy of the text, as a browser has one.
struct Writer(Text);

impl Writer {
    fn joining(text: &Text) -> Self {
        Self(Text::load(&text.whole(), []).unwrap())
    }

    /// Does something to the copy and answers the stroke.
    fn does(&mut self, act: impl FnOnce(&mut TransactionMut<'_>, &XmlFragmentRef)) -> Vec<u8> {
        let before = self.0.doc.transact().state_vector();
        act(&mut self.0.doc.transact_mut(), &self.0.fragment);
        self.0.doc.transact().encode_state_as_update_v1(&before)
    }

    fn types(&mut self, block: u32, at: u32, words: &str) -> Vec<u8> {
        self.does(|tx, fragment| text_in(fragment, tx, block).insert(tx, at, words))
    }

    /// As the editor joins a paragraph with the one before: its words are written there, and it goes.
    fn joins(&mut self, block: u32) -> Vec<u8> {
        self.does(|tx, fragment| {
            let words = words_in(fragment, tx, block);
            let before = text_in(fragment, tx, block - 1);
            before.push(tx, &words);
            fragment.remove(tx, block);
        })
    }
}

use yrs::{Text as _, TransactionMut, XmlTextRef};

fn text_in(fragment: &XmlFragmentRef, tx: &mut TransactionMut<'_>, block: u32) -> XmlTextRef {
    let Some(XmlOut::Element(element)) = fragment.get(tx, block) else {
        panic!("there is no block {block}")
    };
    match element.get(tx, 0) {
        Some(XmlOut::Text(text)) => text,
        _ => element.insert(tx, 0, XmlTextPrelim::new("")),
    }
}

/// All words of a block: two who begin it at once make two texts.
fn words_in(fragment: &XmlFragmentRef, tx: &TransactionMut<'_>, block: u32) -> String {
    let Some(XmlOut::Element(element)) = fragment.get(tx, block) else {
        panic!("there is no block {block}")
    };
    let texts = element.children(tx).filter_map(XmlOut::into_xml_text);
    texts.map(|text| text.get_string(tx)).collect()
}

fn said(text: &Text) -> String {
    text.document().to_text()
}

#[test]
fn a_body_laid_out_reads_as_it_was() {
    let text = Text::of(&tree());
    assert_eq!(text.document(), tree());
}

#[test]
fn what_the_editor_wrote_reads_as_the_tree_the_editor_means() {
    let mut text = Text::empty();
    text.apply(FROM_BROWSER).unwrap();
    assert_eq!(text.document(), tree());
}

#[test]
fn a_body_of_nothing_is_no_body() {
    assert_eq!(
        Text::of(&Document::default()).document(),
        Document::default()
    );
}

#[test]
fn a_block_without_a_name_in_the_tree_is_kept_whole() {
    let mut text = Text::of(&Document::of_paragraphs(["Before."]));
    let mut writer = Writer::joining(&text);
    let stroke = writer.does(|tx, fragment| {
        let strange = fragment.push_back(tx, XmlElementPrelim::empty("marquee"));
        strange.insert(tx, 0, XmlTextPrelim::new("Hear, hear"));
    });
    text.take(&stroke).unwrap();
    let document = text.document();
    let [Block::Paragraph(_), Block::Kept(kept)] = &document.content[..] else {
        panic!("{document:?}")
    };
    assert!(kept.attrs.text.contains("Hear, hear"), "{kept:?}");
}

#[test]
fn laying_out_what_is_there_is_no_stroke() {
    let mut text = Text::of(&tree());
    assert_eq!(text.lay(&tree()), None);
}

#[test]
fn laying_another_body_leaves_alone_what_is_alike() {
    let mut text = Text::of(&Document::of_paragraphs(["One.", "Two.", "Three."]));
    let mut writer = Writer::joining(&text);
    let stroke = text
        .lay(&Document::of_paragraphs(["One.", "2.", "Three."]))
        .unwrap();
    // Somebody was writing in a part that is alike, and had not heard of it.
    let theirs = writer.types(2, 6, " And four.");
    let taken = text.take(&theirs).unwrap();
    writer.0.take(&stroke).unwrap();
    assert_eq!(taken, Taken::default());
    assert_eq!(said(&text), "One.\n2.\nThree. And four.");
    assert_eq!(text.document(), writer.0.document());
}

#[test]
fn words_typed_into_a_paragraph_that_is_joined_meanwhile_are_kept_beside_it() {
    let mut text = Text::of(&Document::of_paragraphs(["One.", "Two."]));
    let (mut ada, mut ben) = (Writer::joining(&text), Writer::joining(&text));
    let joined = ada.joins(1);
    let typed = ben.types(1, 4, " Nobody is hurt.");
    assert_eq!(text.take(&typed).unwrap(), Taken::default());
    let rescue = text.take(&joined).unwrap().rescue.expect("a rescue");
    let document = text.document();
    let [_, Block::Kept(kept)] = &document.content[..] else {
        panic!("{document:?}")
    };
    assert_eq!(kept.attrs.text, " Nobody is hurt.");
    // Everybody has them, whatever came first.
    for writer in [&mut ada, &mut ben] {
        for stroke in [&typed, &joined, &rescue] {
            writer.0.apply(stroke).unwrap();
        }
        assert_eq!(writer.0.document(), document);
    }
}

#[test]
fn what_its_taker_had_seen_is_taken_away_for_good() {
    let mut text = Text::of(&Document::of_paragraphs(["One.", "Two."]));
    let mut ada = Writer::joining(&text);
    let stroke = ada.does(|tx, fragment| fragment.remove(tx, 1));
    assert_eq!(text.take(&stroke).unwrap(), Taken::default());
    assert_eq!(said(&text), "One.");
}

#[test]
fn bytes_that_are_no_stroke_are_refused_and_change_nothing() {
    let mut text = Text::of(&tree());
    for bytes in [
        &b"hello"[..],
        &[255; 64],
        &[1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
    ] {
        text.take(bytes).unwrap_err();
    }
    let large = vec![0; LARGEST_STROKE + 1];
    assert_eq!(
        text.take(&large),
        Err(Unreadable::TooLarge(LARGEST_STROKE + 1))
    );
    assert_eq!(text.document(), tree());
}

#[test]
fn rows_hold_the_same_text() {
    let mut text = Text::of(&tree());
    let ground = text.whole();
    let mut writer = Writer::joining(&text);
    let strokes = [writer.types(0, 3, "…"), writer.types(3, 0, "Yes, ")];
    for stroke in &strokes {
        text.take(stroke).unwrap();
    }
    let kept = Text::load(&ground, strokes.iter().map(Vec::as_slice)).unwrap();
    assert_eq!(kept.document(), text.document());
    let lacking = kept
        .missing(&Text::of(&Document::default()).vector())
        .unwrap();
    assert!(!lacking.is_empty());
}

/// Something one of the writers does.
#[derive(Clone, Debug)]
enum Act {
    /// Types a word of its own at a place in a block.
    Type(u32, u32),
    /// Joins a block with the one before.
    Join(u32),
    /// Begins a block.
    Begin(u32),
    /// Hears what the others did, while what was done here is on its way.
    Hear,
    /// What was done here arrives.
    Send,
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let act = prop_oneof![
        5 => (0..8u32, 0..40u32).prop_map(|(block, at)| Act::Type(block, at)),
        2 => (1..8u32).prop_map(Act::Join),
        1 => (0..8u32).prop_map(Act::Begin),
        2 => Just(Act::Hear),
        2 => Just(Act::Send),
    ];
    prop::collection::vec((0..3usize, act), 1..60)
}

proptest! {
    /// Three writers and the house, each hearing of the others when it may: in the end all have one text,
    /// and every word that was typed is in it.
    #[test]
    fn no_word_is_lost_in_any_order(acts in acts()) {
        let mut house = Text::of(&Document::of_paragraphs(["Alpha.", "Beta.", "Gamma."]));
        let mut writers: Vec<Writer> = (0..3).map(|_| Writer::joining(&house)).collect();
        // What each has made and the house has not heard of.
        let mut words = Vec::new();
        let mut waiting: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 3];
        for (nth, (who, act)) in acts.into_iter().enumerate() {
            let writer = &mut writers[who];
            let blocks = writer.0.fragment.len(&writer.0.doc.transact());
            let is_text = |writer: &Writer, block: u32| {
                let tx = writer.0.doc.transact();
                matches!(writer.0.fragment.get(&tx, block), Some(XmlOut::Element(e)) if e.tag().as_ref() == "paragraph")
            };
            match act {
                Act::Type(block, at) if block < blocks && is_text(writer, block) => {
                    let word = format!("w{nth}w");
                    let stroke = writer.does(|tx, fragment| {
                        let text = text_in(fragment, tx, block);
                        let at = at.min(text.len(tx));
                        // Words are not typed into the middle of others, so that they can be found.
                        let after = text.get_string(tx).chars().skip(at as usize).position(|sign| !sign.is_alphanumeric());
                        let at = after.map_or(text.len(tx), |after| at + after as u32);
                        text.insert(tx, at, &format!(" {word} "));
                    });
                    words.push(word);
                    waiting[who].push(stroke);
                }
                Act::Join(block) if block < blocks && is_text(writer, block) && is_text(writer, block - 1) => {
                    let stroke = writer.joins(block);
                    waiting[who].push(stroke);
                }
                Act::Begin(block) if block <= blocks => {
                    waiting[who].push(writer.does(|tx, fragment| {
                        fragment.insert(tx, block, XmlElementPrelim::empty("paragraph"));
                    }));
                }
                Act::Hear => hears(&mut house, writer, &mut waiting[who]),
                Act::Send => sends(&mut house, &mut waiting[who]),
                _ => {}
            }
        }
        for _ in 0..2 {
            for (writer, waiting) in writers.iter_mut().zip(&mut waiting) {
                hears(&mut house, writer, waiting);
            }
        }
        let text = serde_json::to_string(&house.document()).unwrap();
        for word in words {
            prop_assert!(text.contains(&word), "{word} is lost from {text}");
        }
        for writer in &writers {
            prop_assert_eq!(writer.0.document(), house.document());
        }
    }
}

/// As a browser and the house speak: word of what others did comes while what was made here is on its way.
/// It is for the house alone to see that no word is lost.
fn hears(house: &mut Text, writer: &mut Writer, waiting: &mut Vec<Vec<u8>>) {
    let news = house.missing(&writer.0.vector()).unwrap();
    writer.0.apply(&news).unwrap();
    sends(house, waiting);
    let news = house.missing(&writer.0.vector()).unwrap();
    writer.0.apply(&news).unwrap();
}

fn sends(house: &mut Text, waiting: &mut Vec<Vec<u8>>) {
    for stroke in waiting.drain(..) {
        house.take(&stroke).unwrap();
    }
}
