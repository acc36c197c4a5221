//! What this process asks of the C library: how memory is given, which only saves time, and how it ends.

/// Room for the stack of a thread that does not ask for another, in bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const STACK: usize = 2 << 20;

/// Gives threads of the database 2 MiB for their stacks in place of what the shell allows, 8 MiB as a rule. The C library
/// keeps the stacks of ended threads for new ones up to 40 MiB in all; opening a database starts well over 100 short threads,
/// up to 15 at a time, which with larger stacks are mapped and unmapped one by one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_stacks_small() {
    use std::mem::MaybeUninit;

    unsafe extern "C" {
        // GNU extension, pthread_attr_setstacksize(3) and pthread_setattr_default_np(3).
        fn pthread_setattr_default_np(attributes: *const libc::pthread_attr_t) -> libc::c_int;
    }
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    // SAFETY: the attributes are initialised by the first call before any other reads them, and destroyed once. That one
    // of them fails leaves the default as it was.
    unsafe {
        if libc::pthread_attr_init(attributes.as_mut_ptr()) == 0 {
            if libc::pthread_attr_setstacksize(attributes.as_mut_ptr(), STACK) == 0 {
                pthread_setattr_default_np(attributes.as_ptr());
            }
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
        }
    }
}

/// Does nothing where the C library is another.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_stacks_small() {}

/// Room that is asked of the system at once for what threads allocate, in bytes, and blocks from which on each is mapped on
/// its own.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const PIECE: libc::c_int = 4 << 20;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 32 << 20;

/// For commands that open or fill a database: what it frees stays with the process, and its many threads share two heaps in
/// place of up to eight a core, each of which would be mapped and grown in small steps.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_freed_memory() {
    for (parameter, value) in [
        (libc::M_ARENA_MAX, 2),
        (libc::M_TOP_PAD, PIECE),
        (libc::M_TRIM_THRESHOLD, LARGE),
        (libc::M_MMAP_THRESHOLD, LARGE),
    ] {
        // SAFETY: sets a number of the allocator before other threads are started; any value is allowed.
        unsafe { libc::mallopt(parameter, value) };
    }
}

/// Does nothing where the C library is another.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_freed_memory() {}

/// Ends the process with status 0 without taking anything down, as a kill would, after standard output is written. What was
/// committed to a store is there.
#[cfg(unix)]
pub fn leave_at_once() {
    let _ = std::io::Write::flush(&mut std::io::stdout());
    // SAFETY: ends the process; nothing of it runs afterwards.
    unsafe { libc::_exit(0) }
}

/// Does nothing elsewhere: the process ends as it does after every command.
#[cfg(not(unix))]
pub fn leave_at_once() {}
