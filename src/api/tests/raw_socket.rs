//! A server that responds with the bytes that a test chooses, and keeps the requests that it received.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it was received.
#[derive(Clone)]
pub(super) struct Request {
    /// The number of the connection that it came over, counted from 0.
    pub(super) connection: usize,
    /// The method and the target, such as `GET /v1/p/cloud-phone/servers?offset=0&limit=100`.
    pub(super) line: String,
    /// The whole head, in lower case.
    pub(super) head: String,
    /// The head, unchanged.
    pub(super) text: String,
    pub(super) body: Vec<u8>,
}

/// The server's reaction to a request.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// Sends these bytes, then waits for the next request.
    Whole(Vec<u8>),
    /// Sends these bytes, then closes the connection.
    Cut(Vec<u8>),
    /// Sends these bytes, then stalls forever.
    Stall(Vec<u8>),
    /// Resets the connection.
    Reset,
}

impl Reply {
    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::json_with(status, "", body)
    }

    /// Makes a JSON response with further header lines, each with its line end.
    pub(super) fn json_with(status: u16, headers: &str, body: &str) -> Self {
        let headers = format!("Content-Type: application/json\r\n{headers}");
        Self::Whole(with_head(status, &headers, body.len(), body.as_bytes()))
    }
}

/// Makes a response whose head promises `length` bytes.
pub(super) fn with_head(status: u16, headers: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

type Script = dyn Fn(&Request) -> Reply + Send + Sync;

/// The running server; it stops when it is dropped.
pub(super) struct Raw {
    pub(super) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Raw {
    pub(super) async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let script: Arc<Script> = Arc::new(script);
        let task = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(serve(stream, connection, Arc::clone(&log), Arc::clone(&script)));
            }
        });
        Self { address, requests, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, connection: usize, log: Arc<Mutex<Vec<Request>>>, script: Arc<Script>) {
    while let Some(request) = read(&mut stream, connection).await {
        log.lock().unwrap().push(request.clone());
        match script(&request) {
            Reply::Whole(bytes) => stream.write_all(&bytes).await.unwrap_or_default(),
            Reply::Cut(bytes) => return stream.write_all(&bytes).await.unwrap_or_default(),
            Reply::Stall(bytes) => {
                stream.write_all(&bytes).await.unwrap_or_default();
                std::future::pending::<()>().await;
            }
            Reply::Reset => return stream.set_zero_linger().unwrap_or_default(),
        }
    }
}

async fn read(stream: &mut TcpStream, connection: usize) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let head = text.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let body = &bytes[end + 4..];
            if body.len() >= length.unwrap_or(0) {
                let line = text.lines().next()?.trim_end_matches(" HTTP/1.1").to_owned();
                return Some(Request { connection, line, head, text, body: body.to_vec() });
            }
        }
        let came = stream.read_buf(&mut bytes).await.ok()?;
        // A TLS handshake is no request.
        if came == 0 || !bytes[0].is_ascii_uppercase() {
            return None;
        }
    }
}
