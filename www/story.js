// A story and its reader: its steps, the one that is told, what the reader answered, and how long to wait for a reader
// who only watches. It knows no screen; whoever shows a story asks it.

/** @import { Frame, Info, Pause } from "./engine-types" */

/** @typedef {{ line: number, kind: "caption" | "ask" | "goal", text: string, invites: { line: number, text: string } | null }} Step */

/** @typedef {NonNullable<Frame["question"]>} Question */

/** To read a word, and the least to wait, in milliseconds. */
const WORD_MS = 300;
const LEAST_MS = 2_000;

/** The steps that have words of their own. An invitation belongs to the step before it. @param {Pick<Info, "story">} info */
export function stepsOf({ story }) {
  /** @type {Step[]} */
  const steps = [];
  for (const { line, kind, text } of story) {
    const last = steps.at(-1);
    if (kind === "invite" && last) last.invites ??= { line, text };
    else if (kind !== "stop" && kind !== "invite") steps.push({ line, kind, text, invites: null });
  }
  return steps;
}

/**
 * Which step the story has come to: −1 before the first.
 * @param {Step[]} steps
 * @param {number} line how many lines are done
 * @param {Pause | null} pause
 */
export function stepAt(steps, line, pause) {
  return steps.findLastIndex((step) => step.line < line || step.line === pause?.line);
}

/** How long one needs who reads along. @param {string[]} texts */
export function waitMs(...texts) {
  const words = texts.join(" ").split(/\s+/).filter(Boolean).length;
  return Math.max(LEAST_MS, WORD_MS * words);
}

/**
 * The words on the button that goes on; none where the reader should choose an answer.
 * @param {Pause} pause
 * @param {boolean} [last] true if the story has nothing more to say
 */
export function goOnWords({ kind, text }, last = false) {
  if (kind === "invite") return text;
  if (kind === "ask" || last) return "Let it run";
  return kind === "goal" ? "Go on without it" : "Next";
}

/** True if a pause is for the reader alone: it moves the reader, not the run. @param {Pause} pause */
export function isPersonal({ does }) {
  return does === "back" || does === "without";
}

export class Story {
  constructor() {
    /** @type {Step[]} */
    this.steps = [];
    /** The step that is told; where the reader has left the story, the one at which that was. */
    this.now = -1;
    this.onStory = true;
    /** @type {Pause | null} */
    this.pause = null;
    /** What was answered, by the line of the question. @type {Map<number, number>} */
    this.answers = new Map();
    /** The questions that were asked, as the run decided them, by their lines. @type {Map<number, Question>} */
    this.asked = new Map();
    /** True if the story goes on by itself. */
    this.autoplay = false;
    /** What its reader may do where it waits, beside going on. */
    this.hint = "or try anything: the story waits";
    this.waiting = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** The line for which a panel was opened last. */
    this.pointed = -1;
    /** What captions with values in them have said, by their lines. @type {Map<number, string>} */
    this.said = new Map();
    /** The line of the last thing that the story has to say or to ask. */
    this.end = -1;
  }

  /** Takes up the story of another run. @param {Pick<Info, "story">} info */
  begin(info) {
    this.rest();
    this.steps = stepsOf(info);
    this.now = -1;
    this.pointed = -1;
    this.end = info.story.at(-1)?.line ?? -1;
    this.said.clear();
    this.answers.clear();
    this.asked.clear();
  }

  /** @param {Frame} frame */
  see(frame) {
    this.onStory = frame.onStory;
    this.pause = frame.pause;
    const strange = !frame.onStory && !frame.storyWaits && this.now < 0; // somebody else left it, and sent a link
    if (frame.onStory || strange) this.now = stepAt(this.steps, frame.line, frame.pause);
    if (frame.onStory || strange) for (const { line, text } of frame.said) this.said.set(line, text);
    if (frame.onStory && frame.question) this.asked.set(frame.question.line, frame.question);
  }

  /** What a step says: with the values of the moment at which it was told. @param {Step} step */
  textOf({ line, text }) {
    return this.said.get(line) ?? text;
  }

  /** The words on the button that goes on from the pause. */
  get goOnWords() {
    return this.pause ? goOnWords(this.pause, this.pause.line === this.end) : "";
  }

  /** Which answer to the question at hand is a place, if one is; else −1. @param {string} place "n1" */
  answerAt(place) {
    if (this.pause?.kind !== "ask" || !this.onStory) return -1;
    return this.pause.answers.findIndex((answer) => answer.place === place);
  }

  /** The step that is told, if there is one. */
  get step() {
    return this.steps[this.now] ?? null;
  }

  /** The panel that the story points at, once for each step. @param {Frame} frame */
  panel({ looks }) {
    const look = looks.find(({ kind }) => kind === "panel");
    if (look?.kind !== "panel" || this.pointed === this.now) return null;
    this.pointed = this.now;
    return look.panel;
  }

  /** What the reader is asked at the cursor, or asked to try. */
  get question() {
    const { pause } = this;
    return pause?.kind === "ask" || pause?.kind === "goal" ? pause.text : "";
  }

  /** Keeps what the reader answers to the question at which the story waits. @param {number} choice */
  answer(choice) {
    if (this.pause?.kind === "ask") this.answers.set(this.pause.line, choice);
  }

  /** How long the pause lasts for one who only watches. */
  get patience() {
    const answers = this.pause?.answers.map(({ text }) => text) ?? [];
    return waitMs(this.step?.text ?? "", ...answers);
  }

  /**
   * Goes on by itself after a while, where the reader wants that and nothing holds time.
   * @param {boolean} held
   * @param {() => void} goOn
   */
  watch(held, goOn) {
    const { pause } = this;
    const goes = this.autoplay && this.onStory && !held && pause && !isPersonal(pause);
    const waiting = goes ? `${this.now} ${pause.line}` : "";
    if (waiting === this.waiting) return;
    this.rest();
    this.waiting = waiting;
    if (waiting) this.timer = setTimeout(goOn, this.patience);
  }

  /** Waits no more. */
  rest() {
    clearTimeout(this.timer);
    this.waiting = "";
  }
}
