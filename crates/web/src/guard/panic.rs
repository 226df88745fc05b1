//! A handler that panics is a fault like any other: the visitor gets a page, the connection lives on.

use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use base::Fault;

/// Runs work to its end, and turns a panic into a fault.
///
/// # Errors
/// The panic. What panicking work shared may be half-changed: locks are poisoned for that reason, and a
/// transaction that is not committed is rolled back. The future itself is not polled again.
pub async fn caught<T>(work: impl Future<Output = T>) -> Result<T, Fault> {
    let mut work = pin!(work);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(Fault::while_("a handler panicked", said(&*panic)))),
        }
    })
    .await
}

fn said(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|text| text.to_string());
    let formatted = || panic.downcast_ref::<String>().cloned();
    literal
        .or_else(formatted)
        .unwrap_or_else(|| "without a word".to_string())
}
