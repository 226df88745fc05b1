//! Two kinds of no.
//!
//! A [`Refusal`] is expected and for the person: a key for words in their language, the field it
//! speaks of, and the facts to fill in. A [`Fault`] is unexpected and for us: it is logged once,
//! where it is handled, with its chain; the visitor gets a number to quote. An act answers with
//! [`No`], which is one or the other.

use std::{borrow::Cow, error::Error, fmt};

/// One thing we will not do, said to the person who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The message's name in the message files, such as `too-long`.
    pub key: &'static str,
    /// The field it speaks of, as the API spells it: `headline`, `body.content[3].attrs.href`.
    pub field: Option<Cow<'static, str>>,
    /// What the message fills in: `("limit", "65")`.
    pub facts: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal of the whole act.
    pub fn of(key: &'static str) -> Self {
        Self {
            key,
            field: None,
            facts: Vec::new(),
        }
    }

    /// A refusal that names the field.
    pub fn on(field: impl Into<Cow<'static, str>>, key: &'static str) -> Self {
        Self {
            key,
            field: Some(field.into()),
            facts: Vec::new(),
        }
    }

    /// Adds a fact for the message to fill in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(self.key)?;
        for (name, value) in &self.facts {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with what was asked, so that a person mends it in one go. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    /// `Ok` when nothing was refused.
    pub fn none_of(refusals: Vec<Refusal>) -> Result<(), Refusals> {
        if refusals.is_empty() {
            Ok(())
        } else {
            Err(Self(refusals))
        }
    }

    /// Each refusal, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &Refusal> {
        self.0.iter()
    }

    /// Whether one of them has this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|refusal| refusal.key == key)
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, refusal) in self.0.iter().enumerate() {
            write!(f, "{}{refusal}", if nth == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

/// Something broke that should not have. The outer sentence never repeats the inner one.
pub struct Fault {
    doing: Cow<'static, str>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault with no error below it.
    pub fn new(doing: impl Into<Cow<'static, str>>) -> Self {
        Self {
            doing: doing.into(),
            cause: None,
        }
    }

    /// What we were doing when `cause` came up: `"reading the story's revision"`.
    pub fn while_(
        doing: impl Into<Cow<'static, str>>,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            doing: doing.into(),
            cause: Some(cause.into()),
        }
    }

    /// The whole chain on one line, for the log.
    pub fn chain(&self) -> String {
        let mut line = self.doing.to_string();
        let mut next: Option<&dyn Error> = self.cause.as_ref().map(|cause| cause.as_ref() as _);
        while let Some(error) = next {
            line.push_str(": ");
            line.push_str(&error.to_string());
            next = error.source();
        }
        line
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chain())
    }
}
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)
    }
}
impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| cause.as_ref() as _)
    }
}

/// Puts what we were doing before somebody else's error.
pub trait Doing<T> {
    /// Turns the error into a [`Fault`] that says what was being done.
    fn doing(self, what: &'static str) -> Result<T, Fault>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> Doing<T> for Result<T, E> {
    fn doing(self, what: &'static str) -> Result<T, Fault> {
        self.map_err(|cause| Fault::while_(what, cause))
    }
}

/// The answer of an act that did not happen.
#[derive(Debug)]
pub enum No {
    /// Expected, and for the person.
    Refused(Refusals),
    /// There is no such thing, or not for this person.
    Absent,
    /// Unexpected, and for us.
    Failed(Fault),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}
impl From<Refusals> for No {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals)
    }
}
impl From<Fault> for No {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}
impl fmt::Display for No {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusals) => refusals.fmt(f),
            Self::Absent => f.write_str("there is no such thing"),
            Self::Failed(fault) => f.write_str(&fault.chain()),
        }
    }
}
