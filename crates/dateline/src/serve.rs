//! Accepting connections: time-outs on everything, a bound on everything, and a quiet end.

mod first_bytes;
mod pace;

use std::{
    convert::Infallible,
    future::Future,
    net::SocketAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use axum::body::Body;
use base::{Fault, no::Doing};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{Either, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};
use tower::ServiceExt;
use web::Peer;

use crate::{house::Newsroom, jobs, upkeep, wiring};
use first_bytes::FirstBytes;
use pace::Pace;

/// How long a client may take to send its headers (PROOFS F-10). Idle connections end then too.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// How long one request may take from its headers to the headers of its answer, body and all: who
/// sends a body a byte at a time is cut.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);
/// How long a connection that we wait for may take for [`TAKEN_MEANWHILE`]: who reads nothing, or a
/// byte a second, is cut.
const STALLED_FOR: Duration = Duration::from_secs(30);
/// Bytes of an answer that must have been taken after [`STALLED_FOR`]: 500 a second, far less than the
/// slowest telephone.
const TAKEN_MEANWHILE: usize = 15_000;
/// Bytes that the system holds for one connection and that were not taken yet. It would hold megabytes;
/// a page is 40,000 bytes at most, and over 200 ms of distance this still carries half a megabyte a second.
const UNSENT: u32 = 128 * 1024;
/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;
/// Bytes held for one connection's headers.
const HEADER_BUFFER: usize = 64 * 1024;
/// Streams one HTTP/2 connection may open at once.
const STREAMS: u32 = 100;
/// How often an HTTP/2 connection that says nothing is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(20);
/// Connections at once; the system's own limit on open files is usually nearer.
const CONNECTIONS: usize = 16_384;
/// How long open connections may finish what they do when the house closes.
const DRAIN_WITHIN: Duration = Duration::from_secs(20);
/// A rest after the system refused a connection, so that a full table is not asked in a loop.
const REST_AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// How long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For its headers, and between two requests.
    pub headers: Duration,
    /// For all of a request and the headers of its answer.
    pub answered: Duration,
    /// Until it has taken a fair part of what it asked for.
    pub stalled: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: HEADERS_WITHIN,
            answered: ANSWERED_WITHIN,
            stalled: STALLED_FOR,
        }
    }
}

/// Serves until `stop` is done, then drains.
pub async fn serve(
    newsroom: Newsroom,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> Result<(), Fault> {
    serve_with(newsroom, listener, stop, Patience::default()).await
}

/// As [`serve`], with a patience of its own; tests have less.
pub async fn serve_with(
    newsroom: Newsroom,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    patience: Patience,
) -> Result<(), Fault> {
    let mut helpers = JoinSet::new();
    helpers.spawn(wiring::listen(newsroom.clone()));
    helpers.spawn(jobs::work(newsroom.clone()));
    helpers.spawn(wiring::keep_schedule(newsroom.clone()));
    helpers.spawn(upkeep::sweep(newsroom.clone()));
    if newsroom.renews_crawlers {
        helpers.spawn(upkeep::renew_crawlers(newsroom.clone()));
    }
    let db = newsroom.db.clone();
    let ended = tokio::select! {
        ended = accept(newsroom, listener, stop, patience) => ended,
        why = db.until_unusable() => Err(Fault::new(format!("the database can no longer be trusted: {why}"))),
    };
    helpers.shutdown().await;
    db.close().await;
    ended
}

/// Binds the address we are to listen on; its connections hold `UNSENT` bytes at most.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Fault> {
    let bound = || {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        socket.set_reuseaddr(true)?;
        socket.set_send_buffer_size(UNSENT)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    bound().map_err(|error: std::io::Error| Fault::while_(format!("listening on {address}"), error))
}

async fn accept(
    newsroom: Newsroom,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    patience: Patience,
) -> Result<(), Fault> {
    let (builder, newsroom) = (Arc::new(builder(patience)), Arc::new(newsroom));
    let draining = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let place = Arc::clone(&places)
            .acquire_owned()
            .await
            .doing("counting connections")?;
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(connection) => connection,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(REST_AFTER_REFUSAL).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = stream.set_nodelay(true);
        let (builder, newsroom) = (Arc::clone(&builder), Arc::clone(&newsroom));
        let watcher = draining.watcher();
        tokio::spawn(async move {
            let _place = place;
            let connection = Connection {
                newsroom,
                patience,
                watcher,
            };
            connection.runs(&builder, (stream, peer)).await;
        });
    }
    drop(listener);
    tokio::select! {
        () = draining.shutdown() => tracing::info!("every connection has ended"),
        () = tokio::time::sleep(DRAIN_WITHIN) => tracing::warn!("some connections were cut"),
    }
    Ok(())
}

/// From memory where it is there, else through the router and its guards.
pub async fn answer<B>(
    newsroom: &Newsroom,
    request: Request<B>,
    peer: SocketAddr,
) -> Response<Either<Full<Bytes>, Body>>
where
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    answer_within(ANSWERED_WITHIN, newsroom, request, peer).await
}

async fn answer_within<B>(
    limit: Duration,
    newsroom: &Newsroom,
    mut request: Request<B>,
    peer: SocketAddr,
) -> Response<Either<Full<Bytes>, Body>>
where
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let peer = Peer(peer);
    // What breaks in front of the router is for the guard to hear: its walls stand behind it.
    let hot = AssertUnwindSafe(|| newsroom.hot.answer(&newsroom.site, &mut request, peer));
    let candidate = match catch_unwind(hot).unwrap_or(Err(None)) {
        Ok(response) => return response.map(Either::Left),
        Err(candidate) => candidate,
    };
    request.extensions_mut().insert(peer);
    let answering = newsroom.router.clone().oneshot(request);
    let response = match tokio::time::timeout(limit, answering).await {
        Ok(response) => response.unwrap_or_else(|never| match never {}),
        Err(_) => too_slow(),
    };
    let (parts, body) = response.into_parts();
    let bare = Response::from_parts(parts, ());
    if let Some(candidate) = candidate {
        newsroom.hot.remember(&newsroom.site, candidate, &bare);
    }
    bare.map(|()| Either::Right(body))
}

/// 408, and the connection ends: the rest of the body is not waited for (RFC 9110 section 15.5.9).
fn too_slow() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What a connection needs while it lasts.
struct Connection {
    newsroom: Arc<Newsroom>,
    patience: Patience,
    watcher: hyper_util::server::graceful::Watcher,
}

impl Connection {
    async fn runs(
        self,
        builder: &auto::Builder<TokioExecutor>,
        (stream, peer): (TcpStream, SocketAddr),
    ) {
        let (newsroom, patience) = (self.newsroom, self.patience);
        let service = service_fn(move |request: Request<Incoming>| {
            let newsroom = newsroom.clone();
            async move {
                let answer = answer_within(patience.answered, &newsroom, request, peer).await;
                Ok::<_, Infallible>(answer)
            }
        });
        let stream = Pace::of(TAKEN_MEANWHILE, patience.stalled, stream);
        let stream = FirstBytes::within(patience.headers, stream);
        let stream = TokioIo::new(stream);
        let connection = builder.serve_connection_with_upgrades(stream, service);
        if let Err(error) = self.watcher.watch(connection).await {
            tracing::debug!(error, "a connection ended early");
        }
    }
}

fn builder(patience: Patience) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_buf_size(HEADER_BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(patience.headers);
    builder
}
