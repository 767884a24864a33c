//! The connections of the simulator: TCP streams that can be reset from inside, or that end when the simulator does.
//! HTTP itself is left to the web framework.

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
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// How long to wait when the system has no connection to give, such as when it is out of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// Listens until the simulator stops.
pub(super) struct Socket {
    pub(super) listener: TcpListener,
    pub(super) stop: CancellationToken,
}

impl Listener for Socket {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((tcp, address)) => return (Stream::new(tcp, &self.stop), address),
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

/// One connection.
pub(super) struct Stream {
    tcp: TcpStream,
    scissors: Scissors,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Stream {
    fn new(tcp: TcpStream, stop: &CancellationToken) -> Self {
        Self { tcp, scissors: Scissors::default(), stopped: Box::pin(stop.clone().cancelled_owned()) }
    }

    /// Ready with an error once the connection must not go on.
    fn ended(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.scissors.is_cut() {
            // Without lingering, closing the socket sends a reset; should that fail, an ordinary end is the next best.
            let _ = self.tcp.set_zero_linger();
            return Poll::Ready(io::ErrorKind::ConnectionReset.into());
        }
        ready!(self.stopped.as_mut().poll(context));
        Poll::Ready(io::ErrorKind::ConnectionAborted.into())
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        match stream.ended(context) {
            Poll::Ready(error) => Poll::Ready(Err(error)),
            Poll::Pending => Pin::new(&mut stream.tcp).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let stream = self.get_mut();
        match stream.ended(context) {
            Poll::Ready(error) => Poll::Ready(Err(error)),
            Poll::Pending => Pin::new(&mut stream.tcp).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        match stream.ended(context) {
            Poll::Ready(error) => Poll::Ready(Err(error)),
            Poll::Pending => Pin::new(&mut stream.tcp).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        if stream.scissors.is_cut() {
            // An orderly goodbye would arrive before the reset and spoil it.
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut stream.tcp).poll_shutdown(context)
    }
}
