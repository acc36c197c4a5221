//! Asks for memory before it is needed.

/// Asks for the line of memory in which a value lies.
#[cfg(target_arch = "x86_64")]
pub(super) fn near<T>(place: &T) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: prefetching reads nothing and never faults; every x86-64 processor has it.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast()) };
}

/// Does nothing where there is no way to ask.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn near<T>(_: &T) {}
