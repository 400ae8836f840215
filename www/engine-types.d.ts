// The engine's answers, as the page sees them. A test holds these types against real frames.
// Times are microseconds of protocol time. A *position* counts the events done so far; a *place* is "n1" or "c1".

export type Place = string;
export type Grade = "routine" | "notable" | "turning";
export type RoleKind = "idle" | "seeking" | "leading" | "syncing" | "learner";
export type Family = "solicit" | "support" | "synchronise" | "propose" | "acknowledge" | "commit" | "client";
export type Outcome = "pending" | "ok" | "failed" | "unknown";

export interface RuleView {
  key: string;
  words: string;
  source: string;
  kind: "safety" | "liveness" | "option";
  promise: string;
  needs: string;
  whenOff: string;
  on: boolean;
  /** How often it spoke up to the cursor. */
  held: number;
  refused: number;
  overridden: number;
  /** What it said last, if it spoke during what is shown. */
  now: "held" | "refused" | "overridden" | null;
  /** Whether `toFiring` leads anywhere, back and on. */
  before: boolean;
  after: boolean;
}

/** Times in microseconds, chances in millionths. */
export interface LinkSettings { least: number; most: number; jitter: number; loss: number; duplicate: number; reorder: number }
/** The settings of most links (no ends), or of one link in one direction. */
export interface LinkView { ends: Place[]; network: LinkSettings }

export interface Caption {
  text: string;
  rule: { key: string; words: string; source: string } | null;
  /** True if the scenario's author wrote it, false if the engine tells it from the rules. */
  authored: boolean;
  position: number;
  at: number;
  grade: Grade;
  /** How many moments there were up to and including this one. */
  moment: number;
}

