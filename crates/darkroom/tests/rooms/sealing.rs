//! Where a picture comes from: read in a child, and written by one that holds no key.

use std::io;

use darkroom::{Answer, Darkroom, Order, Print, darkroom::NotDone};
use provenance::{Algorithm, Deed, Hand, Signs, Standing, hand::made_for};

use crate::{
    children::{Folder, child_program, order},
    make,
};

fn hand() -> Hand {
    let pem = made_for("The Harbour Post", 2026).unwrap();
    Hand::of(&pem.certificates, &pem.key).unwrap()
}

fn deed() -> Deed {
    Deed {
        title: "The bridge".into(),
        newsroom: "The Harbour Post".into(),
        version: "0.1.0".into(),
        at: "2026-11-23T09:00:00Z".into(),
    }
}

async fn seen(darkroom: &Darkroom, bytes: &[u8]) -> Answer {
    let bytes = bytes::Bytes::copy_from_slice(bytes);
    darkroom.develop(bytes, &Order::default()).await.unwrap()
}

async fn sealed(
    darkroom: &Darkroom,
    original: &[u8],
    hand: &(dyn Signs + Sync),
) -> Result<Vec<Print>, NotDone> {
    let original = bytes::Bytes::copy_from_slice(original);
    let answer = darkroom.develop(original.clone(), &order()).await?;
    let prints = answer.developed.unwrap().prints;
    darkroom.seal(original, prints, &deed(), hand).await
}

#[tokio::test]
async fn every_print_names_its_original_and_a_changed_one_is_told_apart() {
    let folder = Folder::new("sealing");
    let darkroom = Darkroom::new(child_program(), &folder.0, 1);
    let prints = sealed(&darkroom, &make::jpeg(400, 300), &hand())
        .await
        .unwrap();
    assert_eq!(prints.len(), 6);
    for print in &prints {
        let told = seen(&darkroom, &print.bytes).await.told.unwrap();
        assert_eq!(told.standing, Standing::Fits, "{:?}", told.findings);
        assert_eq!(told.ingredients[0].title.as_deref(), Some("The bridge"));
    }
    let mut changed = prints[1].bytes.clone();
    let last = changed.len() - 3;
    changed[last] ^= 1;
    let told = seen(&darkroom, &changed).await.told.unwrap();
    assert_eq!(told.standing, Standing::Broken);
    assert_eq!(seen(&darkroom, &make::jpeg(40, 30)).await.told, None);
}

#[tokio::test]
async fn a_new_credit_is_imprinted_and_sealed_anew() {
    let folder = Folder::new("sealing-anew");
    let darkroom = Darkroom::new(child_program(), &folder.0, 1);
    let original = make::jpeg(400, 300);
    let prints = sealed(&darkroom, &original, &hand()).await.unwrap();
    let imprint = darkroom::Imprint {
        credit: Some("Another Agency".into()),
        ..Default::default()
    };
    let pressed = prints.into_iter().map(|print| Print {
        bytes: imprint.press(print.format, &print.bytes).unwrap(),
        ..print
    });
    let pressed: Vec<Print> = pressed.collect();
    assert_eq!(
        seen(&darkroom, &pressed[0].bytes).await.told,
        None,
        "the old seal is gone"
    );
    let prints = darkroom
        .seal(original.into(), pressed, &deed(), &hand())
        .await
        .unwrap();
    for print in prints {
        let answer = seen(&darkroom, &print.bytes).await;
        assert_eq!(answer.told.unwrap().standing, Standing::Fits);
        assert_eq!(answer.particulars.credit.as_deref(), Some("Another Agency"));
    }
}

/// A hand that was asked for something and gives nothing.
struct Lame(Hand);

impl Signs for Lame {
    fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }

    fn certificates(&self) -> Vec<Vec<u8>> {
        self.0.certificates()
    }

    fn sign(&self, _: &[u8]) -> io::Result<Vec<u8>> {
        Err(io::Error::other("the key is away"))
    }
}

#[tokio::test]
async fn without_a_signature_nothing_is_sealed_and_the_fault_is_ours() {
    let folder = Folder::new("sealing-lame");
    let darkroom = Darkroom::new(child_program(), &folder.0, 1);
    let ended = sealed(&darkroom, &make::jpeg(40, 30), &Lame(hand())).await;
    assert!(matches!(ended, Err(NotDone::Failed(_))), "{ended:?}");
}

#[tokio::test]
async fn a_picture_whose_manifest_is_noise_is_developed_all_the_same() {
    let folder = Folder::new("sealing-noise");
    let darkroom = Darkroom::new(child_program(), &folder.0, 1);
    let prints = sealed(&darkroom, &make::jpeg(400, 300), &hand())
        .await
        .unwrap();
    let mut dice = make::Dice(11);
    let jpeg = prints
        .iter()
        .find(|print| print.format == darkroom::Format::Jpeg)
        .unwrap();
    for _ in 0..40 {
        let mut bytes = jpeg.bytes.clone();
        // Inside the manifest, which begins within the first kilobyte.
        for _ in 0..8 {
            let place = 400 + dice.below(5_000);
            let place = place.min(bytes.len() - 1);
            bytes[place] = dice.below(256) as u8;
        }
        let answer = darkroom.develop(bytes.into(), &Order::default()).await;
        if let Ok(answer) = answer {
            assert_ne!(
                answer.told.map(|told| told.standing),
                Some(Standing::Vouched)
            );
        }
    }
}
