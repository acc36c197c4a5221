//! Work on threads of its own, so much at a time and each so long.
//!
//! Long work (queries, questions, pictures) and short work (look-ups) have places of their own: however many long queries
//! run, look-ups go on. A place is given back when the work has ended, not when its client stopped waiting.

use std::sync::Arc;

use axum::http::StatusCode;
use oxigraph::sparql::CancellationToken;
use tokio::sync::Semaphore;

use super::http::Problem;
use super::state::App;

/// Does short work.
///
/// # Errors
/// The work's own, or that it takes too long.
pub async fn short<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    run(app, app.short.clone(), move |app, _| work(app)).await
}

/// Does long work, which looks at the token now and then and ends once it is cancelled.
///
/// # Errors
/// The work's own, or that it takes too long.
pub async fn long<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App, &CancellationToken) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    run(app, app.long.clone(), work).await
}

/// Cancels when dropped: a client that goes away stops its work.
struct Leash(CancellationToken);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

async fn run<T: Send + 'static>(
    app: &Arc<App>,
    places: Arc<Semaphore>,
    work: impl FnOnce(&App, &CancellationToken) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let leash = Leash(CancellationToken::new());
    let (token, shared) = (leash.0.clone(), app.clone());
    let whole = async move {
        // The semaphore is never closed.
        let Ok(place) = places.acquire_owned().await else { return Err(busy()) };
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work(&shared, &token);
            drop(place);
            outcome
        });
        done.await.unwrap_or_else(|_| Err(broken()))
    };
    tokio::time::timeout(app.options.timeout, whole).await.unwrap_or_else(|_| Err(busy()))
}

/// That a request took too long.
pub fn busy() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "用时过长，已停止；请缩小范围（例如加上 LIMIT），或稍后再试",
        "this took too long and was stopped; narrow it (add LIMIT, for example), or try again later",
    )
}

fn broken() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "处理请求时出错；请把该请求报告给管理员",
        "the server failed at this request; report it to its operator",
    )
}
