//! TLS and proxy settings of the HTTP clients: the trusted certificates and the proxy.

use std::fmt;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{Certificate, ClientBuilder, tls};

use crate::api::endpoint::Endpoint;
use crate::api::http::ca_file::CaFile;
use crate::api::http::transport_error;
use crate::api::reason::FailureReason;
use crate::i18n::tr;
use crate::text::untrusted;

/// TLS and proxy settings. The defaults are those of the machine: the environment's proxy and the system's
/// certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Certificates that are trusted in addition to the system's own.
    pub ca_file: Option<CaFile>,
    /// The proxy as `http://host:port`, instead of the environment's proxy.
    pub proxy: Option<String>,
}

/// The proxy that calls to an endpoint go through, without its user and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyShown {
    /// Host and port.
    pub address: String,
    /// True if it comes from the environment, false if it comes from the profile.
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
    /// Returns the proxy that calls to an endpoint go through; `None` if there is none, as always for this machine.
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

    /// Applies the settings to a client that is being built.
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

/// Returns the proxy at an address, which may omit the scheme. `None` for schemes other than `http` and `https`: the
/// HTTP library does not know them and would silently bypass such a proxy.
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
