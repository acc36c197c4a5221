//! Whole graphs, written while they are sent: memory does not grow with them.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use hyper::body::Frame;
use oxigraph::io::RdfFormat;
use oxigraph::model::GraphName;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::super::http::{Answer, Problem, text};
use super::super::state::App;
use super::results::serializer;
use crate::store::Store;

/// Bytes of one piece.
const PIECE: usize = 64 << 10;
/// Pieces that may wait for the client.
const WAITING: usize = 8;

/// The knowledge, or what each article says, as a response.
///
/// # Errors
/// When too many such responses are being sent.
pub async fn graph(app: &Arc<App>, format: RdfFormat, is_dataset: bool) -> Answer {
    let place = tokio::time::timeout(app.options.timeout, app.long.clone().acquire_owned()).await;
    let Ok(Ok(place)) = place else {
        let (zh, en) = ("服务繁忙；请稍后再试", "the server is busy; try again later");
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, zh, en));
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    let mut out = Pieces { sender, bytes: Vec::new(), patience: app.options.timeout, runtime: Handle::current() };
    let app = app.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = write(&app.store, format, is_dataset, &mut out) {
            // The client must not take a torn graph for a whole one: an error ends the connection.
            out.fail(error);
        }
        drop(place);
    });
    Ok(text(StatusCode::OK, format.media_type(), Body::new(Sent(receiver))))
}

fn write(store: &Store, format: RdfFormat, is_dataset: bool, out: &mut Pieces) -> io::Result<()> {
    let mut writer = serializer(format).for_writer(&mut *out);
    let failed = |error: crate::store::StoreError| io::Error::other(error.to_string());
    if is_dataset {
        for quad in store.named_graph_quads() {
            writer.serialize_quad(&quad.map_err(failed)?)?;
        }
    } else {
        for quad in store.quads() {
            let mut quad = quad.map_err(failed)?;
            quad.graph_name = GraphName::DefaultGraph;
            writer.serialize_quad(&quad)?;
        }
    }
    writer.finish()?;
    out.flush()
}

/// Pieces on their way to the client, which must take each within its patience.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    bytes: Vec<u8>,
    patience: Duration,
    runtime: Handle,
}

impl Pieces {
    fn send(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = self.runtime.block_on(tokio::time::timeout(self.patience, self.sender.send(piece)));
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn fail(&mut self, error: io::Error) {
        // Where the client has gone there is nobody to tell.
        let _ = self.send(Err(error));
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.bytes);
        if piece.is_empty() { Ok(()) } else { self.send(Ok(piece.into())) }
    }
}

/// The pieces as the body of a response.
struct Sent(mpsc::Receiver<io::Result<Bytes>>);

impl axum::body::HttpBody for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
