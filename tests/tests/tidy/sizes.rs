//! Small functions, small files, a small repository.

use crate::sources::{Source, is_comment, is_in, is_page, none, paths, pattern, read, root, sources};

const FUNCTION_LINES: usize = 70;
const FILE_LINES: usize = 600;
const FILE_BYTES: u64 = 400_000;

/// Each function of a formatted Rust file, as its first line's number and its length. Like clippy's, the length is that
/// of the body, without blank lines and comments. The body ends at the first `}` that stands as far in as its `fn`.
fn functions(source: &Source) -> Vec<(usize, usize)> {
    let opening = pattern(r"^\s*(pub(\([a-z: ]+\))? )?(const |async |unsafe )*fn \w+");
    let lines: Vec<&str> = source.text.lines().collect();
    let starts = (0..lines.len()).filter(|&n| opening.is_match(lines[n]));
    starts.filter_map(|start| Some((start + 1, body(&lines[start..])?))).collect()
}

/// How many lines of code the function has that starts here; none if it has no body of its own lines.
fn body(lines: &[&str]) -> Option<usize> {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let opens = lines.iter().position(|line| line.ends_with(['{', ';', '}']))?;
    let closes = |line: &&str| line.trim_start() == "}" && line.len() == indent + 1;
    let length = lines[opens].ends_with('{').then(|| lines[opens..].iter().position(closes))??;
    Some(
        lines[opens + 1..opens + length]
            .iter()
            .filter(|line| !line.trim().is_empty() && !is_comment(line))
            .count(),
    )
}

#[test]
fn no_rust_function_is_longer_than_a_screen() {
    let rust = |path: &str| is_in(path, "crates/", &[".rs"]) || is_in(path, "tests/", &[".rs"]);
    let mut findings = Vec::new();
    for source in sources(rust) {
        let long = functions(&source).into_iter().filter(|&(_, length)| length > FUNCTION_LINES);
        findings.extend(long.map(|(n, length)| source.at(n, format!("a function of {length} lines"))));
    }
    none(&findings, &format!("give its parts names of their own: {FUNCTION_LINES} lines is the most"));
}

/// Biome has a real parser for JavaScript; here it is only made sure that it is asked.
#[test]
fn no_javascript_function_is_longer_than_a_screen() {
    let settings = read("biome.json").expect("biome.json is there");
    let asked = pattern(
        r#""noExcessiveLinesPerFunction":\s*\{\s*"level": "error",\s*"options": \{ "maxLines": 70\b"#,
    );
    assert!(
        asked.is_match(&settings),
        "biome.json:1: `noExcessiveLinesPerFunction` no longer stands at 70\n→ put it back"
    );
}

#[test]
fn no_file_is_longer_than_a_reader_will_scroll() {
    let ours =
        |path: &str| is_in(path, "crates/", &[".rs"]) || is_page(path) || is_in(path, "www/", &[".test.js"]);
    let long = sources(ours).into_iter().filter(|source| source.lines().count() > FILE_LINES);
    let findings: Vec<String> = long.map(|source| source.at(FILE_LINES + 1, "the file goes on")).collect();
    none(&findings, &format!("split it by noun: {FILE_LINES} lines is the most"));
}

#[test]
fn no_file_is_too_big_for_the_repository() {
    let size = |path: &String| std::fs::metadata(root().join(path)).map_or(0, |data| data.len());
    let big = paths().into_iter().filter(|path| size(path) > FILE_BYTES);
    let findings: Vec<String> = big.map(|path| format!("{path}:1: {} bytes", size(&path))).collect();
    none(&findings, "make it smaller, or make it when it is needed: 400 kB is the most");
}

#[test]
fn the_length_of_a_function_is_measured_well() {
    let text = "fn a() {\n    one();\n\n    // why\n    two();\n}\n\nfn b(\n    x: u8,\n) -> u8 {\n    x\n}\nfn c() {}\nfn d();\n";
    let source = Source { path: "x.rs".to_owned(), text: text.to_owned() };
    assert_eq!(functions(&source), [(1, 2), (8, 1)]);
}
