//! A time limit for readers that cannot be told to stop: they work on a thread of their own, which is left behind.

use std::borrow::Cow;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{Action, Head, Paper, Piece, Refusal, Settings, Source, format_of, paper};

/// Name of the threads on which watched readers work. What they panic with is caught and told as a refusal.
pub const THREAD: &str = "parkgraph-watched";

/// Stack of such a thread, in bytes: deeply nested files need much. Memory is taken as it is used.
const STACK: usize = 64 << 20;

/// From this many bytes on files of every format are watched; below only those that need intricate readers.
const LARGE: usize = 1 << 20;

/// Bytes for which the limit is one second longer.
const SECOND: usize = 1 << 20;

/// How long a file of so many bytes may take.
pub fn limit(bytes: usize, settings: &Settings) -> Duration {
    settings.limit.saturating_add(Duration::from_secs((bytes / SECOND) as u64))
}

/// Takes the document out of the bytes of a file as [`paper`] does, within the time limit of the settings and a second
/// more for each megabyte. Small files of plain formats, whose readers are bounded by their length, are read at once.
///
/// # Errors
/// As [`paper`]; and when the time is over, which depends on the machine: the limit is far above what any honest file needs.
pub fn paper_in_time(bytes: Cow<'_, [u8]>, piece: &Piece, settings: &Settings) -> Result<Paper, Refusal> {
    let format = piece.format.unwrap_or_else(|| format_of(&Head::of(&bytes, &piece.name)));
    if bytes.len() < LARGE && !format.is_intricate() {
        return paper(&bytes, piece, settings);
    }
    if bytes.len() as u64 > format.most_bytes() || matches!(format.action(), Action::Container(_)) {
        return paper(&bytes, piece, settings);
    }
    let limit = limit(bytes.len(), settings);
    let (bytes, settings) = (bytes.into_owned(), settings.clone());
    let piece = Piece {
        key: piece.key.clone(),
        name: piece.name.clone(),
        source: Source::Memory(Vec::new()),
        format: Some(format),
        meta: piece.meta.clone(),
    };
    within(limit, move || paper(&bytes, &piece, &settings)).unwrap_or(Err(Refusal::Slow { seconds: limit.as_secs() }))
}

/// What `work` gives; none where it takes longer than `limit`, and then its thread goes on alone.
fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = mpsc::sync_channel(1);
    let worker = move || {
        // Nobody waits any more where the time is over.
        let _ = send.send(work());
    };
    thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(worker).ok()?;
    receive.recv_timeout(limit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_given_up() {
        let endless = || {
            loop {
                thread::sleep(Duration::from_secs(1));
            }
        };
        assert_eq!(within::<()>(Duration::from_millis(50), endless), None);
        assert_eq!(within(Duration::from_secs(60), || 7), Some(7));
    }

    #[test]
    fn a_panic_is_no_answer() {
        assert_eq!(within::<()>(Duration::from_secs(60), || std::panic::resume_unwind(Box::new("no"))), None);
    }
}
