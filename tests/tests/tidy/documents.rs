//! The documents that a newcomer reads first keep up with the repository.

use std::collections::BTreeSet;

use crate::sources::{is_in, none, paths, pattern, read, sources};

#[test]
fn the_readme_maps_every_folder() {
    let readme = read("README.md").expect("README.md is there");
    let folders: BTreeSet<String> =
        paths().iter().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder.to_owned()).collect();
    let unnamed = folders.iter().filter(|folder| !readme.contains(&format!("`{folder}/`")));
    let findings: Vec<String> = unnamed.map(|folder| format!("README.md:1: no `{folder}/`")).collect();
    none(&findings, "add the folder to the map in README.md, with what it holds");
}

#[test]
fn the_architecture_names_every_crate() {
    let text = read("ARCHITECTURE.md").expect("ARCHITECTURE.md is there");
    let names: BTreeSet<String> = paths()
        .iter()
        .filter_map(|path| Some(path.strip_prefix("crates/")?.split_once('/')?.0.to_owned()))
        .collect();
    let unnamed = names.iter().filter(|name| !text.contains(&format!("`crates/{name}`")));
    let findings: Vec<String> =
        unnamed.map(|name| format!("ARCHITECTURE.md:1: no `crates/{name}`")).collect();
    none(&findings, "add the crate to the code map in ARCHITECTURE.md");
}

#[test]
fn every_npm_command_in_the_documents_exists() {
    let package = read("package.json").expect("package.json is there");
    let command = pattern(r"npm run ([a-z][a-z:]*)");
    let mut findings = Vec::new();
    for source in sources(|path| is_in(path, "", &[".md"])) {
        let asked =
            source.lines().flat_map(|(n, line)| command.captures_iter(line).map(move |found| (n, found)));
        let missing = asked.filter(|(_, found)| !package.contains(&format!("\"{}\": \"", &found[1])));
        findings.extend(missing.map(|(n, found)| source.at(n, format!("`{}`", &found[0]))));
    }
    none(&findings, "correct the name, or add the script to package.json");
}

#[test]
fn every_local_link_in_the_documents_leads_somewhere() {
    let link = pattern(r"\]\(([^)#:\s]+)(#[^)]*)?\)");
    let known: BTreeSet<String> = paths().into_iter().collect();
    let leads = |to: &str| {
        known.contains(to)
            || known.iter().any(|path| path.starts_with(&format!("{}/", to.trim_end_matches('/'))))
    };
    let mut findings = Vec::new();
    for source in sources(|path| !path.contains('/') && path.ends_with(".md")) {
        let links =
            source.lines().flat_map(|(n, line)| link.captures_iter(line).map(move |found| (n, found)));
        let dead = links.filter(|(_, found)| !leads(&found[1]));
        findings.extend(dead.map(|(n, found)| source.at(n, format!("`{}`", &found[1]))));
    }
    none(&findings, "correct the link, or add the file that it promises");
}
