//! The port to the domain name system: names of addresses and addresses of names.

use std::{net::IpAddr, pin::Pin, time::Duration};

use base::{Fault, no::Doing};
use hickory_resolver::{
    TokioResolver,
    config::{LookupIpStrategy, ResolverConfig, ResolverOpts},
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::RData,
};

#[cfg(test)]
mod tests;

/// The longest wait for one answer of one name server, in seconds. Callers have shorter budgets.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// How many addresses or names of one answer are looked at; the rest is not believed.
pub const ANSWERS_MOST: usize = 16;

/// The longest name, in bytes (RFC 1035 section 2.3.4).
pub const NAME_LONGEST: usize = 253;

/// An answer that is on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<Vec<T>, Fault>> + Send + 'a>>;

/// Something that knows names. An answer without entries means that there are none; a fault means
/// that we could not find out.
pub trait Names: Send + Sync {
    /// The names that the address's owner gives it (PTR), without the last dot. They prove nothing.
    fn reverse(&self, ip: IpAddr) -> Answer<'_, String>;

    /// The addresses (A and AAAA) of a whole name. Search domains are not tried.
    fn forward<'a>(&'a self, name: &'a str) -> Answer<'a, IpAddr>;
}

/// The domain name system, asked through the name servers that this machine is set up with.
pub struct DomainNames(TokioResolver);

impl DomainNames {
    /// Reads the machine's settings (`/etc/resolv.conf`).
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn of_this_machine() -> Result<Self, Fault> {
        let builder =
            TokioResolver::builder_tokio().doing("reading this machine's name servers")?;
        Self::built(builder)
    }

    /// Asks other name servers than the machine's.
    ///
    /// # Errors
    /// When the resolver cannot be made of these settings.
    pub fn asking(servers: ResolverConfig) -> Result<Self, Fault> {
        Self::built(TokioResolver::builder_with_config(
            servers,
            TokioRuntimeProvider::default(),
        ))
    }

    fn built(
        mut builder: hickory_resolver::ResolverBuilder<TokioRuntimeProvider>,
    ) -> Result<Self, Fault> {
        set_options(builder.options_mut());
        builder.build().doing("setting up the resolver").map(Self)
    }
}

fn set_options(options: &mut ResolverOpts) {
    options.timeout = ANSWER_LIMIT;
    // Both families at once: whoever judges an answer must see all of it.
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
}

impl Names for DomainNames {
    fn reverse(&self, ip: IpAddr) -> Answer<'_, String> {
        Box::pin(async move {
            let Some(found) = or_none(self.0.reverse_lookup(ip).await)? else {
                return Ok(Vec::new());
            };
            let names = found
                .answers()
                .iter()
                .filter_map(|record| match &record.data {
                    RData::PTR(name) => Some(without_last_dot(&name.0.to_ascii()).to_owned()),
                    _ => None,
                });
            Ok(names.take(ANSWERS_MOST).collect())
        })
    }

    fn forward<'a>(&'a self, name: &'a str) -> Answer<'a, IpAddr> {
        Box::pin(async move {
            let name = without_last_dot(name);
            if name.is_empty() || name.len() > NAME_LONGEST {
                return Ok(Vec::new());
            }
            // The dot says that this is the whole name.
            let found = or_none(self.0.lookup_ip(format!("{name}.")).await)?;
            Ok(found.map_or_else(Vec::new, |found| found.iter().take(ANSWERS_MOST).collect()))
        })
    }
}

fn or_none<T>(answer: Result<T, NetError>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_no_records_found() => Ok(None),
        Err(error) => Err(Fault::while_("asking the domain name system", error)),
    }
}

fn without_last_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}
