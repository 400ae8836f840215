//! Which crate may use which. `ARCHITECTURE.md` draws the arrows, and these tests read them there.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{none, paths, read};

type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The block of lines like `wasm, cli → playground` in `ARCHITECTURE.md`.
fn drawn() -> Arrows {
    let text = read("ARCHITECTURE.md").expect("ARCHITECTURE.md is there");
    let mut arrows = Arrows::new();
    for line in text.lines().filter(|line| line.contains('→') && line.starts_with(|c: char| c.is_lowercase()))
    {
        let (users, used) = line.split_once('→').unwrap_or_default();
        for user in names(users) {
            arrows.entry(user).or_default().extend(names(used));
        }
    }
    arrows
}

fn names(list: &str) -> Vec<String> {
    list.split([',', ' ']).filter(|name| !name.is_empty() && *name != "nothing").map(str::to_owned).collect()
}

/// What each crate's manifest asks for, our own crates only.
fn written() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let manifests: Vec<String> = paths().into_iter().filter(|path| is_manifest(path)).collect();
    let named: Vec<(String, String)> =
        manifests.into_iter().filter_map(|path| Some((name_in(&path)?, path))).collect();
    let ours: BTreeSet<String> = named.iter().map(|(name, _)| name.clone()).collect();
    named.into_iter().map(|(name, path)| (name, (path.clone(), dependencies(&path, &ours)))).collect()
}

fn is_manifest(path: &str) -> bool {
    path.starts_with("crates/") && path.ends_with("/Cargo.toml") && path.matches('/').count() == 2
}

fn name_in(path: &str) -> Option<String> {
    path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml").map(str::to_owned)
}

/// Dependencies of what ships; those of a crate's own tests are free.
fn dependencies(path: &str, ours: &BTreeSet<String>) -> BTreeSet<String> {
    let manifest: toml::Table = read(path).and_then(|text| text.parse().ok()).expect("a manifest is TOML");
    let sections =
        ["dependencies", "build-dependencies"].into_iter().filter_map(|name| manifest.get(name)?.as_table());
    sections.flat_map(toml::Table::keys).filter(|name| ours.contains(*name)).cloned().collect()
}

#[test]
fn crates_depend_only_along_the_arrows_of_the_architecture() {
    let drawn = drawn();
    let mut findings = Vec::new();
    for (name, (path, uses)) in written() {
        let allowed = drawn.get(&name).cloned().unwrap_or_default();
        let forbidden =
            uses.difference(&allowed).map(|used| format!("{path}:1: `{name}` may not use `{used}`"));
        findings.extend(forbidden);
    }
    none(
        &findings,
        "use what the crate may use, or move the code to a crate that may (ARCHITECTURE.md says which)",
    );
}

#[test]
fn every_crate_has_its_arrows_drawn() {
    let drawn = drawn();
    let missing = written().into_iter().filter(|(name, _)| !drawn.contains_key(name));
    let findings: Vec<String> =
        missing.map(|(name, (path, _))| format!("{path}:1: no arrow from `{name}`")).collect();
    none(&findings, "draw the crate's arrows in ARCHITECTURE.md, or say `name → nothing`");
}

#[test]
fn the_arrows_make_no_circle() {
    let drawn = drawn();
    let reaches = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut next = vec![from.to_owned()];
        while let Some(name) = next.pop() {
            next.extend(
                drawn.get(&name).into_iter().flatten().filter(|used| seen.insert((*used).clone())).cloned(),
            );
        }
        seen
    };
    let circles: Vec<String> = drawn.keys().filter(|name| reaches(name).contains(*name)).cloned().collect();
    none(&circles, "ARCHITECTURE.md draws these crates as using themselves: turn an arrow around");
}
