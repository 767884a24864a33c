//! Maps errors of the HTTP, TLS and I/O libraries to failures that can be explained: by type where the libraries have
//! types, otherwise by text. The libraries' own messages go to the log. Nothing about an order is concluded from an
//! error: only the body proves that it was not sent (`gated_body.rs`).

use std::error::Error;
use std::io::{self, ErrorKind};

use jiff::Timestamp;
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError};
use tracing::debug;

use crate::api::reason::FailureReason;
use crate::codes::{ConnectionError, ConnectionErrorKind};
use crate::text::untrusted::sanitize_line;

/// The most characters of a library's message that are kept.
const MAX_CHARS: usize = 300;

/// The most names of a certificate that are shown.
const MAX_NAMES: usize = 4;

/// The most errors of a chain that are examined.
const MAX_LINKS: usize = 16;

/// Returns the reason why a call failed, without its address.
pub(in crate::api) fn reason(error: reqwest::Error) -> FailureReason {
    connection_error(error).into()
}

/// Returns the reason why a call failed, as data that a record can keep.
pub(in crate::api) fn connection_error(error: reqwest::Error) -> ConnectionError {
    let error = error.without_url();
    if error.is_timeout() {
        return ConnectionErrorKind::TimedOut.into();
    }
    chain_reason(&error)
}

/// Returns the reason why a connection or a name lookup failed.
pub(in crate::api) fn io_reason(error: &io::Error) -> FailureReason {
    chain_reason(error).into()
}

/// Returns the reason why no client could be built.
pub(in crate::api) fn build_reason(error: &reqwest::Error) -> FailureReason {
    let links = links(error);
    log(&links);
    if let Some(error) = links.iter().rev().find_map(|link| known(*link)) {
        return error.into();
    }
    FailureReason::ClientNotBuilt { cause: cause(&links) }
}

