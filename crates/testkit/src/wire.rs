//! The server on a socket, and bytes sent to it as they are.

use std::{
    net::SocketAddr,
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use base::Fault;
use dateline::serve::{Patience, bind, serve_with};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Builder,
    sync::oneshot,
};
use tracing::{Dispatch, dispatcher};

use crate::newsroom::Newsroom;

/// How long a scene waits for bytes before it gives up: longer than any of the server's own limits.
const PATIENCE: Duration = Duration::from_secs(25);

/// The newsroom's own server, on a free port of this machine and a thread of its own.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), Fault>>,
}

impl Server {
    /// Serves this newsroom. Its database is closed when the server ends.
    ///
    /// # Panics
    /// When no port is free.
    pub fn of(news: &Newsroom) -> Self {
        Self::with(news, Patience::default())
    }

    /// As [`Server::of`], with a patience of its own.
    ///
    /// # Panics
    /// As [`Server::of`].
    pub fn with(news: &Newsroom, patience: Patience) -> Self {
        let (says, said) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let (house, log) = (news.house(), dispatcher::get_default(Dispatch::clone));
        let serving = thread::spawn(move || {
            dispatcher::with_default(&log, || {
                let runtime = Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime starts").block_on(async {
                    let free = SocketAddr::from(([127, 0, 0, 1], 0));
                    let listener = bind(free).await.expect("a free port");
                    let address = listener.local_addr().expect("an address of our own");
                    says.send(address).expect("somebody waits for it");
                    let until = async { stopped.await.unwrap_or_default() };
                    serve_with(house, listener, until, patience).await
                })
            })
        });
        let address = said.recv().expect("it listens");
        Self {
            address,
            stop,
            serving,
        }
    }

    /// Ends it as a signal does.
    ///
    /// # Panics
    /// When it did not end well.
    pub fn stops(self) {
        let _ = self.stop.send(());
        let ended = self.serving.join().expect("the server does not panic");
        ended.expect("the server ends well");
    }
}

/// Sends these bytes on a new connection and answers all that comes until it is closed.
///
/// # Panics
/// When nobody listens there, or the connection stays open longer than any limit allows.
pub async fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    // A server that refuses may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    hears(stream).await
}

/// What comes until the other end closes.
///
/// # Panics
/// As [`exchange`].
pub async fn hears(mut stream: TcpStream) -> Vec<u8> {
    let mut heard = Vec::new();
    let ended = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut heard)).await;
    // A reset is an end like another.
    let _ = ended.expect("the server ends a connection within its limits");
    heard
}
