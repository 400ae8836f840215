//! Text that came from a link or a file is never trusted: the page has no way to parse it as HTML or run it.

use regex::Regex;

use crate::sources::{is_page, none, pattern, sources};

fn forbidden() -> Regex {
    pattern(
        r"(?x) \b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|unsafeHTML|unsafeSVG|unsafeStatic)\b |
               \bdocument\.write(ln)?\b | \beval\( | \bnew\ Function\( | \bcreateContextualFragment\b | \bsrcdoc\b | javascript:",
    )
}

#[test]
fn the_page_never_parses_text_as_html_and_never_runs_it() {
    let forbidden = forbidden();
    let mut findings = Vec::new();
    for source in sources(is_page) {
        let hits = source.lines().filter_map(|(n, line)| Some((n, forbidden.find(line)?)));
        findings.extend(hits.map(|(n, hit)| source.at(n, format!("`{}`", hit.as_str()))));
    }
    none(&findings, "set textContent, or write a Lit template with the text as a value");
}

#[test]
fn the_page_throws_no_dice() {
    let dice = pattern(r"\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b");
    let mut findings = Vec::new();
    for source in sources(is_page) {
        let hits = source.lines().filter(|(_, line)| dice.is_match(line));
        findings.extend(hits.map(|(n, _)| source.at(n, "chance on the page")));
    }
    none(&findings, "a run's only chance is its seed: derive what you need from the run, or count");
}
