//! A handler that panics is a fault like any other: the visitor gets a page, the connection lives on.

use std::{
    any::Any,
    convert::Infallible,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use axum::response::{IntoResponse, Response};
use base::Fault;

use crate::problem::Problem;

/// Runs a handler to its end, and turns a panic into a fault.
///
/// What a panicking handler shared may be half-changed: locks are poisoned for that reason, and a
/// transaction that is not committed is rolled back. The future itself is not polled again.
pub(super) async fn caught(
    handler: impl Future<Output = Result<Response, Infallible>>,
) -> Result<Response, Infallible> {
    let mut handler = pin!(handler);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| {
            let fault = Fault::while_("a handler panicked", said(&*panic));
            Poll::Ready(Ok(Problem::from(fault).into_response()))
        })
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
