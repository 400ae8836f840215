//! The link reader, given anything.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| tests::readers::try_link(input));
