//! Which addresses are asked: those of the settings, and public ones over https that they send us to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names, and refuses those that lead to private addresses: an answer must not send us to a machine that only
/// we can reach. The origin of the settings is the user's word and may be anywhere.
#[derive(Debug)]
pub(super) struct GuardedResolver {
    /// Host and port.
    pub(super) trusted: String,
}

impl Resolver for GuardedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let is_proxy = config.proxy().is_some_and(|proxy| uri.host() == Some(proxy.host()));
        if is_proxy || uri.authority().is_some_and(|a| a.as_str() == self.trusted) {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address: &&SocketAddr| is_public(address.ip())).for_each(|&address| public.push(address));
        if public.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(public) }
    }
}

/// Whether an address of the settings may be asked: https anywhere, http on this machine only.
pub(super) fn is_askable(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => local,
        _ => false,
    }
}

/// The address a redirect from `from` to `location` leads to; `None` when we do not go there.
pub(super) fn redirected(from: &Uri, location: &str, trusted: &str) -> Option<Uri> {
    let to: Uri = if location.starts_with('/') && !location.starts_with("//") {
        format!("{}://{}{location}", from.scheme_str()?, from.authority()?).parse().ok()?
    } else {
        location.parse().ok()?
    };
    let same = to.scheme() == from.scheme() && to.authority().is_some_and(|a| a.as_str() == trusted);
    let has_user = to.authority().is_some_and(|a| a.as_str().contains('@'));
    let named_publicly = to.host().is_some_and(|host| match host.trim_matches(['[', ']']).parse() {
        Ok(address) => is_public(address),
        Err(_) => host != "localhost",
    });
    (same || (to.scheme_str() == Some("https") && named_publicly && !has_user)).then_some(to)
}

/// Whether an address is one of the public internet (IANA special-purpose address registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, 0xdb8, ..] => false,
        // Global unicast is 2000::/3; loopback, unique local, link-local and multicast lie outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for (address, public) in [
            ("8.8.8.8", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("2606:4700::1111", true),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:8.8.8.8", true),
            ("64:ff9b::a00:1", false),
            ("2002:7f00:1::", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn redirects_lead_to_public_https_addresses_only() {
        let from: Uri = "https://doi.org/10.1000/1".parse().unwrap();
        for (location, expected) in [
            ("https://api.example.org/works/1", Some("https://api.example.org/works/1")),
            ("/other", Some("https://doi.org/other")),
            ("http://api.example.org/works/1", None),
            ("https://127.0.0.1/", None),
            ("https://[::1]/", None),
            ("https://localhost/", None),
            ("https://169.254.169.254/latest", None),
            ("https://user@example.org/", None),
            ("//evil.example/", None),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            let to = redirected(&from, location, "doi.org").map(|uri| uri.to_string());
            assert_eq!(to.as_deref(), expected, "{location}");
        }
    }

    #[test]
    fn addresses_of_the_settings_are_https_or_this_machine() {
        for (address, askable) in [
            ("https://api.crossref.org", true),
            ("https://10.0.0.5", true),
            ("http://127.0.0.1:8000", true),
            ("http://localhost:8000", true),
            ("http://[::1]:8000", true),
            ("http://api.crossref.org", false),
            ("ftp://127.0.0.1", false),
        ] {
            assert_eq!(is_askable(&address.parse().unwrap()), askable, "{address}");
        }
    }
}
