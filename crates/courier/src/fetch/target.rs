//! From an address to the checked places that may be connected to.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use base::Fault;
use reqwest::{
    Url,
    dns::{Name, Resolve, Resolving},
};

use super::{ADDRESS_LONGEST, Rules, Unfetched};
use crate::{address::is_public, names::Names};

/// A judged host: every one of its addresses may be connected to.
pub(crate) struct Target {
    pub host: String,
    pub addresses: Vec<SocketAddr>,
    pub is_https: bool,
}

/// Takes an address apart. Hosts that are numbers in any spelling (octal, hexadecimal, one big
/// number) come out as plain IPv4, as the URL standard has it, and are judged as that.
pub(crate) fn parse(address: &str) -> Result<Url, Unfetched> {
    if address.len() > ADDRESS_LONGEST {
        return Err(Unfetched::AddressTooLong);
    }
    Url::parse(address).map_err(|_| Unfetched::NotAnAddress)
}

/// Judges what can be judged by looking: scheme and credentials.
pub(crate) fn spelling(url: &Url) -> Result<(), Unfetched> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Unfetched::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfetched::Credentials);
    }
    Ok(())
}

impl Target {
    /// Judges scheme, port and host, and asks for the host's addresses: the only time that this is
    /// done for this fetch.
    pub async fn judge(url: &Url, rules: &Rules, names: &dyn Names) -> Result<Self, Unfetched> {
        spelling(url)?;
        let is_https = url.scheme() == "https";
        let port = url.port_or_known_default().ok_or(Unfetched::NotAnAddress)?;
        let is_own = |place: &SocketAddr| place.port() == port;
        if !rules.ports.contains(&port) && !rules.own.iter().any(is_own) {
            return Err(Unfetched::Port(port));
        }
        let host = url.host_str().ok_or(Unfetched::NotAnAddress)?.to_owned();
        let ips = addresses_of(&host, names).await?;
        let stranger = ips
            .iter()
            .find(|ip| !rules.let_through(SocketAddr::new(**ip, port)));
        if let Some(&ip) = stranger {
            return Err(match is_public(ip) {
                true => Unfetched::Port(port),
                false => Unfetched::NotPublic { host, ip },
            });
        }
        let addresses = ips
            .into_iter()
            .map(|ip| SocketAddr::new(ip, port))
            .collect();
        Ok(Self {
            host,
            addresses,
            is_https,
        })
    }

    /// Makes sure that the connection went where it was allowed to go.
    pub fn confirm(&self, connected: Option<SocketAddr>) -> Result<(), Unfetched> {
        match connected {
            Some(place) if self.addresses.contains(&place) => Ok(()),
            _ => Err(Fault::new("checking that the connection went to a checked address").into()),
        }
    }
}

impl Rules {
    fn let_through(&self, place: SocketAddr) -> bool {
        let ip = place.ip();
        let at_an_open_port = self.ports.contains(&place.port());
        self.own.contains(&place)
            || at_an_open_port && (is_public(ip) || self.allowed.contains(&ip))
    }
}

async fn addresses_of(host: &str, names: &dyn Names) -> Result<Vec<IpAddr>, Unfetched> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse() {
        return Ok(vec![ip]);
    }
    let ips = names.forward(host).await?;
    if ips.is_empty() {
        return Err(Unfetched::NoSuchHost(host.to_owned()));
    }
    Ok(ips)
}

/// Stands where the client would ask for names again: it is told all it needs beforehand.
pub(crate) struct NoSecondLookup;

impl Resolve for NoSecondLookup {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::ready(Err(io::Error::other(
            "a name is asked only once",
        )
        .into())))
    }
}
