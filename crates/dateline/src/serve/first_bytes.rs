//! A limit on how long a connection may keep us guessing which HTTP it speaks.
//!
//! The server reads until the first bytes tell HTTP/1 from HTTP/2, and only then begins to count the
//! time for headers. Who sends nothing, or a part of what HTTP/2 begins with, would be waited for.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// What an HTTP/2 connection begins with (RFC 9113 section 3.4).
const HTTP_2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A stream whose first bytes come within a time, or it ends.
pub(super) struct FirstBytes<Stream> {
    stream: Stream,
    /// Until we know what is spoken: how much of HTTP/2's beginning was read, and when it is too late.
    guessing: Option<(usize, Pin<Box<Sleep>>)>,
}

impl<Stream> FirstBytes<Stream> {
    /// Counts from now.
    pub(super) fn within(limit: Duration, stream: Stream) -> Self {
        let guessing = Some((0, Box::pin(sleep(limit))));
        Self { stream, guessing }
    }

    fn hears(&mut self, bytes: &[u8]) {
        let Some((known, _)) = &mut self.guessing else {
            return;
        };
        let is_still_http_2 = HTTP_2[*known..].starts_with(bytes);
        *known += bytes.len();
        if !is_still_http_2 || *known == HTTP_2.len() {
            self.guessing = None;
        }
    }
}

impl<Stream: AsyncRead + Unpin> AsyncRead for FirstBytes<Stream> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        if read.is_ready() {
            this.hears(&buffer.filled()[before..]);
            return read;
        }
        let Some((_, limit)) = &mut this.guessing else {
            return read;
        };
        limit.as_mut().poll(context).map(|()| {
            let why = "nothing was asked";
            Err(io::Error::new(io::ErrorKind::TimedOut, why))
        })
    }
}

impl<Stream: AsyncWrite + Unpin> AsyncWrite for FirstBytes<Stream> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
