//! Everything that leaves the building. Asking names, fetching pages, and sending what was asked for.
//!
//! Reading order: [`address`] says which addresses are the public internet's, [`names`] is the port to
//! the domain name system, and [`fetch`] gets a page that a stranger named without becoming the
//! stranger's hand inside our own network. [`send`] posts to addresses by the same judgement, and
//! [`breaker`] lets a host rest that is down or says that it has too much to do. [`bucket`] keeps files in an object store
//! that the operator names, and [`scanner`] shows files to a scanner that the operator runs.
//!
//! Invariants:
//! - No other crate opens outgoing sockets.
//! - An address is judged by an allow rule: what no registry has handed out as global unicast is
//!   refused, so that a range nobody thought of is refused too.
//! - What was checked is what is connected to: a name is asked once.
//! - Nothing is fetched because of an address in something that was sent to us: whoever calls
//!   [`fetch::Fetcher::get`] has been asked to by a person or by a setting. The exceptions are asked once, by a job,
//!   as who they say they are: the callback of a follower, and the signer of another server's request.
//! - TLS is `rustls` on `ring`; no OpenSSL and no aws-lc are linked.
//!
//! Not here: what is fetched for which reason, and any newsroom word.

pub mod address;
pub mod breaker;
pub mod bucket;
pub mod fetch;
pub mod names;
pub mod scanner;
pub mod send;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;

pub use fetch::{Fetched, Fetcher, Rules, Unfetched};
pub use names::{DomainNames, Names};
pub use send::{Letter, Receipt, Sender, Unsent};
pub use tls::ready;
