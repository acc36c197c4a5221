//! A progress bar for a person who waits, and the wish of that person to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::{Context, is_watched};

/// A bar over `bytes` of input, hidden where nobody watches.
pub(super) fn bar(context: &Context, bytes: u64) -> ProgressBar {
    if !is_watched(context) {
        return ProgressBar::hidden();
    }
    let style = "{bar:40} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}  {msg}";
    ProgressBar::new(bytes)
        .with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Becomes true at the first Ctrl-C or termination signal, so that work ends after a whole step; the second one ends the
/// program at once.
pub(super) fn stop_wish() -> Arc<AtomicBool> {
    let wish = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Without handlers the first signal ends the program, which loses nothing that is committed.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 2, Arc::clone(&wish));
        let _ = signal_hook::flag::register(signal, Arc::clone(&wish));
    }
    wish
}

/// True once the user wishes to stop.
pub(super) fn is_stopped(wish: &AtomicBool) -> bool {
    wish.load(Ordering::Relaxed)
}
