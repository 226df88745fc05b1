//! What may stand between readers and the newsroom: shared caches, good ones and bad ones.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;

use crate::{newsroom::Newsroom, nginx::Nginx, shared_cache::SharedCache};

/// Says in an answer what a cache did: `HIT` and `STALE` came from memory.
pub const DID: &str = "x-cache";

/// One of them.
pub enum Front {
    /// Our own, as good or bad as it is told to be.
    Simulated(SharedCache),
    /// A real one in a process of its own, before a server of the newsroom.
    Nginx(Nginx),
}

impl Front {
    pub(crate) async fn answers(
        &self,
        news: &Newsroom,
        request: Request<Full<Bytes>>,
    ) -> Response<Bytes> {
        match self {
            Self::Simulated(cache) => cache.answers(news, request).await,
            Self::Nginx(nginx) => nginx.answers(request).await,
        }
    }
}
