//! A run that a scenario carries to be compared with its own.

use protocol::Dialect;
use scenario::{Line, Scenario, print};
use serde::Serialize;

/// The other run, and how long both are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RivalView {
    /// Its title.
    pub title: String,
    /// All of it, as a scenario.
    pub text: String,
    /// How many moves it takes.
    pub moves: usize,
    /// How many this run takes, from where it sets its reader a goal.
    pub own: usize,
}

pub(crate) fn view(scenario: &Scenario, dialect: &Dialect) -> Option<RivalView> {
    let rival = scenario.rival.as_ref()?;
    Some(RivalView {
        title: rival.title.clone(),
        text: print(rival, dialect),
        moves: moves(rival),
        own: moves(scenario),
    })
}

/// Everything that is done, or left to time, behind the last goal.
fn moves(scenario: &Scenario) -> usize {
    let goal = scenario.lines.iter().rposition(|line| matches!(line, Line::Goal { .. }));
    let tried = &scenario.lines[goal.map_or(0, |goal| goal + 1)..];
    let counts = |line: &&Line| {
        matches!(line, Line::Act { .. } | Line::DeliverAll)
            || (goal.is_none() && matches!(line, Line::Run(_)))
    };
    tried.iter().filter(counts).count()
}

#[cfg(test)]
mod tests {
    use crate::{Run, info, open_link, open_text};

    const BOTH: &str = "consensus 1
title \"By hand\"
protocol raft
without up-to-date-log

hold timers
goal \"Break it.\" until violations > 0 within 9 moves
fire n1 election
deliver RequestVote n1->n2
deliver RequestVoteReply n2->n1

rival
consensus 1
title \"By a search\"
protocol raft
servers 5
without up-to-date-log

fire n3 election
run 20ms
";

    fn views(run: &dyn Run) -> (String, usize, usize) {
        let rival = info(run, None).rival.unwrap_or_else(|| panic!("it has a rival"));
        (rival.title, rival.own, rival.moves)
    }

    #[test]
    fn one_link_holds_both_runs_and_how_long_each_is() {
        let mut run = open_text(BOTH).unwrap_or_else(|trouble| panic!("{trouble}")).run;
        assert_eq!(views(run.as_ref()), ("By a search".to_owned(), 3, 2));
        let link = run.link(false).unwrap_or_else(|trouble| panic!("{trouble}"));
        let mut again = open_link(&link).unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!((again.run.text(), again.differs), (BOTH.to_owned(), None));
        let rival = info(again.run.as_ref(), None).rival.map(|rival| rival.text).unwrap_or_default();
        let rival = open_text(&rival).unwrap_or_else(|trouble| panic!("{trouble}")).run;
        assert_eq!((rival.scenario().config.servers, info(rival.as_ref(), None).rival), (5, None));
        assert_eq!(again.run.ahead_to_script_end(), run.ahead_to_script_end());
    }
}
