//! The kinds of connection errors, each with two sentences: what happened and what to do. They are not codes of the API
//! but need the same kind of table. `api/http/transport_error.rs` maps the errors of the libraries to them.

use serde::{Deserialize, Serialize};

use super::code_row::Meaning;
use crate::i18n::phrase;

/// A kind of reason that a server was not reached, or that its response did not arrive completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionErrorKind {
    ProxyAuthentication,
    ProxyRefused,
    ProxyNotReached,
    /// The certificate has expired or is not valid yet.
    CertificateTime,
    /// The certificate is for another host name.
    CertificateName,
    /// No authority that this machine trusts has issued the certificate.
    CertificateUntrusted,
    CertificateInvalid,
    /// This machine has no trusted certificates at all.
    NoAuthorities,
    NotTls,
    NoCommonTls,
    /// Any other failure of the TLS handshake.
    TlsFailed,
    NotHttp,
    UnknownHost,
    Refused,
    NoRoute,
    TimedOut,
    Reset,
    Closed,
    /// The limit of open files was reached.
    NoDescriptors,
}

impl ConnectionErrorKind {
    pub const ALL: [Self; 19] = [
        Self::ProxyAuthentication,
        Self::ProxyRefused,
        Self::ProxyNotReached,
        Self::CertificateTime,
        Self::CertificateName,
        Self::CertificateUntrusted,
        Self::CertificateInvalid,
        Self::NoAuthorities,
        Self::NotTls,
        Self::NoCommonTls,
        Self::TlsFailed,
        Self::NotHttp,
        Self::UnknownHost,
        Self::Refused,
        Self::NoRoute,
        Self::TimedOut,
        Self::Reset,
        Self::Closed,
        Self::NoDescriptors,
    ];

