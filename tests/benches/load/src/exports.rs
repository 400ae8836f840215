//! The loads as JavaScript calls them: numbers in, numbers out, no bindings.

use crate::{cluster, heap};

/// See [`heap::run`].
#[unsafe(no_mangle)]
pub extern "C" fn heap_loop(events: u32) -> u32 {
    (heap::run(events) & 0xffff_ffff) as u32
}

/// See [`cluster::checked`].
#[unsafe(no_mangle)]
pub extern "C" fn checked(seconds: u32) -> u32 {
    cluster::checked(seconds)
}

/// See [`cluster::unwatched`].
#[unsafe(no_mangle)]
pub extern "C" fn unwatched(seconds: u32) -> u32 {
    cluster::unwatched(seconds)
}

/// See [`cluster::messages`].
#[unsafe(no_mangle)]
pub extern "C" fn messages(seconds: u32) -> u32 {
    cluster::messages(seconds)
}