export interface FactView { key: string; label: string; value: string; durable: boolean }
/** What it was before the shown moment, if that was something else; and whether it has come to the disk by it. */
export interface FactInside extends FactView { was: string | null; synced: boolean }
export interface Cell {
  index: number;
  term: string;
  /** What stands for the term in the cell: the term, or the protocol's longer name for the entry. */
  mark: string;
  /** The number of the term: its hue. */
  hue: number;
  text: string;
  durable: boolean;
  committed: boolean;
  applied: boolean;
  acks: number[];
}
export interface Tally { what: string; have: number[]; need: number; of: number }
export interface TimerView {
  key: string;
  name: string;
  ring: boolean;
  setAt: number;
  dueAt: number;
  held: boolean;
}
export interface NodeFrame {
  id: number;
  name: Place;
  up: boolean;
  paused: boolean;
  term: string;
  hue: number;
  role: string;
  kind: RoleKind;
  note: string;
  /** As far as the frame's span of the logs reaches. */
  cells: Cell[];
  commit: number;
  applied: number;
  /** Its state machine's pairs: `x=1 y=2`. */
  state: string;
  timers: TimerView[];
  /** Writes that have not reached the disk. */
  unsynced: number;
  /** Clock rate in millionths of true time. */
  rate: number;
}
/** What is shown only to those who look into a server. */
export interface Inside {
  name: Place;
  facts: FactInside[];
  tally: Tally | null;
  /** Of each value its name, and what it was before the shown moment if that was something else. */
  peers: { node: number; facts: [string, string, string | null][] }[];
}
export interface MessageFrame {
  id: number;
  kind: string;
  family: Family;
  reply: boolean;
  from: Place;
  to: Place;
  sentAt: number;
  /** When it arrives, or (if it is lost) vanishes. */
  dueAt: number;
  /** True if it will not arrive. */
  lost: boolean;
  /** True if it has reached the receiver's door and is held there. */
  waiting: boolean;
  term: string;
  hue: number;
  label: string;
  /** Its term and its fields in words. */
  says: string;
  routine: boolean;
}
export interface OpView {
  seq: number;
  text: string;
  invokedAt: number;
  endedAt: number | null;
  outcome: Outcome;
  reply: string;
  tries: number;
}
export interface ClientFrame {
  name: Place;
  /** Whom it will ask next. */
  leader: Place | null;
  /** The last few. */
  ops: OpView[];
}
export interface Violation {
  key: string;
  name: string;
  words: string;
  source: string;
  /** What happened, with this run's values. */
  text: string;
  /** After how many events. */
  position: number;
  at: number;
  /** The two things that cannot both be right. */
  witnesses: Witness[];
}
/** One of two things that show that a promise is broken. */
export interface Witness {
  text: string;
  place: Place | null;
  /** After how many events it shows, if it is one event that shows it. */
  position: number | null;
  at: number | null;
  /** The era of leadership that it is about, in the protocol's words. */
  era: string | null;
  command: string | null;
}
/** A promise, whether it holds so far, and since when something has put it to the test. */
export interface PromiseView {
  key: string;
  name: string;
  words: string;
  source: string;
  holds: boolean;
  since: { position: number; at: number } | null;
  /** Why nobody can tell, if nobody can. */
  doubt: string | null;
}
export interface Checks {
  holds: number;
  of: number;
  broken: Violation[];
  promises: PromiseView[];
}
/** A stretch of a run in which nothing got on: when it began, in microseconds and events, and how long it has lasted. */
export interface Stall { position: number; at: number; time: number; events: number }
/** Whether the cluster could get on, and whether it does. */
export interface Meter {
  connected: boolean;
  /** Who is connected, and what is wanted of them: a sentence each. */
  who: string;
  wanted: string;
  /** Since when nothing comes of it. */
  since: { position: number; at: number } | null;
  /** The longest stretch that is over. */
  longest: Stall | null;
}
/** A majority worth outlining: the one that is being counted, or that was just reached. */
export interface Majority { what: string; nodes: number[]; need: number; of: number; text: string; reached: boolean }
/** An answer that leaves out rules can be run as told: `asTold` makes the scenario. */
export interface Answer {
  text: string;
  /** The server that it is, if it is one: then it can be given on the picture. */
  place: Place | null;
  without: string[];
}
/** What the scenario asks of the reader at the cursor. */
export interface Pause {
  kind: "stop" | "ask" | "goal" | "invite";
  /** What it invites to: an action of the run, a look back, the run without a rule; empty if it invites to nothing. */
  does: "" | "act" | "back" | "without";
  text: string;
  answers: Answer[];
  line: number;
}
/** Something that the story points at. */
export type Look =
  | { kind: "place"; place: Place }
  | { kind: "entry"; index: number; place: Place | null }
  | { kind: "message"; id: number }
  | { kind: "panel"; panel: string };
/** What the reader tries to bring about, with how many moves. */
export interface Attempt { line: number; text: string; moves: number; of: number; reached: boolean }
export interface Frame {
  at: number;
  /** The first instant from `at` on at which anything but the clock may change; null if all stands until somebody acts. */
  nextAt: number | null;
  position: number;
  /** True once the scenario's last line is done; the run may go on freely. */
  scriptDone: boolean;
  caption: Caption | null;
  /** What the engine tells of the last moment, whatever the author says. */
  told: Caption | null;
  /** The places of the logs that the cells show: those before `from` are the `same` and committed everywhere, or not. */
  log: { from: number; last: number; same: boolean };
  nodes: NodeFrame[];
  clients: ClientFrame[];
  messages: MessageFrame[];
  /** One-way cuts. */
  cuts: { from: Place; to: Place }[];
  /** The groups of a partition, if the cuts are one. */
  groups: Place[][];
  holds: string[];
  majority: Majority | null;
  /** Contents that are chosen, of these places: on a durable majority for good, whoever knows it. */
  chosen: { index: number; at: number; by: number[] }[];
  checks: Checks;
  pause: Pause | null;
  /** The question that was asked last; `right` is the place of the answer that came true, once the run has decided. */
  question: { line: number; text: string; answers: Answer[]; right: number | null } | null;
  /** How many lines of the script are done. */
  line: number;
  /** True unless the reader has left the story for another way. */
  onStory: boolean;
  /** True if the story that was left is here, and can be gone back to. */
  storyWaits: boolean;
  /** What captions with values in braces have said, by their lines. */
  said: { line: number; text: string }[];
  looks: Look[];
  attempt: Attempt | null;
  /** The scenario's expectations that did not come true so far. */
  failures: string[];
  meter: Meter;
  /** The rules that are off. */
  off: { key: string; words: string; source: string }[];
}

