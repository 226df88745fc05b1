//! Names and values, as a query or a form has them, where no name comes twice (V-28).

use std::str::FromStr;

use axum::extract::FromRequestParts;
use base::Refusal;
use http::request::Parts;

use crate::problem::Problem;

/// The longest query we read, in bytes: room for a search of 200 characters and a cursor with a name of 120, each
/// character four bytes long and percent-coded.
pub const LONGEST_QUERY: usize = 4096;
/// The most names in one query or form.
pub const MOST_PAIRS: usize = 200;

/// Names and values, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads `a=1&b=2` with its percent and plus codings.
    ///
    /// # Errors
    /// `duplicate-key` for a name that comes twice, `not-text` for broken UTF-8, `too-many-fields`.
    pub fn parse(text: &[u8]) -> Result<Self, Refusal> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in text.split(|byte| *byte == b'&').filter(|p| !p.is_empty()) {
            if pairs.len() == MOST_PAIRS {
                return Err(Refusal::of("too-many-fields").with("limit", MOST_PAIRS));
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(halves.next().unwrap_or_default())?;
            let value = decoded(halves.next().unwrap_or_default())?;
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(Refusal::on(name, "duplicate-key"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// The value of a name; `None` when it is not there.
    pub fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    }

    /// The value of a name as something else: `query.read::<u32>("page")?`.
    ///
    /// # Errors
    /// `wrong-value` on that name when it is there and cannot be read.
    pub fn read<T: FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let unread = |_| {
            let expected = if T::from_str("1").is_ok() {
                "whole-number"
            } else {
                "id"
            };
            Refusal::on(name.to_string(), "wrong-value").with("expected", expected)
        };
        value.parse().map(Some).map_err(unread)
    }

    /// Every name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The query of a request.
#[derive(Debug, Clone)]
pub struct Query(pub Pairs);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or("");
        Ok(Self(Pairs::parse(query.as_bytes())?))
    }
}

fn decoded(half: &[u8]) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(half.len());
    let mut at = 0;
    while at < half.len() {
        match half[at] {
            b'+' => bytes.push(b' '),
            b'%' => match percent(&half[at..]) {
                Some(byte) => {
                    bytes.push(byte);
                    at += 2;
                }
                None => bytes.push(b'%'),
            },
            byte => bytes.push(byte),
        }
        at += 1;
    }
    String::from_utf8(bytes).map_err(|_| Refusal::of("not-text"))
}

/// The byte that `%XX` stands for.
pub(crate) fn percent(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| (*text.get(at)? as char).to_digit(16);
    Some((digit(1)? * 16 + digit(2)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, read: Result<&[(&str, &str)], &str>) {
        let parsed = Pairs::parse(text.as_bytes());
        let parsed = parsed
            .as_ref()
            .map(|pairs| pairs.iter().collect::<Vec<_>>());
        assert_eq!(
            parsed.as_deref().map_err(|refusal| refusal.key),
            read,
            "{text}"
        );
    }

    #[test]
    fn v_28_a_query_has_each_name_once() {
        check("", Ok(&[]));
        check("q=a+b%20c&page=2", Ok(&[("q", "a b c"), ("page", "2")]));
        check("q=%D7%92", Ok(&[("q", "ג")]));
        check("q", Ok(&[("q", "")]));
        check("q=50%&r=%zz", Ok(&[("q", "50%"), ("r", "%zz")]));
        check("page=1&page=2", Err("duplicate-key"));
        check("page=1&p%61ge=2", Err("duplicate-key"));
        check("q=%ff", Err("not-text"));
    }

    #[test]
    fn a_37_a_value_is_read_once_into_its_type() {
        let pairs = Pairs::parse(b"page=2&size=big").unwrap();
        assert_eq!(pairs.read::<u32>("page"), Ok(Some(2)));
        assert_eq!(pairs.read::<u32>("none"), Ok(None));
        assert_eq!(pairs.read::<u32>("size").unwrap_err().key, "wrong-value");
    }
}
