//! nginx as a shared cache, as a process of its own on a socket of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;
use web::Peer;

/// How often we look whether it takes connections, and how many times.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: u32 = 1000;
/// Where Debian's nginx is, which need not be in an ordinary account's path.
const USUAL_PLACE: &str = "/usr/sbin/nginx";

/// A running nginx that caches; killed when dropped.
pub struct Nginx {
    child: Child,
    folder: PathBuf,
}

/// How it treats what it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manners {
    /// As it comes.
    Usual,
    /// It ignores `Vary` and `Set-Cookie`, keeps what is not forbidden for an hour, shows stale pages
    /// whenever it may, and strips what it was sent to judge by.
    Bad,
}

impl Nginx {
    /// Starts it before the server at this address.
    ///
    /// # Panics
    /// When it does not start: it must be there, `cargo xtask test` installs it.
    pub async fn before(origin: SocketAddr, manners: Manners) -> Self {
        let name = format!("dateline-nginx-{}", uuid::Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder of its own");
        let config = folder.join("nginx.conf");
        std::fs::write(&config, settings(&folder, origin, manners)).expect("its settings");
        let child = Command::new(program())
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&config)
            .args(["-e", "error.log"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("there is an nginx: `cargo xtask test` installs it");
        let nginx = Self { child, folder };
        for _ in 0..LOOKS {
            if UnixStream::connect(nginx.socket()).await.is_ok() {
                return nginx;
            }
            tokio::time::sleep(LOOK).await;
        }
        let log = std::fs::read_to_string(nginx.folder.join("error.log")).unwrap_or_default();
        panic!("nginx takes no connections: {log}");
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// Sends a request from where its visitor comes from.
    pub(crate) async fn answers(&self, request: Request<Full<Bytes>>) -> Response<Bytes> {
        let peer = request.extensions().get::<Peer>().copied();
        let Peer(peer) = peer.expect("everybody comes from somewhere");
        let mut request = request;
        let from = peer.ip().to_string().parse().expect("an address is text");
        request.headers_mut().insert("x-forwarded-for", from);
        let stream = UnixStream::connect(self.socket()).await.expect("it runs");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("it speaks HTTP");
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(request).await.expect("it answers");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("an answer is whole").to_bytes();
        drop(sender);
        connection.abort();
        Response::from_parts(parts, body)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // What is left in the system's temporary folder does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn program() -> PathBuf {
    let said = std::env::var_os("DATELINE_TEST_NGINX");
    said.map_or_else(|| USUAL_PLACE.into(), PathBuf::from)
}

fn settings(folder: &Path, origin: SocketAddr, manners: Manners) -> String {
    let folder = folder.display();
    let manners = match manners {
        Manners::Usual => "",
        Manners::Bad => BAD_MANNERS,
    };
    format!(
        "daemon off; master_process off; pid {folder}/pid;
         events {{ worker_connections 256; }}
         http {{
           access_log off;
           client_body_temp_path {folder}/client; proxy_temp_path {folder}/proxy;
           fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
           proxy_cache_path {folder}/cache keys_zone=pages:4m;
           server {{
             listen unix:{folder}/socket;
             location / {{
               proxy_pass http://{origin};
               proxy_http_version 1.1;
               proxy_set_header Connection \"\";
               proxy_set_header Host $http_host;
               proxy_cache pages;
               proxy_cache_key $uri$is_args$args;
               add_header X-Cache $upstream_cache_status always;
               {manners}
             }}
           }}
         }}"
    )
}

const BAD_MANNERS: &str = "
    proxy_ignore_headers Vary Set-Cookie;
    proxy_cache_valid any 1h;
    proxy_cache_use_stale error timeout invalid_header updating http_500 http_502 http_503 http_504 http_403 http_404 http_429;
    proxy_cache_background_update on;
    proxy_hide_header Vary; proxy_hide_header ETag; proxy_hide_header Surrogate-Key;
    proxy_hide_header Content-Security-Policy;";
