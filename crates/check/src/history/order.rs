//! The questions and answers of a history in the order of time, as a list from which operations are taken and put back.

use super::Call;

/// A question or an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) call: usize,
    pub(super) is_answer: bool,
}

/// A list with a place for each question and answer. Place 0 is before the first and after the last.
#[derive(Clone, Debug)]
pub(super) struct Order {
    steps: Vec<Step>,
    next: Vec<usize>,
    before: Vec<usize>,
    /// For each call, the places of its question and of its answer; 0 if it has none.
    places: Vec<(usize, usize)>,
}

impl Order {
    pub(super) fn of(calls: &[Call]) -> Order {
        let step = |call, is_answer| Step { call, is_answer };
        let mut timed: Vec<(u64, Step)> = Vec::with_capacity(calls.len() * 2);
        for (number, call) in calls.iter().enumerate() {
            timed.push((call.from, step(number, false)));
            timed.extend(call.heard.iter().map(|(at, _)| (*at, step(number, true))));
        }
        // Of the same instant the questions come first: then the operations overlap.
        timed.sort_by_key(|(at, step)| (*at, step.is_answer));
        let mut places = vec![(0, 0); calls.len()];
        let mut steps = vec![step(0, false)];
        for (_, one) in timed {
            let place = &mut places[one.call];
            if one.is_answer {
                place.1 = steps.len();
            } else {
                place.0 = steps.len();
            }
            steps.push(one);
        }
        let count = steps.len();
        let next = (0..count).map(|place| (place + 1) % count).collect();
        let before = (0..count).map(|place| (place + count - 1) % count).collect();
        Order { steps, next, before, places }
    }

    /// The place after another; 0 at the end.
    pub(super) fn after(&self, place: usize) -> usize {
        self.next[place]
    }

    pub(super) fn step(&self, place: usize) -> Step {
        self.steps[place]
    }

    /// Takes a call out.
    pub(super) fn lift(&mut self, call: usize) {
        let (question, answer) = self.places[call];
        self.unlink(question);
        if answer != 0 {
            self.unlink(answer);
        }
    }

    /// Puts the call back that was taken out last, and gives the place of its question.
    pub(super) fn put_back(&mut self, call: usize) -> usize {
        let (question, answer) = self.places[call];
        if answer != 0 {
            self.link(answer);
        }
        self.link(question);
        question
    }

    fn unlink(&mut self, place: usize) {
        let (before, next) = (self.before[place], self.next[place]);
        self.next[before] = next;
        self.before[next] = before;
    }

    fn link(&mut self, place: usize) {
        let (before, next) = (self.before[place], self.next[place]);
        self.next[before] = place;
        self.before[next] = place;
    }
}
