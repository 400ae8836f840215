//! How a run ended, in words.

use playground::Run;

/// The report of a run, and whether all went as the scenario says.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) well: bool,
}

/// Reports on a run whose script ends at a position. A broken promise is no failure if the scenario expects it.
pub(crate) fn of(run: &mut dyn Run, end: u32) -> Report {
    run.seek(end);
    let frame = run.frame();
    let mut text = String::new();
    let synthetic = playground::info(run, None).synthetic;
    if !synthetic.is_empty() {
        text += &format!("{synthetic}\n");
    }
    for node in &frame.nodes {
        let log: Vec<String> = node.cells.iter().map(|cell| format!("{}:{}", cell.mark, cell.text)).collect();
        text += &format!(
            "{:<4} {:<10} {} {:<3} commit {:<3} log [{}] state {{{}}}\n",
            node.name,
            node.role,
            run.dialect().term,
            node.term,
            node.commit,
            log.join(" "),
            node.state
        );
    }
    for client in &frame.clients {
        for op in &client.ops {
            text += &format!("{:<4} {} → {} {}\n", client.name, op.text, op.outcome, op.reply);
        }
    }
    let expected = run.expects_violations();
    let failures = run.failures();
    let violations = run.violations();
    for (promise, at, words) in &violations {
        let note = if expected.iter().any(|name| name == promise) { " (expected)" } else { "" };
        text += &format!("broken at {at}: {promise}{note}: {words}\n");
    }
    for (line, at, found) in &failures {
        text += &format!("failed at {at}, step {}: {found}\n", line + 1);
    }
    let surprise = violations.iter().any(|(promise, ..)| !expected.iter().any(|name| name == promise));
    let surprise = surprise && expected.is_empty();
    text += &format!(
        "{} events, {} of {} promises hold, fingerprint {:016x}",
        end,
        frame.checks.holds,
        frame.checks.of,
        run.fingerprint(end)
    );
    Report { text, well: failures.is_empty() && !surprise }
}
