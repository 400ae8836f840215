//! States that a run may begin with. Refused is what evidently no correct run leads to: what stands below follows from
//! §5.1 to §5.3 and needs no search. A state that passes may still be one that nobody can reach.

use protocol::{Misfit, NodeId, Preset, PresetPart, majority};

/// Judges the presets of a cluster.
pub(crate) fn judge(servers: u8, presets: &[Preset]) -> Result<(), Misfit> {
    for (place, preset) in presets.iter().enumerate() {
        judge_terms(preset)?;
        for earlier in &presets[..place] {
            judge_matching(earlier, preset)?;
        }
    }
    let cluster = Cluster { servers, presets };
    for preset in presets {
        cluster.judge_vote(preset)?;
        cluster.judge_leaders(preset)?;
    }
    Ok(())
}

fn misfit(preset: &Preset, part: PresetPart, words: String) -> Result<(), Misfit> {
    Err(Misfit { node: preset.node, part, words })
}

/// Terms only rise, along a log and at a server.
fn judge_terms(preset: &Preset) -> Result<(), Misfit> {
    let (node, mut before) = (preset.node, 0);
    for (place, (term, _)) in preset.log.iter().enumerate() {
        let (part, index) = (PresetPart::Entry(place), place + 1);
        if *term < before {
            let words = format!(
                "entry {index} of {node} is of term {term} and stands behind one of term {before}: along a log \
                 terms never decrease"
            );
            return misfit(preset, part, words);
        }
        if *term > preset.term {
            let words = format!(
                "{node} is in term {} and holds entry {index} of term {term}: it would have entered that term",
                preset.term
            );
            return misfit(preset, part, words);
        }
        before = *term;
    }
    Ok(())
}

/// Log Matching: where two logs have the same term at an index, they are the same up to there.
fn judge_matching(earlier: &Preset, later: &Preset) -> Result<(), Misfit> {
    let pairs = || earlier.log.iter().zip(&later.log);
    let Some(differs) = pairs().position(|(one, other)| one != other) else { return Ok(()) };
    let same = pairs().skip(differs).position(|((one, _), (other, _))| one == other);
    let Some(same) = same.map(|behind| differs + behind) else { return Ok(()) };
    let (index, term) = (same + 1, later.log[same].0);
    let why = if same == differs {
        "they hold different commands".to_owned()
    } else {
        format!("entry {} differs", differs + 1)
    };
    let words = format!(
        "{} and {} both have term {term} at entry {index}, but {why}: logs that agree on an entry agree on all up to it",
        earlier.node, later.node
    );
    misfit(later, PresetPart::Entry(same), words)
}

/// All servers: those without a preset begin in term 0.
struct Cluster<'a> {
    servers: u8,
    presets: &'a [Preset],
}

