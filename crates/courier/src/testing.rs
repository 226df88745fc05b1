//! A table of names in place of the domain name system, and a scanner in place of `clamd`, for tests.

pub mod scanner;

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base::Fault;

use crate::names::{Answer, Names};

/// Names from a table. What is not in it has no name; what was made silent never answers.
#[derive(Default)]
pub struct StubNames {
    table: Mutex<Table>,
    asked: Mutex<Asked>,
}

/// What was asked: how much in all, and what nobody has looked at yet.
#[derive(Default)]
struct Asked {
    questions: usize,
    unseen: Vec<String>,
}

#[derive(Default)]
struct Table {
    reverse: HashMap<IpAddr, Vec<String>>,
    forward: HashMap<String, Vec<IpAddr>>,
    silent: bool,
    broken: bool,
    panics: bool,
}

impl StubNames {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the address this name in reverse.
    pub fn reverse_is(&self, ip: &str, name: &str) -> &Self {
        let ip = ip.parse().expect("an address");
        self.change(|table| table.reverse.entry(ip).or_default().push(name.into()))
    }

    /// Gives the name this address, beside those it has.
    pub fn forward_is(&self, name: &str, ip: &str) -> &Self {
        let ip = ip.parse().expect("an address");
        self.change(|table| table.forward.entry(name.into()).or_default().push(ip))
    }

    /// From now on no question is answered, ever.
    pub fn fall_silent(&self) -> &Self {
        self.change(|table| table.silent = true)
    }

    /// From now on every question ends in a fault.
    pub fn break_down(&self) -> &Self {
        self.change(|table| table.broken = true)
    }

    /// From now on whoever asks panics.
    pub fn panic_when_asked(&self) -> &Self {
        self.change(|table| table.panics = true)
    }

    /// How many questions were asked so far.
    pub fn questions(&self) -> usize {
        self.asked().questions
    }

    /// What was asked since this was last called, as `name of 192.0.2.1` and `address of a.example`.
    pub fn takes_questions(&self) -> Vec<String> {
        std::mem::take(&mut self.asked().unseen)
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, act: impl FnOnce(&mut Table)) -> &Self {
        act(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner));
        self
    }

    fn answer<'a, T: Send + 'a>(
        &self,
        question: String,
        find: impl FnOnce(&Table) -> Vec<T>,
    ) -> Answer<'a, T> {
        let mut asked = self.asked();
        asked.questions += 1;
        asked.unseen.push(question);
        drop(asked);
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(!table.panics, "the table of names was told to panic");
        if table.silent {
            return Box::pin(std::future::pending());
        }
        let answer = match table.broken {
            true => Err(Fault::new(
                "asking the table of names, which was told to break",
            )),
            false => Ok(find(&table)),
        };
        Box::pin(std::future::ready(answer))
    }
}

impl Names for StubNames {
    fn reverse(&self, ip: IpAddr) -> Answer<'_, String> {
        self.answer(format!("name of {ip}"), |table| {
            table.reverse.get(&ip).cloned().unwrap_or_default()
        })
    }

    fn forward<'a>(&'a self, name: &'a str) -> Answer<'a, IpAddr> {
        self.answer(format!("address of {name}"), |table| {
            table.forward.get(name).cloned().unwrap_or_default()
        })
    }
}
