//! Who wrote an item, in the ways feeds name people.

use super::piece::Author;
use crate::html;

/// Reads `Ada Brook`, `ada@herald.test (Ada Brook)`, `Ada Brook <ada@herald.test>` or a bare address.
pub(super) fn author(text: &str) -> Author {
    let text = html::plain(text);
    let (name, email) = match (text.split_once('('), text.split_once('<')) {
        (Some((mail, rest)), _) if is_mail(mail) => (rest.trim_end_matches([')', ' ']), Some(mail)),
        (_, Some((name, rest))) if is_mail(rest.trim_end_matches(['>', ' '])) => {
            (name, Some(rest.trim_end_matches(['>', ' '])))
        }
        _ if is_mail(&text) => ("", Some(text.as_str())),
        _ => (text.as_str(), None),
    };
    Author {
        name: name.trim().to_string(),
        email: email.map(|email| email.trim().to_string()),
    }
}

fn is_mail(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && text
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, email: Option<&str>) {
        let found = author(text);
        assert_eq!((found.name.as_str(), found.email.as_deref()), (name, email));
    }

    #[test]
    fn a_name_is_told_from_a_mail_address() {
        check("Ada Brook", "Ada Brook", None);
        check(
            "ada@herald.test (Ada Brook)",
            "Ada Brook",
            Some("ada@herald.test"),
        );
        check(
            "Ada Brook &lt;ada@herald.test&gt;",
            "Ada Brook",
            Some("ada@herald.test"),
        );
        check("ada@herald.test", "", Some("ada@herald.test"));
        check("Ada Brook (Herald)", "Ada Brook (Herald)", None);
        check("@ada", "@ada", None);
    }
}
