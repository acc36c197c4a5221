//! How much room new threads get for their stacks.

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