/** What does not change during a run. */
export interface Info {
  title: string;
  protocol: { key: string; name: string; term: string; index: string; committed: string; support: string; leads: string; findsLeader: boolean; operations: string; slots: boolean };
  /** The keys of the protocols that the scenario lays beside its own. */
  beside: string[];
  /** Another run that is to be compared with this one: all of it as text, and how many moves it and this one take. */
  rival: { title: string; text: string; moves: number; own: number } | null;
  /** What is to be said of a run that begins with disks that somebody wrote; empty for all others. */
  synthetic: string;
  kinds: { name: string; family: Family; reply: boolean }[];
  timers: { key: string; name: string; ring: boolean }[];
  /** Promises that others make and this protocol, by design, does not. */
  declines: { key: string; name: string; why: string }[];
  options: { key: string; words: string; source: string; value: string }[];
  servers: number;
  clients: number;
  seed: number;
  network: LinkSettings;
  /** How long a client waits before it asks again, in microseconds, and how often it does. */
  clientTimeout: number;
  clientRetries: number;
  /** True if the script never moves the clock: such a run opens in steps. */
  byHand: boolean;
  /** Where the link asked to be opened. */
  openAt: { position: number; at: number } | null;
  /** The scenario's steps that a reader sees: captions, stops, questions. */
  story: { line: number; kind: "caption" | "stop" | "ask" | "goal" | "invite"; text: string }[];
  engine: { version: number; format: number };
}

/** One thing that can be done to a target; `why` says why not, if it cannot. */
export interface ActionView {
  /** The engine's method and its arguments. */
  method: string;
  args: unknown[];
  label: string;
  enabled: boolean;
  why: string;
}

/**
 * The space-time diagram between two instants (scale "time") or two positions (scale "steps").
 * Lanes 0 … servers-1 are the servers, the rest the clients.
 */
export interface TimelineWindow {
  from: number;
  to: number;
  /** How far the run is known. */
  known: number;
  /** Rows of [lane, from, to, term number, role kind (0 idle, 1 seeking, 2 leading, 3 syncing, 4 learner), flags (1 down, 2 paused)]. */
  lanes: Float64Array;
  /** Rows of [id, from lane, to lane, sent, ended, flags (1 reply, 2 lost, 4 routine, 8 still in flight), term number, kind index (255 client request, 254 client reply)]. */
  messages: Float64Array;
  /** Rows of [lane, at, kind (0 committed, 1 applied, 2 appended, 3 crashed, 4 restarted, 5 paused, 6 resumed, 7 leads, 8 truncated), value (index or term)]. */
  marks: Float64Array;
  /** Rows of [lane, at, count]: routine messages folded to a comb where there is no room for each. */
  comb: Float64Array;
  /** Client operations. */
  ops: (OpView & { client: number; from: number; to: number | null })[];
  /** What was done to the run. */
  actions: { at: number; position: number; text: string; refused: string }[];
  /** Rows of [from, to]: stretches in which a message that changes something is in flight. */
  beats: Float64Array;
}

/** The last message that a place has from another, as far as it remembers. */
export interface Heard {
  from: Place;
  kind: string;
  /** The number of its term. */
  term: number;
  /** When it left, and after how many events. What its sender did later, it does not tell. */
  sentAt: number;
  sentIn: number;
  /** When it arrived. */
  at: number;
}

export interface Explanation {
  position: number;
  at: number;
  /** The trace line, as the command line prints it. */
  line: string;
  sentences: { text: string; verdict: "held" | "refused" | "overridden"; rule: { key: string; words: string; source: string } }[];
}

/** Why something is as it is. */
export interface Why {
  /** As it was asked. */
  about: string;
  /** What it is now, in words; empty for an event. */
  value: string;
  /** What led to it, nearest first; empty if it has been so since the beginning. */
  steps: WhyStep[];
  /** What is missing, where what a reader expects has not come about. */
  lacks: string[];
}

