// A run that breaks a promise: where in it what happens; and the task to find such a run oneself.

/** @import { Engine } from "./engine.js" */
/** @import { Frame, RuleView, Violation } from "./engine-types" */

/**
 * @typedef {object} Points
 * @property {number} first position
 * @property {number | null} fork after which a rule that is off would have spoken for the first time
 * @property {string} wouldHave what it would have said
 * @property {number | null} broken after which a promise is broken
 * @property {Violation | null} violation
 */

/** So long is no run that was shrunk. */
const MOST_STEPS = 5_000;
/** So many moves a reader may try. */
const MOVES = 100;
/** What of a scenario's header says in what cluster it plays. */
const SHAPE = /^(servers|clients|option|seed|network|link|disk|client-timeout|client-retries|preset) /;

/**
 * Goes through a run that was just opened, up to where it breaks something.
 * @param {Engine} engine
 * @param {string[]} keys of the rules that are off
 * @returns {Promise<Points>}
 */
export async function turningPoints(engine, keys) {
  const { position } = await engine.do("frame");
  /** @type {Points} */
  const points = { first: position, fork: null, wouldHave: "", broken: null, violation: null };
  for (let n = 0; n < MOST_STEPS && !points.violation; n++) {
    const [went, frame, rules] = /** @type {[boolean, Frame, RuleView[]]} */ (
      await engine.all([["step"], ["frame"], ["rules"]])
    );
    if (!went) break;
    const spoke = rules.some(({ key, overridden }) => keys.includes(key) && overridden > 0);
    if (points.fork === null && spoke) {
      points.fork = frame.position;
      points.wouldHave = await overridden(engine, frame.position);
    }
    points.violation = frame.checks.broken[0] ?? null;
    points.broken = points.violation?.position ?? null;
  }
  return points;
}

/** What the rules that are off would have said in an event. @param {Engine} engine @param {number} position */
async function overridden(engine, position) {
  const { sentences } = await engine.do("explain", position);
  return sentences.find(({ verdict }) => verdict === "overridden")?.text ?? "";
}

/**
 * A scenario in which the reader is to break something without some rules, move by move, in a cluster like that of a run.
 * @param {string} text of that run
 * @param {RuleView[]} rules
 * @param {string} protocol its name
 */
export function challenge(text, rules, protocol) {
  const [header] = text.split("\n\n", 1);
  const lines = header.split("\n");
  const keys = rules.map(({ key }) => key);
  return [
    "consensus 1",
    `title "Break it yourself: ${protocol} without ${keys.join(", ")}"`,
    ...lines.filter((line) => line.startsWith("protocol ")),
    ...lines.filter((line) => SHAPE.test(line)),
    ...keys.map((key) => `without ${key}`),
    "",
    "hold timers",
    "hold messages *",
    `goal "Have the cluster break a promise." until violations > 0 within ${MOVES} moves`,
    "",
  ].join("\n");
}
