// A run made by hand, for tests and for looking at the drawing: five servers, of which two are cut off. It answers like
// the engine and computes nothing that a real one would.

/** @import { Cell, Frame, Info, Inside, MessageFrame, NodeFrame, TimelineWindow } from "../engine-types" */

const MS = 1000;
const ROLES = ["Follower", "Candidate", "Leader"];
/** @type {("idle" | "seeking" | "leading")[]} */
const KINDS = ["idle", "seeking", "leading"];

/** Stretches of [from, to, term, role] for each server, in milliseconds. */
const LANES = [
  [
    [0, 130, 1, 0],
    [130, 160, 2, 1],
    [160, 5000, 2, 2],
  ],
  [
    [0, 155, 1, 0],
    [155, 5000, 2, 0],
  ],
  [
    [0, 170, 1, 0],
    [170, 5000, 2, 0],
  ],
  [
    [0, 180, 1, 0],
    [180, 715, 2, 0],
    [715, 910, 3, 1],
    [910, 1120, 4, 1],
    [1120, 5000, 5, 1],
  ],
  [
    [0, 182, 1, 0],
    [182, 745, 2, 0],
    [745, 945, 3, 0],
    [945, 5000, 4, 0],
  ],
];

/** [kind, from, to, sent, due, term, lost, label] */
const MESSAGES = /** @type {[string, string, string, number, number, number, boolean, string][]} */ ([
  ...[2, 3, 4, 5].map((n) => ["AskVote", "n1", `n${n}`, 131, 152 + n * 6, 2, false, "AskVote"]),
  ...[2, 3, 4, 5].map((n) => ["Vote", `n${n}`, "n1", 152 + n * 6, 185 + n * 9, 2, false, "voted yes"]),
  ...[2, 3, 4, 5].map((n) => ["Store", "n1", `n${n}`, 310, 340 + n * 6, 2, false, "Store #3"]),
  ...[2, 3].map((n) => ["Stored", `n${n}`, "n1", 340 + n * 6, 380 + n * 7, 2, false, "stored 3"]),
  ["AskVote", "n4", "n5", 716, 745, 3, false, "AskVote"],
  ...[1, 2, 3].map((n) => ["AskVote", "n4", `n${n}`, 716, 740, 3, true, "AskVote"]),
  ["AskVote", "n4", "n5", 911, 945, 4, false, "AskVote"],
  ["ClientRequest", "c1", "n1", 1140, 1178, 0, false, "set x=2"],
  ...[2, 3].map((n) => ["Store", "n1", `n${n}`, 1180, 1195 + n * 9, 2, false, "Store #4"]),
  ["Store", "n1", "n4", 1180, 1230, 2, true, "Store #4"],
  ...[2, 3].map((n) => ["Stored", `n${n}`, "n1", 1222 + n * 8, 1290, 2, false, "stored 4"]),
  ["AskVote", "n4", "n5", 1235, 1285, 5, false, "AskVote"],
  ["AskVote", "n4", "n1", 1235, 1290, 5, true, "AskVote"],
  ["AskVote", "n4", "n3", 1235, 1290, 5, true, "AskVote"],
]);

const TOLD = /** @type {[number, "notable" | "turning", string][]} */ ([
  [130, "notable", "n1 has heard from nobody for too long, so it starts term 2 and asks for votes."],
  [160, "turning", "n1 leads term 2: 3 of 5 votes are a majority."],
  [310, "notable", "n1 sends entry 3 to the others."],
  [385, "turning", "Entry 3 is committed: 3 of 5 servers hold it on disk."],
  [525, "turning", "The network cuts n4 and n5 off."],
  [715, "notable", "n4 hears nobody, so it starts term 3 and asks for votes."],
  [
    1120,
    "notable",
    "n4 hears nobody, so it starts term 5 and asks for votes. Only n5 can answer: 2 of 5 is no majority, so it cannot win.",
  ],
]);

export class FakeRun {
  constructor() {
    this.at = 0;
    this.end = 1_600 * MS;
    /** @type {string[]} */
    this.acted = [];
  }

  static fromText(/** @type {string} */ text) {
    if (!text.includes("protocol")) throw new Error("line 1, column 1: expected `protocol`");
    return new FakeRun();
  }