export interface WhyStep {
  /** How the step before hangs on this one; empty for the first. */
  because: string;
  text: string;
  rule: { key: string; words: string; source: string } | null;
  position: number;
  at: number;
  place: Place | null;
  /** The message whose arrival it was. */
  message: { kind: string; from: Place; to: Place; sentAt: number; sentIn: number } | null;
}

export interface Moment { position: number; at: number; grade: Grade; text: string }

/** The methods of the engine's `Run`; `Engine` in engine.js offers the same, asynchronously. All throw an Error that says what to do. */
export interface Run {
  info(): Info;
  frame(): Frame;
  /** The same as JSON. */
  frameText(): string;
  inside(node: Place): Inside;
  /** The clients with all that they asked for: the last 500 of each. */
  clients(): ClientFrame[];
  /** What to tell the reader if the link was made by an engine that played the run differently. */
  differs(): string | undefined;
  /** One raw event on, or back. False at the ends (the first event; a million events). */
  step(): boolean;
  stepBack(): boolean;
  /** The next (or previous) moment; turning points only, if asked. */
  nextMoment(turning: boolean): boolean;
  previousMoment(turning: boolean): boolean;
  /** Moves the cursor to an instant; what is due by then is done. Stops early at a `stop` or `ask` of the script: returns the cursor's time. */
  run(until: number): number;
  /** Moves the cursor to a position, or to an instant. */
  seek(position: number): void;
  seekTime(at: number): void;
  /** Makes the run known up to an instant (for pacing), without moving the cursor. Returns how far it is known. */
  ahead(until: number): number;
  /** Goes on past the line at which the story waits; what it invites to is done. */
  proceed(answer?: number): void;
  /** Leaves the script here, for a run in which anything may happen. The story is kept as a branch. */
  leave(): void;
  /** To a step of the story, by its line; from a branch, back on the story. */
  seekLine(line: number): void;
  /** Back to the story, to where it was left. */
  toStory(): void;
  window(from: number, to: number, pixels: number, scale: "time" | "steps"): TimelineWindow;
  /** What a place has heard from the others: with its own state, all that it can know. */
  heard(place: Place): Heard[];
  /** The event in full after which the reader stands at this position. */
  explain(position: number): Explanation;
  /** Since when something is as it is, and why: "n2.term", "n1.log[3]", "c1.op[2].outcome", "leader", "n2 election", "event 57". */
  why(about: string): Why;
  moments(from: number, to: number): Moment[];
  rules(): RuleView[];
  /** Goes over to the same schedule with a rule on or off; the present way is kept as a branch. */
  switchRule(rule: string, on: boolean): void;
  /** To the next (or previous) event during which a rule spoke. False if there is none near. */
  toFiring(rule: string, forward: boolean): boolean;
  links(): LinkView[];
  /** What can be done to "n1", "c1", a message ("m17"), a link ("n1-n2") or the network (""). */
  actions(target: string): ActionView[];
  /** Does what a line of scenario text says, at the cursor. In the past this begins a branch. */
  act(line: string): void;
  submit(client: string, target: string | null, command: string): void;
  crash(node: string): void;
  restart(node: string): void;
  pause(node: string): void;
  resume(node: string): void;
  sync(node: string): void;
  wipe(node: string): void;
  fire(node: string, timer: string): void;
  cut(from: string, to: string, both: boolean): void;
  mend(a: string, b: string): void;
  partition(groups: string[][]): void;
  heal(): void;
  deliver(message: number): void;
  drop(message: number): void;
  duplicate(message: number): void;
  delay(message: number, micros: number): void;
  /** Branches of this run: every one that was left is kept. */
  branches(): { id: number; text: string; at: number; current: boolean }[];
  switchBranch(id: number): void;
  /** The scenario up to the cursor (or all of it) as text, or as the part of a link after the #. */
  text(): string;
  /** The scenario as an answer to the question in a line has it: throws if no promise breaks by it. */
  asTold(line: number, answer: number): string;
  link(atCursor: boolean): string;
  fingerprint(): string;
  free(): void;
}
export interface RunConstructor {
  fromText(text: string): Run;
  /** Takes the fragment of a link, with or without #, in either form. */
  fromLink(fragment: string): Run;
}

