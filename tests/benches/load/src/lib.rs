//! What the benchmarks time, and how they print it.
//!
//! A figure in nanoseconds says more about the machine than about the engine. So each load has a yardstick that runs
//! beside it, in the same process and in the same minute, and what is held to a bar is the ratio. The yardstick is
//! the least that any simulator must do: take the next event out of a binary heap and put another one in.
//!
//! This is a library so that the same loads run natively, in WebAssembly (see `exports.rs`) and beside another
//! implementation of Raft.

pub mod cluster;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod heap;
#[cfg(not(target_arch = "wasm32"))]
pub mod table;
#[cfg(not(target_arch = "wasm32"))]
pub mod timing;
