//! Members of a site elsewhere, from a CSV: Ghost's own columns, and those of others that say the same.

mod csv;

use std::{collections::HashSet, path::Path};

use base::Instant;
use serde_json::{Map, json};

use crate::{
    handing::Handing,
    incoming::{Incoming, IncomingMember, Summary, Take, Unread},
    wire,
};

/// By which reports name where members come from.
pub const SOURCE: &str = "members";
/// Bytes of one file.
pub const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Members of one file.
pub const MAX_MEMBERS: usize = 1_000_000;
/// Bytes of a mail address (RFC 5321 section 4.5.3.1.3, without its brackets).
const MAX_MAIL: usize = 254;
/// Characters of a name, of a note, and of what is kept besides.
const MAX_TEXT: usize = 2_000;
/// Labels of one member.
const MAX_LABELS: usize = 100;

/// Columns by what they hold; the first is the name in Ghost.
const MAIL: [&str; 5] = ["email", "email address", "e-mail", "mail", "email_address"];
const NAME: [&str; 2] = ["name", "full name"];
const NOTE: [&str; 1] = ["note"];
const LABELS: [&str; 2] = ["labels", "tags"];
const JOINED: [&str; 3] = ["created_at", "created at", "subscribed at"];
const WANTS_MAIL: [&str; 3] = ["subscribed_to_emails", "subscribed", "subscribed to emails"];
/// Kept under its own name: what was paid for, and by which number it is known there.
const REST: [&str; 6] = [
    "id",
    "uuid",
    "complimentary_plan",
    "stripe_customer_id",
    "tiers",
    "deleted_at",
];

/// Reads the members of a file and hands them over in its order. A line that cannot be taken is left out, and
/// named; the first of two with one address counts.
///
/// # Errors
/// [`Unread::Refused`] when it is no such file: too large, not UTF-8, without a column for the mail address;
/// [`Unread::Broken`] with the line when a quoted field does not end; [`Unread::Stopped`].
pub fn read(path: &Path, take: &mut Take) -> Result<Summary, Unread> {
    let bytes = wire::bytes(path, MAX_FILE).map_err(Unread::Refused)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Unread::Refused("it is not written in UTF-8; save it as UTF-8 first".into())
    })?;
    let mut rows = csv::Rows::of(text.trim_start_matches('\u{feff}'));
    let head = rows.next().transpose()?;
    let head = head.map(|(_, names)| names).unwrap_or_default();
    let columns = Columns::of(&head)?;
    let mut out = Handing::to(take);
    let mut met = HashSet::new();
    for strange in columns.strange(&head) {
        let why = "a column that is not known here; left out, for what is not needed is not kept";
        out.warn("the first line", &strange, why)?;
    }
    for row in rows {
        let (line, fields) = row?;
        let place = format!("line {line}");
        match columns.member(&fields) {
            Ok((member, remarks)) => {
                for (what, why) in remarks {
                    out.warn(&place, &what, why)?;
                }
                if !met.insert(member.mail.clone()) {
                    out.warn(
                        &place,
                        "the mail address",
                        "it stands in an earlier line, which counts; left out",
                    )?;
                    continue;
                }
                if met.len() > MAX_MEMBERS {
                    let why = format!(
                        "{place}: there are more than {MAX_MEMBERS} members; those before were taken in"
                    );
                    return Err(Unread::Refused(why));
                }
                out.hand(Incoming::Member(Box::new(member)))?;
            }
            Err(why) => {
                *out.summary
                    .left_out
                    .entry(crate::folder::LEFT_OUT.into())
                    .or_default() += 1;
                out.warn(&place, "the line", &format!("{why}; left out"))?;
            }
        }
    }
    Ok(out.summary)
}

