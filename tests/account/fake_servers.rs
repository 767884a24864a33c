//! What stands between a client and the simulator: a server behind TLS that answers as a test wants or hands
//! everything on, a proxy, and a place where nobody should ever arrive.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method and target.
    pub line: String,
    /// All of the head, in lower case.
    pub head: String,
    pub body: Vec<u8>,
}

/// An answer with this status and body, and a connection that goes on.
pub fn json(status: u16, body: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
    format!("{head}\r\n\r\n{body}").into_bytes()
}

type Script = dyn Fn(&Request) -> Vec<u8> + Send + Sync;

/// What is done with a connection after the handshake.
enum Behind {
    Script(Arc<Script>),
    /// Everything goes on to this address, without TLS.
    Relay(SocketAddr),
}

/// A server with a certificate for a name.
pub struct Front {
    pub address: SocketAddr,
    pub ca_file: PathBuf,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
    _home: TempDir,
}

impl Front {
    /// Answers each request as the script says; an answer that is shorter than it announces ends the connection.
    pub async fn scripted(script: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::start("127.0.0.1", Behind::Script(Arc::new(script))).await
    }

    /// Takes the place of a cloud of this name and hands everything on.
    pub async fn relaying(name: &str, to: SocketAddr) -> Self {
        Self::start(name, Behind::Relay(to)).await
    }

    /// The same with a certificate that has expired.
    pub async fn expired(to: SocketAddr) -> Self {
        Self::begin(identity("127.0.0.1", true), Behind::Relay(to)).await
    }

    async fn start(name: &str, behind: Behind) -> Self {
        Self::begin(identity(name, false), behind).await
    }

    async fn begin((acceptor, ca_pem): (TlsAcceptor, String), behind: Behind) -> Self {
        let home = tempfile::tempdir().unwrap();
        let ca_file = home.path().join("ca.pem");
        std::fs::write(&ca_file, ca_pem).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, behind) = (Arc::clone(&requests), Arc::new(behind));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, log, behind) = (acceptor.clone(), Arc::clone(&log), Arc::clone(&behind));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    match &*behind {
                        Behind::Script(script) => serve(&mut stream, &log, script).await,
                        Behind::Relay(to) => relay(&mut stream, *to).await,
                    }
                });
            }
        });
        Self { address, ca_file, requests, task, _home: home }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn identity(name: &str, is_expired: bool) -> (TlsAcceptor, String) {
    let ca_key = KeyPair::generate().unwrap();
    let mut ca_params = CertificateParams::default();
    ca_params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca_params.distinguished_name.push(DnType::CommonName, "An authority of a test");
    let ca_pem = ca_params.self_signed(&ca_key).unwrap().pem();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    if is_expired {
        params.not_after = date_time_ymd(2023, 11, 14);
    }
    let certificate = params.signed_by(&key, &Issuer::new(ca_params, ca_key)).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), ca_pem)
}

async fn serve(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), log: &Mutex<Vec<Request>>, script: &Arc<Script>) {
    while let Some(request) = read(stream).await {
        log.lock().unwrap().push(request.clone());
        let answer = script(&request);
        let is_whole = is_whole(&answer);
        if stream.write_all(&answer).await.is_err() || stream.flush().await.is_err() || !is_whole {
            let _ = stream.shutdown().await;
            return;
        }
    }
}

async fn relay(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), to: SocketAddr) {
    let mut behind = TcpStream::connect(to).await.unwrap();
    // Either side may end the connection as it likes.
    let _ = copy_bidirectional(stream, &mut behind).await;
}

fn is_whole(message: &[u8]) -> bool {
    let Some(end) = message.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    message.len() - end - 4 >= length.unwrap_or(0)
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let line = text.lines().next()?.trim_end_matches(" HTTP/1.1").to_owned();
    Some(Request { line, head: text.to_ascii_lowercase(), body: bytes[end + 4..].to_vec() })
}

/// A proxy that knows CONNECT and nothing else.
pub struct Proxy {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Lets everything through to one place, whatever name it is for.
    pub async fn to(place: SocketAddr) -> Self {
        Self::start(Ok(place)).await
    }

    /// Answers every CONNECT with this and ends the connection.
    pub async fn refusing(answer: &'static str) -> Self {
        Self::start(Err(answer)).await
    }

    async fn start(behaviour: Result<SocketAddr, &'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let log = Arc::clone(&log);
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else { return };
                    let is_connect = request.line.starts_with("CONNECT ");
                    log.lock().unwrap().push(request);
                    match behaviour {
                        Ok(place) if is_connect => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                            relay(&mut stream, place).await;
                        }
                        Ok(_) => {}
                        Err(answer) => {
                            let _ = stream.write_all(answer.as_bytes()).await;
                        }
                    }
                });
            }
        });
        Self { address, requests, task }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that says the same to whoever comes, whatever they say, and ends the connection.
pub struct Monotone {
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Monotone {
    pub async fn saying(answer: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    // What was not read would make a reset of the end.
                    let mut heard = [0; 1 << 14];
                    let _ = stream.read(&mut heard).await;
                    let _ = stream.write_all(answer).await;
                });
            }
        });
        Self { address, task }
    }
}

impl Drop for Monotone {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A place where nobody should ever arrive.
pub struct Trap(std::net::TcpListener);

impl Trap {
    pub fn set() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// How many came. Whoever had followed a redirect would have connected before its call ended.
    pub fn arrivals(&self) -> usize {
        std::iter::from_fn(|| self.0.accept().ok()).count()
    }
}
