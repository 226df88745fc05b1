//! What a guard asks of a stranger, for answers that are given in front of the router.

use std::{net::IpAddr, sync::Arc};

use http::HeaderMap;

use super::Keeper;
use crate::{client, client::Peer, doors::Row, rate::Key};

/// Stands where answers are remembered: it knows where a request came from and counts it, and
/// everything else is left to the guard of the door.
#[derive(Clone)]
pub struct Porter(Arc<Keeper>);

impl Porter {
    pub(crate) fn new(keeper: Arc<Keeper>) -> Self {
        Self(keeper)
    }

    /// Where a request came from: the peer, or what a trusted proxy says of it (V-24).
    pub fn client(&self, peer: Peer, headers: &HeaderMap) -> IpAddr {
        client::client(Some(peer), headers, &self.0.house.trusted_proxies)
    }

    /// Counts a stranger at this door; false when there were too many, and the guard is to say so.
    pub fn lets_pass(&self, row: &Row, client: IpAddr) -> bool {
        self.0.limits.check(row.rate, Key::address(client)).is_ok()
    }
}
