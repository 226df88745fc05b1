//! Where a database lives, as the settings spell it.

use std::path::PathBuf;

use base::Fault;

use crate::error::StoreError;

/// Where a database lives.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file. It and its folder's `-wal`, `-shm` and `.lock` companions belong to us.
    Sqlite(PathBuf),
    /// A PostgreSQL database, as `postgres://…` or as `key=value` words.
    Postgres(String),
}

impl Place {
    /// Reads `sqlite:path`, `postgres://…`, `postgresql://…` or `host=… dbname=…`.
    ///
    /// # Errors
    /// When the text is none of these; the text is not repeated, it may hold a password.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("sqlite:") {
            if path.is_empty() {
                return Err(unreadable("`sqlite:` needs a path after it"));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        let is_url = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if is_url || text.contains("host=") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(unreadable(
            "write sqlite:PATH or postgres://USER@HOST/DATABASE",
        ))
    }
}

/// Says the place without what may be secret in it.
impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres"),
        }
    }
}

fn unreadable(why: &str) -> Fault {
    Fault::while_(
        "reading the database setting",
        StoreError::Place(why.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Place>) {
        assert_eq!(Place::parse(text).ok(), expected, "{text}");
    }

    #[test]
    fn a_place_is_a_file_or_a_server() {
        check(
            "sqlite:data/news.db",
            Some(Place::Sqlite("data/news.db".into())),
        );
        check(
            "postgres://desk@localhost/news",
            Some(Place::Postgres("postgres://desk@localhost/news".into())),
        );
        check(
            "host=/run/pg dbname=news",
            Some(Place::Postgres("host=/run/pg dbname=news".into())),
        );
        check("sqlite:", None);
        check("news.db", None);
        check("mysql://localhost/news", None);
    }

    #[test]
    fn a_place_does_not_print_its_password() {
        let place = Place::parse("postgres://desk:hunter2@localhost/news").unwrap();
        assert!(!format!("{place:?}").contains("hunter2"));
    }
}
