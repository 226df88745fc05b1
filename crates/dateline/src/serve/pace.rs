//! A least pace for whoever takes an answer: who reads a byte a second holds no connection for long.
//!
//! Time counts only while the other end keeps us waiting: from a write that found no room until all we
//! had to say was taken. A limit on silence alone would let a reader last for hours who takes one
//! byte before each limit (PROOFS F-10).

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// A stream whose other end takes so many bytes in so much time, or it ends.
pub(super) struct Pace<Stream> {
    stream: Stream,
    bytes: usize,
    window: Duration,
    /// While the other end keeps us waiting: bytes taken since, and when they are too few.
    waiting: Option<(usize, Pin<Box<Sleep>>)>,
}

impl<Stream> Pace<Stream> {
    /// At least `bytes` in each `window` in which there is something to take.
    pub(super) fn of(bytes: usize, window: Duration, stream: Stream) -> Self {
        Self {
            stream,
            bytes,
            window,
            waiting: None,
        }
    }

    fn judges(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let taken = match &written {
            Poll::Ready(Err(_)) => return written,
            Poll::Ready(Ok(_)) if self.waiting.is_none() => return written,
            Poll::Ready(Ok(bytes)) => *bytes,
            Poll::Pending => 0,
        };
        let window = self.window;
        let begins = || (0, Box::pin(sleep(window)));
        let (sum, limit) = self.waiting.get_or_insert_with(begins);
        *sum += taken;
        if *sum >= self.bytes {
            self.waiting = None;
            return written;
        }
        if limit.as_mut().poll(context).is_pending() {
            return written;
        }
        let why = "the answer was taken too slowly";
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, why)))
    }
}

impl<Stream: AsyncWrite + Unpin> AsyncWrite for Pace<Stream> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.judges(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.judges(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Called when nothing is left to write: nobody is waited for any more.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if flushed.is_ready() {
            self.waiting = None;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<Stream: AsyncRead + Unpin> AsyncRead for Pace<Stream> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}
