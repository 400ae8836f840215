//! Runs that begin in the middle: what everybody who shows one has to say.

use sim::Config;

/// What a synthetic run is, in one sentence; nothing of a run that begins with empty disks.
pub(crate) fn words(config: &Config) -> String {
    if config.presets.is_empty() {
        return String::new();
    }
    "Synthetic start: the scenario wrote what is on the disks, and no run led there.".to_owned()
}
