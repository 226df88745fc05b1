//! Where a request came from: the peer, or what a trusted proxy says of it (V-24).

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    str::FromStr,
};

use http::HeaderMap;

/// The header in which proxies write down whom they heard from.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of the connection; the server puts it into each request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// A range of addresses, such as `10.0.0.0/8`, `::1` or `2001:db8::/32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether an address lies in this range.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, plain(address)) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.bits);
                u64::from(base.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.bits);
                let high = |bits: u128| bits.checked_shr(shift).unwrap_or(0);
                high(base.to_bits()) == high(address.to_bits())
            }
            _ => false,
        }
    }
}

/// The text was no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANetwork(String);

impl fmt::Display for NotANetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” is not a range of addresses such as 10.0.0.0/8 or ::1",
            self.0
        )
    }
}
impl std::error::Error for NotANetwork {}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let refused = || NotANetwork(text.to_string());
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits.parse::<u8>().map_err(|_| refused())?)),
            None => (text, None),
        };
        let base: IpAddr = base.parse().map_err(|_| refused())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most {
            return Err(refused());
        }
        Ok(Self { base, bits })
    }
}

/// The visitor's address: the peer, unless the peer is a trusted proxy; then the last address in
/// `X-Forwarded-For` that no trusted proxy has. Whatever stands before that, anybody may have written.
pub fn client(peer: Option<Peer>, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let Some(Peer(peer)) = peer else {
        return IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    };
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut nearest = plain(peer.ip());
    if !is_trusted(nearest) {
        return nearest;
    }
    let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().collect();
    for line in lines.into_iter().rev() {
        for hop in line.to_str().unwrap_or("").rsplit(',') {
            let Some(address) = hop_address(hop.trim()) else {
                return nearest;
            };
            nearest = address;
            if !is_trusted(nearest) {
                return nearest;
            }
        }
    }
    nearest
}

/// Some proxies add the port, some put brackets.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(with_port)?;
    Some(plain(address))
}

/// `::ffff:192.0.2.1` is `192.0.2.1`.
fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[track_caller]
    fn check(peer: &str, forwarded: &[&str], seen: &str) {
        let trusted = ["127.0.0.1", "10.0.0.0/8", "::1", "2001:db8:ff::/48"];
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 4711));
        let seen: IpAddr = seen.parse().unwrap();
        assert_eq!(client(Some(peer), &headers, &trusted), seen);
    }

    #[test]
    fn v_24_forwarding_headers_count_only_from_trusted_proxies() {
        check("192.0.2.7", &["198.51.100.1"], "192.0.2.7");
        check("127.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &["6.6.6.6, 198.51.100.1"], "198.51.100.1");
        check(
            "10.1.2.3",
            &["6.6.6.6, 198.51.100.1, 10.9.9.9"],
            "198.51.100.1",
        );
        check("127.0.0.1", &["6.6.6.6", "198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &["198.51.100.1, unknown"], "127.0.0.1");
        check("127.0.0.1", &[], "127.0.0.1");
        check("::ffff:127.0.0.1", &["198.51.100.1:99"], "198.51.100.1");
        check("2001:db8:ff::9", &["[2001:db8::5]:443"], "2001:db8::5");
        check("2001:db8:fe::9", &["198.51.100.1"], "2001:db8:fe::9");
    }

    #[test]
    fn a_range_is_written_in_the_usual_way() {
        for bad in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "a/8", "10.0.0.0/"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("203.0.113.9".parse().unwrap()));
        let all: Network = "::/0".parse().unwrap();
        assert!(all.contains("2001:db8::1".parse().unwrap()));
    }
}
