//! A scenario: the only thing about a run that is ever saved.
//!
//! Settings, actions, captions and expectations, and nothing that follows from them. A run is found again by playing
//! its scenario again, so a scenario is at once a lesson, a test, a bug report and a link. It has two forms that say
//! the same:
//!
//! * **Text**, which a person writes, reads and puts under version control: [`parse`] and [`print()`].
//! * **A link**, which fits into a chat message: [`link::encode`] and [`link::decode`]; see [`link`].
//!
//! This crate knows how a scenario is written, not how it is played. Conditions ask a [`World`] for values; whoever
//! plays scenarios implements it, feeds a [`Monitor`] after every event for `always` and `never`, and lets [`report`]
//! say why an expectation failed. A protocol's own words (kinds of message, rules, options, roles, timers) come from
//! its [`protocol::Dialect`]; none stands in this crate.
//!
//! # The text form
//!
//! One line says one thing. A header comes first, and what it does not say is at its default.
//!
//! ```text
//! consensus 1
//! title "A follower is cut off"
//! protocol raft
//! servers 5
//! network latency 20ms..40ms loss 1%
//!
//! caption "Five servers elect a leader."
//! until leader within 2s
//! submit c1 set x=1
//! run 200ms
//! expect leader.commit == 1 and c1.last == ok
//! crash leader
//! try crash last-crashed            # is refused, which `try` allows
//! ask "Can the others go on?"
//!   answer "Yes: four of five are a majority" if leader
//!   answer "No: the leader is gone" if not leader
//! run 2s
//! expect never(leaders > 1)
//! ```
//!
//! ## Grammar
//!
//! `{ }` is any number of times, `[ ]` once or not at all, `|` either; what stands in quotes stands for itself. Blanks
//! may stand between all parts but those of a number with its unit, a server (`follower.1`) and a field (`n1.term`).
//!
//! ```text
//! scenario  = run ["rival" run]                         another run to be compared with it
//! run       = "consensus" "1" ["title" text] "protocol" word {setting} {line}
//! setting   = "title" text                              the title may also stand below the protocol
//!           | "beside" word [word]                      other protocols that are laid beside it
//!           | "servers" number | "clients" number       1 to 12 (3); 0 to 12 (1)
//!           | "seed" number                             from which all dice follow (1)
//!           | "option" word value                       the protocol's: on, off, a word, a number, a time
//!           | "without" word                            a rule of the protocol is off
//!           | "network" {link}                          how every link treats messages
//!           | "link" end ("->" | "<->") end {link}      one link, in one direction or both
//!           | "disk" ("sync" | "explicit" | range)      how long a write takes ("sync": no time)
//!           | "client-timeout" span                     until a client asks again (500ms)
//!           | "client-retries" number                   until it gives up (10)
//!           | "open" "at" moment ["past" number]        where a reader enters; so many waits there are over
//!           | "preset" server "term" number ["vote" server] ["log" entry {entry}]
//!                                                       what is on a server's disk at the beginning, if anything
//! link      = "latency" range | "jitter" span | "loss" percent | "duplicate" percent | "reorder" percent
//! range     = span [".." span]
//! entry     = number ["[" operation "]"]                its term; without an operation it is empty
//! end       = "n1" … "n12" | "c1" … "c12"
//!
//! line      = ["try"] action                            "try": it may be refused
//!           | "run" span                                the clock moves on, and what is due happens
//!           | "at" moment                               the clock moves to there; clicks are saved so
//!           | "until" condition "within" span           what is due happens until the condition holds
//!           | "deliver" "all"                           until nothing is in flight; the clock stands still
//!           | "caption" text                              with values in braces: "{leader} leads"
//!           | "leave"                                   the reader left the story here; once
//!           | "stop"                                    the story waits for its reader
//!           | "ask" text answer answer {answer}         answers stand on lines of their own
//!           | "goal" text "until" condition "within" number "moves"
//!           | "invite" text (action | "back" | "without" word)    a button; the story waits for it
//!           | "look" (place | "entry" number ["at" server] | "message" message | "panel" word)
//!           | "expect" condition
//!           | "expect" "violation" word                 an invariant has to have been violated by now
//! answer    = "answer" text "if" condition ["without" word {word}]
//!                                                       rules that nobody follows who believes it
//!
//! action    = "submit" client ["->" server] operation   without a server: whom the client believes to lead
//!           | ("crash" | "restart" | "pause" | "resume" | "sync" | "wipe") server
//!           | "clock" server percent                    of true time: 10% to 1000%
//!           | "cut" place ("->" | "<->") place | "mend" place "<->" place
//!           | "partition" group {"|" group} | "heal"
//!           | "network" ("all" | place "<->" place) {link}
//!           | "fire" server word                        a timer of the protocol
//!           | ("hold" | "release") ("messages" filter | "timers" [server])
//!           | ("deliver" | "drop" | "duplicate") message | "delay" message "by" span
//! operation = "set" key "=" value | "get" key | "append" key value | "cas" key value value | "incr" key
//!           | "sync" key
//! group     = place {place}
//! message   = kind place "->" place ["#" number]        the first of several without a number
//! filter    = "*" | kind | [kind] ends
//! ends      = (place | "*") "->" (place | "*")
//! kind      = word                                      the protocol's, or ClientRequest, ClientReply
//! place     = server | client
//! server    = "n1" … | "leader" | "follower." number | "last-crashed"
//! client    = "c1" …
//!
//! condition = all {"or" all}
//! all       = not {"and" not}
//! not       = "not" not | value [("==" | "!=" | "<" | "<=" | ">" | ">=") value]
//! value     = "(" condition ")" | "true" | "false" | "none" | ["-"] number | number "." number | text | word
//!           | server                                    alone: there is such a server
//!           | server "." ("role" | "term" | "commit" | "applied" | "last" | "up" | "leader")
//!           | server "." word                           a fact of the protocol, by the paper's name
//!           | server ".log[" number "]" [".term"]       what an entry holds, or its term
//!           | server ".kv[" key "]"                     a value of the state machine
//!           | client "." ("last" | "ops" | "op[" number "].outcome" | "op[" number "].reply")
//!           | ("inflight" | "sent" | "delivered" | "lost") "(" [kind | [kind ","] ends] ")"
//!           | "leaders" | "elections" | "wins" | "violations"
//!           | ("holds" | "violated") "(" word ")"       an invariant, so far
//!           | ("always" | "never") "(" condition ")"    since the start
//!           | word "(" condition ")"                    one of the protocols that lie side by side: in its run
//!
//! moment    = span ["#" number]                         after so many events of exactly that time (0)
//! span      = digits ["." digits] ("us" | "ms" | "s")
//! percent   = digits ["." digits] "%"
//! number    = digits
//! word      = letter {letter | digit | "_" | "-"}
//! text      = quote {sign | "\" quote | "\\"} quote
//! key, value of an operation = text | {letter | digit | one of _-./:+@}
//! comment   = "#", unless a digit follows, and the rest of the line
//! ```
//!
//! ## What is laid beside it
//!
//! `beside` names other protocols whose runs a page may lay beside this one: the same clients, the same faults at the same
//! instants. The run itself is what it would be without that line.
//!
//! An expectation and the condition of an answer may then speak of one of them, the scenario's own among them, by name:
//! `expect raft(leader == n1) and zab(leader == n3 and leader.log[2] == none)`. Within the brackets stand words that all
//! protocols share (no kinds of message, roles, facts or invariants); a comparison, `always` and `never` can stand in them, and
//! not around them. A scenario that does so tells the story of all of them: it is told where they lie side by side, each step at
//! the instant that all have come to, and what is said there without a name has to hold with each. What a caption looks up is
//! the scenario's own protocol's. Where the story waits, all stand still; what is done next is done a microsecond later.
//! Whoever plays the scenario alone passes over the questions and expectations that name a protocol. Any other story is its own
//! protocol's, and is not told side by side.
//!
//! ## Where a story waits
//!
//! At `stop`, `ask`, `goal` and `invite` the story waits for its reader; whoever plays it without one goes straight on.
//! `stop` waits to be read. What the run then does decides which answer to an `ask` was right. A `goal` is tried on a
//! way of the reader's own; the story itself goes on with its next line. An `invite` is a button: with an action, going
//! on means doing it; `back` takes the reader to the last turning point; `without` shows the same schedule beside the
//! story with that rule off, and changes nothing here. A reader who does anything else leaves the story there.
//!
//! ## What a condition means
//!
//! A number equals a text that is written like it, so `n1.kv[x] == 1` needs no quotes. A term that belongs to a server
//! is written `3.1`; against a plain number only its number counts. What is not there is `none`: a vote not given, an
//! entry not written, a key not set, a leader where there is none. Outcomes are `ok`, `failed`, `unknown` and
//! `pending`. A part of `and` or `or` that decides the whole needs no value of the others. Where something has no
//! value *yet* (`leader.term` while nobody leads), an expectation fails and says so, `until` goes on waiting, and
//! `always` and `never` pass over the moment; where it can *never* have one (a fact that the protocol does not know),
//! all of them fail at once.
//!
//! ## What a caption looks up
//!
//! A value in braces is looked up when the caption is told: `caption "{leader} wins term {leader.term}"`. It may be any
//! value of a condition but one that stands for itself; `({n1.term})` and `{(n1.term > 1)}` are fine, `always` and
//! `never` are not. A brace is written `{{`; a closing one stands for itself outside of values. A value that is not
//! there at that moment shows as a question mark, and is a failed expectation.
//!
//! ## What an answer leaves out
//!
//! A wrong answer often is a rule that somebody does not know: *it commits the entry, for a majority has it*. Such an
//! answer names the rule (`answer "It commits b=2" if n1.commit >= 2 without commit-own-term-only`), and the same
//! scenario can then be run *as told*: with those rules off, and without what the author says and expects from the
//! question on. What was believed comes true there, and a promise breaks; an answer after which none does must not
//! leave out anything. A rule that is off in the whole scenario cannot be left out again.
//!
//! ## Where a run begins
//!
//! The disks are empty at the beginning, unless a `preset` says what is on one: `preset n1 term 3 vote n2 log 1 1[set
//! x=1] 3`. So a story can begin with a figure of a paper. No run led there, and whoever shows such a run calls it
//! synthetic. The protocol judges all presets together: what evidently no run comes to is refused where it stands. A
//! protocol that cannot judge takes none.
//!
//! ## Rivals
//!
//! A scenario may carry another run of the same protocol, whole, below a line `rival`: who broke a promise by hand in 14
//! moves can hand on, in one link, what a search needed 9 for. Playing the scenario takes no notice of it.
//!
//! # How it is read
//!
//! The parser is written by hand, in recursive descent over a cursor: what a sign means depends on where it stands
//! (`#2` and `# two`, `3.1` and `n1.up`), every error can say what was expected at that place and guess what was meant,
//! and it adds little to a page that has to load at once. It takes time linear in the text, stops at the bounds in
//! [`limits`], and never goes deeper than they allow. Control characters and marks that turn the direction of text are
//! refused wherever they stand. Markup is text like any other: nothing here gives it a meaning.
//!
//! [`print()`] is canonical: it writes every setting that differs from its default in a fixed order, and has one way of
//! writing each thing. Parsing what was printed gives the same scenario back.
//!
//! # Left out
//!
//! Comments and the author's own layout do not survive printing. There are no variables, loops or includes: a scenario
//! that needs them is a program, and belongs into a test. Conditions do not calculate. Whether an invariant or a fact
//! of a given name exists is known only to the run, so a slip in one is told when the scenario is played, not when it
//! is read.

mod caption;
mod eval;
mod expr;
pub mod limits;
pub mod link;
mod monitor;
mod report;
mod scenario;
mod text;
mod value;

pub use caption::{Piece, as_caption, fill, has_values, words_of};
pub use eval::{EvalError, Missing, World, eval, holds};
pub use expr::{ClientField, Comparison, Counter, Expr, Fate, Field, Literal, OUTCOMES, Part};
pub use monitor::Monitor;
pub use report::report;
pub use scenario::{Answer, Invitation, Line, LookAt, Moment, Panel, Scenario};
pub use text::{
    Source, TextError, parse, parse_action, parse_caption, parse_condition, parse_source, print,
    print_action, print_condition,
};
pub use value::Value;
