//! TLS and proxy settings of the HTTP clients: which certificates are trusted, and which proxy is taken.

use std::fmt;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{Certificate, ClientBuilder, tls};

use crate::api::endpoint::Endpoint;
use crate::api::http::ca_file::CaFile;
use crate::api::http::transport_error;
use crate::api::reason::FailureReason;
use crate::i18n::tr;
use crate::text::untrusted;

/// How the way to the cloud is found. The default is what the machine says: the proxy of the
/// environment and the system's certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Certificates that are trusted beside the system's own.
    pub ca_file: Option<CaFile>,
    /// `http://host:port`, instead of the environment's proxy.
    pub proxy: Option<String>,
}

/// The proxy that calls to an endpoint go through, without its user and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyShown {
    /// Host and port.
    pub address: String,
    /// It came from the environment and not from the profile.
    pub is_from_environment: bool,
}

impl fmt::Display for ProxyShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = &self.address;
        f.write_str(&if self.is_from_environment {
            tr!("{address} (environment)", address)
        } else {
            tr!("{address} (profile)", address)
        })
    }
}

impl Network {
    /// The proxy that calls to an endpoint go through; calls to this machine go through none.
    #[must_use]
    pub fn proxy_to(&self, endpoint: &Endpoint) -> Option<ProxyShown> {
        if endpoint.is_loopback() {
            return None;
        }
        // The same rules that the HTTP library goes by.
        let matcher = match &self.proxy {
            Some(proxy) => Matcher::builder().all(proxy.clone()).build(),
            None => Matcher::from_env(),
        };
        let taken = matcher.intercept(&endpoint.to_string().parse().ok()?)?;
        let host = taken.uri().host()?;
        let address = match taken.uri().port_u16() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Some(ProxyShown { address: untrusted::sanitize_line(&address, 100), is_from_environment: self.proxy.is_none() })
    }

    /// Puts the way into a client that is being built.
    pub(in crate::api) fn apply(
        &self,
        builder: ClientBuilder,
        endpoint: &Endpoint,
    ) -> Result<ClientBuilder, FailureReason> {
        let builder = match &self.proxy {
            _ if endpoint.is_loopback() => builder.no_proxy(),
            Some(proxy) => builder.proxy(proxy_at(proxy).ok_or(FailureReason::ProxyAddress)?),
            None => builder,
        };
        if endpoint.is_plain() {
            return Ok(builder.tls_certs_only([]));
        }
        let builder = builder.tls_version_min(tls::Version::TLS_1_2);
        let Some(file) = &self.ca_file else { return Ok(builder) };
        let certificates: Result<Vec<Certificate>, reqwest::Error> =
            file.certificates().map(Certificate::from_der).collect();
        Ok(builder.tls_certs_merge(certificates.map_err(|error| transport_error::build_reason(&error))?))
    }
}

/// The proxy at an address, which may leave out the scheme. Other schemes are none that the HTTP library knows: it
/// would go past such a proxy without a word.
fn proxy_at(address: &str) -> Option<reqwest::Proxy> {
    let scheme = address.split_once("://").map_or("http", |(scheme, _)| scheme);
    let is_known = ["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    reqwest::Proxy::all(address).ok().filter(|_| is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_shown_without_its_password_and_never_for_this_machine() {
        let network = Network { proxy: Some("http://who:secret@proxy.example:3128".into()), ..Network::default() };
        let cloud = Endpoint::parse("https://cph.example").unwrap();
        let shown = network.proxy_to(&cloud).unwrap();
        assert_eq!(shown.to_string(), "proxy.example:3128 (profile)");
        assert_eq!(network.proxy_to(&Endpoint::parse("https://127.0.0.1:1").unwrap()), None);
    }
}
