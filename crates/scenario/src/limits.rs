//! How much a scenario may hold. Whoever writes one meets these as clear errors; whoever attacks with one meets them
//! before any memory or time is spent.

use protocol::{Span, Time};

/// The most servers.
pub const SERVERS: u8 = 12;
/// The most clients.
pub const CLIENTS: u8 = 12;
/// The most actions.
pub const ACTIONS: usize = 10_000;
/// The most lines below the header. Twice the actions, because an action that was clicked takes two lines: its
/// moment and itself.
pub const LINES: usize = 20_000;
/// The longest text, in bytes.
pub const TEXT: usize = 256 * 1024;
/// The longest link, in characters after the `#`.
pub const LINK: usize = 32 * 1024;
/// The longest text that a link may unpack to, in bytes.
pub const UNPACKED: usize = 1024 * 1024;
/// The longest title, caption, question, answer, goal or invitation, in characters.
pub const CAPTION: usize = 500;
/// The longest command (`set key=value` and the like), in bytes.
pub const COMMAND: usize = 256;
/// The most entries that a log may begin with.
pub const PRESET: usize = 100;
/// The highest term in which a server may begin.
pub const PRESET_TERM: u32 = 1_000_000;
/// The longest name of an invariant or of a fact, and the longest word of a condition, in characters.
pub const NAME: usize = 100;
/// The longest span.
pub const SPAN: Span = Span::ms(3_600_000);
/// The latest moment.
pub const MOMENT: Time = Time(24 * SPAN.0);
/// The deepest nesting of a condition.
pub const DEPTH: u8 = 32;
/// The most values in one condition: it may have to be tried after every event.
pub const VALUES: usize = 200;
/// The most values in every `always` and `never` together: they are tried after every event.
pub const WATCHED: usize = 1_000;
/// The most values in braces in all captions together: what they came to is kept while the run is shown.
pub const LOOKED_UP: usize = 200;
/// The most protocols beside the first.
pub const BESIDE: usize = 2;
/// The most answers to one question.
pub const ANSWERS: usize = 8;
/// The most moves that a goal may allow.
pub const MOVES: u16 = 1_000;
