use scenario::Scenario; use protocol::Dialect;
pub(crate) struct Decoded { pub(crate) scenario: Scenario, pub(crate) fingerprint: Option<u64> }
pub(crate) fn encode(_: &Scenario, _: &'static Dialect, _: u64) -> String { String::new() }
pub(crate) fn short(x: u64) -> u64 { x }
pub(crate) fn from_fragment(_: &str, _: &dyn Fn(&str) -> Option<&'static Dialect>) -> Result<Decoded, String> { Err("no".into()) }