    /// Returns the reason as a phrase in English without a full stop, for translation with `i18n::t`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::ProxyAuthentication => phrase!("the proxy requires authentication"),
            Self::ProxyRefused => phrase!("the proxy refused the connection"),
            Self::ProxyNotReached => phrase!("the proxy could not be reached"),
            Self::CertificateTime => phrase!("the server's certificate has expired or is not valid yet"),
            Self::CertificateName => phrase!("the server's certificate is for another host name"),
            Self::CertificateUntrusted => phrase!("the server's certificate is not trusted by this machine"),
            Self::CertificateInvalid => phrase!("the server's certificate is invalid"),
            Self::NoAuthorities => phrase!("this machine has no trusted certificates"),
            Self::NotTls => phrase!("the server answered with something that is not TLS"),
            Self::NoCommonTls => phrase!("the server and this program share no TLS version or cipher"),
            Self::TlsFailed => phrase!("the TLS handshake failed"),
            Self::NotHttp => phrase!("the server answered with something that is not HTTP"),
            Self::UnknownHost => phrase!("the host name of the endpoint was not found"),
            Self::Refused => phrase!("the connection was refused"),
            Self::NoRoute => phrase!("there is no route to the server"),
            Self::TimedOut => phrase!("the server did not respond in time"),
            Self::Reset => phrase!("the connection was reset"),
            Self::Closed => phrase!("the server closed the connection"),
            Self::NoDescriptors => phrase!("this program has too many open files and connections"),
        }
    }

    /// Returns what happened and what to do, in the current language.
    #[must_use]
    pub fn meaning(self) -> Meaning {
        self.in_english().translated()
    }

    fn in_english(self) -> Meaning {
        match self {
            Self::ProxyAuthentication => Meaning::new(
                phrase!("The proxy requires authentication."),
                phrase!("Add the user and password to the proxy's address, or bypass the proxy."),
            ),
            Self::ProxyRefused => Meaning::new(
                phrase!("The proxy refused the connection."),
                phrase!("Ask the network's administrator to allow Huawei Cloud's hosts, or bypass the proxy."),
            ),
            Self::ProxyNotReached => Meaning::new(
                phrase!("The proxy could not be reached."),
                phrase!("Check the proxy's address and port, or bypass the proxy."),
            ),
            Self::CertificateTime => Meaning::new(
                phrase!("The server's certificate has expired or is not valid yet."),
                phrase!("Check this machine's clock; if it is right, report it to whoever runs the endpoint."),
            ),
            Self::CertificateName => Meaning::new(
                phrase!("The server's certificate is for another host name."),
                phrase!("Check the endpoint; something in between may be answering in its place."),
            ),
            Self::CertificateUntrusted => Meaning::new(
                phrase!("This machine does not trust the server's certificate; something in between may read along."),
                phrase!("Find out whose certificate it is; if it is your network's own, set ca_file in the profile."),
            ),
            Self::CertificateInvalid => Meaning::new(
                phrase!("The server's certificate is invalid."),
                phrase!("Check the endpoint; if it is right, report the certificate to whoever runs it."),
            ),
            Self::NoAuthorities => Meaning::new(
                phrase!("This machine has no trusted certificates."),
                phrase!("Install the system's CA certificates (package ca-certificates)."),
            ),
            Self::NotTls => Meaning::new(
                phrase!("The server answered with something that is not TLS."),
                phrase!("Check the endpoint's port, which may expect http, and whether a proxy is in between."),
            ),
            Self::NoCommonTls => Meaning::new(
                phrase!("The server and this program share no TLS version or cipher."),
                phrase!("TLS 1.2 or 1.3 is required; check the endpoint, and whether a proxy is in between."),
            ),
            Self::TlsFailed => Meaning::new(
                phrase!("The TLS handshake with the server failed."),
                phrase!("Check the endpoint and its port; a proxy or firewall in between may break it."),
            ),
            Self::NotHttp => Meaning::new(
                phrase!("The server answered with something that is not HTTP."),
                phrase!("Check the endpoint's port, which may expect https, and whether a proxy is in between."),
            ),
            Self::UnknownHost => Meaning::new(
                phrase!("The host name of the endpoint was not found."),
                phrase!("Check the region in the endpoint, the network's DNS, and whether a proxy is needed."),
            ),
            Self::Refused => Meaning::new(
                phrase!("The connection was refused: nothing listens at this address."),
                phrase!("Check the endpoint and its port; a firewall may refuse it too."),
            ),
            Self::NoRoute => Meaning::new(
                phrase!("There is no route to the server."),
                phrase!("Check the network, and whether a proxy is needed."),
            ),
            Self::TimedOut => Meaning::new(
                phrase!("The server did not respond in time."),
                phrase!("Check the network, and whether a proxy is needed; a firewall may drop the request."),
            ),
            Self::Reset => Meaning::new(
                phrase!("The connection was reset."),
                phrase!("Try again; if it happens again, a proxy or firewall in between may reset it."),
            ),
            Self::Closed => Meaning::new(
                phrase!("The server closed the connection."),
                phrase!("Try again; if it happens again, check the endpoint and what is in between."),
            ),
            Self::NoDescriptors => Meaning::new(
                phrase!("This program has too many open files and connections."),
                phrase!("Raise the limit of open files (ulimit -n), then start again."),
            ),
        }
    }

    /// Returns whether a retry cannot help: certificates, proxy credentials and protocols do not change by themselves.
    #[must_use]
    pub fn is_permanent(self) -> bool {
        match self {
            Self::ProxyAuthentication
            | Self::CertificateTime
            | Self::CertificateName
            | Self::CertificateUntrusted
            | Self::CertificateInvalid
            | Self::NoAuthorities
            | Self::NotTls
            | Self::NoCommonTls => true,
            Self::ProxyRefused
            | Self::ProxyNotReached
            | Self::TlsFailed
            | Self::NotHttp
            | Self::UnknownHost
            | Self::Refused
            | Self::NoRoute
            | Self::TimedOut
            | Self::Reset
            | Self::Closed
            | Self::NoDescriptors => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn every_kind_has_a_reason_and_sentences_of_its_own() {
        let all = ConnectionErrorKind::ALL;
        let reasons: BTreeSet<&str> = all.into_iter().map(ConnectionErrorKind::reason).collect();
        let whats: BTreeSet<&str> = all.into_iter().map(|kind| kind.meaning().what).collect();
        assert_eq!((reasons.len(), whats.len()), (all.len(), all.len()));
        for kind in all {
            let Meaning { what, advice } = kind.meaning();
            for text in [what, advice] {
                assert!(text.len() <= 110 && text.ends_with('.'), "{text}");
            }
        }
    }

    #[test]
    fn a_kind_is_explained_in_the_language_that_is_spoken() {
        let chinese = with_language(Language::Chinese, || ConnectionErrorKind::TimedOut.meaning().what);
        assert_eq!(chinese, "服务器未及时响应。");
    }
}