  static fromLink(/** @type {string} */ link) {
    if (!link.startsWith("1")) throw new Error("this link is from a newer version");
    const run = new FakeRun();
    run.at = Number(link.slice(1)) || 0;
    return run;
  }

  get position() {
    return Math.floor(this.at / (10 * MS));
  }

  /** @returns {Info} */
  info() {
    return {
      title: "A follower cut off",
      rival: null,
      synthetic: "",
      protocol: {
        key: "raft",
        name: "Raft",
        term: "term",
        index: "index",
        committed: "committed",
        support: "vote",
        leads: "leads",
        findsLeader: true,
        operations: "set key=value, get key",
        slots: false,
      },
      beside: [],
      kinds: [],
      timers: [{ key: "election", name: "election timer", ring: true }],
      declines: [{ key: "progress", name: "Progress", why: "No protocol can promise it." }],
      options: [
        { key: "heartbeat", words: "how often a leader says that it lives", source: "", value: "100ms" },
      ],
      servers: 5,
      clients: 1,
      seed: 1,
      network: { least: 20_000, most: 40_000, jitter: 0, loss: 0, duplicate: 0, reorder: 0 },
      clientTimeout: 500_000,
      clientRetries: 10,
      byHand: false,
      openAt: null,
      story: TOLD.map(([, , text], line) => ({ line, kind: "caption", text })),
      engine: { version: 1, format: 1 },
    };
  }

  frameText() {
    return JSON.stringify(this.frame());
  }

  /** @returns {Frame} */
  frame() {
    const told = TOLD.filter(([at]) => at * MS <= this.at);
    const last = told.at(-1);
    const cut = this.at >= 525 * MS;
    const inside = ["n1", "n2", "n3", "c1"];
    const cuts = inside.flatMap((a) =>
      ["n4", "n5"].flatMap((b) => [
        { from: a, to: b },
        { from: b, to: a },
      ]),
    );
    return {
      at: this.at,
      nextAt: (this.position + 1) * 10 * MS,
      position: this.position,
      scriptDone: true,
      caption: last ? this.caption(last, told.length) : null,
      log: { from: 1, last: 4, same: false },
      nodes: LANES.map((_, n) => this.node(n)),
      clients: [
        {
          name: "c1",
          leader: "n1",
          ops: this.ops().map((op) => ({
            seq: op.seq,
            text: op.text,
            invokedAt: op.from,
            endedAt: op.to,
            outcome: op.outcome,
            reply: "",
            tries: 1,
          })),
        },
      ],
      messages: this.flying(),
      cuts: cut ? cuts : [],
      groups: cut
        ? [
            ["n1", "n2", "n3"],
            ["n4", "n5"],
          ]
        : [],
      holds: [],
      majority: this.majority(),
      chosen: [1, 2, 3]
        .filter((index) => this.at > 100 * MS * index)
        .map((index) => ({ index, at: index * 130 * MS, by: [1, 2, 3] })),
      checks: {
        holds: 9,
        of: 9,
        broken: [],
        promises: ["Election Safety", "Log Matching", "State Machine Safety"].map((name) => ({
          key: name,
          name,
          words: "What it says, in a sentence.",
          source: "§5",
          holds: true,
          since: { position: 3, at: 120 * MS },
          doubt: null,
        })),
      },
      pause: null,
      question: null,
      line: 0,
      onStory: true,
      storyWaits: false,
      said: [],
      looks: [],
      attempt: null,
      failures: [],
      told: null,
      meter: { connected: true, who: "", wanted: "", since: null, longest: null },
      off: [],
    };
  }

  /** @param {(typeof TOLD)[number]} told @param {number} moment @returns {Frame["caption"]} */
  caption([at, grade, text], moment) {
    const rule = {
      key: "majority",
      words: "A candidate wins with the votes of a majority",
      source: "Raft §5.2",
    };
    return { text, rule, authored: false, position: at / 10, at: at * MS, grade, moment };
  }

  /** @returns {Frame["majority"]} */
  majority() {
    if (this.at < 1180 * MS) return null;
    return {
      what: "entry 4",
      nodes: [1, 2, 3],
      need: 3,
      of: 5,
      text: "entry 4: 3 of 5 stored it, needs 3",
      reached: this.at > 1290 * MS,
    };
  }

