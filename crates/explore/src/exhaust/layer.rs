//! States of a cluster, packed one behind the other.

/// A state.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The numbers of the servers.
    pub(crate) servers: Vec<u32>,
    /// The numbers of the messages that may arrive, in ascending order; twice if there are two.
    pub(crate) letters: Vec<u32>,
    /// What the checker remembers.
    pub(crate) ghost: u32,
    pub(crate) used: Used,
    /// Of all servers and messages, one under each of the names that the servers might bear.
    pub(crate) sums: Vec<u64>,
}

impl State {
    /// The servers and messages of another state, with one server replaced.
    pub(crate) fn arrange(&mut self, other: &State, slot: usize, server: u32) {
        self.servers.clone_from(&other.servers);
        self.servers[slot] = server;
        self.letters.clone_from(&other.letters);
    }

    pub(crate) fn add(&mut self, sums: &[u64]) {
        for (sum, more) in self.sums.iter_mut().zip(sums) {
            *sum = sum.wrapping_add(*more);
        }
    }

    /// Takes a message away.
    pub(crate) fn take(&mut self, letter: u32) {
        if let Ok(place) = self.letters.binary_search(&letter) {
            self.letters.remove(place);
        }
    }

    /// Puts one more message in.
    pub(crate) fn put(&mut self, letter: u32) {
        let (Ok(place) | Err(place)) = self.letters.binary_search(&letter);
        self.letters.insert(place, letter);
    }

    /// Puts a message in unless it is there. True if it was not.
    #[inline]
    pub(crate) fn put_once(&mut self, letter: u32) -> bool {
        let place = self.letters.binary_search(&letter);
        place.map_err(|place| self.letters.insert(place, letter)).is_err()
    }
}

/// How much of the bounds is used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) commands: u8,
    pub(crate) crashes: u8,
    pub(crate) ticks: u8,
}

impl Used {
    pub(crate) fn word(self) -> u32 {
        u32::from_le_bytes([self.commands, self.crashes, self.ticks, 0])
    }

    fn of(word: u32) -> Used {
        let [commands, crashes, ticks, _] = word.to_le_bytes();
        Used { commands, crashes, ticks }
    }
}

/// The states that so many moves lead to.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    words: Vec<u32>,
    sums: Vec<u64>,
    len: usize,
    /// Where the next one to be looked at begins.
    word: usize,
    sum: usize,
}

impl Layer {
    pub(crate) fn push(&mut self, state: &State) {
        let letters = u32::try_from(state.letters.len()).unwrap_or(u32::MAX);
        self.words.extend([state.ghost, state.used.word(), letters]);
        self.words.extend_from_slice(&state.servers);
        self.words.extend_from_slice(&state.letters);
        self.sums.extend_from_slice(&state.sums);
        self.len += 1;
    }

    /// Takes out the next state, of so many servers and sums. False if there is none.
    pub(crate) fn pop(&mut self, servers: usize, sums: usize, into: &mut State) -> bool {
        let Some(&[ghost, used, letters]) = self.words.get(self.word..self.word + 3) else { return false };
        let (start, middle) = (self.word + 3, self.word + 3 + servers);
        let end = middle + letters as usize;
        into.servers.clear();
        into.servers.extend_from_slice(&self.words[start..middle]);
        into.letters.clear();
        into.letters.extend_from_slice(&self.words[middle..end]);
        into.sums.clear();
        into.sums.extend_from_slice(&self.sums[self.sum..self.sum + sums]);
        (into.ghost, into.used) = (ghost, Used::of(used));
        (self.word, self.sum) = (end, self.sum + sums);
        true
    }

    /// How many states were put in.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u32>() + self.sums.capacity() * size_of::<u64>()
    }
}
