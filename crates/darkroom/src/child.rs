//! The child: a process that takes one picture from its standard input, does what is asked, and writes the answer to
//! its standard output. It gives up everything else before it reads the first byte.

mod confine;
mod sealing;
mod wire;

use std::{
    io::{self, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use provenance::{Told, Trust};
use serde::{Deserialize, Serialize};

use crate::{
    develop::{Developed, Plan, develop},
    imprint::Imprint,
    limits::Limits,
    look::{self, Look},
    particulars::{self, Particulars, Unread},
    refused::{Mishap, Refused},
};
pub use confine::{CPU_SECONDS, MEMORY, confine};
pub(crate) use sealing::Sealing;
pub(crate) use wire::{Asked, Label, MAX_ANSWER, MAX_HEAD, Said, answer_of, head_of, said_of};

/// What is to be done with a picture. It is always looked at, and its particulars are always read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Order {
    /// What it may be at most.
    pub limits: Limits,
    /// The prints to make; none are made and nothing is decoded without.
    pub plan: Option<Plan>,
    /// What the prints say; without, what the picture said itself.
    pub imprint: Option<Imprint>,
    /// Who is believed when the picture says where it comes from.
    pub trust: Trust,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is.
    pub look: Look,
    /// What it says about itself.
    pub particulars: Particulars,
    /// What of that could not be read.
    pub unread: Vec<Unread>,
    /// Where it says it comes from, and whether that can be believed; nothing when it says nothing.
    pub told: Option<Told>,
    /// The prints, where a plan asked for some.
    pub developed: Option<Developed>,
    /// Whether the kernel held the child to the few calls it needs. False where it has no seccomp filters; the other
    /// bounds hold all the same.
    pub filtered: bool,
}

/// Runs the child to its end. Exits with nought when an answer was written, whatever it says.
pub fn run() -> ExitCode {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let said = match confine() {
        Ok(filtered) => serve(filtered, &mut input, &mut output),
        Err(why) => Said::Unconfined(why),
    };
    match wire::write_answer(&mut output, said).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// An order with its picture, as [`run`] reads it: for programs that start a child of their own.
///
/// # Errors
/// Where the order is longer than its length can say.
pub fn written(order: Order, picture: &[u8]) -> io::Result<Vec<u8>> {
    let asked = Asked::Develop(Box::new(order));
    let head = head_of(&asked, picture.len() as u64)?;
    Ok([&head, picture].concat())
}

fn serve(filtered: bool, input: &mut impl Read, output: &mut impl Write) -> Said {
    let Some((asked, bytes)) = take_order(input) else {
        return Said::Refused(Refused::Undeveloped(Mishap::Garbled));
    };
    let done = catch_unwind(AssertUnwindSafe(|| match &asked {
        Asked::Develop(order) => {
            work(order, &bytes).map(|answer| Said::Done(Box::new(Answer { filtered, ..answer })))
        }
        Asked::Seal(sealing) => Ok(sealing::seal(sealing, &bytes, input, output)),
    }));
    match done {
        Ok(Ok(said)) => said,
        Ok(Err(refused)) => Said::Refused(refused),
        Err(_) => Said::Refused(Refused::Undeveloped(Mishap::Crashed)),
    }
}

fn take_order(input: &mut impl Read) -> Option<(Asked, Vec<u8>)> {
    let (asked, length) = wire::read_head(input)?;
    // One byte more tells a file that is too large from one that just fits.
    let length = length.min(asked.limits().bytes + 1);
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
    input.take(length).read_to_end(&mut bytes).ok()?;
    Some((asked, bytes))
}

/// Does what is asked, in this process. Only for bytes that can be trusted, or in the child.
pub fn work(order: &Order, bytes: &[u8]) -> Result<Answer, Refused> {
    let (look, seen) = look::examine(bytes, &order.limits)?;
    let (particulars, unread) = particulars::read(&seen);
    drop(seen);
    let developed = match &order.plan {
        Some(plan) => {
            let own = || Imprint::of(&particulars);
            let imprint = order.imprint.clone().unwrap_or_else(own);
            Some(develop(bytes, &look, &order.limits, plan, &imprint)?)
        }
        None => None,
    };
    Ok(Answer {
        told: tell(bytes, &look, &order.trust),
        look,
        particulars,
        unread,
        developed,
        filtered: false,
    })
}

/// A manifest that makes its reader fall over costs the picture its word, not its place on the page.
fn tell(bytes: &[u8], look: &Look, trust: &Trust) -> Option<Told> {
    let read = || provenance::read(bytes, look.kind.media_type(), trust);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Some(Told::unreadable()))
}
