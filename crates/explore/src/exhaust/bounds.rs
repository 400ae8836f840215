//! How far an exhaustive search goes.

use protocol::{ClientId, Command, Op};

/// What may happen at most. Within these bounds, and those of the settings, everything is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The highest term that a server may enter.
    pub terms: u32,
    /// How many commands clients ask for.
    pub commands: u8,
    /// How many crashes there are. Each server is up again at once: to be down is to hear nothing.
    pub crashes: u8,
    /// How often a timer fires that raises no term, such as a leader's. Nothing if as often as one likes.
    pub ticks: Option<u8>,
    /// How often a message arrives.
    pub copies: Copies,
    /// How many moves a schedule has. Nothing if as many as it takes.
    pub depth: Option<u32>,
    /// True if of all states that differ only in the servers' numbers one is looked at, where that is sound.
    pub symmetry: bool,
    /// True if, where messages may arrive often and every rule is on, all schedules may be tried at once.
    pub cover: bool,
    /// True if states with different pasts are different. A promise may look back; without pasts, as other model checkers
    /// have it, what is found is real and what is not found may be there.
    pub pasts: bool,
    /// How many bytes the search may fill. If that is not enough, it says that it is not complete.
    pub bytes: u64,
}

/// How often a message may arrive. In any case it may be late and overtaken, and it may never arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// Once, if at all.
    One,
    /// As often as one likes, at any time.
    Many,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            terms: 2,
            commands: 2,
            crashes: 1,
            ticks: None,
            copies: Copies::Many,
            depth: None,
            symmetry: true,
            cover: true,
            pasts: true,
            bytes: 8 << 30,
        }
    }
}

impl Bounds {
    /// What the clients ask for, each one thing: to store a value, to read it, to store another, and so on.
    pub fn asked(&self) -> Vec<Command> {
        let key = || "x".into();
        let letters = (b'a'..=b'z').map(char::from).flat_map(|letter| [letter; 2]);
        let op = |(letter, number): (char, u8)| match number % 2 {
            1 => Op::Set { key: key(), value: letter.to_string().into() },
            _ => Op::Get { key: key() },
        };
        let ops = letters.zip(1..=self.commands).map(op);
        (1..).map(ClientId).zip(ops).map(|(client, op)| Command::new(client, 1, op)).collect()
    }
}
