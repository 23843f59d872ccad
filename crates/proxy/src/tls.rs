//! The proxy's own TLS: 1.2 and 1.3, with HTTP/1.1 and HTTP/2; and certificates that are renewed while it serves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::config::TlsFiles;
use crate::doors::Doors;

/// Certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The certificates' file.
    #[error("FRONTDESK_TLS_CERT: {0} {1}")]
    Certificate(PathBuf, String),
    /// The key's file. Nothing of what is in it is said.
    #[error("FRONTDESK_TLS_KEY: {0} {1}")]
    Key(PathBuf, String),
    /// They do not go together.
    #[error("FRONTDESK_TLS_CERT: {0} cannot be used with its key: {1}")]
    Pair(PathBuf, rustls::Error),
}

/// What connections are secured with, at any time.
pub(crate) struct Tls(RustlsConfig);

/// One that was read and holds from [`NewCertificate::take_effect`] on.
pub(crate) struct NewCertificate<'a> {
    tls: &'a Tls,
    config: Arc<ServerConfig>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// One sentence.
    pub(crate) fn open(files: &TlsFiles) -> Result<Self, TlsError> {
        Ok(Self(RustlsConfig::from_config(load(files)?)))
    }

    /// Reads the files anew, and changes nothing yet.
    ///
    /// # Errors
    /// One sentence.
    pub(crate) fn read(&self, files: &TlsFiles) -> Result<NewCertificate<'_>, TlsError> {
        Ok(NewCertificate {
            tls: self,
            config: load(files)?,
        })
    }

    /// Secures the connections that are let in.
    pub(crate) fn behind(&self, doors: Doors) -> RustlsAcceptor<Doors> {
        RustlsAcceptor::new(self.0.clone()).acceptor(doors)
    }
}

impl NewCertificate<'_> {
    /// For connections from now on.
    pub(crate) fn take_effect(self) {
        self.tls.0.reload_from_config(self.config);
    }
}

fn load(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = chain(&files.cert)?;
    let key = key(&files.key)?;
    let pair = |error| TlsError::Pair(files.cert.clone(), error);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(pair)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(pair)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let odd = |why: String| TlsError::Certificate(file.into(), why);
    let found = CertificateDer::pem_file_iter(file).map_err(|error| odd(said(&error)))?;
    let chain: Vec<_> = found
        .collect::<Result<_, _>>()
        .map_err(|error| odd(said(&error)))?;
    if chain.is_empty() {
        return Err(odd("holds no certificate in PEM".into()));
    }
    Ok(chain)
}

fn key(file: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_file(file).map_err(|error| TlsError::Key(file.into(), said(&error)))
}

/// Less what stands in the file.
fn said(error: &pem::Error) -> String {
    match error {
        pem::Error::Io(cause) => format!("cannot be read: {cause}"),
        pem::Error::NoItemsFound => "holds nothing of the kind in PEM".into(),
        _ => "is not PEM".into(),
    }
}
