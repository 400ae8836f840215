import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { goOnWords, Story, stepAt, stepsOf, waitMs } from "./story.js";

const INFO = /** @type {any} */ ({
  story: [
    { line: 2, kind: "caption", text: "n1 leads. What if it dies?" },
    { line: 3, kind: "invite", text: "Crash n1" },
    { line: 6, kind: "caption", text: "It is gone." },
    { line: 7, kind: "stop", text: "" },
    { line: 8, kind: "ask", text: "Who leads next?" },
    { line: 12, kind: "caption", text: "n2." },
  ],
});
const ask = {
  kind: "ask",
  does: "",
  text: "Who leads next?",
  answers: [{ text: "n2" }, { text: "Nobody" }],
  line: 8,
};
const stop = { kind: "stop", does: "", text: "", answers: [], line: 7 };

/** @param {object} more */
function frame(more) {
  return /** @type {any} */ ({
    line: 0,
    onStory: true,
    pause: null,
    question: null,
    looks: [],
    said: [],
    storyWaits: false,
    ...more,
  });
}

function begun() {
  const story = new Story();
  story.begin(INFO);
  return story;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("steps have words, and an invitation belongs to the step before it", () => {
  const steps = stepsOf(INFO);
  expect(steps.map(({ kind }) => kind)).toEqual(["caption", "caption", "ask", "caption"]);
  expect(steps[0].invites).toEqual({ line: 3, text: "Crash n1" });
});

test("the step that is told is the last one that was come to, or that waits", () => {
  const steps = stepsOf(INFO);
  expect(stepAt(steps, 0, null)).toBe(-1);
  expect(stepAt(steps, 3, null)).toBe(0);
  expect(stepAt(steps, 8, /** @type {any} */ (ask))).toBe(2);
  expect(stepAt(steps, 8, null)).toBe(1);
  expect(stepAt(steps, 13, null)).toBe(3);
});

test("who leaves the story finds its place kept", () => {
  const story = begun();
  story.see(frame({ line: 7, pause: stop }));
  expect(story.now).toBe(1);
  story.see(frame({ line: 40, onStory: false }));
  expect([story.now, story.onStory]).toEqual([1, false]);
});

test("an answer and what the run made of it are kept when other questions follow", () => {
  const story = begun();
  story.answer(1);
  expect(story.answers.size).toBe(0); // nothing was asked
  story.see(frame({ line: 8, pause: ask }));
  story.answer(1);
  const question = { line: 8, text: ask.text, answers: ask.answers, right: 0 };
  story.see(frame({ line: 13, question }));
  story.see(frame({ line: 20, question: { ...question, line: 15, right: null } }));
  expect([story.answers.get(8), story.asked.get(8)?.right]).toEqual([1, 0]);
});

test("reading takes two seconds at least, and 0.3 seconds a word", () => {
  expect(waitMs("Short.")).toBe(2000);
  expect(waitMs("one two three four five", "six seven eight nine ten")).toBe(3000);
});

test("with autoplay a pause lasts as long as its words take, and nobody goes on twice", () => {
  const story = begun();
  const goOn = vi.fn();
  story.see(frame({ line: 7, pause: stop }));
  story.watch(false, goOn);
  vi.advanceTimersByTime(60_000);
  expect(goOn).not.toHaveBeenCalled();
  story.autoplay = true;
  story.watch(false, goOn);
  vi.advanceTimersByTime(1_000);
  story.watch(false, goOn);
  vi.advanceTimersByTime(999);
  expect(goOn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(goOn).toHaveBeenCalledTimes(1);
});

test("autoplay waits while time is held, off the story, and where only the reader can go", () => {
  const story = begun();
  const goOn = vi.fn();
  story.autoplay = true;
  story.see(frame({ line: 7, pause: stop }));
  story.watch(true, goOn);
  vi.advanceTimersByTime(60_000);
  story.see(frame({ line: 7, pause: stop, onStory: false }));
  story.watch(false, goOn);
  vi.advanceTimersByTime(60_000);
  story.see(frame({ line: 7, pause: { ...stop, kind: "invite", does: "without" } }));
  story.watch(false, goOn);
  vi.advanceTimersByTime(60_000);
  expect(goOn).not.toHaveBeenCalled();
});

test("a panel that the story points at is opened once a step", () => {
  const story = begun();
  const looking = frame({ line: 3, looks: [{ kind: "panel", panel: "rules" }] });
  story.see(looking);
  expect([story.panel(looking), story.panel(looking)]).toEqual(["rules", null]);
});

test("the button says what it does", () => {
  const words = (/** @type {object} */ pause) => goOnWords(/** @type {any} */ (pause));
  expect(words({ kind: "invite", text: "Crash n1" })).toBe("Crash n1");
  expect(words(stop)).toBe("Next");
  expect(words(ask)).toBe("Let it run");
});

test("the last thing that a story says waits with other words than Next", () => {
  expect(goOnWords(/** @type {any} */ (stop), false)).toBe("Next");
  expect(goOnWords(/** @type {any} */ (stop), true)).toBe("Let it run");
});

test("an answer that is a place is found by it, while the story asks", () => {
  const story = begun();
  const answers = [
    { text: "n2: it is alive", place: "n2" },
    { text: "Nobody", place: null },
  ];
  story.see(frame({ line: 8, pause: { ...ask, answers } }));
  expect([story.answerAt("n2"), story.answerAt("n1"), story.answerAt("")]).toEqual([0, -1, -1]);
  story.see(frame({ line: 8, pause: { ...ask, answers }, onStory: false }));
  expect(story.answerAt("n2")).toBe(-1);
});

test("a step says what its caption said when it was told, and is told so by a link of one who left", () => {
  const story = begun();
  story.see(frame({ line: 3, said: [{ line: 2, text: "n3 leads." }] }));
  expect(story.textOf(story.steps[0])).toBe("n3 leads.");
  expect(story.textOf(story.steps[1])).toBe("It is gone.");
  const strange = begun();
  strange.see(frame({ line: 7, onStory: false, said: [{ line: 6, text: "It is gone: 1." }] }));
  expect([strange.now, strange.textOf(strange.steps[1])]).toEqual([1, "It is gone: 1."]);
  strange.see(frame({ line: 30, onStory: false }));
  expect(strange.now).toBe(1);
});
