//! Majorities.

/// The least number of servers that is more than half of `servers`.
///
/// Any two majorities of the same cluster share at least one server; all of consensus leans on that.
pub const fn majority(servers: usize) -> usize {
    servers / 2 + 1
}

/// True if `have` of `servers` is a majority.
pub const fn is_majority(have: usize, servers: usize) -> bool {
    have >= majority(servers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_majorities_always_share_a_server() {
        for servers in 1..=12 {
            assert!(2 * majority(servers) > servers, "{servers} servers");
            assert!(2 * (majority(servers) - 1) <= servers, "{servers}: one fewer would not do");
        }
    }
}
