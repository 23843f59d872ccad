//! The proxy's own TLS, over real sockets.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{Settings, TlsFiles};
use frontdesk_proxy::serve;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned};
use tempfile::TempDir;

use crate::support::*;

const HOST: &str = "book.north.example";

/// Writes a certificate that signs itself, and its key.
fn certify(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

fn files(folder: &Path) -> TlsFiles {
    TlsFiles {
        cert: folder.join("cert.pem"),
        key: folder.join("key.pem"),
    }
}

async fn settings(folder: &TempDir) -> Settings {
    let studio = demo_studio::Studio::open(demo_studio::Settings {
        key: KEY.into(),
        ..Default::default()
    })
    .await
    .unwrap();
    let mut settings = settings_for(folder, listen(studio.router()).await);
    settings.server.doors.tls = Some(files(folder.path()));
    settings
}

/// Connects as a browser does that trusts one certificate.
fn connect(
    address: SocketAddr,
    trusted: CertificateDer<'static>,
    protocols: &[&str],
) -> std::io::Result<StreamOwned<ClientConnection, std::net::TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let name = ServerName::try_from(HOST).unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = std::net::TcpStream::connect(address)?;
    socket.set_read_timeout(Some(std::time::Duration::from_secs(30)))?;
    while client.is_handshaking() {
        client.complete_io(&mut socket)?;
    }
    Ok(StreamOwned::new(client, socket))
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn members_come_by_tls_and_a_renewed_certificate_holds_for_whoever_comes_next() {
    let folder = folder();
    let first = certify(folder.path());
    let settings = settings(&folder).await;
    let proxy = serve::open(settings.clone(), false, Clock::system())
        .await
        .unwrap();
    let (address, house) = (proxy.address(), proxy.house());
    assert!(proxy.is_tls());
    let task = tokio::spawn(proxy.serve(std::future::pending()));

    let trusted = first.clone();
    let (version, said) = off_the_loop(move || {
        let mut stream = connect(address, trusted, &["http/1.1"]).unwrap();
        let body = format!("{{\"customerNumber\":\"{}\",\"dateOfBirth\":\"{}\"}}", NORA.0, NORA.1);
        let head = format!("POST /session HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        (stream.conn.protocol_version(), String::from_utf8_lossy(&said).to_ascii_lowercase())
    })
    .await;
    assert_eq!(version, Some(ProtocolVersion::TLSv1_3));
    assert!(
        said.starts_with("http/1.1 200") && said.contains("set-cookie: __host-frontdesk="),
        "{said}"
    );
    assert!(
        said.contains("; secure") && said.contains("strict-transport-security: max-age="),
        "{said}"
    );

    std::fs::write(folder.path().join("cert.pem"), "not a certificate").unwrap();
    let error = house
        .reload(settings.clone().into())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("FRONTDESK_TLS_CERT") && error.contains("cert.pem"),
        "{error}"
    );
    let trusted = first.clone();
    assert!(
        off_the_loop(move || connect(address, trusted, &[]).is_ok()).await,
        "the old one holds"
    );

    let second = certify(folder.path());
    assert_eq!(house.reload(settings.into()).await.unwrap(), Vec::<&str>::new());
    let (old, new) = (first, second);
    let taken = off_the_loop(move || {
        (
            connect(address, old, &[]).is_ok(),
            connect(address, new, &[]).is_ok(),
        )
    })
    .await;
    assert_eq!(taken, (false, true));
    task.abort();
}

/// A frame of HTTP/2 (RFC 9113, 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The status that a request by HTTP/2 is answered with: one byte of the static table (RFC 7541, appendix A).
fn status_by_http_2(address: SocketAddr, trusted: CertificateDer<'static>, method: &str, origin: &str) -> u8 {
    let mut stream = connect(address, trusted, &["h2", "http/1.1"]).unwrap();
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"h2"[..]));
    let text =
        |name: u8, value: &str| [&[name, u8::try_from(value.len()).unwrap()], value.as_bytes()].concat();
    let origin = [text(0x40, "origin"), text(0, origin)[1..].to_vec()].concat();
    let head = [
        text(0x42, method),
        vec![0x87],
        text(0x44, "/session"),
        text(0x41, HOST),
        origin,
    ]
    .concat();
    let mut asks = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    asks.extend(frame(4, 0, 0, &[]));
    asks.extend(frame(1, 0x5, 1, &head));
    stream.write_all(&asks).unwrap();
    loop {
        let mut header = [0; 9];
        stream.read_exact(&mut header).unwrap();
        let mut payload = vec![0; u32::from_be_bytes([0, header[0], header[1], header[2]]) as usize];
        stream.read_exact(&mut payload).unwrap();
        if header[3] == 1 {
            // A new size of the table may come first.
            return payload.into_iter().find(|byte| byte >> 5 != 1).unwrap();
        }
        assert!(header[3] != 7, "no goodbye before the answer");
    }
}

#[tokio::test]
async fn by_http_2_the_same_holds() {
    let folder = folder();
    let trusted = certify(folder.path());
    let proxy = serve::open(settings(&folder).await, false, Clock::system())
        .await
        .unwrap();
    let address = proxy.address();
    let task = tokio::spawn(proxy.serve(std::future::pending()));
    let own = trusted.clone();
    let answered = |method: &'static str, origin: &'static str, trusted: CertificateDer<'static>| {
        off_the_loop(move || status_by_http_2(address, trusted, method, origin))
    };
    const OK: u8 = 0x88;
    assert_eq!(answered("GET", "https://evil.example", own.clone()).await, OK);
    // Where it comes from is compared with the host of HTTP/2, which is no header.
    assert_eq!(
        answered("DELETE", "https://book.north.example", own.clone()).await,
        OK
    );
    assert_ne!(answered("DELETE", "https://evil.example", own).await, OK);
    task.abort();
}

#[tokio::test]
async fn files_that_cannot_be_used_end_the_start_and_nothing_of_a_key_is_said() {
    let folder = folder();
    certify(folder.path());
    let settings = settings(&folder).await;
    let key = std::fs::read_to_string(folder.path().join("key.pem")).unwrap();
    let other = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
    let cert = std::fs::read_to_string(folder.path().join("cert.pem")).unwrap();
    let secret = key.lines().nth(1).unwrap().to_owned();
    for (name, text, says) in [
        (
            "key.pem",
            other.signing_key.serialize_pem(),
            "cannot be used with its key",
        ),
        ("key.pem", cert.clone(), "FRONTDESK_TLS_KEY"),
        (
            "key.pem",
            format!("-----BEGIN PRIVATE KEY-----\n{secret}"),
            "FRONTDESK_TLS_KEY",
        ),
        ("cert.pem", key.clone(), "holds no certificate"),
        ("cert.pem", String::new(), "FRONTDESK_TLS_CERT"),
    ] {
        std::fs::write(folder.path().join("key.pem"), &key).unwrap();
        std::fs::write(folder.path().join("cert.pem"), &cert).unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let error = serve::open(settings.clone(), false, Clock::system())
            .await
            .err()
            .expect(says)
            .to_string();
        assert!(
            error.contains(says) && !error.contains('\n') && !error.contains(&secret),
            "{error}"
        );
    }
}