  /** @param {number} n @returns {NodeFrame} */
  node(n) {
    const [, , term, role] = LANES[n].find(([from, to]) => from * MS <= this.at && this.at < to * MS) ?? [
      0, 0, 1, 0,
    ];
    const cells = this.cells(n);
    const note =
      role === 1
        ? "1 vote, needs 3 of 5"
        : role === 0 && term > 1
          ? `voted n${n > 2 && term > 2 ? 4 : 1}`
          : "";
    const setAt = Math.floor(this.at / (260 * MS)) * 260 * MS;
    return {
      id: n + 1,
      name: `n${n + 1}`,
      up: true,
      paused: false,
      term: String(term),
      hue: term,
      role: ROLES[role],
      kind: KINDS[role],
      note,
      cells,
      commit: 3,
      applied: 3,
      state: this.at > 400 * MS && n < 3 ? "x=1" : "",
      timers:
        role === 2
          ? []
          : [
              {
                key: "election",
                name: "election timer",
                ring: true,
                setAt: setAt - n * 20 * MS,
                dueAt: setAt + (300 + 30 * n) * MS,
                held: false,
              },
            ],
      unsynced: 0,
      rate: 1_000_000,
    };
  }

  /** @param {string} name @returns {Inside} */
  inside(name) {
    const { term, kind, note } = this.node(Number(name.slice(1)) - 1);
    return {
      name,
      facts: [
        { key: "current_term", label: "current term", value: term, durable: true, was: null, synced: false },
        {
          key: "vote_of_term",
          label: "voted for",
          value: note.slice(6) || "none",
          durable: true,
          was: null,
          synced: false,
        },
        { key: "commit_index", label: "commit index", value: "3", durable: false, was: null, synced: false },
      ],
      tally: null,
      peers:
        kind === "leading"
          ? [2, 3, 4, 5].map((node) => ({
              node,
              facts: [
                ["next index", "5", null],
                ["match index", "3", null],
              ],
            }))
          : [],
    };
  }

  /** @param {number} n @returns {Cell[]} */
  cells(n) {
    const log = [
      [0, 1, "–"],
      [200, 2, "–"],
      [340, 2, "x=1"],
      [1180 + n * 20, 2, "x=2"],
    ].filter(([at], index) => this.at >= Number(at) * MS && (n < 3 || index < 2));
    return log.map(([at, term, text], index) => ({
      index: index + 1,
      term: String(term),
      mark: String(term),
      hue: Number(term),
      text: String(text),
      durable: index < 3 || n < 2,
      committed: index < 3,
      applied: index < 3 && this.at > (Number(at) + 60) * MS,
      acks: index === 3 ? [1, 2] : [],
    }));
  }

  ops() {
    /** @type {TimelineWindow["ops"]} */
    const ops = [
      { ...asked(1, "set x=1", 260 * MS, 470 * MS), outcome: "ok", reply: "stored" },
      { ...asked(2, "set x=2", 1140 * MS, null), outcome: "pending", reply: "" },
    ];
    return ops
      .filter(({ from }) => from <= this.at)
      .map((op) =>
        op.to && op.to > this.at ? { ...op, to: null, outcome: /** @type {const} */ ("pending") } : op,
      );
  }

  /** @returns {MessageFrame[]} */
  flying() {
    return MESSAGES.flatMap(([kind, from, to, sent, due, term, lost, label], id) => {
      if (sent * MS > this.at || due * MS <= this.at) return [];
      const reply = kind.endsWith("d") || kind === "Vote";
      const message = {
        id,
        kind,
        from,
        to,
        sentAt: sent * MS,
        dueAt: due * MS,
        lost,
        label,
        reply,
        hue: term,
      };
      return [
        {
          ...message,
          family: "client",
          waiting: false,
          term: term ? String(term) : "",
          says: term ? `term ${term}` : "",
          routine: false,
        },
      ];
    });
  }

