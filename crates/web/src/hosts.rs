//! For which hosts we answer.

use std::net::IpAddr;

/// Our own host names. A request for another host is misdirected (RFC 9110 section 15.5.20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hosts {
    /// Any: for tests of single doors.
    Any,
    /// The names of this machine on itself, with any port. A foreign name that leads here (DNS
    /// rebinding) would let a foreign page read us as if it were ours.
    ThisMachine,
    /// The same but for these, in small letters and with their ports: what stands there is answered elsewhere.
    ThisMachineBut(Vec<String>),
    /// These, in small letters, with the port where it is not the usual one.
    Ours(Vec<String>),
}

impl Hosts {
    /// Whether we answer for this host, given in small letters and with its port, if any.
    pub fn hold(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::ThisMachine => is_this_machine(host),
            Self::ThisMachineBut(others) => {
                is_this_machine(host)
                    && !others.iter().any(|other| other.eq_ignore_ascii_case(host))
            }
            Self::Ours(ours) => ours.iter().any(|ours| ours == host),
        }
    }
}

/// `localhost` and names below it (RFC 6761 section 6.3), and loopback addresses.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_loopback = |address: IpAddr| address.to_canonical().is_loopback();
    name == "localhost" || name.ends_with(".localhost") || name.parse().is_ok_and(is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newsroom_without_an_address_of_its_own_answers_for_this_machine_alone() {
        for ours in [
            "localhost",
            "localhost:8321",
            "demo.localhost:8321",
            "127.0.0.1",
            "127.0.0.1:8321",
            "127.8.8.8",
            "[::1]:8321",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(Hosts::ThisMachine.hold(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil-localhost",
            "127.0.0.1.evil.example",
            "192.0.2.1:8321",
            "[2001:db8::1]",
            "0.0.0.0",
        ] {
            assert!(!Hosts::ThisMachine.hold(foreign), "{foreign}");
        }
        let but = Hosts::ThisMachineBut(vec!["localhost:8321".into()]);
        assert!(but.hold("127.0.0.1:8321") && but.hold("localhost:1"));
        assert!(!but.hold("localhost:8321") && !but.hold("LocalHost:8321"));
    }
}
