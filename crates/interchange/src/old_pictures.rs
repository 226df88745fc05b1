//! Where the files of an old site's pictures lay: which file a size was made of, and where it is in a copy of the folder.
//!
//! WordPress writes `wp-content/uploads/2019/05/bridge-1024x683.jpg` beside `bridge.jpg`, and since 5.3 `bridge-scaled.jpg`
//! for what was larger than 2,560 pixels (`wp_get_attachment_image_src`, `wp_create_image_subsizes`); Ghost has sizes below
//! `content/images/size/w1000/…` and other encodings below `…/format/webp/…`.

use std::path::PathBuf;

use crate::address::joined;

/// Where WordPress keeps files.
const WORDPRESS: &str = "wp-content/uploads/";
/// Where Ghost does.
const GHOST: &str = "content/images/";
/// The longest side that a size is named after, in digits.
const DIGITS: usize = 4;

/// The addresses under which a picture may be had, the best first: the file that a size was made of, then what was named.
/// `site` is what an address without a host stands on; without it such an address stays as it is.
pub fn addresses(named: &str, site: Option<&str>) -> Vec<String> {
    let whole = match site {
        Some(site) if !named.contains("://") => joined(site, named),
        _ => named.to_string(),
    };
    let bare = whole.split(['?', '#']).next().unwrap_or_default();
    let mut found = Vec::new();
    if bare.contains(WORDPRESS) {
        found.extend(without_size(bare));
    }
    if bare.contains(GHOST) {
        found.extend(without_folders(bare));
    }
    found.push(whole);
    found
}

/// Places below a copy of the old site's folder where this address' file may be, as paths without a way out of it. The
/// copy may be of the whole site, of the folder with the uploads, or of anything between.
pub fn places(address: &str) -> Vec<PathBuf> {
    let path = path_of(address);
    for (root, shorter) in [(WORDPRESS, "uploads/"), (GHOST, "images/")] {
        if let Some((_, rest)) = path.split_once(root) {
            let all = [
                format!("{root}{rest}"),
                format!("{shorter}{rest}"),
                rest.into(),
            ];
            return all.iter().filter_map(|path| inside(path)).collect();
        }
    }
    inside(path).into_iter().collect()
}

fn path_of(address: &str) -> &str {
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    match bare.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => bare.trim_start_matches('/'),
    }
}

/// Its parts, read from their codes; nothing where one of them leads elsewhere.
fn inside(path: &str) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for part in path.split('/') {
        let part = decoded(part)?;
        let leads_away = matches!(part.as_str(), "" | "." | "..");
        if leads_away || part.contains(['/', '\\', '\0']) {
            return None;
        }
        inside.push(part);
    }
    Some(inside)
}

/// `%C3%A9` as é; nothing where it is no text.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// `bridge-1024x683.jpg` and `bridge-scaled.jpg` were made of `bridge.jpg`.
fn without_size(address: &str) -> Option<String> {
    let (stem, extension) = address.rsplit_once('.')?;
    let (name, last) = stem.rsplit_once('-')?;
    let is_side = |side: &str| {
        (1..=DIGITS).contains(&side.len()) && side.bytes().all(|digit| digit.is_ascii_digit())
    };
    let is_size = last
        .split_once('x')
        .is_some_and(|(width, height)| is_side(width) && is_side(height));
    let is_named = !name.is_empty() && !name.ends_with('/');
    (is_named && (is_size || last == "scaled")).then(|| format!("{name}.{extension}"))
}

/// `content/images/size/w600/format/webp/2020/01/bridge.jpg` was made of `content/images/2020/01/bridge.jpg`.
fn without_folders(address: &str) -> Option<String> {
    let (before, rest) = address.split_once(GHOST)?;
    let mut left = rest;
    for folder in ["size/", "format/"] {
        if let Some(inside) = left.strip_prefix(folder) {
            left = inside.split_once('/')?.1;
        }
    }
    (left != rest).then(|| format!("{before}{GHOST}{left}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_traced_back_to_the_file_it_was_made_of() {
        #[track_caller]
        fn check(named: &str, expected: &[&str]) {
            assert_eq!(addresses(named, Some("https://old.example")), expected);
        }
        let wordpress = "https://old.example/wp-content/uploads/2019/05";
        for (named, original) in [
            ("bridge-1024x683.jpg", Some("bridge.jpg")),
            ("bridge-scaled.jpg", Some("bridge.jpg")),
            ("a-bridge-300x200.PNG?w=300", Some("a-bridge.PNG")),
            ("bridge.jpg", None),
            ("apollo-11.jpg", None),
            ("-300x200.jpg", None),
            ("wall-12345x2.jpg", None),
        ] {
            let named = format!("{wordpress}/{named}");
            let original = original.map(|name| format!("{wordpress}/{name}"));
            let both: Vec<&str> = original
                .iter()
                .chain([&named])
                .map(String::as_str)
                .collect();
            check(&named, &both);
        }
        check(
            "/content/images/size/w600/format/webp/2020/01/a.jpg",
            &[
                "https://old.example/content/images/2020/01/a.jpg",
                "https://old.example/content/images/size/w600/format/webp/2020/01/a.jpg",
            ],
        );
        // Elsewhere a name is a name.
        check(
            "https://cdn.example/bridge-1024x683.jpg",
            &["https://cdn.example/bridge-1024x683.jpg"],
        );
    }

    #[test]
    fn v_70_no_address_leads_out_of_the_folder() {
        #[track_caller]
        fn check(address: &str, expected: &[&str]) {
            let places = places(address);
            let places: Vec<&str> = places.iter().filter_map(|path| path.to_str()).collect();
            assert_eq!(places, expected, "{address}");
        }
        check(
            "https://old.example/wp-content/uploads/2019/05/br%C3%BCcke.jpg?x=1",
            &[
                "wp-content/uploads/2019/05/brücke.jpg",
                "uploads/2019/05/brücke.jpg",
                "2019/05/brücke.jpg",
            ],
        );
        check("https://old.example/pictures/a.jpg", &["pictures/a.jpg"]);
        for away in [
            "https://old.example/wp-content/uploads/../../etc/passwd",
            "https://old.example/wp-content/uploads/%2e%2e/%2e%2e/etc/passwd",
            "https://old.example/..%2f..%2fetc/passwd",
            "https://old.example/a%00.jpg",
            "https://old.example//etc/passwd",
            "https://old.example/%ff.jpg",
            "https://old.example",
        ] {
            check(away, &[]);
        }
    }
}
