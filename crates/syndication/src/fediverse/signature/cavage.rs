//! draft-cavage-http-signatures-12, as other servers send it.

use base::{Instant, Refusal};

use super::{Arrived, Claim, covers_too_little, http_date, unreadable, wrong_digest};

/// What is claimed, and the moment that was signed.
pub(super) fn claim(arrived: &Arrived<'_>) -> Result<(Claim, Instant), Refusal> {
    let header = arrived.header("signature").ok_or_else(unreadable)?;
    let said = |name| parameter(&header, name);
    let is_known = |algorithm: &str| matches!(algorithm, "rsa-sha256" | "hs2019");
    if said("algorithm").is_some_and(|algorithm| !is_known(algorithm)) {
        return Err(unreadable());
    }
    let key_id = said("keyId").ok_or_else(unreadable)?;
    let signature = said("signature").ok_or_else(unreadable)?;
    // Without a list only the date is covered.
    let names: Vec<&str> = said("headers").unwrap_or("date").split(' ').collect();
    let covers = |name| names.contains(&name);
    let has_moment = covers("date") || covers("(created)");
    if !(covers("(request-target)") && covers("host") && covers("digest") && has_moment) {
        return Err(covers_too_little());
    }
    let sum = arrived.header("digest").ok_or_else(unreadable)?;
    if !arrived.is_sum(&sum, "") {
        return Err(wrong_digest());
    }
    let lines: Option<Vec<String>> = names
        .iter()
        .map(|name| Some(format!("{name}: {}", value(arrived, &header, name)?)))
        .collect();
    let claim = Claim {
        key_id: key_id.into(),
        text: lines.ok_or_else(unreadable)?.join("\n"),
        signature: signature.into(),
    };
    Ok((claim, moment(arrived, &header, &names)?))
}

fn value(arrived: &Arrived<'_>, header: &str, name: &str) -> Option<String> {
    match name {
        "(request-target)" => Some(format!("post {}", arrived.target)),
        "(created)" => parameter(header, "created").map(Into::into),
        "(expires)" => parameter(header, "expires").map(Into::into),
        _ => arrived.header(name),
    }
}

/// The moment that is covered: of two the date, which every server knows.
fn moment(arrived: &Arrived<'_>, header: &str, names: &[&str]) -> Result<Instant, Refusal> {
    let at = if names.contains(&"date") {
        arrived.header("date").and_then(|date| http_date(&date))
    } else {
        let seconds = parameter(header, "created").and_then(|text| text.parse().ok());
        seconds.and_then(|seconds| Instant::from_second(seconds).ok())
    };
    at.ok_or_else(unreadable)
}

/// `name="value"` or `name=value` in a list with commas. None of the values has a comma or a quotation mark in it
/// but an address, which is quoted.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        let (known, after) = rest.split_once('=')?;
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(',').unwrap_or(after.len())),
        };
        if known.trim_start_matches([',', ' ']).trim_end() == name {
            return Some(value.trim());
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_by_their_whole_name() {
        #[track_caller]
        fn check(header: &str, name: &str, value: Option<&str>) {
            assert_eq!(parameter(header, name), value, "{name} in {header}");
        }
        let header = "keyId=\"https://a.example/k?a=b,c\", headers=\"date host\",created=12 , signature=\"YQ==\"";
        check(header, "keyId", Some("https://a.example/k?a=b,c"));
        check(header, "headers", Some("date host"));
        check(header, "created", Some("12"));
        check(header, "signature", Some("YQ=="));
        check(header, "Id", None);
        check("keyId=\"open", "keyId", None);
        check("", "keyId", None);
    }
}
