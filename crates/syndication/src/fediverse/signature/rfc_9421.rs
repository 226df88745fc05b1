//! HTTP Message Signatures (RFC 9421) over a body's digest (RFC 9530). One signature is looked at, the first.

use base::{Instant, Refusal};

use super::{Arrived, Claim, covers_too_little, unreadable, wrong_digest};

/// What is claimed, and the moment that was signed.
pub(super) fn claim(arrived: &Arrived<'_>, input: &str) -> Result<(Claim, Instant), Refusal> {
    let read = Input::read(input).ok_or_else(unreadable)?;
    let signature = arrived.header("signature").ok_or_else(unreadable)?;
    let signature = of_label(&signature, read.label).ok_or_else(unreadable)?;
    let is_known = |algorithm: &str| algorithm == "rsa-v1_5-sha256";
    if read
        .said("alg")
        .is_some_and(|algorithm| !is_known(algorithm))
    {
        return Err(unreadable());
    }
    let covers = |name| read.names.contains(&name);
    let has_address = covers("@target-uri")
        || covers("@authority") && (covers("@path") || covers("@request-target"));
    if !(covers("@method") && has_address && covers("content-digest")) {
        return Err(covers_too_little());
    }
    let sum = arrived.header("content-digest").ok_or_else(unreadable)?;
    if !arrived.is_sum(&sum, ":") {
        return Err(wrong_digest());
    }
    let at = read.said("created").ok_or_else(covers_too_little)?;
    let at = at.parse().ok().and_then(|at| Instant::from_second(at).ok());
    let claim = Claim {
        key_id: read.said("keyid").ok_or_else(unreadable)?.into(),
        text: text(arrived, &read).ok_or_else(unreadable)?,
        signature: signature.into(),
    };
    Ok((claim, at.ok_or_else(unreadable)?))
}

/// `label=("name" "name");created=1;keyid="…"`
struct Input<'a> {
    label: &'a str,
    names: Vec<&'a str>,
    /// All behind the equals sign, as it is signed itself.
    whole: &'a str,
    parameters: &'a str,
}

impl<'a> Input<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (label, whole) = text.split_once('=')?;
        let (names, parameters) = whole.strip_prefix('(')?.split_once(')')?;
        // Of several signatures the first; a comma stands in no parameter that we take but an address's.
        let end = match parameters.find(", ") {
            Some(end) => end,
            None => parameters.len(),
        };
        let parameters = &parameters[..end];
        let names = names.split(' ').filter(|name| !name.is_empty());
        // A name with parameters of its own, such as `;sf`, is signed in a way that we do not read.
        let names = names.map(|name| name.strip_prefix('"')?.strip_suffix('"'));
        Some(Self {
            label: label.trim(),
            names: names.collect::<Option<_>>()?,
            whole: &whole[..whole.find(')')? + 1 + end],
            parameters,
        })
    }

    fn said(&self, name: &str) -> Option<&'a str> {
        let mut pieces = self
            .parameters
            .split(';')
            .filter_map(|one| one.split_once('='));
        let (_, value) = pieces.find(|(known, _)| known.trim() == name)?;
        Some(value.trim().trim_matches('"'))
    }
}

/// `label=:base64:` in a list.
fn of_label<'a>(header: &'a str, label: &str) -> Option<&'a str> {
    let pairs = header
        .split(',')
        .filter_map(|one| one.trim().split_once('='));
    let (_, value) = pairs.into_iter().find(|(known, _)| *known == label)?;
    value.strip_prefix(':')?.strip_suffix(':')
}

/// What was signed (section 2.5).
fn text(arrived: &Arrived<'_>, input: &Input<'_>) -> Option<String> {
    let mut text = String::new();
    for name in &input.names {
        let value = value(arrived, name)?;
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    text.push_str(&format!("\"@signature-params\": {}", input.whole));
    Some(text)
}

fn value(arrived: &Arrived<'_>, name: &str) -> Option<String> {
    let (scheme, host) = arrived.site.split_once("://")?;
    let (path, _) = arrived
        .target
        .split_once('?')
        .unwrap_or((arrived.target, ""));
    Some(match name {
        "@method" => "POST".into(),
        "@target-uri" => format!("{}{}", arrived.site, arrived.target),
        "@authority" => host.to_lowercase(),
        "@scheme" => scheme.into(),
        "@path" => path.into(),
        "@request-target" => arrived.target.into(),
        derived if derived.starts_with('@') => return None,
        header => arrived.header(header)?,
    })
}
