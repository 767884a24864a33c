//! The address of a service. It is checked once, so that credentials are either sent encrypted or stay on this machine.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;
use thiserror::Error;

use crate::i18n::tr;

/// The address of a service: scheme, host and port only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    host: String,
    is_loopback: bool,
}

/// The reason why a text is not the address of a service. No message repeats the text, because it can hold a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EndpointError {
    /// Not an address at all.
    #[error("{}", tr!("The endpoint is not an address; write it like https://cph.cn-north-4.myhuaweicloud.com"))]
    NotAnAddress,
    /// A scheme other than `https` and `http`.
    #[error("{}", tr!("The endpoint has to begin with https://"))]
    Scheme,
    /// `http` to another machine.
    #[error("{}", tr!("The endpoint is plain http to another machine, which would show the token; use https://"))]
    PlainHttp,
    /// A user name or a password in the address.
    #[error("{}", tr!("The endpoint holds a user name or a password; give credentials on their own"))]
    Userinfo,
    /// A path, a query or a fragment.
    #[error("{}", tr!("The endpoint has something after the host; leave out the path, the query and the fragment"))]
    MoreThanHost,
}

impl Endpoint {
    /// Parses an address: `https` to any host, plain `http` only to `localhost` or a loopback address. User info, a
    /// path other than `/`, a query and a fragment are refused.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let text = text.trim();
        // The URL parser drops tabs and line breaks and turns backslashes round; a person who
        // wrote such a thing meant something else.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(EndpointError::NotAnAddress);
        }
        let url = Url::parse(text).map_err(|_| EndpointError::NotAnAddress)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(EndpointError::Scheme);
        }
        // An empty user name leaves no trace in the parsed address.
        if text.contains('@') {
            return Err(EndpointError::Userinfo);
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::MoreThanHost);
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        if host.is_empty() || url.port() == Some(0) {
            return Err(EndpointError::NotAnAddress);
        }
        let is_loopback = is_loopback(&host);
        if url.scheme() == "http" && !is_loopback {
            return Err(EndpointError::PlainHttp);
        }
        Ok(Self { url, host, is_loopback })
    }

    /// Returns the host without the port, as the URL parser writes it (lower case, IPv6 in brackets).
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns host and port as a connection needs them.
    pub(super) fn address(&self) -> String {
        format!("{}:{}", self.host, self.port())
    }

    /// Returns the port; that of the scheme if the address has none.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// Returns whether calls stay on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Returns whether calls are unencrypted, which is allowed for a loopback address only.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Returns the endpoint of the service `neighbour` in the same region, if this host is one of the vendor's and its
    /// service is among `names`: for `ecs.REGION.myhuaweicloud.com` and `kms` it is `kms.REGION.myhuaweicloud.com`
    /// (`platform.md` section 4). `None` for any other host, so that credentials go to no host that nobody named.
    pub(super) fn neighbour(&self, names: &[&str], neighbour: &str) -> Option<Self> {
        let (name, rest) = self.host.split_once('.')?;
        let mut url = self.url.clone();
        let is_vendor = [".myhuaweicloud.com", ".myhuaweicloud.eu"].iter().any(|domain| rest.ends_with(domain));
        let host = (is_vendor && names.contains(&name)).then(|| format!("{neighbour}.{rest}"))?;
        url.set_host(Some(&host)).ok()?;
        Some(Self { url, host, is_loopback: false })
    }

    /// Returns the URL of a call; the path begins with `/` and needs no escapes.
    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }
}

fn is_loopback(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || literal.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_scheme_host_and_port() {
        for (text, shown, host, loopback) in [
            (
                "https://CPH.cn-north-4.myhuaweicloud.com/",
                "https://cph.cn-north-4.myhuaweicloud.com",
                "cph.cn-north-4.myhuaweicloud.com",
                false,
            ),
            (" https://cloud.example:8443 ", "https://cloud.example:8443", "cloud.example", false),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010", "127.0.0.1", true),
            ("http://[::1]:9", "http://[::1]:9", "[::1]", true),
            ("http://localhost", "http://localhost", "localhost", true),
            ("https://127.9.9.9", "https://127.9.9.9", "127.9.9.9", true),
        ] {
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!(
                (endpoint.to_string().as_str(), endpoint.host(), endpoint.is_loopback()),
                (shown, host, loopback)
            );
        }
    }

    #[test]
    fn a_neighbour_is_named_in_the_same_place() {
        let of = |text: &str| Endpoint::parse(text).unwrap().neighbour(&["ecs", "cph"], "kms");
        let kms = of("https://ecs.cn-north-4.myhuaweicloud.com:8443").unwrap();
        assert_eq!(kms, Endpoint::parse("https://kms.cn-north-4.myhuaweicloud.com:8443").unwrap());
        assert!(of("https://cph.eu-west-101.myhuaweicloud.eu").is_some());
        for other in [
            "https://ecs",
            "https://ecs.a.example",
            "https://ecs.myhuaweicloud.com.a.example",
            "http://127.0.0.1:1",
            "http://[::1]:1",
            "https://e.cs",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn what_could_carry_a_credential_elsewhere_is_refused() {
        for (text, error) in [
            ("cph.example", EndpointError::NotAnAddress),
            ("", EndpointError::NotAnAddress),
            ("https://", EndpointError::NotAnAddress),
            ("https://a.example:0", EndpointError::NotAnAddress),
            ("https://a b.example", EndpointError::NotAnAddress),
            ("https://a.example\\@b.example", EndpointError::NotAnAddress),
            ("https://a.\nexample", EndpointError::NotAnAddress),
            ("ftp://a.example", EndpointError::Scheme),
            ("localhost:80", EndpointError::Scheme),
            ("http://a.example", EndpointError::PlainHttp),
            ("http://localhost.evil.example", EndpointError::PlainHttp),
            ("http://127.0.0.1.evil.example", EndpointError::PlainHttp),
            ("http://0.0.0.0", EndpointError::PlainHttp),
            ("http://192.168.0.1", EndpointError::PlainHttp),
            ("http://[::ffff:10.0.0.1]", EndpointError::PlainHttp),
            ("https://user@a.example", EndpointError::Userinfo),
            ("https://user:word@a.example", EndpointError::Userinfo),
            ("https://@a.example", EndpointError::Userinfo),
            ("http://127.0.0.1@evil.example", EndpointError::Userinfo),
            ("https://a.example/v1", EndpointError::MoreThanHost),
            ("https://a.example?", EndpointError::MoreThanHost),
            ("https://a.example/#", EndpointError::MoreThanHost),
        ] {
            assert_eq!(Endpoint::parse(text), Err(error), "{text}");
        }
    }
}
