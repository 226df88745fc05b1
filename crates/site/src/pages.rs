//! A file for each page. The handler gathers, the struct holds exactly what the template needs.

pub mod archive;
pub mod corrections;
pub mod elsewhere;
pub mod front;
pub mod list;
pub mod origin;
pub mod preview;
pub mod running;
pub mod search;
pub mod story;
pub mod trust;

use web::Pairs;

/// The number of the page that was asked for; the first has no number in its address. None when it is
/// no number from 2 to [`MAX_PAGE`], as no link of ours is: whoever typed it is led to the first page.
pub(crate) fn page_number(query: &Pairs) -> Option<usize> {
    let Some(number) = query.get("page") else {
        return Some(1);
    };
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    let number = number.parse().ok().filter(|_| is_plain);
    number.filter(|number| (2..=MAX_PAGE).contains(number))
}

/// The last page of a list that can be opened; older stories are in the archive.
pub(crate) const MAX_PAGE: usize = 10_000;
/// Stories on one page of a list.
pub(crate) const STORIES_A_PAGE: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_and_no_number_has_none() {
        #[track_caller]
        fn check(query: &str, expected: Option<usize>) {
            let pairs = Pairs::parse(query.as_bytes()).unwrap();
            assert_eq!(page_number(&pairs), expected, "{query}");
        }
        check("", Some(1));
        check("page=2", Some(2));
        check("page=10000", Some(MAX_PAGE));
        for wrong in [
            "0",
            "1",
            "-1",
            "abc",
            "",
            "02",
            "%2B2",
            "2.5",
            "10001",
            "99999999999999999999999",
        ] {
            check(&format!("page={wrong}"), None);
        }
    }
}
