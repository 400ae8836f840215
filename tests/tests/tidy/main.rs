//! The house rules, each a test. A rule that a person must remember is forgotten; a rule that fails with a file, a line
//! and what to do is learned on the way.
//!
//! The rules read the sources as text. That is blunt, and enough: `cargo fmt` and Biome decide what the text looks
//! like, so that a function ends where its indentation says. A rule that cannot be stated bluntly belongs to clippy.

mod arrows;
mod determinism;
mod documents;
mod essays;
mod leftovers;
mod page;
mod sizes;
mod sources;
mod words;