/** A run that breaks a promise, as short as it can be. */
export interface FoundView {
  promise: string;
  /** What happened, in one sentence. */
  words: string;
  /** The number of the run in the search: with the seed, it finds it again. */
  run: number;
  /** How many moves it had when it was found, and has now. */
  before: number;
  after: number;
  /** At which of them a rule that is off would have spoken first, from 0. */
  fork: number | null;
  /** The run as a scenario. */
  text: string;
}
export interface SearchView {
  stand: "searching" | "shrinking" | "found" | "nothing";
  /** How many runs are over, of how many at most. */
  runs: number;
  of: number;
  schedules: number;
  events: number;
  /** How often a rule that is off would have spoken. */
  overridden: number;
  /** How many schedules were tried to shrink what was found. */
  shrinks: number;
  seed: number;
  /** Exactly what was tried, in one sentence. */
  tried: string;
  found: FoundView | null;
}
/** A search for a run that breaks a promise: for a worker, slice by slice. */
export interface Search {
  /** Goes on for about so many events. False if it is over. */
  advance(events: number): boolean;
  view(): SearchView;
  /** Cancels it. */
  free(): void;
}
export interface SearchConstructor {
  /** Each run draws its own number of servers and options. */
  ofProtocol(protocol: string, without: string[], seed: number, runs: number): Search;
  /** With the settings of a scenario, without more rules than it leaves out. */
  ofText(text: string, without: string[], seed: number, runs: number): Search;
}

/** A step of a story that is told while several protocols lie side by side. */
export interface BesideStep {
  line: number;
  kind: "caption" | "stop" | "ask" | "invite";
  text: string;
  /** When: the same instant for all. */
  at: number;
  answers: Answer[];
  /** What the runs say to the answers: once so many lines are done, and which one came true. */
  decided: { line: number; right: number | null } | null;
  /** What the reader should look at, for each protocol: a place in the log, a server, a client. */
  looks: { index: number | null; places: (string | null)[] }[];
}
export interface BesideStory {
  steps: BesideStep[];
  /** How many lines the script has, and when the last is done. */
  lines: number;
  endsAt: number;
}
/** What two or three protocols made of one scenario, in words and numbers. */
export interface Comparison {
  title: string;
  /** Up to when they are compared. */
  until: number;
  /** Where a link asked to be opened. */
  openAt: number | null;
  /** How many places at that instant at which the story waits were passed. */
  passed: number;
  /** What is told of them together; no step, if nothing is. */
  story: BesideStory;
  sentence: string;
  /** What is the same for all. */
  terms: string;
  sides: BesideSide[];
  /** What was done to all of them, at the same instants. */
  faults: { at: number; text: string }[];
  /** The first instant at which they part. */
  difference: { at: number; text: string } | null;
  counters: { name: string; words: string; values: string[] }[];
  words: { idea: string; words: string[] }[];
}
export interface BesideSide {
  key: string;
  name: string;
  /** Stretches in which nobody led who could reach a majority; and when a client had the first result since. */
  gaps: { lost: number; again: number | null; answer: number | null }[];
  /** How long they are in all. */
  without: number;
  /** What of the scenario it could not be given, or was given in vain. */
  lacks: string[];
}
/** Runs of one scenario by two or three protocols, at the same instants. */
export interface Beside {
  comparison(): Comparison;
  info(side: number): Info;
  window(side: number, from: number, to: number, pixels: number): TimelineWindow;
  frame(side: number, at: number): Frame;
  text(): string;
  link(at?: number, passed?: number): string;
  free(): void;
}
export interface BesideConstructor {
  fromText(text: string): Beside;
  /** A scenario's text with other protocols beside its own; with none of them, if none are named. */
  lay(text: string, others: string[]): string;
}
