//! Where in a scenario something stands: the places that are learned about each for itself. Frozen with format
//! version 1; a place for something new is only ever added at the end.

use super::coder::Place;

macro_rules! places {
    ($($name:ident: $width:literal),* $(,)?) => { places!(@ 0; $($name: $width,)*); };
    (@ $at:expr; $name:ident: $width:literal, $($rest:tt)*) => {
        pub(super) const $name: Place = Place($at);
        places!(@ $at + $width; $($rest)*);
    };
    (@ $at:expr;) => {
        /// How many there are.
        pub(super) const COUNT: u16 = $at;
    };
}

places! {
    // Rows: one place for each thing that may come before.
    LINE_AFTER: 16, ACTION_AFTER: 32, KIND_AFTER: 64, FROM_AFTER: 16, TO_AFTER: 16,
    // Settings.
    PROTOCOL: 1, SERVERS: 1, CLIENTS: 1, SEED: 2, OPTIONS: 1, OPTION: 1, OPTION_VALUE: 1, RULES: 1, RULE: 1, NETWORK: 1,
    LINKS: 1, DISK: 1, TIMEOUT: 1, RETRIES: 1, TITLE: 1, OPEN: 1,
    LATENCY: 2, JITTER: 2, LOSS: 2, DUPLICATE: 2, REORDER: 2, SPAN_UNIT: 1, SPAN: 3, CHANCE: 2,
    // Lines.
    LINES: 1, TOLERANT: 1, CLOCK_UNIT: 1, CLOCK: 3, EVENT: 1, ANSWERS: 1, MOVES: 1, LOOK: 1, INDEX: 1, PANEL: 1,
    INVARIANT: 1,
    // Actions.
    ACTION: 1, TARGET: 1, FOLLOWER: 1, NODE: 1, CLIENT: 1, SUBMIT_TO: 1, OP: 1, BOTH: 1, RATE: 2, TIMER: 1,
    GROUPS: 1, GROUP_FORM: 1, GROUP: 1, GROUP_SIZE: 1, ENDS: 1, END: 1, FILTER: 3, WHOSE_TIMERS: 1,
    PLACE: 1, FROM: 1, TO: 1, KIND: 1, NTH: 1,
    // Conditions.
    EXPR: 1, LITERAL: 1, LITERAL_NUMBER: 2, FIELD: 1, PART: 1, CLIENT_FIELD: 1, OPERATION: 1, FATE: 1, COUNTER: 1,
    COMPARISON: 1, PARTS: 1, WORD: 2,
    // Added later.
    INVITATION: 1, PASSED: 1, BESIDE: 1, PRESET_TERM: 2, PRESET_VOTE: 1, PRESET_LOG: 1, PRESET_OP: 1,
}