  /** @param {number} from @param {number} to @param {number} _pixels @param {"time" | "steps"} scale @returns {TimelineWindow} */
  window(from, to, _pixels, scale) {
    const unit = scale === "time" ? MS : 0.1;
    const now = scale === "time" ? this.end : 160;
    const lanes = LANES.flatMap((list, lane) =>
      list
        .flatMap(([a, b, term, role]) => [lane, a * unit, Math.min(b * unit, to, now), term, role, 0])
        .filter(() => true),
    );
    const lane = (/** @type {string} */ place) => (place === "c1" ? 5 : Number(place.slice(1)) - 1);
    const messages = MESSAGES.flatMap(([kind, a, b, sent, due, term, lost], id) => {
      const flags = (kind.endsWith("d") || kind === "Vote" ? 1 : 0) + (lost ? 2 : 0);
      return [id, lane(a), lane(b), sent * unit, due * unit, flags, term, 0];
    });
    return {
      from,
      to,
      known: this.end,
      lanes: Float64Array.from(lanes),
      messages: Float64Array.from(messages),
      marks: Float64Array.from([0, 387 * unit, 0, 3, 1, 430 * unit, 0, 3]),
      comb: Float64Array.from([500, 600, 700, 800, 900, 1000].flatMap((at) => [0, at * unit, 8])),
      ops: this.ops().map((op) => ({
        ...op,
        from: (op.from / MS) * unit,
        to: op.to === null ? null : (op.to / MS) * unit,
      })),
      actions: [{ at: 525 * MS, position: 52, text: "partition n4 n5", refused: "" }],
      beats: Float64Array.from([131, 215, 310, 400, 716, 745, 911, 945, 1120, 1300].map((ms) => ms * MS)),
    };
  }

  /** @param {number} until */
  run(until) {
    this.at = Math.min(until, this.end);
    return this.at;
  }

  /** @param {number} until */
  ahead(until) {
    return Math.min(until, this.end);
  }

  /** @param {number} position */
  seek(position) {
    this.at = Math.min(this.end, position * 10 * MS);
  }

  /** @param {number} at */
  seekTime(at) {
    this.at = Math.min(this.end, at);
  }

  step() {
    this.seek(this.position + 1);
    return true;
  }

  stepBack() {
    this.seek(Math.max(0, this.position - 1));
    return true;
  }

  nextMoment() {
    const next = TOLD.find(([at]) => at * MS > this.at);
    if (next) this.at = next[0] * MS;
    return !!next;
  }

  previousMoment() {
    const before = TOLD.findLast(([at]) => at * MS < this.at);
    this.at = before ? before[0] * MS : 0;
    return !!before;
  }

  moments() {
    return TOLD.map(([at, grade, text]) => ({ position: at / 10, at: at * MS, grade, text }));
  }

  rules() {
    const rule = {
      key: "majority",
      words: "A candidate wins with the votes of a majority.",
      source: "Raft §5.2",
      kind: "safety",
    };
    return [
      {
        ...rule,
        promise: "",
        needs: "",
        whenOff: "",
        on: true,
        held: 3,
        refused: 1,
        overridden: 0,
        now: null,
        before: true,
        after: true,
      },
    ];
  }

  clients() {
    return this.frame().clients;
  }

  links() {
    return [{ ends: [], network: this.info().network }];
  }

  toFiring() {
    return this.nextMoment();
  }

  explain() {
    const rule = {
      key: "majority",
      words: "A candidate wins with the votes of a majority",
      source: "Raft §5.2",
    };
    return {
      position: 0,
      at: this.at,
      line: "",
      sentences: [{ text: "n4 has 1 vote and needs 3.", verdict: "refused", rule }],
    };
  }

  /** @param {string} target */
  actions(target) {
    const item = (/** @type {string} */ method, /** @type {string} */ label, enabled = true) => ({
      method,
      args: [target],
      label,
      enabled,
      why: enabled ? "" : "It is running.",
    });
    return [item("crash", "Crash"), item("restart", "Restart", false), item("pause", "Pause")];
  }

  /** @param {string} node */
  crash(node) {
    this.acted.push(`crash ${node}`);
  }

  differs() {
    return undefined;
  }

  branches() {
    return [{ id: 0, text: "", at: 0, current: true }];
  }

  link() {
    return `1${this.at}`;
  }

  text() {
    return "protocol raft";
  }

  free() {}
}

/**
 * An operation of c1, asked once, but for what became of it.
 *
 * @param {number} seq
 * @param {string} text
 * @param {number} from
 * @param {number | null} to
 */
function asked(seq, text, from, to) {
  return { client: 1, seq, text, from, to, invokedAt: from, endedAt: to, tries: 1 };
}
