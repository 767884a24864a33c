//! TLS on the loopback interface: a certificate authority and a certificate that exist as long as the simulator.
//! Nothing trusts them by default; the client must be given the certificate of the authority.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

/// The host names and addresses in the certificate.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The versions of TLS that a simulator offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TlsVersions {
    /// 1.2 and 1.3.
    #[default]
    Both,
    /// 1.2 alone, as on older gateways.
    OnlyTls12,
    /// 1.3 alone.
    OnlyTls13,
}

impl TlsVersions {
    fn offered(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Self::Both => vec![&TLS13, &TLS12],
            Self::OnlyTls12 => vec![&TLS12],
            Self::OnlyTls13 => vec![&TLS13],
        }
    }
}

/// A reason that TLS could not be set up.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The keys or certificates could not be created.
    #[error("{0}")]
    Making(#[from] rcgen::Error),
    /// The TLS server could not be configured with the certificate.
    #[error("{0}")]
    Using(#[from] rustls::Error),
}

/// The TLS identity of a simulator.
pub(in crate::simulator) struct TlsIdentity {
    /// The certificate of the authority in PEM, for clients to trust.
    pub(in crate::simulator) ca_pem: String,
    pub(in crate::simulator) acceptor: TlsAcceptor,
}

impl TlsIdentity {
    /// Creates a new authority and a certificate signed by it. No two simulators have the same.
    pub(in crate::simulator) fn make(versions: TlsVersions) -> Result<Self, TlsError> {
        let ca_key = KeyPair::generate()?;
        let ca_params = authority();
        let ca_pem = ca_params.self_signed(&ca_key)?.pem();
        let key = KeyPair::generate()?;
        let certificate = server()?.signed_by(&key, &Issuer::new(ca_params, ca_key))?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&versions.offered())?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { ca_pem, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

fn authority() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Simulator of cph-wizard, trusted by nobody");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn server() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.insert_extended_key_usage(ExtendedKeyUsagePurpose::ServerAuth);
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::{TlsIdentity, TlsVersions};

    #[test]
    fn every_simulator_has_an_authority_of_its_own_and_shows_no_key() {
        let made = || TlsIdentity::make(TlsVersions::Both).expect("an identity").ca_pem;
        let (one, other) = (made(), made());
        assert!(one.starts_with("-----BEGIN CERTIFICATE-----") && !one.contains("PRIVATE"), "{one}");
        assert_ne!(one, other);
    }
}