/// What of a line was not understood, and why.
type Remarks = Vec<(String, &'static str)>;

/// Which column holds what.
struct Columns {
    mail: usize,
    name: Option<usize>,
    note: Option<usize>,
    labels: Option<usize>,
    joined: Option<usize>,
    wants_mail: Option<usize>,
    rest: Vec<(String, usize)>,
}

impl Columns {
    fn of(head: &[String]) -> Result<Self, Unread> {
        let head: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
        let at = |names: &[&str]| {
            let place = |name: &&str| head.iter().position(|own| own == *name);
            names.iter().find_map(place)
        };
        let mail = at(&MAIL).ok_or_else(|| {
            Unread::Refused(
                "its first line names no column “email”, so nobody could be told apart".into(),
            )
        })?;
        let rest = REST
            .iter()
            .filter_map(|name| Some((name.to_string(), at(&[name])?)));
        Ok(Self {
            mail,
            name: at(&NAME),
            note: at(&NOTE),
            labels: at(&LABELS),
            joined: at(&JOINED),
            wants_mail: at(&WANTS_MAIL),
            rest: rest.collect(),
        })
    }

    /// Columns of which nothing is kept.
    fn strange(&self, head: &[String]) -> Vec<String> {
        let known = [
            Some(self.mail),
            self.name,
            self.note,
            self.labels,
            self.joined,
            self.wants_mail,
        ];
        let is_known =
            |at: usize| known.contains(&Some(at)) || self.rest.iter().any(|(_, own)| *own == at);
        let numbered = head
            .iter()
            .enumerate()
            .filter(|(at, name)| !is_known(*at) && !name.trim().is_empty());
        numbered.map(|(_, name)| name.clone()).collect()
    }

    fn member(&self, row: &[String]) -> Result<(IncomingMember, Remarks), String> {
        let field = |at: Option<usize>| {
            at.and_then(|at| row.get(at))
                .map(|text| text.trim())
                .unwrap_or_default()
        };
        let cut = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
        let mut remarks = Vec::new();
        let mail = mail(field(Some(self.mail)))?;
        let joined = field(self.joined);
        let moment = moment(joined);
        if moment.is_none() && !joined.is_empty() {
            remarks.push((joined.to_string(), "no date and time; left out"));
        }
        let said = field(self.wants_mail);
        let wants_mail = match said.to_lowercase().as_str() {
            "true" | "1" | "yes" => true,
            "" | "false" | "0" | "no" => false,
            _ => {
                remarks.push((said.to_string(), "neither true nor false; taken for false"));
                false
            }
        };
        let labels = field(self.labels)
            .split(',')
            .map(str::trim)
            .filter(|label| !label.is_empty());
        let rest = self
            .rest
            .iter()
            .map(|(name, at)| (name.clone(), field(Some(*at))));
        let rest = rest.filter(|(_, said)| !said.is_empty());
        let member = IncomingMember {
            mail,
            name: cut(field(self.name)),
            note: cut(field(self.note)),
            labels: labels.take(MAX_LABELS).map(cut).collect(),
            wants_mail,
            joined: moment,
            rest: rest
                .map(|(name, said)| (name, json!(cut(said))))
                .collect::<Map<_, _>>(),
        };
        Ok((member, remarks))
    }
}

/// The address in small letters, where it has the form of one.
fn mail(said: &str) -> Result<String, String> {
    let mail = said.to_lowercase();
    let (mailbox, host) = mail.rsplit_once('@').unwrap_or_default();
    let is_plain = |ch: char| {
        !ch.is_whitespace() && !ch.is_control() && !matches!(ch, '<' | '>' | ',' | ';' | '"')
    };
    let is_host = host.contains('.') && host.split('.').all(|part| !part.is_empty());
    match mail.as_str() {
        "" => Err("there is no mail address".into()),
        _ if mail.len() > MAX_MAIL => {
            Err(format!("the mail address is longer than {MAX_MAIL} bytes"))
        }
        _ if mailbox.is_empty()
            || !is_host
            || mailbox.contains('@')
            || !mail.chars().all(is_plain) =>
        {
            Err(format!(
                "“{}” is no mail address",
                said.chars().take(80).collect::<String>()
            ))
        }
        _ => Ok(mail),
    }
}

fn moment(said: &str) -> Option<Instant> {
    let with_offset = || {
        let at = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %z", said).ok()?;
        at.to_timestamp().ok()
    };
    let with_zone = || {
        format!("{}Z", said.trim_end_matches(" UTC").replacen(' ', "T", 1))
            .parse()
            .ok()
    };
    said.parse().ok().or_else(with_offset).or_else(with_zone)
}

#[cfg(test)]
mod tests;
