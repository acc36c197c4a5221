//! Connections: where they come in, how many, how slow they may be, and how they end.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;

use super::state::App;
use super::{ServeError, routes};

/// Most connections at a time; more wait to be accepted.
const CONNECTIONS: usize = 512;
/// How long a client may take to send the head of a request, and how long an idle connection is kept.
const HEAD: Duration = Duration::from_secs(15);
/// Most bytes of the head of a request.
const HEAD_BYTES: usize = 64 << 10;
/// How long requests under way may take once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// Takes the address.
///
/// # Errors
/// When it is taken or no address of this machine.
pub fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::Taken(address),
        _ => ServeError::Bind { address, source },
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When the machine refuses sockets or signals.
pub async fn serve(listener: TcpListener, app: Arc<App>, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = routes::router(app);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop_wish()?);
    ready(listener.local_addr()?);
    loop {
        let place = tokio::select! {
            // The semaphore is never closed.
            Ok(place) = places.clone().acquire_owned() => place,
            () = &mut stop => break,
        };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match stream {
            Ok((stream, _)) => {
                // Answers are whole before they are sent.
                let _ = stream.set_nodelay(true);
                let connection = graceful.watch(connection(stream, router.clone()));
                tokio::spawn(async move {
                    // A client that goes away is no failure of the server.
                    let _ = connection.await;
                    drop(place);
                });
            }
            // Out of file descriptors, for example: others must end first.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    Ok(())
}

fn connection(
    stream: tokio::net::TcpStream,
    router: Router,
) -> hyper::server::conn::http1::Connection<TokioIo<tokio::net::TcpStream>, TowerToHyperService<Router>> {
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
    builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}

/// Ends when the process is told to stop, by Ctrl-C or by the system.
fn stop_wish() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
