//! The redirects that the old site kept in a file of their own.

use std::collections::BTreeMap;

use serde_json::Value;

/// Redirects read from the file beside an export.
pub const MAX_REDIRECTS: usize = 100_000;

/// Redirects of the old site: from paths by the path they lead to, both without a slash at the end.
#[derive(Debug, Default)]
pub(super) struct Redirects {
    to: BTreeMap<String, Vec<String>>,
    /// What could not be used: what, and why.
    pub bad: Vec<(String, String)>,
}

impl Redirects {
    /// Reads `redirects.json` (Ghost 1 to 3) or `redirects.yaml` (since 4).
    pub fn read(text: &str) -> Self {
        let mut redirects = Self::default();
        let text = text.trim_start_matches('\u{feff}').trim();
        let pairs = if text.starts_with('[') {
            from_json(text, &mut redirects.bad)
        } else {
            from_yaml(text)
        };
        if pairs.is_empty() && !text.is_empty() && redirects.bad.is_empty() {
            let why = "no redirect in it could be read; it was left aside";
            redirects.bad.push(("the file".into(), why.into()));
        }
        for (nth, (from, to)) in pairs.into_iter().enumerate() {
            if nth >= MAX_REDIRECTS {
                let why = format!("only the first {MAX_REDIRECTS} are read");
                redirects.bad.push(("further redirects".into(), why));
                break;
            }
            redirects.add(&from, &to);
        }
        redirects
    }

    fn add(&mut self, from: &str, to: &str) {
        let mut no = |why: &str| self.bad.push((format!("{from} to {to}"), why.into()));
        let Some(path) = plain_path(from) else {
            return no("a pattern, not one address; left out, write the addresses it stands for");
        };
        if !to.starts_with('/') || to.starts_with("//") || to.contains('$') {
            return no("it leads to another site or by a pattern; left out");
        }
        let to = to.split(['?', '#']).next().unwrap_or(to);
        let to = trimmed(to);
        if to == path {
            return no("it leads to itself; left out");
        }
        self.to.entry(to).or_default().push(path);
    }

    /// Takes the addresses that led to this one.
    pub fn take(&mut self, to: &str) -> Vec<String> {
        self.to.remove(&trimmed(to)).unwrap_or_default()
    }

    /// What is left: path that is led to, and those that lead there.
    pub fn rest(&mut self) -> BTreeMap<String, Vec<String>> {
        std::mem::take(&mut self.to)
    }
}

fn from_json(text: &str, bad: &mut Vec<(String, String)>) -> Vec<(String, String)> {
    let rows: Vec<Value> = match serde_json::from_str(text) {
        Ok(rows) => rows,
        Err(error) => {
            bad.push((
                "the file".into(),
                format!("it is no JSON ({error}); left aside"),
            ));
            return Vec::new();
        }
    };
    rows.iter()
        .filter_map(|row| {
            let pair = (row["from"].as_str(), row["to"].as_str());
            let (Some(from), Some(to)) = pair else {
                let text = row.to_string().chars().take(80).collect();
                bad.push((text, "it does not say from where to where; left out".into()));
                return None;
            };
            Some((from.to_string(), to.to_string()))
        })
        .collect()
}

/// `301:` and `302:` with indented lines `/from: /to`; Ghost writes nothing else.
fn from_yaml(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter(|line| line.starts_with([' ', '\t']))
        .filter_map(|line| {
            let (from, to) = line.trim().rsplit_once(": ")?;
            let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_string();
            Some((bare(from), bare(to)))
        })
        .filter(|(from, _)| !from.starts_with('#'))
        .collect()
}

/// The address, when a pattern stands for one alone: `^/old/?$` is `/old`.
fn plain_path(from: &str) -> Option<String> {
    let from = from.strip_prefix('^').unwrap_or(from);
    let from = from.strip_suffix('$').unwrap_or(from);
    let from = from.strip_suffix("/?").unwrap_or(from);
    let from = from
        .replace("\\/", "/")
        .replace("\\-", "-")
        .replace("\\.", ".");
    let plain = from.starts_with('/')
        && from.len() > 1
        && !from.contains([
            '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '^', '$', '\\',
        ]);
    plain.then(|| trimmed(&from))
}

fn trimmed(path: &str) -> String {
    match path.trim_end_matches('/') {
        "" => "/".into(),
        path => path.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_from(from: &str, expected: Option<&str>) {
        assert_eq!(plain_path(from).as_deref(), expected, "{from}");
    }

    #[test]
    fn a_pattern_that_stands_for_one_address_is_that_address() {
        check_from("/old/", Some("/old"));
        check_from("^/old/?$", Some("/old"));
        check_from("^\\/2019\\/Old\\/$", Some("/2019/old"));
        check_from("/old/(.*)", None);
        check_from("^/[a-z]+/", None);
        check_from("/", None);
    }

    #[test]
    fn redirects_are_read_from_both_forms_and_bad_ones_told() {
        let json = r#"[{"from":"/a/","to":"/b/"},{"from":"/x.*","to":"/b"},{"from":"/c","to":"https://o.test/"},{"to":1}]"#;
        let mut read = Redirects::read(json);
        assert_eq!(read.take("/b/"), ["/a"]);
        assert_eq!(read.bad.len(), 3, "{:?}", read.bad);
        let yaml = "301:\n  /a/: /b/\n  \"/d/\": /b\n\n302:\n  ^/e$: /f/\n";
        let mut read = Redirects::read(yaml);
        assert_eq!(read.take("/b/"), ["/a", "/d"]);
        assert_eq!(
            read.rest().into_iter().collect::<Vec<_>>(),
            [("/f".into(), vec!["/e".to_string()])]
        );
        for broken in ["[{", "nothing here"] {
            assert_eq!(Redirects::read(broken).bad.len(), 1, "{broken}");
        }
    }
}
