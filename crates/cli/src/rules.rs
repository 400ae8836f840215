//! `consensus rules`: the rules of the protocols, for people and for programs.

use crate::args::Args;
use crate::print;
use playground::{RuleInfoView, dialects, rule_infos};

/// Lists the rules of a protocol, or of all.
///
/// # Errors
/// If there is no such protocol.
pub(crate) fn rules(given: &[&str]) -> Result<bool, String> {
    let args = Args::read(given, &[], &["--json"])?;
    let known: Vec<&str> = dialects().iter().map(|dialect| dialect.key).collect();
    let wanted = match args.words[..] {
        [] => known.clone(),
        [key] if known.contains(&key) => vec![key],
        [key] => return Err(format!("there is no protocol “{key}”: {} are known", known.join(", "))),
        _ => return Err("one protocol at a time, or none for all".to_owned()),
    };
    let infos: Vec<RuleInfoView> = wanted.iter().flat_map(|key| rule_infos(key)).collect();
    if args.has("--json") {
        print(&serde_json::to_string_pretty(&infos).map_err(|error| error.to_string())?);
    } else {
        infos.iter().for_each(|info| print(&in_words(info)));
    }
    Ok(true)
}

fn in_words(info: &RuleInfoView) -> String {
    let mut text =
        format!("{} {} ({})\n  {}\n  {}", info.protocol, info.name, info.kind, info.words, info.source);
    if !info.promise.is_empty() {
        text += &format!("\n  without it: {} breaks", info.promise);
    }
    if !info.needs.is_empty() {
        text += &format!("\n  matters only with: {}", info.needs);
    }
    if !info.shape.is_empty() {
        text += &format!("\n  searched with: {}", info.shape.join("; "));
    }
    text
}
