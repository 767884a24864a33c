//! Why a place could not be reached at all, told from the words of the libraries that tried: names,
//! connections, proxies and certificates. These are no codes of the cloud, but they want the same
//! two sentences.

use super::Meaning;
use crate::words::phrase;

/// Words of the HTTP, TLS and system libraries in lower case, the more telling ones first. They are
/// English whatever language is spoken.
const REASONS: &[(&[&str], Meaning)] = &[
    (
        &["proxy authorization required", "proxy authentication required"],
        Meaning::new(
            phrase!("The proxy wants credentials of its own."),
            phrase!("Give the proxy's user and password, or go past the proxy."),
        ),
    ),
    (
        &["tunnel error", "socks error"],
        Meaning::new(
            phrase!("The proxy does not let the connection through."),
            phrase!("Ask the network's administrator to allow the cloud's hosts, or go past the proxy."),
        ),
    ),
    (
        &["certificate expired", "certificate not valid yet"],
        Meaning::new(
            phrase!("The certificate does not hold at the time of this machine's clock."),
            phrase!("Set the clock; if it is right, report it to whoever runs the endpoint."),
        ),
    ),
    (
        &["certificate not valid for name", "notvalidforname"],
        Meaning::new(
            phrase!("The certificate is for another name than the endpoint's."),
            phrase!("Check the endpoint; something on the way may be answering in its place."),
        ),
    ),
    (
        // The signature is bad where another authority has the name of a trusted one.
        &[
            "unknownissuer",
            "badsignature",
            "self-signed",
            "self signed",
            "causedasendentity",
            "unable to get local issuer",
        ],
        Meaning::new(
            phrase!(
                "The certificate comes from nobody this machine trusts; something on the way may be reading along."
            ),
            phrase!("Ask whose certificate it is; if it is your network's own, name its CA file in the profile."),
        ),
    ),
    (
        &["corrupt message", "invalidcontenttype", "peer is incompatible", "protocolversion"],
        Meaning::new(
            phrase!("What answers at this address does not speak TLS 1.2 or newer."),
            phrase!("Check the endpoint and its port, and whether a proxy is in between."),
        ),
    ),
    (
        &["dns error", "failed to lookup address", "name or service not known"],
        Meaning::new(
            phrase!("The name of the endpoint is not known to this network."),
            phrase!("Check the region in the endpoint, the network, and whether a proxy is needed."),
        ),
    ),
    (
        &["connection refused"],
        Meaning::new(
            phrase!("Nothing listens at this address."),
            phrase!("Check the endpoint and its port; a firewall may refuse too."),
        ),
    ),
    (
        &["network is unreachable", "no route to host", "host is unreachable"],
        Meaning::new(
            phrase!("There is no way to this address."),
            phrase!("Check the network, and whether a proxy is needed."),
        ),
    ),
    (
        &["timed out", "deadline has elapsed"],
        Meaning::new(
            phrase!("Nothing answers at this address in time."),
            phrase!("Check the network, and whether a proxy is needed; a firewall may swallow the call."),
        ),
    ),
];

/// What it means that a place was not reached, from the libraries' words; `None` if they say
/// nothing that is known.
#[must_use]
pub fn unreached(why: &str) -> Option<Meaning> {
    let why = why.to_lowercase();
    let (_, meaning) = REASONS.iter().find(|(words, _)| words.iter().any(|word| why.contains(word)))?;
    Some(meaning.spoken())
}

/// Whether a place stays out of reach however often it is tried: what a certificate or a proxy says
/// once it says again.
#[must_use]
pub fn lasts(why: &str) -> bool {
    let why = why.to_lowercase();
    why.contains("certificate") || why.contains("proxy auth")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, speaking};

    #[test]
    fn each_way_not_to_arrive_has_its_own_meaning() {
        // As the libraries write them.
        let seen: Vec<&str> = [
            "tunnel error: proxy authorization required",
            "tunnel error: unsuccessful",
            "invalid peer certificate: certificate expired: verification time 1 (UNIX)",
            "invalid peer certificate: certificate not valid for name \"a.example\"; certificate is only valid for b",
            "invalid peer certificate: UnknownIssuer",
            "received corrupt message of type InvalidContentType",
            "dns error: failed to lookup address information: Name or service not known",
            "tcp connect error: Connection refused (os error 111)",
            "tcp connect error: Network is unreachable (os error 101)",
            "operation timed out",
        ]
        .into_iter()
        .map(|why| unreached(why).unwrap().what)
        .collect();
        let different: std::collections::BTreeSet<&str> = seen.iter().copied().collect();
        assert_eq!(different.len(), REASONS.len());
        assert_eq!(unreached("something else"), None);
    }

    #[test]
    fn the_sentences_have_the_form_of_sentences() {
        for (words, Meaning { what, advice }) in REASONS {
            for text in [what, advice] {
                assert!(text.len() <= 110 && text.ends_with('.') && !text.contains("nvalid"), "{text}");
            }
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{words:?}");
        }
    }

    #[test]
    fn reasons_are_found_in_the_libraries_words_whatever_language_is_spoken() {
        let meaning = speaking(Language::Chinese, || unreached("operation timed out")).unwrap();
        assert_eq!(meaning.what, "此地址未及时应答。");
    }
}
