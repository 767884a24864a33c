//! The connections of the simulator: TCP streams, plain or under TLS, that can be reset from inside, or that end
//! when the simulator does. HTTP itself is left to the web framework.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{Accept, TlsAcceptor};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// How long to wait when the system has no connection to give, such as when it is out of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// Listens until the simulator stops.
pub(super) struct Socket {
    pub(super) listener: TcpListener,
    /// Present when connections are under TLS.
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) stop: CancellationToken,
}

impl Listener for Socket {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((tcp, address)) => return (Stream::new(tcp, self.acceptor.as_ref(), &self.stop), address),
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// The wish to have a connection reset instead of answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Scissors(Arc<AtomicBool>);

impl Scissors {
    pub(super) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Connected<IncomingStream<'_, Socket>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Socket>) -> Self {
        stream.io().scissors.clone()
    }
}

/// How the bytes of a connection go over TCP.
enum Transport {
    Plain(TcpStream),
    /// The handshake is made by whoever first reads, so that one that fails or stalls keeps nobody else waiting.
    Greeting(Box<Accept<TcpStream>>),
    Tls(Box<TlsStream<TcpStream>>),
    /// The handshake failed.
    Failed,
}

impl Transport {
    /// The TCP stream below, as long as there is one.
    fn tcp(&self) -> Option<&TcpStream> {
        match self {
            Self::Plain(tcp) => Some(tcp),
            Self::Greeting(accept) => accept.get_ref(),
            Self::Tls(tls) => Some(tls.get_ref().0),
            Self::Failed => None,
        }
    }

    /// Makes the handshake if there is one to make, and then says what carries the bytes.
    fn greeted(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Carrier<'_>>> {
        if let Self::Greeting(accept) = self {
            match ready!(Pin::new(accept.as_mut()).poll(context)) {
                Ok(tls) => *self = Self::Tls(Box::new(tls)),
                Err(error) => {
                    *self = Self::Failed;
                    return Poll::Ready(Err(error));
                }
            }
        }
        match self {
            Self::Plain(tcp) => Poll::Ready(Ok(Carrier::Plain(Pin::new(tcp)))),
            Self::Tls(tls) => Poll::Ready(Ok(Carrier::Tls(Pin::new(tls.as_mut())))),
            Self::Greeting(_) | Self::Failed => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

/// What carries the bytes of a connection that stands.
enum Carrier<'stream> {
    Plain(Pin<&'stream mut TcpStream>),
    Tls(Pin<&'stream mut TlsStream<TcpStream>>),
}

/// One connection.
pub(super) struct Stream {
    transport: Transport,
    scissors: Scissors,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Stream {
    fn new(tcp: TcpStream, acceptor: Option<&TlsAcceptor>, stop: &CancellationToken) -> Self {
        let transport = match acceptor {
            Some(acceptor) => Transport::Greeting(Box::new(acceptor.accept(tcp))),
            None => Transport::Plain(tcp),
        };
        Self { transport, scissors: Scissors::default(), stopped: Box::pin(stop.clone().cancelled_owned()) }
    }

    /// Ready with an error once the connection must not go on.
    fn ended(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.scissors.is_cut() {
            if let Some(tcp) = self.transport.tcp() {
                // Without lingering, closing the socket sends a reset; should that fail, an ordinary end is the next best.
                let _ = tcp.set_zero_linger();
            }
            return Poll::Ready(io::ErrorKind::ConnectionReset.into());
        }
        ready!(self.stopped.as_mut().poll(context));
        Poll::Ready(io::ErrorKind::ConnectionAborted.into())
    }

    /// What carries bytes now, unless the connection must not go on.
    fn carrier(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Carrier<'_>>> {
        match self.ended(context) {
            Poll::Ready(error) => Poll::Ready(Err(error)),
            Poll::Pending => self.transport.greeted(context),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match ready!(self.get_mut().carrier(context))? {
            Carrier::Plain(tcp) => tcp.poll_read(context, buffer),
            Carrier::Tls(tls) => tls.poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match ready!(self.get_mut().carrier(context))? {
            Carrier::Plain(tcp) => tcp.poll_write(context, bytes),
            Carrier::Tls(tls) => tls.poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        // Before its handshake a connection has nothing to flush, and must not wait for one here.
        if matches!(stream.transport, Transport::Greeting(_) | Transport::Failed) {
            return Poll::Ready(Ok(()));
        }
        match ready!(stream.carrier(context))? {
            Carrier::Plain(tcp) => tcp.poll_flush(context),
            Carrier::Tls(tls) => tls.poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        if stream.scissors.is_cut() {
            // An orderly goodbye would arrive before the reset and spoil it.
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let is_stopped = stream.stopped.as_mut().poll(context).is_ready();
        match &mut stream.transport {
            Transport::Plain(tcp) => Pin::new(tcp).poll_shutdown(context),
            // The end of the simulator does not wait for somebody who reads no goodbye.
            Transport::Tls(tls) if is_stopped => Pin::new(tls.get_mut().0).poll_shutdown(context),
            Transport::Tls(tls) => Pin::new(tls.as_mut()).poll_shutdown(context),
            // Without a handshake nobody waits for a goodbye.
            Transport::Greeting(_) | Transport::Failed => Poll::Ready(Ok(())),
        }
    }
}
