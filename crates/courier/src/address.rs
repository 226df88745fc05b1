//! Which addresses belong to the public internet: an allow rule, so that surprises are refused.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a stranger may make us connect to this address.
///
/// It must lie in space that is handed out as global unicast. The tables below are the complement of
/// IANA's special-purpose registries (RFC 6890 and its updates), written as what is allowed: a new
/// special range outside them needs no change here. IPv6 addresses with an IPv4 address inside
/// (mapped, NAT64, 6to4, Teredo) are refused whatever they hold, because who unwraps them is not us.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => lies_in(&GLOBAL_V4, ip),
        IpAddr::V6(ip) => lies_in(&GLOBAL_V6, ip),
    }
}

fn lies_in<Ip: Ord>(ranges: &[(Ip, Ip)], ip: Ip) -> bool {
    ranges
        .iter()
        .any(|(first, last)| *first <= ip && ip <= *last)
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

/// Global unicast of IPv4, first and last address of each stretch; the gaps say what they are.
const GLOBAL_V4: [(Ipv4Addr, Ipv4Addr); 13] = [
    // 0/8 is “this network”
    (v4(1, 0, 0, 0), v4(9, 255, 255, 255)),
    // 10/8 is private
    (v4(11, 0, 0, 0), v4(100, 63, 255, 255)),
    // 100.64/10 is shared by carriers
    (v4(100, 128, 0, 0), v4(126, 255, 255, 255)),
    // 127/8 is this machine
    (v4(128, 0, 0, 0), v4(169, 253, 255, 255)),
    // 169.254/16 is link-local, where clouds keep their metadata
    (v4(169, 255, 0, 0), v4(172, 15, 255, 255)),
    // 172.16/12 is private
    (v4(172, 32, 0, 0), v4(191, 255, 255, 255)),
    // 192.0.0/24 is for protocols
    (v4(192, 0, 1, 0), v4(192, 0, 1, 255)),
    // 192.0.2/24 is for documents
    (v4(192, 0, 3, 0), v4(192, 88, 98, 255)),
    // 192.88.99/24 was the 6to4 relay
    (v4(192, 88, 100, 0), v4(192, 167, 255, 255)),
    // 192.168/16 is private
    (v4(192, 169, 0, 0), v4(198, 17, 255, 255)),
    // 198.18/15 is for measuring networks
    (v4(198, 20, 0, 0), v4(198, 51, 99, 255)),
    // 198.51.100/24 is for documents
    (v4(198, 51, 101, 0), v4(203, 0, 112, 255)),
    // 203.0.113/24 is for documents
    (v4(203, 0, 114, 0), v4(223, 255, 255, 255)),
    // 224/4 is multicast, 240/4 was never handed out, and its last address is broadcast
];

const fn v6(a: u16, b: u16, rest: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, rest, rest, rest, rest, rest, rest)
}

/// Global unicast of IPv6: `2000::/3` without its special parts.
const GLOBAL_V6: [(Ipv6Addr, Ipv6Addr); 3] = [
    // 2001::/23 is for protocols, among them Teredo
    (v6(0x2001, 0x0200, 0), v6(0x2001, 0x0db7, 0xffff)),
    // 2001:db8::/32 is for documents
    (v6(0x2001, 0x0db9, 0), v6(0x2001, 0xffff, 0xffff)),
    // 2002::/16 is 6to4
    (v6(0x2003, 0, 0), v6(0x3ffe, 0xffff, 0xffff)),
    // 3fff::/20 is for documents, and the rest of 3fff::/16 was never handed out
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(public: bool, addresses: &[&str]) {
        for address in addresses {
            let ip: IpAddr = address.parse().expect("an address");
            assert_eq!(is_public(ip), public, "{address}");
        }
    }

    #[test]
    fn a_17_addresses_of_the_public_internet_are_allowed() {
        check(
            true,
            &[
                "1.1.1.1",
                "8.8.8.8",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
            ],
        );
        check(
            true,
            &[
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.0",
            ],
        );
        check(
            true,
            &[
                "223.255.255.255",
                "169.253.255.255",
                "169.255.0.0",
                "126.255.255.255",
            ],
        );
        check(
            true,
            &[
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:200::1",
            ],
        );
    }

    #[test]
    fn a_17_this_machine_and_its_neighbours_are_refused() {
        check(
            false,
            &[
                "0.0.0.0",
                "0.255.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "::",
                "::1",
            ],
        );
        check(
            false,
            &[
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "fc00::1",
                "fdff::1",
            ],
        );
        check(
            false,
            &[
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "fe80::1",
                "fec0::1",
            ],
        );
    }

    #[test]
    fn a_17_space_that_is_nobodys_is_refused() {
        check(
            false,
            &[
                "192.0.0.1",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "192.88.99.1",
            ],
        );
        check(
            false,
            &[
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
            ],
        );
        check(
            false,
            &["240.0.0.1", "255.255.255.255", "ff02::1", "ff0e::1"],
        );
        check(
            false,
            &[
                "2001:db8::1",
                "2001:20::1",
                "3fff::1",
                "3fff:ffff::1",
                "100::1",
                "5f00::1",
            ],
        );
        check(false, &["4000::1", "e000::1", "1::1"]);
    }

    #[test]
    fn a_17_an_ipv4_address_inside_an_ipv6_one_is_refused_whatever_it_is() {
        check(
            false,
            &[
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "::127.0.0.1",
                "::ffff:0:127.0.0.1",
            ],
        );
        check(
            false,
            &["64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::7f00:1"],
        );
        check(
            false,
            &[
                "2002:7f00:1::",
                "2002:808:808::1",
                "2001::1",
                "2001:0:53aa:64c::1",
            ],
        );
    }
}
