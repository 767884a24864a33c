//! The connections of the simulator: TCP streams, with or without TLS, that the simulator can reset and that end when
//! it stops. The web framework implements HTTP.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{Accept, TlsAcceptor};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::timeouts::{ConnectionHandle, Limits, Timer};

/// The pause after the system could not accept a connection, for example for lack of file descriptors.
const ACCEPT_RETRY_PAUSE: Duration = Duration::from_millis(50);

/// A listener with the settings of its connections.
pub(in crate::simulator) struct Socket {
    pub(in crate::simulator) listener: TcpListener,
    /// `Some` if connections use TLS.
    pub(in crate::simulator) acceptor: Option<TlsAcceptor>,
    pub(in crate::simulator) limits: Limits,
    pub(in crate::simulator) stop: CancellationToken,
}

impl Socket {
    /// Waits for the next connection. Retries after a pause if the system cannot accept one.
    pub(in crate::simulator) async fn accept(&self) -> Stream {
        loop {
            match self.listener.accept().await {
                Ok((tcp, _)) => return Stream::new(tcp, self),
                Err(_) => tokio::time::sleep(ACCEPT_RETRY_PAUSE).await,
            }
        }
    }
}

/// The transport of a connection over TCP.
enum Transport {
    Plain(TcpStream),
    /// The first read or write makes the handshake, so that one that fails or stalls does not delay other connections.
    Handshake(Box<Accept<TcpStream>>),
    Tls(Box<TlsStream<TcpStream>>),
    /// The handshake failed.
    Failed,
}

impl Transport {
    /// Returns the underlying TCP stream, or `None` after a failed handshake.
    fn tcp(&self) -> Option<&TcpStream> {
        match self {
            Self::Plain(tcp) => Some(tcp),
            Self::Handshake(accept) => accept.get_ref(),
            Self::Tls(tls) => Some(tls.get_ref().0),
            Self::Failed => None,
        }
    }

    /// Completes a pending handshake and returns the stream for the data. An error ends the transport.
    fn poll_handshake(&mut self, context: &mut Context<'_>) -> Poll<io::Result<OpenTransport<'_>>> {
        if let Self::Handshake(accept) = self {
            match ready!(Pin::new(accept.as_mut()).poll(context)) {
                Ok(tls) => *self = Self::Tls(Box::new(tls)),
                Err(error) => {
                    *self = Self::Failed;
                    return Poll::Ready(Err(error));
                }
            }
        }
        match self {
            Self::Plain(tcp) => Poll::Ready(Ok(OpenTransport::Plain(Pin::new(tcp)))),
            Self::Tls(tls) => Poll::Ready(Ok(OpenTransport::Tls(Pin::new(tls.as_mut())))),
            Self::Handshake(_) | Self::Failed => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

/// The stream of a connection that is ready for data.
enum OpenTransport<'stream> {
    Plain(Pin<&'stream mut TcpStream>),
    Tls(Pin<&'stream mut TlsStream<TcpStream>>),
}

/// One connection, with its timer and the means to reset it.
pub(in crate::simulator) struct Stream {
    transport: Transport,
    link: ConnectionHandle,
    timer: Timer,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Stream {
    fn new(tcp: TcpStream, socket: &Socket) -> Self {
        let transport = match &socket.acceptor {
            Some(acceptor) => Transport::Handshake(Box::new(acceptor.accept(tcp))),
            None => Transport::Plain(tcp),
        };
        let stopped = Box::pin(socket.stop.clone().cancelled_owned());
        Self { transport, link: ConnectionHandle::default(), timer: Timer::start(socket.limits), stopped }
    }

    pub(in crate::simulator) fn link(&self) -> ConnectionHandle {
        self.link.clone()
    }

    /// Polls for the reasons to end the connection: a requested reset, the stop of the simulator, or a timeout. Ready
    /// with the error to return.
    fn ended(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.link.is_cut() {
            if let Some(tcp) = self.transport.tcp() {
                // Without lingering, closing the socket sends a reset; should that fail, an ordinary end is the next best.
                let _ = tcp.set_zero_linger();
            }
            return Poll::Ready(io::ErrorKind::ConnectionReset.into());
        }
        if self.stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(io::ErrorKind::ConnectionAborted.into());
        }
        self.timer.poll_expired(&self.link, context).map(|()| io::ErrorKind::TimedOut.into())
    }

    /// Polls for the stream for the data; an error if the connection must end.
    fn carrier(&mut self, context: &mut Context<'_>) -> Poll<io::Result<OpenTransport<'_>>> {
        match self.ended(context) {
            Poll::Ready(error) => Poll::Ready(Err(error)),
            Poll::Pending => self.transport.poll_handshake(context),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        let before = buffer.filled().len();
        ready!(match ready!(stream.carrier(context))? {
            OpenTransport::Plain(tcp) => tcp.poll_read(context, buffer),
            OpenTransport::Tls(tls) => tls.poll_read(context, buffer),
        })?;
        if buffer.filled().len() > before {
            stream.timer.came(&stream.link);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match ready!(self.get_mut().carrier(context))? {
            OpenTransport::Plain(tcp) => tcp.poll_write(context, bytes),
            OpenTransport::Tls(tls) => tls.poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        // Before its handshake a connection has nothing to flush, and must not wait for one here.
        if matches!(stream.transport, Transport::Handshake(_) | Transport::Failed) {
            return Poll::Ready(Ok(()));
        }
        match ready!(stream.carrier(context))? {
            OpenTransport::Plain(tcp) => tcp.poll_flush(context),
            OpenTransport::Tls(tls) => tls.poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        if stream.link.is_cut() {
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
            Transport::Handshake(_) | Transport::Failed => Poll::Ready(Ok(())),
        }
    }
}
