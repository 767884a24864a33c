//! Accepts connections until the simulator stops, and serves HTTP/1.1 on each of them.

use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use super::connection::{Socket, Stream};

/// Serves until the simulator stops and its last connection has ended.
pub(in crate::simulator) async fn serve(socket: Socket, routes: Router) {
    let connections = TaskTracker::new();
    loop {
        let stream = tokio::select! {
            biased;
            () = socket.stop.cancelled() => break,
            stream = socket.accept() => stream,
        };
        connections.spawn(connection(stream, routes.clone()));
    }
    drop::<TcpListener>(socket.listener);
    connections.close();
    connections.wait().await;
}

/// Serves HTTP on one connection until either side ends it. The stream ends when the simulator stops.
async fn connection(stream: Stream, routes: Router) {
    let service = TowerToHyperService::new(routes.layer(Extension(stream.link())));
    let mut http = Builder::new(TokioExecutor::new());
    // A scene may leave the header out, and writes it otherwise.
    http.http1().auto_date_header(false);
    // Whatever ended the connection, the wire log has what was seen of its requests.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}
