//! What a reader finds in the side panel: rules with their switches and the way to where they spoke, servers from inside, all
//! that clients asked for.

use playground::{Run, Time, open_link, open_text};
use tests::{cases, surprises};

/// The runs that are looked into, each at some moments.
fn runs() -> Vec<(String, Box<dyn Run>)> {
    let all = cases("www/starts").into_iter().chain(cases("www/lessons").into_iter().step_by(4));
    all.map(|case| (case.name.clone(), case.open().run)).collect()
}

/// Stands at a handful of places of a run, one after the other.
fn at_places(run: &mut dyn Run, mut look: impl FnMut(&mut dyn Run)) {
    let end = run.ahead_to_script_end();
    for part in 1..=7 {
        run.seek(end * part / 7);
        look(run);
    }
}

#[test]
fn a_rule_offers_a_way_only_to_where_it_spoke() {
    let mut offered = [0; 2];
    for (name, mut run) in runs() {
        at_places(run.as_mut(), |run| {
            let here = run.position();
            for rule in run.rules() {
                let goes = [false, true].map(|forward| {
                    let went = run.to_firing(rule.key, forward);
                    let moved = run.position() != here;
                    run.seek(here);
                    assert_eq!(went, moved, "{name}: {}", rule.key);
                    went
                });
                assert_eq!([rule.before, rule.after], goes, "{name} at {here}: {}", rule.key);
                offered[usize::from(rule.before)] += 1;
            }
        });
    }
    assert!(offered[0] > 0 && offered[1] > 0);
}

/// Protocols in whose scripts a line may wait in vain without the rule.
const WAITED_IN_VAIN: [&str; 2] = ["zab", "multi-paxos"];

#[test]
fn a_rule_that_is_switched_off_and_on_again_leaves_the_run_as_it_was() {
    for (name, mut run) in runs() {
        let end = run.ahead_to_script_end();
        let whole = run.fingerprint(end);
        let key = run.rules()[1].key;
        run.seek(end);
        run.switch_rule(key, false).expect("there is such a rule");
        let off = run.frame().off;
        assert!(off.iter().any(|rule| rule.key == key) && !run.frame().on_story, "{name}");
        assert!(run.position() <= end, "{name}: nobody is led beyond what they have seen");
        run.switch_rule(key, true).expect("there is such a rule");
        assert_eq!(run.frame().off.len() + 1, off.len(), "{name}");
        run.ahead_to_script_end();
        let again = open_text(&run.text()).unwrap_or_else(|trouble| panic!("{name}: {trouble}")).run;
        assert_eq!(surprises(open_text(&again.text()).expect("as before").run.as_mut()), [""; 0], "{name}");
        let known = run.ahead_to_script_end().min(end);
        let protocol = run.dialect().key;
        run.back_to_story();
        run.ahead_to_script_end();
        assert_eq!((run.fingerprint(end), run.frame().on_story), (whole, true), "{name}");
        let mut again = again;
        again.ahead_to_script_end();
        // Without the rule a line of these scripts has waited in vain; with it again, it waits no more.
        if !WAITED_IN_VAIN.contains(&protocol) {
            assert_eq!(again.fingerprint(known), run.fingerprint(known), "{name}");
        }
    }
}

#[test]
fn a_run_without_a_rule_is_shared_without_it() {
    let raft = cases("www/starts").into_iter().find(|case| case.name == "raft").expect("Raft has a start");
    let mut run = raft.open().run;
    run.ahead_to_script_end();
    run.run(Time(4_000_000));
    run.switch_rule("one-vote-per-term", false).expect("there is such a rule");
    let link = run.link(false).expect("it is short");
    assert!(link.contains("without-one-vote-per-term"), "{link}");
    let mut there = open_link(&link).expect("it was just made").run;
    assert_eq!(there.text(), run.text());
    assert_eq!(surprises(there.as_mut()), [""; 0], "what waits for nothing is no failure");
    assert!(run.switch_rule("no-such-rule", false).is_err());
}

#[test]
fn what_the_shown_moment_changed_is_marked_with_what_it_was() {
    let mut marked = 0;
    for (name, mut run) in runs() {
        at_places(run.as_mut(), |run| {
            let here = run.position();
            // What is shown at a place is its last moment and what came after it.
            let shown = run.moments(0, here).last().map_or(0, |moment| moment.position - 1);
            let now = run.inside("n1").expect("there is an n1");
            run.seek(shown);
            let before = if shown > 0 { run.inside("n1").ok() } else { None };
            run.seek(here);
            let Some(before) = before else { return };
            for fact in &now.facts {
                let old = before.facts.iter().find(|old| old.fact.key == fact.fact.key);
                let Some(old) = old else { continue };
                let was = (old.fact.value != fact.fact.value).then(|| old.fact.value.clone());
                assert_eq!(fact.was, was, "{name} at {here}: {}", fact.fact.key);
                assert_eq!(fact.synced, fact.fact.durable && !old.fact.durable, "{name} at {here}");
                marked += usize::from(fact.was.is_some());
            }
        });
    }
    assert!(marked > 3, "{marked} values are marked");
}

#[test]
fn a_list_holds_more_of_what_clients_asked_for_than_a_picture() {
    let mut run = open_text("consensus 1\nprotocol raft\nuntil leader within 2s\n").expect("it is right").run;
    for n in 1..=9 {
        run.run(Time(1_000_000 + 100_000 * n));
        run.act(&format!("submit c1 set x={n}")).expect("there is a client");
    }
    run.run(Time(3_000_000));
    let listed: Vec<String> = run.clients()[0].ops.iter().map(|op| op.text.clone()).collect();
    assert_eq!(listed, (1..=9).map(|n| format!("set x={n}")).collect::<Vec<_>>());
    assert!(run.clients()[0].ops.iter().all(|op| op.outcome == "ok"));
}

#[test]
fn who_is_outbid_keeps_the_colour_of_its_own_ballot_until_it_gives_up() {
    let duel = "consensus 1\nprotocol paxos\nclients 2\nhold messages *\n\
        submit c1 -> n1 set x=1\ndeliver ClientRequest c1->n1\n\
        submit c2 -> n3 set x=3\ndeliver Prepare n1->n3\ndeliver ClientRequest c2->n3\n\
        deliver Prepare n3->n1\n";
    let mut run = open_text(duel).expect("it is right").run;
    let end = run.ahead_to_script_end();
    run.seek(end);
    let (n1, n3) = (run.frame().nodes[0].clone(), run.frame().nodes[2].clone());
    assert!(n1.note.contains("outbid") && n1.term < n3.term, "{} {}", n1.note, n3.note);
    let window = run.window(0, end.into(), 1_000, playground::Scale::Steps).window;
    let last = |lane: u64| window.lanes.chunks(6).rfind(|row| row[0] == lane).expect("a lane")[3];
    assert_eq!([last(0), last(2)], [u64::from(n1.hue), u64::from(n3.hue)]);
}

#[test]
fn the_majority_that_decides_is_named_in_every_protocol() {
    for case in cases("www/starts") {
        let mut run = case.open().run;
        let mut reached = Vec::new();
        run.ahead_to_script_end();
        while run.frame().nodes.iter().all(|node| node.commit == 0) {
            assert!(run.step(), "{}", case.name);
            reached.extend(run.frame().majority.filter(|majority| majority.reached).map(|one| one.text));
        }
        reached.dedup();
        assert!(reached.len() >= 2, "{}: {reached:?}", case.name);
        assert!(reached.last().is_some_and(|text| text.contains("stored it, needs 2")), "{reached:?}");
    }
}
