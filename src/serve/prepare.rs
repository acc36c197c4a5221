//! What follows from the whole store is made ready in the background, from the start on and after each change.
//!
//! A request that needs something that is not ready waits for it without taking a place of those that work.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use axum::http::StatusCode;

use super::http::Problem;
use super::state::App;
use super::view::network;

/// How often it is looked whether something is ready.
const PAUSE: Duration = Duration::from_millis(20);

/// Something that follows from the whole store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Names,
    AskNames,
    Ledger,
    Figures,
    Articles,
    Graph,
    Industries,
}

/// Where a change of the store is told.
#[derive(Default)]
pub(super) struct Preparation {
    /// Changes that are not followed yet.
    pending: AtomicUsize,
    wish: std::sync::Mutex<Option<mpsc::Sender<()>>>,
}

impl Preparation {
    /// Says that the store has changed.
    pub(super) fn changed(&self) {
        if let Some(wish) = &*super::state::lock(&self.wish) {
            self.pending.fetch_add(1, Ordering::SeqCst);
            if wish.send(()).is_err() {
                self.pending.store(0, Ordering::SeqCst);
            }
        }
    }

    fn is_under_way(&self) -> bool {
        self.pending.load(Ordering::SeqCst) > 0
    }
}

/// Begins to prepare, on a thread that ends with the last other holder of the state.
pub(super) fn begin(app: &Arc<App>) {
    let (send, receive) = mpsc::channel();
    *super::state::lock(&app.preparation.wish) = Some(send);
    let held = Arc::downgrade(app);
    let follow = move || {
        while receive.recv().is_ok() {
            let Some(app) = held.upgrade() else { return };
            let mut followed = 1;
            followed += receive.try_iter().count();
            all(&app);
            app.preparation.pending.fetch_sub(followed, Ordering::SeqCst);
        }
    };
    // Where there is no thread to be had, requests compute what they need themselves.
    if thread::Builder::new().name("parkgraph-prepare".to_owned()).spawn(follow).is_ok() {
        app.preparation.changed();
    }
}

/// Numbers of nodes of the pictures that the page offers, the first one first.
const PICTURES: [usize; 4] = [300, 1_000, 3_000, 10_000];

/// Makes everything ready: what the first page needs first, the graph beside it. A failure is told to the requests that need
/// what failed, which try it again.
fn all(app: &App) {
    let _ = app.ask_names();
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = app.graph();
            let _ = app.picture(&network::Wanted::most(PICTURES[0]));
            let _ = app.industries();
        });
        let _ = app.names();
        let _ = app.stats();
        let _ = app.articles();
        let _ = app.figures();
        // This takes longer than all before it.
        let _ = app.ledger();
    });
    for count in PICTURES {
        let _ = app.picture(&network::Wanted::most(count));
    }
}

/// Waits until these are ready.
///
/// # Errors
/// When it takes longer than a request may.
pub(super) async fn ready(app: &App, views: &[View]) -> Result<(), Problem> {
    let wait = async {
        while app.preparation.is_under_way() && !views.iter().all(|view| app.computed().has(*view)) {
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::time::timeout(app.options.timeout, wait).await.map_err(|_| Problem {
        preparing: true,
        ..Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "服务刚启动或图谱刚更新，正在准备数据；请稍后再试",
            "the server is still preparing this part of the graph; try again later",
        )
    })
}