fn chain_reason(error: &(dyn Error + 'static)) -> ConnectionError {
    let links = links(error);
    log(&links);
    // What a proxy said comes before how the connection to it ended.
    let known =
        links.iter().find_map(|link| proxy_reason(*link)).or_else(|| links.iter().rev().find_map(|link| known(*link)));
    known.unwrap_or_else(|| ConnectionError::Other { cause: cause(&links) })
}

/// Returns an error and its causes, the outermost first. The error inside an `io::Error` is included, although it is
/// not its `source`.
fn links<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut links = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next.filter(|_| links.len() < MAX_LINKS) {
        links.push(error);
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = held.map(|held| held as &(dyn Error + 'static)).or_else(|| error.source());
    }
    links
}

/// Returns the message of the innermost error.
fn cause(links: &[&(dyn Error + 'static)]) -> String {
    links.last().map_or_else(String::new, |innermost| sanitize_line(&innermost.to_string(), MAX_CHARS))
}

fn log(links: &[&(dyn Error + 'static)]) {
    debug!(
        target: "cph_wizard::api",
        libraries = links.iter().map(|link| sanitize_line(&link.to_string(), MAX_CHARS)).collect::<Vec<_>>().join(": "),
        "connection failure"
    );
}

/// Maps one error of a chain; `None` if it is not a known one.
fn known(error: &(dyn Error + 'static)) -> Option<ConnectionError> {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(tls_reason(error));
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return os_reason(error).map(ConnectionError::from);
    }
    text_reason(&error.to_string()).map(ConnectionError::from)
}

fn proxy_reason(error: &(dyn Error + 'static)) -> Option<ConnectionError> {
    let words = error.to_string();
    Some(ConnectionError::from(match words.strip_prefix("tunnel error: ")? {
        "proxy authorization required" => ConnectionErrorKind::ProxyAuthentication,
        "failed to create underlying connection" => ConnectionErrorKind::ProxyNotReached,
        _ => ConnectionErrorKind::ProxyRefused,
    }))
}

/// Maps an error of the HTTP library itself by its text, because it has no type to examine.
fn text_reason(words: &str) -> Option<ConnectionErrorKind> {
    const ENDED: [&str; 4] = [
        "connection closed before message completed",
        "operation was canceled",
        "channel closed",
        "end of file before message length reached",
    ];
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| words.starts_with(beginning));
    if words == "dns error" {
        Some(ConnectionErrorKind::UnknownHost)
    } else if begins(&ENDED) {
        Some(ConnectionErrorKind::Closed)
    } else if begins(&["invalid HTTP", "message head is too large", "received unexpected message from connection"]) {
        Some(ConnectionErrorKind::NotHttp)
    } else {
        None
    }
}

fn os_reason(error: &io::Error) -> Option<ConnectionErrorKind> {
    // The limit of this process, and that of the whole system.
    let full = [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE].map(rustix::io::Errno::raw_os_error);
    if error.raw_os_error().is_some_and(|code| full.contains(&code)) {
        return Some(ConnectionErrorKind::NoDescriptors);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Some(ConnectionErrorKind::Refused),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Some(ConnectionErrorKind::Reset),
        ErrorKind::ConnectionAborted | ErrorKind::NotConnected | ErrorKind::UnexpectedEof => {
            Some(ConnectionErrorKind::Closed)
        }
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
            Some(ConnectionErrorKind::NoRoute)
        }
        ErrorKind::TimedOut => Some(ConnectionErrorKind::TimedOut),
        // The form of a body in pieces.
        ErrorKind::InvalidInput | ErrorKind::InvalidData => Some(ConnectionErrorKind::NotHttp),
        _ if error.to_string().starts_with("failed to lookup address information") => {
            Some(ConnectionErrorKind::UnknownHost)
        }
        _ => None,
    }
}

fn tls_reason(error: &rustls::Error) -> ConnectionError {
    use rustls::Error as Tls;
    let failure = match error {
        Tls::InvalidCertificate(error) => return certificate_reason(error),
        Tls::NoCertificatesPresented => ConnectionErrorKind::CertificateInvalid,
        Tls::InvalidMessage(_) | Tls::PeerSentOversizedRecord => ConnectionErrorKind::NotTls,
        Tls::PeerIncompatible(_)
        | Tls::AlertReceived(
            AlertDescription::HandshakeFailure
            | AlertDescription::ProtocolVersion
            | AlertDescription::InsufficientSecurity,
        ) => ConnectionErrorKind::NoCommonTls,
        Tls::General(words) if words.starts_with("No CA certificates") => ConnectionErrorKind::NoAuthorities,
        // Another alert, or a server that breaks the protocol.
        _ => ConnectionErrorKind::TlsFailed,
    };
    failure.into()
}

fn certificate_reason(error: &CertificateError) -> ConnectionError {
    use CertificateError as Bad;
    match error {
        Bad::ExpiredContext { not_after, .. } => {
            let expired = |date| ConnectionError::CertificateExpired { date };
            date(*not_after).map_or(ConnectionErrorKind::CertificateTime.into(), expired)
        }
        Bad::NotValidYetContext { not_before, .. } => {
            let not_yet_valid = |date| ConnectionError::CertificateNotYetValid { date };
            date(*not_before).map_or(ConnectionErrorKind::CertificateTime.into(), not_yet_valid)
        }
        Bad::Expired | Bad::NotValidYet => ConnectionErrorKind::CertificateTime.into(),
        Bad::NotValidForNameContext { expected, presented } => {
            let host = sanitize_line(&expected.to_str(), 100);
            let names: Vec<String> =
                presented.iter().take(MAX_NAMES).map(|name| sanitize_line(bare(name), 100)).collect();
            let names = names.join(", ");
            if names.is_empty() {
                return ConnectionErrorKind::CertificateName.into();
            }
            ConnectionError::CertificateNames { names, host }
        }
        Bad::NotValidForName => ConnectionErrorKind::CertificateName.into(),
        // The signature is bad where another authority has the name of a trusted one.
        Bad::UnknownIssuer | Bad::BadSignature => ConnectionErrorKind::CertificateUntrusted.into(),
        // A certificate that signed itself.
        Bad::Other(error) if format!("{error:?}").contains("CaUsedAsEndEntity") => {
            ConnectionErrorKind::CertificateUntrusted.into()
        }
        _ => ConnectionErrorKind::CertificateInvalid.into(),
    }
}

/// Extracts the name from the form in which the library writes it: `DnsName("a.example")`.
fn bare(name: &str) -> &str {
    name.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"')).map_or(name, |(name, _)| name)
}

/// Formats the UTC day of a time; `None` if it is outside the calendar's range.
fn date(time: UnixTime) -> Option<String> {
    let time = Timestamp::from_second(time.as_secs().try_into().ok()?).ok()?;
    Some(time.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustls::pki_types::ServerName;
    use rustls::{InvalidMessage, PeerIncompatible, PeerMisbehaved};

    use super::*;
    use crate::i18n::{Language, with_language};

    fn tls(error: rustls::Error) -> io::Error {
        io::Error::other(error)
    }

    #[test]
    fn errors_of_tls_become_plain_words() {
        use rustls::Error as Tls;
        let time = UnixTime::since_unix_epoch(Duration::from_secs(1_700_000_000));
        let for_name = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("cph.example").unwrap(),
            presented: vec!["DnsName(\"other.example\")".into()],
        };
        for (error, failure) in [
            (Tls::AlertReceived(AlertDescription::HandshakeFailure), ConnectionErrorKind::NoCommonTls),
            (Tls::AlertReceived(AlertDescription::ProtocolVersion), ConnectionErrorKind::NoCommonTls),
            (Tls::AlertReceived(AlertDescription::UnrecognisedName), ConnectionErrorKind::TlsFailed),
            (Tls::PeerIncompatible(PeerIncompatible::NoCipherSuitesInCommon), ConnectionErrorKind::NoCommonTls),
            (Tls::PeerMisbehaved(PeerMisbehaved::IncorrectBinder), ConnectionErrorKind::TlsFailed),
            (Tls::InvalidMessage(InvalidMessage::InvalidContentType), ConnectionErrorKind::NotTls),
            (Tls::NoCertificatesPresented, ConnectionErrorKind::CertificateInvalid),
            (Tls::General("No CA certificates were loaded from the system".into()), ConnectionErrorKind::NoAuthorities),
            (CertificateError::UnknownIssuer.into(), ConnectionErrorKind::CertificateUntrusted),
            (CertificateError::BadSignature.into(), ConnectionErrorKind::CertificateUntrusted),
            (CertificateError::Revoked.into(), ConnectionErrorKind::CertificateInvalid),
            (CertificateError::Expired.into(), ConnectionErrorKind::CertificateTime),
            (CertificateError::ExpiredContext { time, not_after: time }.into(), ConnectionErrorKind::CertificateTime),
            (
                CertificateError::NotValidYetContext { time, not_before: time }.into(),
                ConnectionErrorKind::CertificateTime,
            ),
            (for_name.into(), ConnectionErrorKind::CertificateName),
        ] {
            let library = error.to_string();
            let why = io_reason(&tls(error));
            assert_eq!(why.connection_error().unwrap().kind(), Some(failure), "{library}: {why}");
            assert!(why.explanation().is_some() && !why.to_string().contains(&library), "{library}: {why}");
            assert!(with_language(Language::Chinese, || why.explanation()).is_some());
        }
        let expired = io_reason(&tls(CertificateError::ExpiredContext { time, not_after: time }.into()));
        assert_eq!(expired.to_string(), "the server's certificate expired on 2023-11-14");
    }

    #[test]
    fn the_names_of_a_certificate_and_the_host_are_told() {
        let error = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("cph.example").unwrap(),
            presented: (0..9).map(|n| format!("DnsName(\"n{n}.example\u{1b}\")")).collect(),
        };
        let why = io_reason(&tls(error.into())).to_string();
        let esc = "<U+001B>";
        assert_eq!(
            why,
            format!(
                "the server's certificate is for n0.example{esc}, n1.example{esc}, n2.example{esc}, n3.example{esc}, \
                 not for cph.example"
            )
        );
    }

    #[test]
    fn errors_of_the_system_become_plain_words() {
        use rustix::io::Errno;
        for (errno, failure) in [
            (Errno::CONNREFUSED, ConnectionErrorKind::Refused),
            (Errno::CONNRESET, ConnectionErrorKind::Reset),
            (Errno::PIPE, ConnectionErrorKind::Reset),
            (Errno::NETUNREACH, ConnectionErrorKind::NoRoute),
            (Errno::HOSTUNREACH, ConnectionErrorKind::NoRoute),
            (Errno::TIMEDOUT, ConnectionErrorKind::TimedOut),
            (Errno::MFILE, ConnectionErrorKind::NoDescriptors),
        ] {
            let why = io_reason(&io::Error::from_raw_os_error(errno.raw_os_error()));
            assert_eq!(why.to_string(), failure.reason());
        }
        let lookup = io::Error::other("failed to lookup address information: Name or service not known");
        assert_eq!(io_reason(&lookup).to_string(), ConnectionErrorKind::UnknownHost.reason());
        // What is not known is shown as the system says it.
        let unknown = io_reason(&io::Error::from_raw_os_error(Errno::NOBUFS.raw_os_error()));
        assert_eq!(unknown.to_string(), "the connection failed (No buffer space available (os error 105))");
        assert!(!unknown.is_permanent() && unknown.explanation().is_none());
    }
}
