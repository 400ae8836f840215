//! The rules of a protocol, apart from any run.

use crate::open::dialect;
use protocol::RuleKind;
use serde::Serialize;

/// A rule in words.
#[derive(Clone, Debug, Serialize)]
pub struct RuleInfoView {
    /// The key of its protocol.
    pub protocol: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it demands.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
    /// `safety`, `liveness` or `option`.
    pub kind: &'static str,
    /// The promise that hangs on it, or nothing.
    pub promise: &'static str,
    /// The cluster or option without which it never matters, or nothing.
    pub needs: &'static str,
    /// The same for a search, in a few words each: what its runs are drawn from.
    pub shape: Vec<String>,
}

/// Every rule of a protocol, in the paper's order; none if there is no such protocol.
pub fn rule_infos(key: &str) -> Vec<RuleInfoView> {
    let Some(dialect) = dialect(key) else { return Vec::new() };
    let view = |info: &protocol::RuleInfo| RuleInfoView {
        protocol: dialect.key,
        name: info.key,
        words: info.words,
        source: info.source,
        kind: match info.kind {
            RuleKind::Safety => "safety",
            RuleKind::Liveness => "liveness",
            RuleKind::Option => "option",
        },
        promise: info.promise,
        needs: info.needs,
        shape: info.shape.words(dialect),
    };
    dialect.rules.iter().map(view).collect()
}
