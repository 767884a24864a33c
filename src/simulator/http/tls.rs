//! TLS on the loopback interface: an authority and a certificate that live as long as the simulator does.
//! Nothing of it is ever trusted by itself; a client has to be given the authority.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

/// The names and addresses that the certificate is for.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Which versions of TLS a simulator offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TlsVersions {
    /// 1.2 and 1.3.
    #[default]
    Both,
    /// 1.2 alone, as older gateways do.
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

/// Why there is no certificate.
#[derive(Debug, Error)]
pub enum TlsError {
    /// It could not be made.
    #[error("{0}")]
    Making(#[from] rcgen::Error),
    /// It could not be put to use.
    #[error("{0}")]
    Using(#[from] rustls::Error),
}

/// What a simulator shows to those who connect.
pub(in crate::simulator) struct TlsIdentity {
    /// The authority's certificate in PEM, for clients to trust.
    pub(in crate::simulator) ca_pem: String,
    pub(in crate::simulator) acceptor: TlsAcceptor,
}

impl TlsIdentity {
    /// A new authority and a certificate signed by it; no two simulators have the same.
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
