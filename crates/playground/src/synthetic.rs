//! Runs that begin in the middle: what everybody who shows one has to say.

use crate::deed::listed;
use sim::Config;

/// What a synthetic run is, in two sentences; nothing of a run that begins with empty disks.
pub(crate) fn words(config: &Config) -> String {
    let names: Vec<String> = config.presets.iter().map(|preset| preset.node.to_string()).collect();
    if names.is_empty() {
        return String::new();
    }
    let (begins, disk) = if names.len() == 1 { ("begins", "a disk") } else { ("begin", "disks") };
    format!(
        "Synthetic: no run led to where this one starts. {} {begins} with {disk} that the scenario wrote.",
        listed(&names)
    )
}