impl Cluster<'_> {
    fn of(&self, node: NodeId) -> (u32, Option<NodeId>) {
        let preset = self.presets.iter().find(|preset| preset.node == node);
        preset.map_or((0, None), |preset| (preset.term, preset.vote))
    }

    fn nodes(&self) -> impl Iterator<Item = NodeId> {
        (1..=self.servers).map(NodeId)
    }

    /// Who gets a vote stood for election, and so entered the term and voted for itself in it.
    fn judge_vote(&self, preset: &Preset) -> Result<(), Misfit> {
        let Some(candidate) = preset.vote else { return Ok(()) };
        let (term, vote) = self.of(candidate);
        let (node, of) = (preset.node, preset.term);
        let why = if term < of {
            format!("{candidate} is in term {term} only")
        } else if term == of && vote != Some(candidate) {
            let instead = vote.map_or("nobody".to_owned(), |vote| vote.to_string());
            format!("{candidate} voted for {instead} in that term")
        } else {
            return Ok(());
        };
        let words = format!("{node} voted for {candidate} in term {of}, but {why}: it never was a candidate");
        misfit(preset, PresetPart::Vote, words)
    }

    /// Each term with an entry had a leader, whom a majority had voted for.
    fn judge_leaders(&self, preset: &Preset) -> Result<(), Misfit> {
        let most = majority(usize::from(self.servers));
        for (place, (term, _)) in preset.log.iter().enumerate() {
            let entered = self.nodes().filter(|node| self.of(*node).0 >= *term).count();
            let votes = |candidate: NodeId| {
                let may_have = |node: &NodeId| {
                    let (now, vote) = self.of(*node);
                    now > *term || (now == *term && vote == Some(candidate))
                };
                if may_have(&candidate) { self.nodes().filter(may_have).count() } else { 0 }
            };
            let best = self.nodes().map(votes).max().unwrap_or_default();
            if best >= most {
                continue;
            }
            let why = if entered < most {
                format!("only {entered} of {} servers have entered it", self.servers)
            } else {
                format!("at most {best} of {} servers can have voted for the same one", self.servers)
            };
            let words = format!("nobody can have led term {term}: {why}");
            return misfit(preset, PresetPart::Entry(place), words);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Op;

    /// A preset from its term, its vote (0 for none) and the terms of its log.
    fn preset(node: u8, term: u32, vote: u8, log: &[u32]) -> Preset {
        let vote = (vote > 0).then_some(NodeId(vote));
        Preset { node: NodeId(node), term, vote, log: log.iter().map(|term| (*term, None)).collect() }
    }

    fn refused(presets: &[Preset]) -> (u8, PresetPart, String) {
        let misfit = judge(3, presets).expect_err("no run leads there");
        (misfit.node.0, misfit.part, misfit.words)
    }

    #[test]
    fn what_a_run_can_lead_to_is_taken() {
        assert_eq!(judge(3, &[]), Ok(()));
        let presets = [preset(1, 2, 1, &[1, 2, 2]), preset(2, 2, 1, &[1, 1]), preset(3, 1, 0, &[1])];
        assert_eq!(judge(3, &presets), Ok(()));
    }

    #[test]
    fn terms_that_fall_and_terms_from_the_future_are_refused() {
        let (node, part, words) = refused(&[preset(2, 3, 0, &[1, 3, 2])]);
        assert_eq!((node, part), (2, PresetPart::Entry(2)));
        assert!(words.contains("entry 3 of n2 is of term 2 and stands behind one of term 3"), "{words}");
        let (node, part, words) = refused(&[preset(1, 3, 0, &[1, 4])]);
        assert_eq!((node, part), (1, PresetPart::Entry(1)));
        assert!(words.contains("n1 is in term 3 and holds entry 2 of term 4"), "{words}");
    }

    #[test]
    fn logs_that_agree_on_an_entry_and_not_on_what_is_before_it_are_refused() {
        let (node, part, words) =
            refused(&[preset(1, 3, 0, &[1, 1, 3]), preset(2, 3, 0, &[1, 2, 3]), preset(3, 3, 0, &[])]);
        assert_eq!((node, part), (2, PresetPart::Entry(2)));
        assert!(words.contains("n1 and n2 both have term 3 at entry 3, but entry 2 differs"), "{words}");
        let mut other = preset(2, 1, 0, &[1]);
        other.log[0].1 = Some(Op::Incr { key: "x".into() });
        let (_, part, words) = refused(&[preset(1, 1, 0, &[1]), other]);
        assert_eq!(part, PresetPart::Entry(0));
        assert!(words.contains("they hold different commands"), "{words}");
    }

    #[test]
    fn a_vote_for_somebody_who_was_no_candidate_is_refused() {
        let (node, part, words) = refused(&[preset(1, 2, 2, &[]), preset(2, 1, 0, &[])]);
        assert_eq!((node, part), (1, PresetPart::Vote));
        assert!(words.contains("n1 voted for n2 in term 2, but n2 is in term 1 only"), "{words}");
        let (_, _, words) = refused(&[preset(1, 2, 2, &[]), preset(2, 2, 3, &[]), preset(3, 2, 3, &[])]);
        assert!(words.contains("n2 voted for n3 in that term"), "{words}");
    }

    #[test]
    fn entries_of_a_term_that_nobody_can_have_led_are_refused() {
        let (node, part, words) = refused(&[preset(1, 2, 1, &[1, 2]), preset(2, 1, 1, &[1])]);
        assert_eq!((node, part), (1, PresetPart::Entry(1)));
        assert!(words.contains("nobody can have led term 2: only 1 of 3 servers have entered it"), "{words}");
        let split = [preset(1, 2, 1, &[1, 2]), preset(2, 2, 2, &[1]), preset(3, 2, 3, &[1])];
        assert!(refused(&split).2.contains("at most 1 of 3 servers can have voted for the same one"));
    }
}
