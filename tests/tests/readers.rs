//! The readers of text and links, given what nobody would write: the corpus of the fuzz targets, and what seeded
//! mutation makes of it. `CAMPAIGN=full` tries a hundred times as much.
//!
//! An input that broke a reader once belongs into `tests/fuzz/corpus`, under a name that says what it is.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use tests::readers::{try_link, try_text, with_check};
use tests::{cases, root};

/// The inputs that a target begins with.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = root().join("tests/fuzz/corpus").join(target);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))).collect()
}

fn below(dice: &mut TestRng, most: usize) -> usize {
    usize::try_from(dice.next_u64() % most.max(1) as u64).unwrap_or(0)
}

/// Changes an input here and there: bytes, pieces taken out, doubled, or taken over from another input.
fn mutate(dice: &mut TestRng, input: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..=below(dice, 4) {
        let at = below(dice, input.len() + 1);
        let end = (at + below(dice, 12)).min(input.len());
        match below(dice, 5) {
            0 if at < input.len() => input[at] ^= 1 << below(dice, 8),
            1 => drop(input.drain(at..end)),
            2 => {
                let piece = input[at..end].to_vec();
                input.splice(at..at, piece);
            }
            3 => {
                let from = below(dice, other.len());
                let piece = other[from..(from + below(dice, 40)).min(other.len())].to_vec();
                input.splice(at..end, piece);
            }
            _ => input.insert(at, b" \n\"#.-_>|0919xn%"[below(dice, 16)]),
        }
    }
}

fn try_mutants(target: &str, rounds: usize, attempt: impl Fn(&[u8])) {
    let seeds = corpus(target);
    let times = if std::env::var_os("CAMPAIGN").is_some() { 100 } else { 1 };
    let mut dice = TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]);
    for _ in 0..rounds * times {
        let mut input = seeds[below(&mut dice, seeds.len())].clone();
        let other = &seeds[below(&mut dice, seeds.len())];
        mutate(&mut dice, &mut input, other);
        if let Err(panic) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| attempt(&input))) {
            eprintln!("this input broke it:\n{:?}\n{}", input, String::from_utf8_lossy(&input));
            std::panic::resume_unwind(panic);
        }
    }
}

#[test]
fn the_readers_stand_all_that_is_in_the_corpus() {
    corpus("text").iter().for_each(|input| try_text(input));
    corpus("link").iter().for_each(|input| try_link(input));
}

#[test]
fn the_readers_stand_every_scenario_of_the_repository() {
    for folder in ["tests/golden", "tests/killers", "www/lessons", "www/starts"] {
        for case in cases(folder) {
            try_text(case.text.as_bytes());
        }
    }
}

#[test]
fn the_text_reader_stands_what_mutation_makes_of_the_corpus() {
    try_mutants("text", 3_000, try_text);
}

#[test]
fn the_link_reader_stands_what_mutation_makes_of_the_corpus() {
    try_mutants("link", 1_000, try_link);
}

#[test]
fn the_check_of_a_link_is_known_here() {
    let link = "11rijINLU_Z63Xb0KirxkbSjwtCI";
    assert_eq!(with_check(&link[..link.len() - 3]), link);
}
