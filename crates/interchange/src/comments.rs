//! Comments of Disqus, WordPress, Commento and Ghost, each under the address of its story.

mod commento;
mod disqus;

use std::path::Path;

use crate::{
    ghost,
    incoming::{Incoming, IncomingThreaded, Stop, Summary, Take, Unread},
    wire, wordpress,
};

/// Bytes of one export.
pub const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// Bytes at the beginning by which a file is told.
const HEAD: usize = 4096;

/// The systems whose comments are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Disqus, its XML.
    Disqus,
    /// WordPress, within its export.
    Wordpress,
    /// Commento, its JSON.
    Commento,
    /// Ghost, within its export.
    Ghost,
}

impl System {
    /// By which keys are told apart; the same as for stories where a system has both, so that a comment comes in
    /// once whichever way it comes.
    pub fn source(self) -> &'static str {
        match self {
            Self::Disqus => "disqus",
            Self::Wordpress => "wordpress",
            Self::Commento => "commento",
            Self::Ghost => "ghost",
        }
    }

    /// Tells which system wrote a file, by how it begins.
    ///
    /// # Errors
    /// That it is none of them, or cannot be read.
    pub fn of(path: &Path) -> Result<Self, String> {
        let head = wire::head(path, HEAD)?;
        let head = String::from_utf8_lossy(&head);
        let is_packed = head.starts_with('\u{1f}');
        let begins = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
        match begins {
            _ if head.contains("<disqus") => Ok(Self::Disqus),
            _ if is_packed || head.contains("<rss") => Ok(Self::Wordpress),
            json if json.starts_with('{') && json.contains("\"db\"") => Ok(Self::Ghost),
            json if json.starts_with('{') && json.contains("\"comments\"") => Ok(Self::Commento),
            _ => Err(
                "it is no export with comments that is known here: Disqus (XML), WordPress (XML), \
                      Commento (JSON) or Ghost (JSON)"
                    .into(),
            ),
        }
    }
}

/// Reads the comments of a file and hands them over in its order.
///
/// # Errors
/// [`Unread::Refused`] when it is no such file, [`Unread::Broken`] with the line when it is damaged,
/// [`Unread::Stopped`] when `take` wants no more.
pub fn read(path: &Path, system: System, take: &mut Take) -> Result<Summary, Unread> {
    match system {
        System::Disqus => disqus::read(path, take),
        System::Commento => commento::read(path, take),
        System::Wordpress => {
            let mut only = only_comments(take);
            wordpress::read(&path.to_path_buf(), &mut only)
        }
        System::Ghost => {
            let mut only = only_comments(take);
            ghost::read(path, None, &mut only)
        }
    }
}

/// Passes on the comments of stories, and nothing else.
fn only_comments<'t>(take: &'t mut Take<'t>) -> impl FnMut(Incoming) -> Result<(), Stop> + 't {
    move |piece| {
        let Incoming::Story(story) = piece else {
            return Ok(());
        };
        let address = story.old_addresses.first().cloned().unwrap_or_default();
        for comment in story.comments {
            take(Incoming::Comment(Box::new(IncomingThreaded {
                thread: story.source_key.clone(),
                address: address.clone(),
                comment,
            })))?;
        }
        Ok(())
    }
}

/// The path of an address, as stories' old addresses are kept; an address without a path is the front's.
fn path_of(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = after.find('/').map_or("/", |at| &after[at..]);
    path.split(['#']).next().unwrap_or("/").to_string()
}

#[cfg(test)]
mod tests;
