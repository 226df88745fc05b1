use std::{fs, path::PathBuf};

use super::*;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Self {
        Self(std::env::temp_dir().join(format!("dateline-shelf-{}", uuid::Uuid::now_v7())))
    }
    fn shelf(&self) -> LocalShelf {
        LocalShelf::open(&self.0).unwrap()
    }
    fn place(&self, hash: Hash) -> PathBuf {
        let name = hash.to_string();
        self.0.join(&name[..2]).join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn what_is_put_is_got_listed_and_removed_by_its_hash() {
    let folder = Folder::fresh();
    let shelf = folder.shelf();
    let hash = shelf.put(b"a bridge".to_vec()).await.unwrap();
    assert_eq!(hash, Hash::of(b"a bridge"));
    assert_eq!(shelf.put(b"a bridge".to_vec()).await.unwrap(), hash);
    assert_eq!(shelf.get(hash).await.unwrap().unwrap(), b"a bridge");
    let listed = shelf.list().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].hash, listed[0].bytes), (hash, 8));
    shelf.remove(hash).await.unwrap();
    shelf.remove(hash).await.unwrap();
    assert_eq!(shelf.get(hash).await.unwrap(), None);
}

#[tokio::test]
async fn f_11_a_put_that_is_cut_before_its_rename_leaves_no_half_file_to_be_seen() {
    let folder = Folder::fresh();
    let shelf = folder.shelf();
    let whole = b"all of a picture".to_vec();
    let hash = Hash::of(&whole);
    // A file stands where its folder would be: the rename cannot be done, as when the power goes before it.
    let place = folder.place(hash);
    fs::write(place.parent().unwrap(), b"in the way").unwrap();
    assert!(shelf.put(whole.clone()).await.is_err());
    fs::remove_file(place.parent().unwrap()).unwrap();
    assert_eq!(shelf.get(hash).await.unwrap(), None);
    assert!(shelf.list().await.unwrap().is_empty());
    assert!(shelf.all_incoming().await.unwrap().is_empty());
    // What a killed process leaves aside is seen by the sweep alone.
    let half = folder
        .0
        .join("incoming")
        .join(uuid::Uuid::now_v7().to_string());
    fs::write(half, &whole[..4]).unwrap();
    assert!(shelf.list().await.unwrap().is_empty());
    assert_eq!(shelf.all_incoming().await.unwrap().len(), 1);
    assert_eq!(shelf.put(whole).await.unwrap(), hash);
}

#[tokio::test]
async fn f_11_bytes_that_changed_on_the_disk_are_found_and_never_handed_out() {
    let folder = Folder::fresh();
    let shelf = folder.shelf();
    let hash = shelf.put(b"right".to_vec()).await.unwrap();
    fs::write(folder.place(hash), b"wrong").unwrap();
    let fault = shelf.get(hash).await.unwrap_err();
    assert!(fault.to_string().contains("not what its name says"));
}

#[tokio::test]
async fn a_file_on_its_way_goes_on_where_it_broke_off() {
    let folder = Folder::fresh();
    let (shelf, id) = (folder.shelf(), uuid::Uuid::now_v7());
    let begun = shelf.incoming(id).await.unwrap();
    drop(
        begun
            .add(bytes::Bytes::from_static(b"first "))
            .await
            .unwrap(),
    );
    let again = shelf.incoming(id).await.unwrap();
    assert_eq!(again.length(), 6);
    let whole = again
        .add(bytes::Bytes::from_static(b"second"))
        .await
        .unwrap();
    assert_eq!(whole.read().await.unwrap().1, b"first second");
    shelf.forget(id).await.unwrap();
    assert_eq!(shelf.incoming(id).await.unwrap().length(), 0);
}

#[test]
fn v_70_a_name_from_outside_is_a_hash_or_nothing() {
    #[track_caller]
    fn check(text: &str, is_one: bool) {
        assert_eq!(text.parse::<Hash>().is_ok(), is_one, "{text}");
    }
    check(&"0a".repeat(32), true);
    check(&"0A".repeat(32), false);
    check(&"0a".repeat(31), false);
    check("../../../etc/passwd", false);
    check(&format!("../{}", "a".repeat(61)), false);
    check(&"é".repeat(32), false);
}
